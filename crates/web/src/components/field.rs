//! What every question has: label or legend, hint, error message.

use askama::Template;

use super::attributes::{Attributes, Classes, dressed};
use super::content::parts;
use super::{AsContent, Content};

/// The label of one input.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "components/label.html")]
pub struct Label {
    pub(super) content: Content,
    pub(super) classes: Classes,
    pub(super) attributes: Attributes,
    pub(super) input_id: String,
    pub(super) page_heading: bool,
}

impl Label {
    /// A label with its words.
    pub fn new(content: impl AsContent) -> Self {
        Self { content: content.as_content(), ..Self::default() }
    }

    /// Names the input it belongs to.
    pub fn for_input(mut self, id: impl std::fmt::Display) -> Self {
        self.input_id = id.to_string();
        self
    }

    /// Makes the label the page's only heading.
    pub fn page_heading(mut self) -> Self {
        self.page_heading = true;
        self
    }
}

dressed!(Label);

/// Help beside a label.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "components/hint.html")]
pub struct Hint {
    pub(super) content: Content,
    pub(super) id: String,
    pub(super) classes: Classes,
    pub(super) attributes: Attributes,
}

impl Hint {
    /// A hint with its words.
    pub fn new(content: impl AsContent) -> Self {
        Self { content: content.as_content(), ..Self::default() }
    }

    /// Gives the hint its id.
    pub fn id(mut self, id: impl std::fmt::Display) -> Self {
        self.id = id.to_string();
        self
    }
}

dressed!(Hint);

/// What is wrong with an answer, beside the question.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "components/error_message.html")]
pub struct ErrorMessage {
    pub(super) content: Content,
    pub(super) id: String,
    pub(super) classes: Classes,
    pub(super) attributes: Attributes,
    pub(super) spoken_before: Option<String>,
}

impl ErrorMessage {
    /// An error message with its words.
    pub fn new(content: impl AsContent) -> Self {
        Self { content: content.as_content(), ..Self::default() }
    }

    /// Gives the message its id.
    pub fn id(mut self, id: impl std::fmt::Display) -> Self {
        self.id = id.to_string();
        self
    }

    /// The word read out before the message ("Error" if not given, none if empty).
    pub fn spoken_before(mut self, word: impl std::fmt::Display) -> Self {
        self.spoken_before = Some(word.to_string());
        self
    }
}

dressed!(ErrorMessage);

/// The question of a group of inputs.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "components/legend.html")]
pub struct Legend {
    pub(super) content: Content,
    pub(super) classes: Classes,
    pub(super) page_heading: bool,
}

impl Legend {
    /// A legend with its words.
    pub fn new(content: impl AsContent) -> Self {
        Self { content: content.as_content(), ..Self::default() }
    }

    /// Adds classes, for instance `govuk-fieldset__legend--m`.
    pub fn classes(mut self, classes: impl std::fmt::Display) -> Self {
        self.classes.add(classes);
        self
    }

    /// Makes the legend the page's only heading.
    pub fn page_heading(mut self) -> Self {
        self.page_heading = true;
        self
    }
}

/// A group of questions under one legend.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "components/fieldset.html")]
pub struct Fieldset {
    pub(super) legend: Legend,
    pub(super) content: Vec<Content>,
    pub(super) described_by: String,
    pub(super) role: String,
    pub(super) classes: Classes,
    pub(super) attributes: Attributes,
}

impl Fieldset {
    /// A group under its legend.
    pub fn new(legend: Legend) -> Self {
        Self { legend, ..Self::default() }
    }

    /// Puts a question into the group.
    pub fn with(mut self, part: impl AsContent) -> Self {
        self.content.push(part.as_content());
        self
    }

    /// Names what describes the group.
    pub fn described_by(mut self, ids: impl std::fmt::Display) -> Self {
        self.described_by = ids.to_string();
        self
    }

    /// Sets the role; `group` has the hint of a date read out.
    pub fn role(mut self, role: impl std::fmt::Display) -> Self {
        self.role = role.to_string();
        self
    }
}

dressed!(Fieldset);

parts!(Label, Hint, ErrorMessage, Legend, Fieldset);

/// Joins the ids that describe an input, leaving out what is missing.
pub(super) fn describing(first: &str, id: &str, hint: &Option<Hint>, error: &Option<ErrorMessage>) -> String {
    let mut ids = Vec::new();
    if !first.is_empty() {
        ids.push(first.to_owned());
    }
    if hint.is_some() {
        ids.push(format!("{id}-hint"));
    }
    if error.is_some() {
        ids.push(format!("{id}-error"));
    }
    ids.join(" ")
}

/// Builder steps shared by questions with a hint and an error message under one id.
macro_rules! answered {
    ($part:ty) => {
        impl $part {
            /// Help beside the label.
            pub fn hint(self, content: impl $crate::components::AsContent) -> Self {
                self.hint_part($crate::components::Hint::new(content))
            }

            /// Help with classes of its own.
            pub fn hint_part(mut self, hint: $crate::components::Hint) -> Self {
                self.hint = Some(hint);
                self
            }

            /// What is wrong with the answer.
            pub fn error(self, content: impl $crate::components::AsContent) -> Self {
                self.error_part($crate::components::ErrorMessage::new(content))
            }

            /// What is wrong, with a message part of its own.
            pub fn error_part(mut self, error: $crate::components::ErrorMessage) -> Self {
                self.error = Some(error);
                self
            }

            /// Takes the message for this question, if the form's problems hold one.
            pub fn problem_in(self, problems: &$crate::components::Problems) -> Self {
                match problems.with_field(&self.id) {
                    Some(message) => self.error(message),
                    None => self,
                }
            }

            /// Sets the id, when it must differ from the name.
            pub fn id(mut self, id: impl std::fmt::Display) -> Self {
                self.id = id.to_string();
                self
            }

            /// Names something else that describes the question.
            pub fn described_by(mut self, ids: impl std::fmt::Display) -> Self {
                self.described_by = ids.to_string();
                self
            }

            /// Adds classes to the group around label, hint and input.
            pub fn group_classes(mut self, classes: impl std::fmt::Display) -> Self {
                self.group_classes.add(classes);
                self
            }

            /// Adds an attribute to the group around label, hint and input.
            pub fn group_attribute(
                mut self,
                name: impl std::fmt::Display,
                value: impl std::fmt::Display,
            ) -> Self {
                self.group_attributes.set(name, value);
                self
            }

            /// Puts a part of our own before the input.
            pub fn before(mut self, part: impl $crate::components::AsContent) -> Self {
                self.before = Some(part.as_content());
                self
            }

            /// Puts a part of our own after the input.
            pub fn after(mut self, part: impl $crate::components::AsContent) -> Self {
                self.after = Some(part.as_content());
                self
            }

            /// The hint with its id.
            pub(super) fn hint_shown(&self) -> Option<$crate::components::Hint> {
                self.hint.clone().map(|hint| hint.id(format!("{}-hint", self.id)))
            }

            /// The error message with its id.
            pub(super) fn error_shown(&self) -> Option<$crate::components::ErrorMessage> {
                self.error.clone().map(|error| error.id(format!("{}-error", self.id)))
            }

            /// The ids of everything that describes the question.
            pub(super) fn describing(&self) -> String {
                $crate::components::field::describing(&self.described_by, &self.id, &self.hint, &self.error)
            }
        }
    };
}
pub(super) use answered;

/// Builder steps shared by questions with one label.
macro_rules! labelled {
    ($part:ty) => {
        impl $part {
            /// Sets the label's size by class, for instance `govuk-label--m`.
            pub fn label_classes(mut self, classes: impl std::fmt::Display) -> Self {
                self.label = self.label.classes(classes);
                self
            }

            /// Makes the label the page's only heading.
            pub fn page_heading(mut self) -> Self {
                self.label = self.label.classes("govuk-label--l").page_heading();
                self
            }

            /// Sets a label part of its own.
            pub fn label_part(mut self, label: $crate::components::Label) -> Self {
                self.label = label;
                self
            }

            /// The label tied to its input.
            pub(super) fn label_shown(&self) -> $crate::components::Label {
                self.label.clone().for_input(&self.id)
            }
        }
    };
}
pub(super) use labelled;
