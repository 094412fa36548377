//! How a measure is counted, in words: the standard with edition, days in force and file; what is above and below the
//! line; by which day.

use practice::standard::{CountBy, Polarity, Show, Standard};
use serde::Serialize;
use service::Figures;
use utoipa::ToSchema;
use vocabulary::date::day_in_words;
use vocabulary::day::Day;

use super::facts::{polarity_in_words, written_down_in};
use super::standards::{basis_in_words, status_in_words};
use crate::components::SummaryList;
use crate::pages::duties::cells::{lines, link};

/// How a measure is counted.
#[derive(Clone, Debug, Default, Serialize, ToSchema)]
pub struct Definition {
    /// The code of the standard that it is counted by.
    pub standard: String,
    /// What that standard asks.
    pub standard_title: String,
    /// What the standard rests on.
    pub basis: String,
    /// Edition and paragraph, with the source's day.
    pub source: String,
    /// How far the source was read.
    pub status: String,
    /// Which clocks the standard governs.
    pub in_force: String,
    /// The file that says all this.
    pub file: String,
    /// What is counted.
    pub numerator: String,
    /// Of what; empty for a number.
    pub denominator: String,
    /// By which day.
    pub counted_by: String,
    /// Which way is better.
    pub polarity: String,
    /// Whether one way is better, so that there can be a target.
    pub may_have_target: bool,
}

impl Definition {
    /// How a measure is counted.
    pub fn of(figures: &Figures, place: u16) -> Self {
        let measure = &figures.library.measures[usize::from(place)];
        let standard = &figures.library.standards[usize::from(measure.standard)];
        let (numerator, denominator) = match (measure.is_count, measure.show) {
            (true, _) => ("Every such event", ""),
            (false, Show::Met) => ("Events that met the standard", "Events that met or missed it"),
            (false, Show::Missed) => ("Events that missed the standard", "Events that met or missed it"),
        };
        Self {
            standard: standard.code.clone(),
            standard_title: standard.title.clone(),
            basis: basis_in_words(standard.basis).to_owned(),
            source: match standard.source_date {
                Some(day) => format!("{} ({})", standard.source, words(day)),
                None => standard.source.clone(),
            },
            status: status_in_words(standard.status).to_owned(),
            in_force: in_force(standard),
            file: written_down_in(standard),
            numerator: numerator.to_owned(),
            denominator: denominator.to_owned(),
            counted_by: counted_by(measure.count_by).to_owned(),
            polarity: polarity_in_words(measure.polarity).to_owned(),
            may_have_target: measure.polarity != Polarity::Context,
        }
    }

    /// The definition as a list of facts, with what to read it beside.
    pub fn list(&self, benchmarks: &[String], snapshots: usize) -> SummaryList {
        let standard = link(&self.standard_title, &format!("/standards/{}", self.standard));
        let mut list = SummaryList::new()
            .row("Counted by the standard", lines(&[&standard, &self.standard]))
            .row("Above the line", &self.numerator);
        if !self.denominator.is_empty() {
            list = list.row("Below the line", &self.denominator);
        }
        list = list
            .row("Counted by", &self.counted_by)
            .row("Which way is better", &self.polarity)
            .row("Which rests on", &self.basis)
            .row("Edition", &self.source)
            .row("How far its source was read", &self.status)
            .row("In force", &self.in_force)
            .row("Written down in", &self.file)
            .row("Rests on", improvement::words::counted(snapshots, "load", "loads"));
        for benchmark in benchmarks {
            list = list.row("England, to read it beside", benchmark);
        }
        list
    }
}

fn words(day: Day) -> String {
    day_in_words(day.date())
}

/// Which clocks a standard governs.
pub fn in_force(standard: &Standard) -> String {
    match (standard.in_force_from, standard.in_force_to) {
        (None, None) => "Every clock".to_owned(),
        (Some(from), None) => format!("Clocks that start on {} or later", words(from)),
        (None, Some(to)) => format!("Clocks that started by {}", words(to)),
        (Some(from), Some(to)) => format!("Clocks that started from {} to {}", words(from), words(to)),
    }
}

fn counted_by(count_by: CountBy) -> &'static str {
    match count_by {
        CountBy::Completed => "The day it was done, or could no longer be done in time",
        CountBy::Due => "The day it was due",
        CountBy::Started => "The day it began",
        CountBy::Position => "What is open on the last day of the month",
        CountBy::Now => {
            "On the day of the newest extract: the record says how it stands now, not how it stood before"
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_governed_from_and_to_a_day_is_said_so() {
        let standard = service::library().standard("assessment-45wd-dfe").unwrap();
        assert_eq!(in_force(standard), "Clocks that start on 1 January 2014 or later");
        let mut ended = standard.clone();
        ended.in_force_to = Day::parse("2020-03-31");
        assert_eq!(in_force(&ended), "Clocks that started from 1 January 2014 to 31 March 2020");
    }
}
