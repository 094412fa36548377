//! How much may be at stake for a child whose clock is late: by what the council's own records say is open for them.
//!
//! It orders lists. It is no assessment of a child and is never shown as one: the page names the status, not a score.

use std::collections::BTreeMap;

use practice::picture::{Picture, Sheet};
use vocabulary::records::{Cell, Word};

/// What is open for a child, the most urgent first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Risk {
    /// Missing on the day of the figures.
    Missing,
    /// A section 47 enquiry without a conference yet.
    Enquiry,
    /// On a child protection plan.
    ProtectionPlan,
    /// Looked after.
    LookedAfter,
    /// Being assessed.
    Assessment,
    /// A child in need.
    InNeed,
    /// None of these.
    Other,
}

impl Risk {
    /// The status in words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Missing => "Missing now",
            Self::Enquiry => "Section 47 enquiry",
            Self::ProtectionPlan => "Protection plan",
            Self::LookedAfter => "Looked after",
            Self::Assessment => "Being assessed",
            Self::InNeed => "Child in need",
            Self::Other => "No open episode",
        }
    }
}

/// The status of every child with something open.
#[derive(Clone, Debug, Default)]
pub struct Risks(BTreeMap<Word, Risk>);

/// A kind of record, the field its beginning stands in, the field that ends it, and what it means while open.
const OPEN: [(&str, &str, &str, Risk); 6] = [
    ("missing_episode", "started_on", "ended_on", Risk::Missing),
    ("enquiry", "started_on", "conference_on", Risk::Enquiry),
    ("protection_plan", "started_on", "ended_on", Risk::ProtectionPlan),
    ("looked_after_period", "started_on", "ended_on", Risk::LookedAfter),
    ("assessment", "started_on", "authorised_on", Risk::Assessment),
    ("child_in_need", "started_on", "ended_on", Risk::InNeed),
];

/// A missing episode or an enquiry without its end is open only so long; later it is an end that nobody entered.
const OPEN_AT_MOST_DAYS: [(Risk, i32); 2] = [(Risk::Missing, 90), (Risk::Enquiry, 60)];

impl Risks {
    /// Of every child of a picture.
    pub fn of(picture: &Picture) -> Self {
        let mut risks = BTreeMap::new();
        for (kind, start, end, risk) in OPEN {
            let Some(sheet) = picture.sheet(kind) else { continue };
            for (row, &child) in sheet.table.subject.iter().enumerate() {
                if is_open(picture, sheet, row, &(start, end, risk)) {
                    let known = risks.entry(child).or_insert(risk);
                    *known = (*known).min(risk);
                }
            }
        }
        Self(risks)
    }

    /// A child's.
    pub fn of_child(&self, child: Word) -> Risk {
        self.0.get(&child).copied().unwrap_or(Risk::Other)
    }
}

fn is_open(picture: &Picture, sheet: &Sheet, row: usize, &(start, end, risk): &(&str, &str, Risk)) -> bool {
    let as_at = picture.as_at;
    let day = |field: &str| sheet.table.column(field).map(|column| column.day(row));
    let Some(Cell::Value(started)) = day(start) else { return false };
    let ended = match day(end) {
        Some(Cell::Value(ended)) => ended <= as_at,
        Some(Cell::Unreadable) => true,
        Some(Cell::Blank) | None => false,
    };
    let longest = OPEN_AT_MOST_DAYS.iter().find(|(limited, _)| *limited == risk).map(|(_, days)| *days);
    let no_conference_needed = risk == Risk::Enquiry
        && sheet.table.column("conference_not_required").is_some_and(
            |column| matches!(column.word(row), Cell::Value(word) if picture.words.text(word) == "yes"),
        );
    started <= as_at
        && !ended
        && !no_conference_needed
        && longest.is_none_or(|days| as_at.days_since(started) <= days)
}

#[cfg(test)]
mod tests {
    use vocabulary::day::Day;
    use vocabulary::records::{Column, FieldType, Records, Source};

    use super::*;

    fn picture(kind: &str, end: &str, rows: &[(&str, i32, Option<i32>)]) -> Picture {
        let mut records = Records::default();
        let list = records.words.add("a list");
        for &(child, start, ended) in rows {
            let child = records.words.add(child);
            let table = records.table_mut(kind, &[("started_on", FieldType::Day), (end, FieldType::Day)]);
            table.subject.push(child);
            table.source.push(Source { list, row: 0 });
            for (place, day) in [Some(start), ended].into_iter().enumerate() {
                let Column::Days(cells) = &mut table.columns[place].1 else { panic!("days") };
                cells.push(day.map_or(Cell::Blank, |day| Cell::Value(Day(day))));
            }
        }
        Picture::of(records, Day(1_000))
    }

    fn of(picture: &Picture, child: &str) -> Risk {
        let word = picture.words.find(child).expect("a child");
        Risks::of(picture).of_child(word)
    }

    #[test]
    fn an_open_plan_counts_and_an_ended_one_does_not() {
        let picture = picture("protection_plan", "ended_on", &[("ann", 900, None), ("ben", 900, Some(950))]);
        assert_eq!(of(&picture, "ann"), Risk::ProtectionPlan);
        assert_eq!(of(&picture, "ben"), Risk::Other);
    }

    #[test]
    fn a_missing_episode_whose_end_nobody_entered_does_not_stay_on_top_for_ever() {
        let picture = picture("missing_episode", "ended_on", &[("ann", 990, None), ("ben", 500, None)]);
        assert_eq!(of(&picture, "ann"), Risk::Missing);
        assert_eq!(of(&picture, "ben"), Risk::Other);
    }
}
