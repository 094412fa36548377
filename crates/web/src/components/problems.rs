//! What is wrong with a filled-in form: one message a field, in the order of the page.

use super::{ErrorSummary, SummaryItem};

/// Field ids and the message beside each; the same words stand in the error summary.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Problems(Vec<(String, String)>);

impl Problems {
    /// Notes a problem with a field. For a date, name the part to put right (`due_on-day`), so that the summary
    /// leads to a box that can be typed in.
    pub fn add(&mut self, field_id: impl std::fmt::Display, message: impl std::fmt::Display) {
        self.0.push((field_id.to_string(), message.to_string()));
    }

    /// The message beside a field, if it has a problem.
    pub fn with_field(&self, field_id: &str) -> Option<&str> {
        let is_about = |id: &str| match id.strip_prefix(field_id) {
            Some("" | "-day" | "-month" | "-year") => true,
            Some(_) | None => false,
        };
        self.0.iter().find(|(id, _)| is_about(id)).map(|(_, message)| message.as_str())
    }

    /// Whether the form can be accepted.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The summary at the top of the page, each line leading to its field; nothing when there is no problem.
    pub fn summary(&self) -> Option<ErrorSummary> {
        if self.is_empty() {
            return None;
        }
        let items = self.0.iter().map(|(id, message)| SummaryItem::linked(message, format!("#{id}")));
        Some(ErrorSummary::new("There is a problem").items(items))
    }
}
