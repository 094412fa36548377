//! A row of the exceptions or of tomorrow's list: one event of one child, with what was said of it.

use std::cmp::Reverse;

use practice::outcome::{Outcome, Status};
use serde::Serialize;
use service::{ExceptionList, ExceptionNotes, Figures, Risk, Risks};
use store::{ExceptionKind, ExceptionNote};
use utoipa::ToSchema;
use vocabulary::date::day_in_words;
use vocabulary::day::Day;
use vocabulary::id::CouncilId;

use crate::components::{Cell, Heading, Table};
use crate::pages::duties::cells::{lines, link};

/// One event of one child.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ChildRow {
    /// The child's random id.
    pub child: String,
    /// Its first letters, as people read it out.
    pub reference: String,
    /// Age in whole years, if it can be told.
    pub age: Option<i32>,
    /// What is open for the child.
    pub status: String,
    /// The standard's code.
    pub code: String,
    /// What is late or due.
    pub title: String,
    /// The day the clock started, as 2026-05-31; `undated` when it can't be told.
    pub event_on: String,
    /// The day it was or is due.
    pub due_on: String,
    /// Days late, or days left.
    pub days: i32,
    /// Team, where the extract gives it.
    pub team: String,
    /// Worker, where the extract gives it.
    pub worker: String,
    /// The list and row of the extract.
    pub source: String,
    /// What it turned out to be, once somebody has said so.
    pub kind: String,
    /// Why, in words.
    pub reason: String,
    /// Who answers for it.
    pub owner: String,
    /// The day by which it is expected to be right, and when that was said.
    pub expected: String,
}

/// An event on a list with what orders and describes it.
#[derive(Clone, Copy, Debug)]
pub struct Listed<'f> {
    /// The event.
    pub outcome: &'f Outcome,
    /// What is open for the child.
    pub risk: Risk,
    /// The child's age in years, if it can be told.
    pub age: Option<i32>,
    /// What was said of it.
    pub note: Option<&'f ExceptionNote>,
}

/// In which order the children stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// What is open for the child, then the youngest.
    Risk,
    /// The day it was or is due.
    Due,
    /// The youngest.
    Age,
}

impl Order {
    /// The order of a form's word; by risk when it names none.
    pub fn parse(word: &str) -> Self {
        match word {
            "due" => Self::Due,
            "age" => Self::Age,
            _ => Self::Risk,
        }
    }

    /// Puts events in order.
    pub fn sort(self, listed: &mut [Listed<'_>]) {
        let due =
            |listed: &Listed<'_>| (listed.outcome.due_on, listed.outcome.standard, listed.outcome.subject);
        let age = |listed: &Listed<'_>| (listed.age.is_none(), listed.age);
        match self {
            Self::Risk => listed.sort_by_key(|one| (one.risk, age(one), due(one))),
            Self::Due => listed.sort_by_key(due),
            Self::Age => listed.sort_by_key(|one| (age(one), due(one))),
        }
    }
}

/// The age bands that lists are filtered by.
pub const AGES: [(&str, &str, std::ops::RangeInclusive<i32>); 5] = [
    ("under-1", "Under 1", i32::MIN..=0),
    ("1-4", "1 to 4", 1..=4),
    ("5-9", "5 to 9", 5..=9),
    ("10-15", "10 to 15", 10..=15),
    ("16-over", "16 and over", 16..=i32::MAX),
];

/// Everything needed to describe the events of a list.
pub struct Describing<'f> {
    figures: &'f Figures,
    council: CouncilId,
    risks: Risks,
    notes: &'f ExceptionNotes,
}

impl<'f> Describing<'f> {
    /// Over these figures and notes.
    pub fn new(figures: &'f Figures, council: CouncilId, notes: &'f ExceptionNotes) -> Self {
        Self { figures, council, risks: Risks::of(&figures.history.picture), notes }
    }

    /// An event described.
    pub fn listed(&self, outcome: &'f Outcome) -> Listed<'f> {
        let key = self.figures.exception_key(self.council, outcome);
        Listed {
            outcome,
            risk: self.risks.of_child(outcome.subject),
            age: self.figures.age_of(outcome.subject),
            note: key.and_then(|key| self.notes.get(&key)),
        }
    }
}

/// Days late, or days left.
pub fn days_of(as_at: Day, outcome: &Outcome) -> i32 {
    outcome.due_on.map_or(0, |due| as_at.days_since(due).abs())
}

/// Why, in words.
pub fn reason_in_words(code: &str) -> &'static str {
    service::acts::REASONS.iter().find(|(known, _)| *known == code).map_or("", |(_, words)| words)
}

impl ChildRow {
    /// The row of an event; `name` gives people's names.
    pub fn of(figures: &Figures, listed: &Listed<'_>, name: impl Fn(&ExceptionNote) -> String) -> Self {
        let outcome = listed.outcome;
        let picture = &figures.history.picture;
        let text = |word| picture.words.text(word).to_owned();
        let child = text(outcome.subject);
        let standard = &figures.library.standards[usize::from(outcome.standard)];
        let note = listed.note;
        Self {
            reference: super::reference(&child),
            age: listed.age,
            status: listed.risk.words().to_owned(),
            code: standard.code.clone(),
            title: standard.title.clone(),
            event_on: outcome.event_on.map_or_else(|| "undated".to_owned(), |day| day.to_string()),
            due_on: outcome.due_on.map(|due| day_in_words(due.date())).unwrap_or_default(),
            days: days_of(figures.as_at, outcome),
            team: figures.team_of(outcome).unwrap_or_default().to_owned(),
            worker: figures.worker_of(outcome).unwrap_or_default().to_owned(),
            source: format!("{}, row {}", text(outcome.source.list), outcome.source.row + 1),
            kind: note.map(|note| note.kind.words().to_owned()).unwrap_or_default(),
            reason: note.map(|note| reason_in_words(&note.reason).to_owned()).unwrap_or_default(),
            owner: note.map(name).unwrap_or_default(),
            expected: note.map(|note| expected(note, figures.as_at)).unwrap_or_default(),
            child,
        }
    }

    /// The address of the page where somebody says what it is.
    pub fn address(&self) -> String {
        format!("/exceptions/{}/{}/{}", self.code, self.child, self.event_on)
    }

    fn cells(&self, list: ExceptionList) -> Vec<Cell> {
        let days = match list {
            ExceptionList::Exceptions => format!("{} late", in_days(self.days)),
            ExceptionList::Tomorrow if self.days == 0 => "today".to_owned(),
            ExceptionList::Tomorrow => format!("in {}", in_days(self.days)),
        };
        let age = self.age.map_or_else(|| "age not known".to_owned(), |age| format!("aged {age}"));
        let child = link(&self.reference, &format!("/children/{}", self.child));
        let said = if self.kind.is_empty() { "Say what it is" } else { self.kind.as_str() };
        let owned = match self.owner.as_str() {
            "" => String::new(),
            owner => format!("{owner}, {}", self.expected),
        };
        vec![
            Cell::new(lines(&[&child, &age, &self.status])),
            Cell::new(lines(&[&link(&self.title, &format!("/standards/{}", self.code)), &self.source])),
            Cell::new(lines(&[&self.due_on, &days])),
            Cell::new(lines(&[&link(said, &self.address()), &self.reason])),
            Cell::new(owned),
            Cell::new(lines(&[&self.team, &self.worker])),
        ]
    }
}

fn expected(note: &ExceptionNote, as_at: Day) -> String {
    let day = day_in_words(note.expected_on);
    if Day::of(note.expected_on) < as_at {
        format!("expected by {day}, which is past")
    } else {
        format!("by {day}")
    }
}

/// Days in words.
pub fn in_days(days: i32) -> String {
    improvement::words::counted(days.unsigned_abs(), "day", "days")
}

/// The children of a list.
pub fn children_table(rows: &[ChildRow], list: ExceptionList) -> Table {
    Table::new("The children")
        .headings([
            Heading::new("Child"),
            Heading::new("What"),
            Heading::new("Due"),
            Heading::new("What it is, and why"),
            Heading::new("Who answers for it, by when"),
            Heading::new("Team and worker"),
        ])
        .rows(rows.iter().map(|row| row.cells(list)))
        .stacks()
}

/// How many events of a list are of each kind, and how many nobody has spoken of.
pub fn by_kind(listed: &[Listed<'_>]) -> [usize; 4] {
    let count = |kind: ExceptionKind| {
        listed.iter().filter(|one| one.note.is_some_and(|note| note.kind == kind)).count()
    };
    let [not_seen, late, wrong] = ExceptionKind::ALL.map(count);
    [not_seen, late, wrong, listed.iter().filter(|one| one.note.is_none()).count()]
}

/// The events of each team, the most first, with those of its workers.
pub fn by_team(figures: &Figures, listed: &[Listed<'_>]) -> Vec<(String, Vec<(String, usize)>)> {
    let mut teams: std::collections::BTreeMap<&str, std::collections::BTreeMap<&str, usize>> =
        std::collections::BTreeMap::new();
    for one in listed {
        let team = figures.team_of(one.outcome).unwrap_or("No team given");
        let worker = figures.worker_of(one.outcome).unwrap_or("No worker given");
        *teams.entry(team).or_default().entry(worker).or_default() += 1;
    }
    let mut teams: Vec<(String, Vec<(String, usize)>)> = teams
        .into_iter()
        .map(|(team, workers)| {
            let workers = workers.into_iter().map(|(worker, count)| (worker.to_owned(), count));
            (team.to_owned(), workers.collect())
        })
        .collect();
    teams.sort_by_key(|(_, workers)| Reverse(workers.iter().map(|(_, count)| *count).sum::<usize>()));
    teams
}

/// Whether an event may still be spoken of: it is late or runs.
pub fn is_open(outcome: &Outcome) -> bool {
    matches!(outcome.status, Status::Missed | Status::Due)
}
