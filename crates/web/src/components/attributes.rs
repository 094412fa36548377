//! Classes and other attributes put on the main element of a part.

use std::fmt;

use askama::filters::HtmlSafe;

use super::content::escaped;

/// Further classes of an element; prints with a leading space, or nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Classes(String);

impl Classes {
    /// Adds one or more classes.
    pub fn add(&mut self, classes: impl fmt::Display) {
        let classes = classes.to_string();
        if !classes.is_empty() {
            self.0.push(' ');
            self.0.push_str(&classes);
        }
    }

    /// Whether a class, or the start of one, is among them.
    pub fn mention(&self, part: &str) -> bool {
        self.0.contains(part)
    }
}

impl fmt::Display for Classes {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&escaped(&self.0))
    }
}

impl HtmlSafe for Classes {}

/// Further attributes of an element, in order; prints with a leading space each, or nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Attributes(Vec<(String, Option<String>)>);

impl Attributes {
    /// Adds an attribute with its value.
    pub fn set(&mut self, name: impl fmt::Display, value: impl fmt::Display) {
        self.0.push((name.to_string(), Some(value.to_string())));
    }

    /// Adds an attribute that is true by being there.
    pub fn set_flag(&mut self, name: impl fmt::Display) {
        self.0.push((name.to_string(), None));
    }

    /// Adds those of another element part.
    pub fn extend(&mut self, more: &Attributes) {
        self.0.extend(more.0.iter().cloned());
    }
}

impl fmt::Display for Attributes {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (name, value) in &self.0 {
            write!(formatter, " {}", escaped(name))?;
            if let Some(value) = value {
                write!(formatter, "=\"{}\"", escaped(value))?;
            }
        }
        Ok(())
    }
}

impl HtmlSafe for Attributes {}

/// Builder steps shared by parts whose main element takes further classes and attributes.
macro_rules! dressed {
    ($part:ty) => {
        impl $part {
            /// Adds classes to the main element.
            pub fn classes(mut self, classes: impl std::fmt::Display) -> Self {
                self.classes.add(classes);
                self
            }

            /// Adds an attribute to the main element.
            pub fn attribute(mut self, name: impl std::fmt::Display, value: impl std::fmt::Display) -> Self {
                self.attributes.set(name, value);
                self
            }
        }
    };
}
pub(crate) use dressed;
