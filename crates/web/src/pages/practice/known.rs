//! "As known on": which day the figures of a page tell of, and what was known by which day. It stands in the address, so
//! that figures as they were can be pointed at.

use askama::Template;
use jiff::civil::Date;
use service::{Figures, Knowledge, Remarks};
use vocabulary::date::day_in_words;
use vocabulary::day::Day;

use crate::components::{DateInput, Html, Problems};
use crate::fields::Fields;
use crate::pages::duties::question::{parts_of, typed_date};
use crate::viewer::Viewer;

/// What a page's address asks for.
#[derive(Clone, Debug)]
pub struct Known {
    /// The figures asked for.
    pub asked: Knowledge,
    /// What is wrong with the dates of the address.
    pub problems: Problems,
    typed: Fields,
    address: String,
    today: Date,
}

#[derive(Template)]
#[template(path = "pages/practice/known_partial.html")]
struct KnownForm {
    address: String,
    hidden: Vec<(String, String)>,
    as_at: DateInput,
    known_on: DateInput,
    open: bool,
}

impl Known {
    /// Reads the two days of a page's address. A day to come is a problem, never a guess.
    pub fn of(viewer: &Viewer, asked: &Fields, address: &str) -> Self {
        Self::read(asked, address, viewer.service.clock.today())
    }

    fn read(asked: &Fields, address: &str, today: Date) -> Self {
        let mut problems = Problems::default();
        let mut day = |name: &'static str| match asked.maybe_day(name) {
            Ok(Some(day)) if day > today => {
                problems.add(name, "Enter today or a day before.");
                None
            }
            Ok(day) => day,
            Err(problem) => {
                problems.add(problem.field, problem.message);
                None
            }
        };
        let as_at = day("as_at");
        // What is known by the end of today is everything.
        let known_on = day("known_on").filter(|day| *day < today);
        let asked_for = Knowledge { as_at, known_on, with_staged: None };
        Self { asked: asked_for, problems, typed: asked.clone(), address: address.to_owned(), today }
    }

    /// Whether other figures than today's are asked for.
    pub fn is_past(&self) -> bool {
        self.asked != Knowledge::default()
    }

    /// The day on which somebody who knew no more would have asked.
    pub fn asked_on(&self) -> Date {
        self.asked.known_on.unwrap_or(self.today)
    }

    /// What people had said by then.
    pub fn remarks(&self, remarks: Remarks) -> Remarks {
        match self.asked.known_on {
            Some(day) => remarks.by(day),
            None => remarks,
        }
    }

    /// What is to be told of figures that are not today's, and of a month that is not over.
    pub fn notice(&self, figures: Option<&Figures>) -> Option<String> {
        let mut said = Vec::new();
        match (self.asked.as_at, self.asked.known_on) {
            (None, None) => {}
            (Some(as_at), None) => {
                said.push(format!(
                    "These are the figures as at {}, by all that is known today.",
                    words(as_at)
                ));
            }
            (None, Some(known_on)) => {
                said.push(format!("These are the newest figures as they were known on {}.", words(known_on)));
            }
            (Some(as_at), Some(known_on)) => said.push(format!(
                "These are the figures as at {}, as they were known on {}.",
                words(as_at),
                words(known_on)
            )),
        }
        if figures.is_none() && self.is_past() {
            said.push("No load counted by then.".to_owned());
        }
        if let Some(last) = figures.map(|figures| figures.as_at).filter(|last| *last != last.end_of_month()) {
            said.push(format!("The last month is not whole: it ends with {}.", words(last.date())));
        }
        (!said.is_empty()).then(|| said.join(" "))
    }

    /// The query that keeps the two days in a link to another page; empty for today's figures.
    pub fn query(&self) -> String {
        let days = [("as_at", self.asked.as_at), ("known_on", self.asked.known_on)];
        let days = days.into_iter().filter_map(|(name, day)| Some(format!("{name}={}", day?)));
        let days: Vec<String> = days.collect();
        if days.is_empty() { String::new() } else { format!("?{}", days.join("&")) }
    }

    /// The form that asks for other days; it keeps these fields of the address.
    pub fn form(&self, kept: &[&str]) -> Html {
        let question = |name: &'static str, legend: &str, hint: &str, day: Option<Date>| {
            let [day, month, year] = match day {
                Some(day) => parts_of(day),
                None => typed_date(&self.typed, name),
            };
            DateInput::new(name, legend).hint(hint).values(day, month, year).problem_in(&self.problems)
        };
        let hidden =
            kept.iter().filter_map(|name| Some(((*name).to_owned(), self.typed.maybe(name)?.to_owned())));
        Html::of(&KnownForm {
            address: self.address.clone(),
            hidden: hidden.collect(),
            as_at: question(
                "as_at",
                "Figures as at",
                "Leave it empty for the day of the newest extract.",
                self.asked.as_at,
            ),
            known_on: question(
                "known_on",
                "As they were known on",
                "Only loads that counted by this day are used. Leave it empty for all that is known today.",
                self.asked.known_on,
            ),
            open: !self.problems.is_empty(),
        })
    }

    /// The day of the figures, for the frame.
    pub fn as_at(&self, figures: Option<&Figures>) -> Option<String> {
        let as_at = figures.map(|figures| day_in_words(figures.as_at.date()))?;
        Some(match self.asked.known_on {
            Some(known_on) => format!("{as_at}, as known on {}", words(known_on)),
            None => as_at,
        })
    }
}

fn words(day: Date) -> String {
    day_in_words(Day::of(day).date())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn known(query: &str) -> Known {
        Known::read(&Fields::parse(query.as_bytes()), "/scorecard", date(2026, 6, 10))
    }

    #[test]
    fn both_days_stand_in_the_address_and_are_told() {
        let known = known("as_at=2026-04-30&known_on-day=5&known_on-month=5&known_on-year=2026");
        assert_eq!(known.query(), "?as_at=2026-04-30&known_on=2026-05-05");
        let notice = known.notice(None).unwrap();
        assert!(notice.contains("as at 30 April 2026, as they were known on 5 May 2026"), "{notice}");
        assert_eq!(known.asked_on(), date(2026, 5, 5));
    }

    #[test]
    fn a_day_to_come_or_no_day_at_all_is_a_problem_beside_its_field_and_kept_as_typed() {
        for query in ["as_at=2026-06-11", "as_at-day=31&as_at-month=4&as_at-year=2026"] {
            let known = known(query);
            assert!(known.problems.with_field("as_at").is_some(), "{query}");
            assert!(!known.is_past(), "{query}");
        }
        let form = known("as_at-day=31&as_at-month=4&as_at-year=2026&show=all").form(&["show"]).to_string();
        assert!(form.contains("value=\"31\"") && form.contains("name=\"show\" value=\"all\""), "{form}");
        assert!(form.contains("headway-filter\" open>"), "{form}");
    }

    #[test]
    fn what_is_known_today_is_everything() {
        assert!(!known("known_on=2026-06-10").is_past());
        assert_eq!(known("").notice(None), None);
    }
}
