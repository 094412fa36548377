//! Assessing: every standard of a library on every record of a picture, one outcome an event and standard.
//!
//! An event is judged by the rule in force on the day its clock starts. Standards are independent of each other and run
//! side by side; the order of the outcomes does not depend on that.

use std::collections::BTreeMap;

use rayon::prelude::*;
use vocabulary::day::Day;
use vocabulary::records::{Column, Word};

use crate::condition::{BoundConditions, Holds};
use crate::field::Row;
use crate::library::Library;
use crate::operator::{Question, Verdict};
use crate::outcome::{Outcome, Outcomes, Untold};
use crate::picture::{Picture, Sheet};
use crate::reason::{Reasons, Why};
use crate::standard::Standard;

/// What a council has set.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// The council's own limits, by the code of the standard.
    pub limits: BTreeMap<String, u32>,
}

/// Judges every record of a picture by every standard of a library.
pub fn assess(library: &Library, picture: &Picture, settings: &Settings) -> Outcomes {
    let assessed: Vec<_> =
        library.standards.par_iter().map(|standard| of_standard(standard, picture, settings)).collect();
    let count = assessed.iter().flatten().map(|(outcomes, _)| outcomes.len()).sum();
    let mut all = Outcomes { outcomes: Vec::with_capacity(count), ..Outcomes::default() };
    for (standard, one) in (0_u16..).zip(assessed) {
        match one {
            Ok((outcomes, reasons)) => all.add(standard, outcomes, reasons),
            Err(why) => all.untold.push(Untold { standard, reason: why }),
        }
    }
    all
}

type OfStandard = Result<(Vec<Outcome>, Vec<String>), String>;

/// The outcomes of one standard, and their reasons; an error when no source supplies the list that it is about.
pub(crate) fn of_standard(standard: &Standard, picture: &Picture, settings: &Settings) -> OfStandard {
    let sheet = picture.sheet(&standard.record);
    let sheet = sheet.ok_or_else(|| Why::NotHeld { kind: &standard.record }.to_string())?;
    let council_limit = settings.limits.get(&standard.code).copied();
    let bound = Bound::new(standard, Question { picture, sheet, council_limit });
    let judge = standard.operator.bind(Question { picture, sheet, council_limit });
    let (mut outcomes, mut reasons, mut verdicts) = (Vec::new(), Reasons::default(), Vec::new());
    for (row, &subject) in sheet.table.subject.iter().enumerate() {
        let row = Row { row, subject };
        if bound.population.rule_out(row) {
            continue;
        }
        judge.judge(row, &mut verdicts);
        for verdict in verdicts.drain(..).filter_map(|verdict| bound.apply(row, verdict)) {
            outcomes.push(bound.outcome(row, &verdict, &mut reasons));
        }
    }
    outcomes.sort_by_key(|outcome| (outcome.subject, outcome.event_on, outcome.row));
    Ok((outcomes, reasons.texts))
}

/// Whom a standard is about, bound to a picture.
struct Bound<'p> {
    standard: &'p Standard,
    sheet: &'p Sheet,
    as_at: Day,
    team: Option<&'p Column>,
    worker: Option<&'p Column>,
    population: BoundConditions<'p>,
    exclusions: Vec<(BoundConditions<'p>, &'p str)>,
}

impl<'p> Bound<'p> {
    fn new(standard: &'p Standard, question: Question<'p>) -> Self {
        let (table, picture) = (&question.sheet.table, question.picture);
        let exclusions = standard.exclusions.iter().map(|exclusion| {
            (BoundConditions::bind(&exclusion.conditions, table, picture), exclusion.reason.as_str())
        });
        Self {
            standard,
            sheet: question.sheet,
            as_at: picture.as_at,
            team: table.column("team"),
            worker: table.column("worker"),
            population: BoundConditions::bind(&standard.population, table, picture),
            exclusions: exclusions.collect(),
        }
    }

    /// The verdict with regard to whom the standard is about and when; none when it is not about this event.
    fn apply(&self, row: Row, verdict: Verdict<'p>) -> Option<Verdict<'p>> {
        let unclear = match self.population.hold(row, verdict.start) {
            Holds::No => return None,
            Holds::Unclear(why) => Some(why),
            Holds::Yes => None,
        };
        let Some(start) = verdict.start else { return Some(self.apply_exclusions(row, verdict)) };
        if !self.standard.in_force_on(start) {
            return Some(Verdict::not_applicable(verdict.start, Why::NotInForce));
        }
        if start > self.as_at && !verdict.asked_before {
            return Some(Verdict::not_applicable(verdict.start, Why::NotBegun));
        }
        if let Some(why) = unclear {
            return Some(Verdict::cannot_tell(verdict.start, why));
        }
        Some(self.apply_exclusions(row, verdict))
    }

    /// An exclusion that holds makes the event not applicable; one that can't be told leaves the event untold.
    fn apply_exclusions(&self, row: Row, verdict: Verdict<'p>) -> Verdict<'p> {
        let mut unclear = None;
        for (conditions, reason) in &self.exclusions {
            match conditions.hold(row, verdict.start) {
                Holds::Yes => return Verdict::not_applicable(verdict.start, Why::Excluded(reason)),
                Holds::Unclear(why) if verdict.start.is_some() => unclear = unclear.or(Some(why)),
                Holds::Unclear(_) | Holds::No => {}
            }
        }
        unclear.map_or(verdict, |why| Verdict::cannot_tell(verdict.start, why))
    }

    fn outcome(&self, row: Row, verdict: &Verdict<'p>, reasons: &mut Reasons<'p>) -> Outcome {
        let to_come = verdict.asked_before && verdict.start.is_some_and(|start| start > self.as_at);
        Outcome {
            standard: 0,
            subject: row.subject,
            event_on: verdict.start.filter(|_| !to_come),
            due_on: verdict.due_on,
            met_on: verdict.met_on,
            ended_on: verdict.ended_on,
            status: verdict.status,
            reason: verdict.why.map(|why| reasons.place(why)),
            team: word(self.team, row.row),
            worker: word(self.worker, row.row),
            row: u32::try_from(row.row).unwrap_or(u32::MAX),
            source: self.sheet.table.source[row.row],
        }
    }
}

fn word(column: Option<&Column>, row: usize) -> Option<Word> {
    column?.word(row).value()
}

impl Outcomes {
    /// Adds the outcomes of a standard; a reason that is there already is not kept twice.
    fn add(&mut self, standard: u16, outcomes: Vec<Outcome>, reasons: Vec<String>) {
        let places: Vec<u16> = reasons.into_iter().map(|reason| self.place_of(reason)).collect();
        self.outcomes.extend(outcomes.into_iter().map(|outcome| Outcome {
            standard,
            reason: outcome.reason.map(|place| places[usize::from(place)]),
            ..outcome
        }));
    }

    fn place_of(&mut self, reason: String) -> u16 {
        let place = self.reasons.iter().position(|known| *known == reason).unwrap_or_else(|| {
            self.reasons.push(reason);
            self.reasons.len() - 1
        });
        u16::try_from(place).unwrap_or(u16::MAX)
    }
}
