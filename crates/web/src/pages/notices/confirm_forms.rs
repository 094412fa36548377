//! The forms beside a row: confirm, correct, split, merge, same duty, not a duty, put back. One `details` each, open where
//! something typed has to be corrected.

use improvement::amendment::{Comparable, same_duties};
use improvement::register::{Obligation, ObligationState};
use service::Programme;
use service::acts::DutyFields;

use super::confirm::waiting_in_clause;
use super::duty_form::DutyForm;
use super::fields_of_row::written;
use super::wording::{clause_of, shortened};
use crate::components::{AsContent, Choice, Choices, Content, Details, Input, Problems, Select, Textarea};
use crate::fields::Fields;

/// One of the forms beside a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowForm {
    /// Confirm it, or several of its clause.
    Confirm,
    /// Correct its fields.
    Edit,
    /// Split it into parts.
    Split,
    /// Merge it with others.
    Merge,
    /// Mark it as the same duty as another.
    Same,
    /// Set it aside as no duty.
    SetAside,
    /// Put it back.
    Reopen,
}

impl RowForm {
    /// What the ids of its questions begin with.
    pub fn prefix(self) -> &'static str {
        match self {
            Self::Confirm => "confirm",
            Self::Edit => "edit",
            Self::Split => "split",
            Self::Merge => "merge",
            Self::Same => "same",
            Self::SetAside => "aside",
            Self::Reopen => "reopen",
        }
    }
}

/// What was typed, and into which form.
pub struct Typed<'a> {
    /// The form that was sent; none when the page is opened.
    pub form: Option<RowForm>,
    /// Its fields, or those of the address.
    pub fields: &'a Fields,
}

/// The forms that a row allows; what it does not allow is absent.
pub struct Forms {
    /// The row as the person sees it: id and version.
    pub seen: String,
    /// Whether it waits to be confirmed.
    pub confirm: bool,
    /// The rows of its clause that wait, when there are several.
    pub clause: Option<Choices>,
    /// The questions about its fields.
    pub edit: Option<Form>,
    /// The parts.
    pub split: Option<Form>,
    /// The rows to merge.
    pub merge: Option<Form>,
    /// The rows that may be the same duty.
    pub same: Option<Form>,
    /// Why it is no duty.
    pub set_aside: Option<Form>,
    /// Whether it can be put back.
    pub reopen: bool,
}

/// The questions of one form, and whether it is shown open.
pub struct Form {
    /// The questions.
    pub questions: Vec<Content>,
    /// Whether it is open.
    pub open: bool,
}

impl Forms {
    /// The forms of a row.
    pub fn of(programme: &Programme, row: &Obligation, typed: &Typed<'_>, problems: &Problems) -> Self {
        let suggested = row.state == ObligationState::Suggested;
        let undecided = suggested || row.state == ObligationState::Confirmed;
        let live = undecided || row.state == ObligationState::InForce;
        let undoable = matches!(
            row.state,
            ObligationState::Confirmed | ObligationState::NotADuty | ObligationState::Merged
        );
        let asked = Asked { programme, row, typed, problems };
        Self {
            seen: seen(row),
            confirm: suggested,
            clause: suggested.then(|| asked.clause()).flatten(),
            edit: live.then(|| asked.edit()),
            split: undecided.then(|| asked.split()),
            merge: undecided.then(|| asked.merge()).flatten(),
            same: live.then(|| asked.same()),
            set_aside: undecided.then(|| asked.set_aside()),
            reopen: undoable,
        }
    }
}

/// A row as the person sees it, for a form to send back.
pub fn seen(row: &Obligation) -> String {
    format!("{}:{}", row.id, row.version)
}

struct Asked<'a> {
    programme: &'a Programme,
    row: &'a Obligation,
    typed: &'a Typed<'a>,
    problems: &'a Problems,
}

impl Asked<'_> {
    fn typed_in(&self, form: RowForm, name: &str) -> Option<&str> {
        if form.is(self.typed) { Some(self.typed.fields.text(name)) } else { None }
    }

    fn form(&self, form: RowForm, questions: Vec<Content>) -> Form {
        Form { questions, open: form.is(self.typed) }
    }

    fn clause(&self) -> Option<Choices> {
        let rows = waiting_in_clause(self.programme, self.row);
        let legend = format!("Rows of clause {} that wait", clause_of(&self.row.reference));
        let mut choices = Choices::checkboxes("seen", legend).id("confirm-rows").small();
        for row in &rows {
            let words = format!("{}: {}", row.reference, shortened(&row.text, 160));
            choices = choices.choice_part(Choice::new(seen(row), words).picked(true));
        }
        (rows.len() > 1).then(|| choices.problem_in(self.problems))
    }

    fn edit(&self) -> Form {
        let standing = written(&DutyFields::of(self.row));
        let form = DutyForm {
            prefix: RowForm::Edit.prefix(),
            typed: if RowForm::Edit.is(self.typed) { self.typed.fields } else { &standing },
            problems: self.problems,
            clock: self.row.state != ObligationState::InForce,
        };
        let mut questions = form.questions();
        let in_force = self.row.state == ObligationState::InForce;
        let label = if in_force { "Why the row in force is corrected" } else { "Why, if it helps others" };
        let reason = Textarea::new("reason", label)
            .id("edit-reason")
            .rows(2)
            .value(self.typed_in(RowForm::Edit, "reason").unwrap_or_default());
        questions.push(reason.problem_in(self.problems).as_content());
        self.form(RowForm::Edit, questions)
    }

    fn split(&self) -> Form {
        let parts = Textarea::new("parts", "The parts, one a line")
            .id("split-parts")
            .rows(6)
            .hint("Each part must stand alone: somebody will show evidence for it. 2 to 12 parts.")
            .value(self.typed_in(RowForm::Split, "parts").unwrap_or(&self.row.text));
        self.form(RowForm::Split, vec![parts.problem_in(self.problems).as_content()])
    }

    fn merge(&self) -> Option<Form> {
        let near = self.near();
        let mut choices =
            Choices::checkboxes("with", "Which rows are part of the same duty?").id("merge-rows").small();
        for row in &near {
            let words = format!("{}: {}", row.reference, shortened(&row.text, 160));
            choices = choices.choice(seen(row), words);
        }
        for picked in self.typed.fields.all("with") {
            choices = choices.chosen(picked);
        }
        let text = Textarea::new("text", "What the merged duty asks")
            .id("merge-text")
            .value(self.typed_in(RowForm::Merge, "text").unwrap_or(&self.row.text));
        let questions =
            vec![choices.problem_in(self.problems).as_content(), text.problem_in(self.problems).as_content()];
        (!near.is_empty()).then(|| self.form(RowForm::Merge, questions))
    }

    /// Undecided rows of the same clause, and the two rows before and after.
    fn near(&self) -> Vec<&Obligation> {
        let undecided =
            |row: &&Obligation| matches!(row.state, ObligationState::Suggested | ObligationState::Confirmed);
        let rows: Vec<&Obligation> =
            self.programme.obligations_of(self.row.instrument).filter(undecided).collect();
        let place = rows.iter().position(|row| row.id == self.row.id).unwrap_or_default();
        let near = rows.iter().enumerate().filter(|(at, row)| {
            at.abs_diff(place) <= 2 || clause_of(&row.reference) == clause_of(&self.row.reference)
        });
        near.map(|(_, row)| *row).filter(|row| row.id != self.row.id).collect()
    }

    fn same(&self) -> Form {
        let find = self.typed.fields.text("find");
        let likely = self.likely();
        let found = self.found(find, &likely);
        let mut select =
            Select::new("other", "Which row asks the same?").id("same-other").option("", "Choose a row");
        for (row, _) in &likely {
            select = select.option(row.id, format!("Likely – {}", self.named(row)));
        }
        for row in &found {
            select = select.option(row.id, self.named(row));
        }
        if let Some(chosen) = self.typed_in(RowForm::Same, "other") {
            select = select.chosen(chosen);
        }
        let mut questions = Vec::new();
        if !likely.is_empty() {
            let reasons: String =
                likely.iter().map(|(_, reason)| reason.as_str()).collect::<Vec<_>>().join(" ");
            questions.push(Details::new("Why these are likely", reasons).as_content());
        }
        questions.push(select.problem_in(self.problems).as_content());
        Form { questions, open: RowForm::Same.is(self.typed) || !find.is_empty() }
    }

    fn named(&self, row: &Obligation) -> String {
        let title = match self.programme.instrument(row.instrument) {
            Some(instrument) if instrument.id != self.row.instrument => {
                format!(" ({})", shortened(&instrument.title, 40))
            }
            _ => String::new(),
        };
        format!("{}: {}{title}", row.reference, shortened(&row.text, 80))
    }

    /// Live rows of the intervention that are not linked with this one.
    fn others(&self) -> Vec<&Obligation> {
        let live = |row: &&Obligation| {
            row.episode == self.row.episode
                && (row.state == ObligationState::Suggested || row.state.counts())
                && !self.row.same_as.contains(&row.id)
        };
        self.programme.obligations.iter().filter(live).collect()
    }

    fn likely(&self) -> Vec<(&Obligation, String)> {
        let rows = self.others();
        let comparable: Vec<Comparable> = rows.iter().map(|row| comparable(row)).collect();
        let pairs = same_duties(&comparable).into_iter().filter_map(|pair| {
            let (one, other) = (rows[pair.first], rows[pair.second]);
            if one.id == self.row.id {
                Some((other, pair.reason))
            } else if other.id == self.row.id {
                Some((one, pair.reason))
            } else {
                None
            }
        });
        pairs.take(8).collect()
    }

    /// Rows with the words looked for; without words, none but the likely ones are offered.
    fn found(&self, find: &str, likely: &[(&Obligation, String)]) -> Vec<&Obligation> {
        const MOST: usize = 25;
        let wanted: Vec<String> = find.split_whitespace().map(str::to_lowercase).collect();
        let holds = |row: &&Obligation| {
            let words = format!("{} {}", row.reference, row.text).to_lowercase();
            row.id != self.row.id
                && !likely.iter().any(|(known, _)| known.id == row.id)
                && wanted.iter().all(|wanted| words.contains(wanted))
        };
        self.others().into_iter().filter(holds).take(MOST).collect()
    }

    fn set_aside(&self) -> Form {
        let reason = Input::new("reason", "Why it is not a duty")
            .id("aside-reason")
            .hint("For instance: the sentence tells what happened; it asks nothing.")
            .value(self.typed_in(RowForm::SetAside, "reason").unwrap_or_default());
        self.form(RowForm::SetAside, vec![reason.problem_in(self.problems).as_content()])
    }
}

fn comparable(row: &Obligation) -> Comparable {
    Comparable {
        reference: row.reference.clone(),
        text: row.text.clone(),
        modality: row.modality,
        bearers: row.bearers.clone(),
        bearer_rule: row.bearer_rule,
        timing: row.timing.clone(),
        theme: row.theme.clone(),
    }
}
