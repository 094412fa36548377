//! Why the program did not do what was asked, in words for the person who asked.

use store::StoreError;
use thiserror::Error;

/// A refusal. Forbidden and absent look alike to whoever asks from outside.
#[derive(Debug, Error)]
pub enum Refusal {
    /// Not allowed, or not there: the same to the outside.
    #[error("no such page, or not for this person")]
    NotFound,
    /// Allowed in principle, but both factors must be given again first.
    #[error("both sign-in factors must be given again")]
    StepUpNeeded,
    /// Not signed in, or no longer.
    #[error("not signed in")]
    SignedOut,
    /// Something in the request cannot stand.
    #[error("the request cannot stand")]
    Invalid(Vec<Problem>),
    /// Another person is needed: an own row cannot be signed, an own answer not verified.
    #[error("{0}")]
    Separation(&'static str),
    /// Somebody else changed it since it was read.
    #[error("it was changed by somebody else")]
    Conflict {
        /// What was changed, in words.
        thing: String,
    },
    /// The request was performed before under the same key with other contents.
    #[error("the same request was sent before with other contents")]
    KeyReused,
    /// Too many attempts: wait.
    #[error("too many attempts")]
    SlowDown {
        /// How long, in seconds.
        seconds: u64,
    },
    /// Something the program needs is not there just now.
    #[error("{0}")]
    Unavailable(String),
}

/// One thing that cannot stand, tied to the field it stands in.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Problem {
    /// The field's name in the form; empty for the whole.
    pub field: &'static str,
    /// What is wrong and what to do, in a sentence.
    pub message: String,
}

impl Problem {
    /// A problem of one field.
    pub fn new(field: &'static str, message: impl Into<String>) -> Self {
        Self { field, message: message.into() }
    }
}

impl Refusal {
    /// A refusal for one field.
    pub fn invalid(field: &'static str, message: impl Into<String>) -> Self {
        Self::Invalid(vec![Problem::new(field, message)])
    }
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Conflict { thing } => Self::Conflict { thing: thing.replace('_', " ") },
            StoreError::Absent { .. } => Self::NotFound,
            StoreError::Duplicate => Self::invalid("", "This stands already. Go back and look at it."),
            StoreError::Nul => Self::invalid(
                "",
                "Take the invisible NUL character out of the text. It often comes with text copied from a file.",
            ),
            error => {
                tracing::error!(error = &error as &dyn std::error::Error, "the store failed");
                Self::Unavailable(
                    "Headway cannot reach its records just now. Nothing was changed. Try again in a minute."
                        .into(),
                )
            }
        }
    }
}

/// Gathers problems of a request before refusing it once, with all of them.
#[derive(Debug, Default)]
pub struct Problems(Vec<Problem>);

impl Problems {
    /// Adds a problem unless the condition holds.
    pub fn require(&mut self, holds: bool, field: &'static str, message: impl Into<String>) {
        if !holds {
            self.0.push(Problem::new(field, message));
        }
    }

    /// Requires text that is not blank and not longer than `longest` characters.
    pub fn require_text(&mut self, text: &str, longest: usize, field: &'static str, what: &str) {
        self.require(!text.trim().is_empty(), field, format!("Enter {what}."));
        let long = text.chars().count() > longest;
        self.require(!long, field, format!("Shorten {what} to {longest} characters or fewer."));
    }

    /// Refuses if there is any problem.
    pub fn refuse_any(self) -> Result<(), Refusal> {
        if self.0.is_empty() { Ok(()) } else { Err(Refusal::Invalid(self.0)) }
    }
}
