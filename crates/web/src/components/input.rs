//! One line of text: words, numbers, addresses, passwords.

use std::borrow::Borrow;

use askama::Template;

use super::attributes::{Attributes, Classes, dressed};
use super::content::parts;
use super::field::{answered, labelled};
use super::{AsContent, Button, Content, ErrorMessage, Hint, Label};

/// What stands before or behind an input, for instance "%" or "days".
#[derive(Clone, Debug, Default)]
pub struct Affix {
    pub(super) content: Content,
    pub(super) classes: Classes,
    pub(super) attributes: Attributes,
}

impl Affix {
    /// An affix with its words.
    pub fn new(content: impl AsContent) -> Self {
        Self { content: content.as_content(), ..Self::default() }
    }
}

dressed!(Affix);

/// A one-line answer.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "components/input.html")]
pub struct Input {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) label: Label,
    pub(super) hint: Option<Hint>,
    pub(super) error: Option<ErrorMessage>,
    pub(super) described_by: String,
    pub(super) kind: String,
    pub(super) value: Option<String>,
    pub(super) autocomplete: Option<String>,
    pub(super) autocapitalize: Option<String>,
    pub(super) input_mode: Option<String>,
    pub(super) pattern: Option<String>,
    pub(super) spellcheck: Option<bool>,
    pub(super) disabled: bool,
    pub(super) prefix: Option<Affix>,
    pub(super) suffix: Option<Affix>,
    pub(super) before: Option<Content>,
    pub(super) after: Option<Content>,
    pub(super) classes: Classes,
    pub(super) attributes: Attributes,
    pub(super) group_classes: Classes,
    pub(super) group_attributes: Attributes,
    pub(super) wrapper_classes: Classes,
    pub(super) wrapper_attributes: Attributes,
}

impl Input {
    /// An input whose id is its name.
    pub fn new(name: impl std::fmt::Display, label: impl AsContent) -> Self {
        let name = name.to_string();
        Self { id: name.clone(), name, label: Label::new(label), kind: "text".to_owned(), ..Self::default() }
    }

    /// A whole number, typed on a number pad where there is one.
    pub fn number(name: impl std::fmt::Display, label: impl AsContent) -> Self {
        Self::new(name, label).input_mode("numeric").spellcheck(false).classes("govuk-input--width-5")
    }

    /// An e-mail address.
    pub fn email(name: impl std::fmt::Display, label: impl AsContent) -> Self {
        Self::new(name, label).kind("email").autocomplete("email").spellcheck(false)
    }

    /// A code from an authenticator application or a recovery sheet.
    pub fn one_time_code(name: impl std::fmt::Display, label: impl AsContent) -> Self {
        Self::number(name, label).autocomplete("one-time-code").classes("govuk-input--extra-letter-spacing")
    }

    /// Words to search for.
    pub fn search(name: impl std::fmt::Display, label: impl AsContent) -> Self {
        Self::new(name, label).kind("search")
    }

    /// A password with a button that shows it, where scripting is on.
    pub fn password(name: impl std::fmt::Display, label: impl AsContent) -> Self {
        let mut input = Self::new(name, label)
            .kind("password")
            .spellcheck(false)
            .autocomplete("current-password")
            .group_classes("govuk-password-input")
            .group_attribute("data-module", "govuk-password-input")
            .classes("govuk-password-input__input govuk-js-password-input-input");
        input.autocapitalize = Some("none".to_owned());
        input.wrapper_classes.add("govuk-password-input__wrapper");
        input.with_password_toggle()
    }

    /// Adds the button that shows the password; call again after changing the id.
    pub(super) fn with_password_toggle(self) -> Self {
        let mut toggle = Button::new("Show")
            .kind("button")
            .secondary()
            .classes("govuk-password-input__toggle govuk-js-password-input-toggle")
            .attribute("aria-controls", &self.id)
            .attribute("aria-label", "Show password");
        toggle.attributes.set_flag("hidden");
        self.after(toggle)
    }

    /// The type attribute.
    pub fn kind(mut self, kind: impl std::fmt::Display) -> Self {
        self.kind = kind.to_string();
        self
    }

    /// What is filled in already.
    pub fn value(mut self, value: impl std::fmt::Display) -> Self {
        self.value = Some(value.to_string());
        self
    }

    /// What the browser may fill in (`off`, `username`, `email`, `new-password`).
    pub fn autocomplete(mut self, purpose: impl std::fmt::Display) -> Self {
        self.autocomplete = Some(purpose.to_string());
        self
    }

    /// The keyboard to show.
    pub fn input_mode(mut self, mode: impl std::fmt::Display) -> Self {
        self.input_mode = Some(mode.to_string());
        self
    }

    /// Whether the browser checks the spelling.
    pub fn spellcheck(mut self, checked: bool) -> Self {
        self.spellcheck = Some(checked);
        self
    }

    /// Cannot be changed; say in words why.
    pub fn disabled(mut self) -> Self {
        self.disabled = true;
        self
    }

    /// Words before the input, such as "£".
    pub fn prefix(mut self, affix: impl Borrow<Affix>) -> Self {
        self.prefix = Some(affix.borrow().clone());
        self
    }

    /// Words behind the input, such as "days".
    pub fn suffix(mut self, affix: impl Borrow<Affix>) -> Self {
        self.suffix = Some(affix.borrow().clone());
        self
    }

    fn wrapped(&self) -> bool {
        self.prefix.is_some() || self.suffix.is_some() || self.before.is_some() || self.after.is_some()
    }
}

dressed!(Input);
answered!(Input);
labelled!(Input);
parts!(Input);
