//! How far back each list shows what happened, so that a record that left its window is told from one that vanished.
//!
//! Annex A: reference annex-a.md, section 2 (six months; lists 10 and 11 twelve). SSDA903 and the children in need census
//! show the return year from 1 April (ssda903.md and cin-census.md, section 1).

use vocabulary::day::Day;

use super::differences::Doubt;
use super::supply::{Line, Shown, Supply};
use super::value::Value;

/// How far back a list shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Period {
    /// This many months before the day of the extract.
    Months(i32),
    /// From 1 April before the day of the extract.
    ReturnYear,
    /// Only what is so on the day of the extract: leaving the list says nothing else.
    OnTheDay,
}

/// What a list shows of a kind of record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Showing {
    /// The collection.
    pub collection: &'static str,
    /// The list, module or group.
    pub list: &'static str,
    /// The kind of record.
    pub kind: &'static str,
    /// How far back it shows.
    pub period: Period,
    /// The record is shown when any of these days lies in the period.
    pub shown_by: &'static [&'static str],
    /// The record is open, and shown whenever it began, while all of these are blank.
    pub open_while_blank: &'static [&'static str],
    /// Whether the list shows one record a child, the latest, so that a later one takes its place.
    pub only_latest: bool,
    /// Another kind that a child may move to and so leave this list.
    pub moves_to: Option<&'static str>,
}

const fn list(collection: &'static str, list: &'static str, kind: &'static str, period: Period) -> Showing {
    let none: &[&str] = &[];
    Showing {
        collection,
        list,
        kind,
        period,
        shown_by: none,
        open_while_blank: none,
        only_latest: false,
        moves_to: None,
    }
}

impl Showing {
    const fn by(self, shown_by: &'static [&'static str]) -> Self {
        Self { shown_by, ..self }
    }

    /// Shown while open, and by the day it closed.
    const fn open_or_by(self, days: &'static [&'static str]) -> Self {
        Self { shown_by: days, open_while_blank: days, ..self }
    }

    const fn open_while_blank(self, open_while_blank: &'static [&'static str]) -> Self {
        Self { open_while_blank, ..self }
    }

    const fn only_latest(self) -> Self {
        Self { only_latest: true, ..self }
    }

    const fn moves_to(self, kind: &'static str) -> Self {
        Self { moves_to: Some(kind), ..self }
    }
}

const HALF_A_YEAR: Period = Period::Months(6);
const A_YEAR: Period = Period::Months(12);
const ANNEX_A: &str = "annex-a";
const SSDA903: &str = "ssda903";
const CENSUS: &str = "cin";
const ADOPTER_DAYS: &[&str] = &[
    "enquired_on",
    "stage_1_started_on",
    "stage_1_ended_on",
    "stage_2_started_on",
    "stage_2_ended_on",
    "applied_on",
    "approved_on",
    "matched_on",
    "placed_on",
    "order_on",
    "left_on",
];

/// The lists whose windows are known.
pub const WINDOWS: &[Showing] = &[
    list(ANNEX_A, "List 1", "contact", HALF_A_YEAR).by(&["received_on"]),
    list(ANNEX_A, "List 2", "early_help_assessment", HALF_A_YEAR)
        .by(&["started_on", "completed_on"])
        .open_while_blank(&["completed_on"]),
    list(ANNEX_A, "List 3", "referral", HALF_A_YEAR).by(&["received_on"]),
    list(ANNEX_A, "List 4", "assessment", HALF_A_YEAR).open_or_by(&["authorised_on"]),
    list(ANNEX_A, "List 5", "enquiry", HALF_A_YEAR).by(&["started_on"]),
    list(ANNEX_A, "List 6", "child_in_need", HALF_A_YEAR)
        .open_or_by(&["ended_on"])
        .only_latest()
        .moves_to("care_leaver"),
    list(ANNEX_A, "List 7", "protection_plan", HALF_A_YEAR).open_or_by(&["ended_on"]),
    list(ANNEX_A, "List 8", "looked_after_period", HALF_A_YEAR).open_or_by(&["ended_on"]).only_latest(),
    list(ANNEX_A, "List 9", "care_leaver", Period::OnTheDay),
    list(ANNEX_A, "List 10", "adoption", A_YEAR).open_or_by(&["order_on", "reversed_on"]).only_latest(),
    // Who is "in contact with the agency" is for the agency to say, so an open adopter who leaves has not vanished.
    list(ANNEX_A, "List 11", "adopter", A_YEAR).by(ADOPTER_DAYS).only_latest(),
    list(SSDA903, "Episodes", "care_episode", Period::ReturnYear).open_or_by(&["ended_on"]),
    list(SSDA903, "Reviews", "care_review", Period::ReturnYear).by(&["held_on"]),
    list(SSDA903, "Missing", "missing_episode", Period::ReturnYear).open_or_by(&["ended_on"]),
    list(SSDA903, "SWEpisodes", "social_worker_episode", Period::ReturnYear).open_or_by(&["ended_on"]),
    list(SSDA903, "DoLo", "deprivation_of_liberty", Period::ReturnYear).open_or_by(&["ended_on"]),
    list(SSDA903, "OC2", "health_year", Period::ReturnYear).by(&["year_end_on"]),
    list(SSDA903, "OC3", "care_leaver", Period::OnTheDay),
    list(CENSUS, "CINdetails", "referral", Period::ReturnYear)
        .by(&["received_on", "closed_on"])
        .open_while_blank(&["closed_on"]),
    list(CENSUS, "Assessments", "assessment", Period::ReturnYear).open_or_by(&["authorised_on"]),
    list(CENSUS, "CINPlanDates", "in_need_plan", Period::ReturnYear).open_or_by(&["ended_on"]),
    list(CENSUS, "Section47", "enquiry", Period::ReturnYear).by(&["started_on"]),
    list(CENSUS, "ChildProtectionPlans", "protection_plan", Period::ReturnYear).open_or_by(&["ended_on"]),
    list(CENSUS, "Reviews", "protection_review", Period::ReturnYear).by(&["held_on"]),
];

/// Councils cut the window as six calendar months, 26 weeks or 180 days, so nothing can be said of its first days.
const EDGE_DAYS: i32 = 7;

/// What a collection shows of a kind, if it is known.
pub(super) fn showing(collection: &str, kind: &str) -> Option<&'static Showing> {
    WINDOWS.iter().find(|showing| showing.collection == collection && showing.kind == kind)
}

/// Whether a list of a later or earlier day would show a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Would {
    Show,
    NotShow,
    CannotTell(Doubt),
}

impl Showing {
    /// Whether an extract of the day would show the record as a row has it.
    pub(super) fn would_show(
        &self,
        supply: &Supply<'_>,
        shown: &[Shown<'_>],
        line: Line,
        as_at: Day,
    ) -> Would {
        let Some(from) = self.period.first_sure_day(as_at) else { return Would::NotShow };
        let mut doubt = None;
        for name in self.shown_by {
            match supply.field(name).and_then(|field| supply.value(shown, line, field)) {
                Some(Value::Blank) => {}
                Some(value) => match value.day() {
                    Some(day) if day >= from => return Would::Show,
                    Some(_) => {}
                    None => doubt = Some(Doubt::UnreadableDay),
                },
                None => doubt = Some(Doubt::UnreadableDay),
            }
        }
        if let Some(doubt) = doubt {
            return Would::CannotTell(doubt);
        }
        // It ended at the earliest after the day on which it was last shown open.
        match self.is_open(supply, shown, line) {
            true if shown[line.snapshot as usize].as_at >= from => Would::Show,
            true => Would::CannotTell(Doubt::OpenWhenLastShown),
            false => Would::NotShow,
        }
    }

    /// Whether the record was open as a row has it.
    pub(super) fn is_open(&self, supply: &Supply<'_>, shown: &[Shown<'_>], line: Line) -> bool {
        let value = |name: &&str| supply.field(name).and_then(|field| supply.value(shown, line, field));
        !self.open_while_blank.is_empty()
            && self.open_while_blank.iter().all(|name| value(name) == Some(Value::Blank))
    }
}

impl Period {
    /// The first day of the period that an extract of the day shows for sure.
    fn first_sure_day(self, as_at: Day) -> Option<Day> {
        match self {
            Self::Months(months) => Some(as_at.plus_months(-months).plus_days(EDGE_DAYS)),
            Self::ReturnYear => Some(start_of_return_year(as_at)),
            Self::OnTheDay => None,
        }
    }

    /// The first day of the period that an extract of the day shows.
    pub(super) fn first_day(self, as_at: Day) -> Day {
        match self {
            Self::Months(months) => as_at.plus_months(-months),
            Self::ReturnYear => start_of_return_year(as_at),
            Self::OnTheDay => as_at,
        }
    }
}

fn start_of_return_year(as_at: Day) -> Day {
    let date = as_at.date();
    let year = if date.month() >= 4 { date.year() } else { date.year() - 1 };
    Day::new(year, 4, 1).unwrap_or(as_at)
}
