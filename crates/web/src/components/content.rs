//! What goes into a part: text, escaped when printed, or markup made by another part or template.

use std::fmt;

use askama::Template;
use askama::filters::{Escaper, Html as HtmlEscaper, HtmlSafe};

/// Markup that a template has already escaped.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Html(String);

impl Html {
    /// The markup of a part or of any other template.
    pub fn of(template: &impl Template) -> Self {
        Self(template.render().expect("writing a template of parts into a string cannot fail"))
    }

    /// Markup written out in our own code; never words that came from a person or a file.
    pub(crate) fn written(markup: impl Into<String>) -> Self {
        Self(markup.into())
    }
}

impl fmt::Display for Html {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl HtmlSafe for Html {}

/// Text or markup, printed rightly either way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// Words, escaped when printed.
    Text(String),
    /// Markup, printed as it is.
    Html(Html),
}

impl Content {
    /// Whether there is nothing to print.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Text(text) | Self::Html(Html(text)) => text.is_empty(),
        }
    }

    /// Whether this is markup rather than words.
    pub fn is_html(&self) -> bool {
        matches!(self, Self::Html(_))
    }
}

impl Default for Content {
    fn default() -> Self {
        Self::Text(String::new())
    }
}

impl fmt::Display for Content {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => HtmlEscaper.write_escaped_str(formatter, text),
            Self::Html(html) => html.fmt(formatter),
        }
    }
}

impl HtmlSafe for Content {}

/// Escapes words for use in markup written out in code.
pub(crate) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 16);
    HtmlEscaper.write_escaped_str(&mut escaped, text).expect("writing into a string cannot fail");
    escaped
}

/// Anything that can be put into a part: words, numbers, dates, or other parts.
pub trait AsContent {
    /// The words or markup.
    fn as_content(&self) -> Content;

    /// The same from something that is not needed afterwards, without a copy where it is a text already.
    fn into_content(self) -> Content
    where
        Self: Sized,
    {
        self.as_content()
    }
}

impl<T: AsContent + ?Sized> AsContent for &T {
    fn as_content(&self) -> Content {
        (**self).as_content()
    }
}

impl AsContent for Content {
    fn as_content(&self) -> Content {
        self.clone()
    }

    fn into_content(self) -> Content {
        self
    }
}

impl AsContent for Html {
    fn as_content(&self) -> Content {
        Content::Html(self.clone())
    }

    fn into_content(self) -> Content {
        Content::Html(self)
    }
}

macro_rules! words {
    ($($kind:ty),*) => {$(
        impl AsContent for $kind {
            fn as_content(&self) -> Content {
                Content::Text(self.to_string())
            }
        }
    )*};
}

words!(str, String, std::borrow::Cow<'_, str>, char, vocabulary::date::PartialDate);
words!(u8, u16, u32, u64, usize, i8, i16, i32, i64, isize);

/// Lets parts be printed with `{{ }}` and put into other parts, without escaping them twice.
macro_rules! parts {
    ($($part:ty),* $(,)?) => {$(
        impl askama::filters::HtmlSafe for $part {}

        impl $crate::components::AsContent for $part {
            fn as_content(&self) -> $crate::components::Content {
                $crate::components::Content::Html($crate::components::Html::of(self))
            }
        }
    )*};
}
pub(crate) use parts;
