//! One line of "what needs you".

use improvement::occurrence::State;
use improvement::register::Obligation;
use improvement::words::{bearers_in_words, due_in_words, sentence_case};
use jiff::civil::Date;
use serde::Serialize;
use utoipa::ToSchema;

use super::facts::Due;
use crate::components::{Tag, TagColour, Task};

/// Something that needs the viewer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct TaskView {
    /// What it is.
    pub title: String,
    /// Where it is done.
    pub href: String,
    /// Why it matters, or by when.
    pub hint: String,
    /// Its status, in a word or two.
    pub status: String,
    /// How pressing it is: `late`, `soon` or `waiting`.
    pub urgency: String,
}

impl TaskView {
    /// Something that waits for the viewer.
    pub fn waiting(title: impl Into<String>, href: impl Into<String>, hint: impl Into<String>) -> Self {
        Self::of(title, href, hint, "To do", "waiting")
    }

    fn of(
        title: impl Into<String>,
        href: impl Into<String>,
        hint: impl Into<String>,
        status: impl Into<String>,
        urgency: &str,
    ) -> Self {
        Self {
            title: title.into(),
            href: href.into(),
            hint: hint.into(),
            status: status.into(),
            urgency: urgency.to_owned(),
        }
    }

    /// The same, as something that is late.
    pub fn late(self) -> Self {
        Self { urgency: "late".to_owned(), ..self }
    }

    /// The same, as something that presses soon.
    pub fn soon(self) -> Self {
        Self { urgency: "soon".to_owned(), ..self }
    }

    /// Another status than "To do".
    pub fn status(mut self, words: impl Into<String>) -> Self {
        self.status = words.into();
        self
    }

    /// A due date.
    pub fn due(due: &Due<'_>, today: Date) -> Self {
        let (row, occurrence) = (due.row, due.occurrence);
        let hint =
            format!("{}, {}", bearers_in_words(&row.bearers, row.bearer_rule), due_in_words(&occurrence.due));
        let (status, urgency) = match occurrence.state {
            State::Overdue => (format!("Overdue by {}", days(occurrence.days_late.unwrap_or(0))), "late"),
            State::DueThisMonth => ("Due this month".to_owned(), "soon"),
            _ => (in_days(occurrence.due.sort_day(), today), "soon"),
        };
        Self::of(title(row), format!("/duties/{}", row.id), hint, status, urgency)
    }

    /// The line as a part of the task list.
    pub fn part(&self) -> Task {
        let colour = match self.urgency.as_str() {
            "late" => TagColour::Red,
            "soon" => TagColour::Yellow,
            _ => TagColour::Purple,
        };
        Task::new(&self.title, &self.href).hint(&self.hint).tagged(Tag::new(&self.status).colour(colour))
    }
}

/// A duty by its clause and first words.
pub fn title(row: &Obligation) -> String {
    format!("{}: {}", row.reference, first_words(&row.text, 90))
}

/// The first words of a text, as many as fit.
pub fn first_words(text: &str, longest: usize) -> String {
    if text.chars().count() <= longest {
        return text.to_owned();
    }
    let cut: String = text.chars().take(longest).collect();
    format!("{}…", cut.rsplit_once(' ').map_or(cut.as_str(), |(whole_words, _)| whole_words))
}

fn days(count: u32) -> String {
    if count == 1 { "1 day".to_owned() } else { format!("{count} days") }
}

fn in_days(day: Date, today: Date) -> String {
    match day.since(today).map(|span| span.get_days()).unwrap_or(0) {
        ..=0 => sentence_case("due today"),
        1 => "Due tomorrow".to_owned(),
        count => format!("Due in {count} days"),
    }
}

#[cfg(test)]
mod tests {
    use super::super::facts;
    use super::*;
    use crate::trial;

    #[test]
    fn a_due_date_says_how_late_or_how_soon_in_words() {
        let programme = trial::programme();
        let late = TaskView::due(&facts::overdue(&programme)[0], trial::TODAY);
        assert_eq!(late.status, "Overdue by 71 days");
        assert_eq!(late.hint, "The council, by 31 March 2026");
        let soon = facts::soon(&programme);
        let partners = soon.iter().find(|due| due.row.reference == "3").unwrap();
        assert_eq!(TaskView::due(partners, trial::TODAY).status, "Due in 15 days");
        assert_eq!(in_days(trial::TODAY, trial::TODAY), "Due today");
    }

    #[test]
    fn long_duties_are_cut_between_words() {
        assert_eq!(first_words("one two three four", 9), "one two…");
    }
}
