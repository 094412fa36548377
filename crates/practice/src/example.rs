//! Worked examples: each row of the table in a standard's file is a small world and its answer, and runs as a test.

mod table;
mod world;

pub(crate) use table::Examples;

use std::collections::BTreeMap;

use crate::assess::{Settings, of_standard};
use crate::library::Library;
use crate::outcome::{Outcome, Status};
use crate::standard::Standard;
use crate::written::Problem;
use table::Row;

/// How an example came out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExampleResult {
    /// The reason that the row is there.
    pub example: String,
    /// The line of the file.
    pub line: usize,
    /// What the file says, or would be said of a sound row.
    pub expected: String,
    /// What the standard says, with the due day and the reason of each outcome.
    pub got: String,
    /// Whether they agree.
    pub holds: bool,
}

/// Runs the examples of a standard.
pub fn run(standard: &Standard, library: &Library) -> Vec<ExampleResult> {
    let Some(first) = standard.examples.rows.first() else { return Vec::new() };
    if let Err(what) = table::check_columns(&standard.examples, standard, &library.catalogue) {
        let example = first.cell("example").unwrap_or_default().to_owned();
        let (line, expected) = (standard.examples.line, "a table that can be read".to_owned());
        return vec![ExampleResult { example, line, expected, got: what, holds: false }];
    }
    standard.examples.rows.iter().map(|row| run_row(standard, library, row)).collect()
}

/// The examples of a library that don't hold, as problems of their files.
pub fn problems(library: &Library) -> Vec<Problem> {
    problems_of(library, |_| true)
}

/// The examples of the standards that are asked about which don't hold.
pub fn problems_of(library: &Library, asked: impl Fn(&Standard) -> bool) -> Vec<Problem> {
    let mut problems = Vec::new();
    for standard in library.standards.iter().filter(|standard| asked(standard)) {
        for result in run(standard, library).into_iter().filter(|result| !result.holds) {
            let ExampleResult { example, line, expected, got, .. } = result;
            let what = format!("example \"{example}\": expected {expected}; got {got}");
            problems.push(Problem { path: standard.file.path.clone(), line: Some(line), what });
        }
    }
    problems
}

fn run_row(standard: &Standard, library: &Library, row: &Row) -> ExampleResult {
    let example = row.cell("example").unwrap_or_default().to_owned();
    let (got, holds) = match answer_of(standard, library, row) {
        Err(what) => (what, false),
        Ok(answer) => (answer.in_words(), answer.agrees(row)),
    };
    ExampleResult { example, line: row.line, expected: expected_in_words(row), got, holds }
}

fn expected_in_words(row: &Row) -> String {
    let answer = row.cell("answer").unwrap_or_default();
    match row.cell("due on").filter(|due| !due.is_empty()) {
        Some(due) => format!("{answer} (due on {due})"),
        None => answer.to_owned(),
    }
}

/// What a standard says of a small world.
struct Answer {
    outcomes: Vec<Outcome>,
    reasons: Vec<String>,
    counted: bool,
}

fn answer_of(standard: &Standard, library: &Library, row: &Row) -> Result<Answer, String> {
    let picture = world::of(standard, &library.catalogue, row)?;
    let limit = match row.cell("limit").filter(|limit| !limit.is_empty()) {
        None => None,
        Some(limit) => Some(limit.parse().map_err(|_| format!("the limit {limit:?} is not a whole number"))?),
    };
    let limits: BTreeMap<_, _> = limit.map(|limit| (standard.code.clone(), limit)).into_iter().collect();
    let (outcomes, reasons) = of_standard(standard, &picture, &Settings { limits })?;
    Ok(Answer { outcomes, reasons, counted: standard.operator.only_counts() })
}

impl Answer {
    fn agrees(&self, row: &Row) -> bool {
        let answer = row.cell("answer").unwrap_or_default();
        let expected: Vec<&str> = if answer == "none" { Vec::new() } else { list(answer) };
        if expected.len() != self.outcomes.len() {
            return false;
        }
        let statuses = expected.iter().zip(&self.outcomes).all(|(word, outcome)| *word == self.word(outcome));
        let dues = list(row.cell("due on").unwrap_or_default());
        let due_agrees = |(due, outcome): (&&str, &Outcome)| {
            due.is_empty() || outcome.due_on.is_some_and(|day| day.to_string() == **due)
        };
        statuses && dues.len() <= self.outcomes.len() && dues.iter().zip(&self.outcomes).all(due_agrees)
    }

    fn word(&self, outcome: &Outcome) -> &'static str {
        match outcome.status {
            Status::Met if self.counted => "counted",
            Status::Met => "met",
            Status::Missed => "missed",
            Status::Due => "due",
            Status::NotApplicable => "not applicable",
            Status::CannotTell => "cannot tell",
        }
    }

    fn in_words(&self) -> String {
        if self.outcomes.is_empty() {
            return "none".to_owned();
        }
        let outcomes = self.outcomes.iter().map(|outcome| {
            let due = outcome.due_on.map(|day| format!("due on {day}"));
            let why = outcome.reason.map(|place| self.reasons[usize::from(place)].clone());
            let more: Vec<String> = due.into_iter().chain(why).collect();
            let word = self.word(outcome);
            if more.is_empty() { word.to_owned() } else { format!("{word} ({})", more.join("; ")) }
        });
        outcomes.collect::<Vec<_>>().join("; ")
    }
}

/// The parts of a cell that holds several, separated by `;`.
fn list(cell: &str) -> Vec<&str> {
    if cell.trim().is_empty() { Vec::new() } else { cell.split(';').map(str::trim).collect() }
}
