//! The lists that the council keeps itself because no national return holds them, as its record has them at a month's
//! end: headings as `library/registers` declares them.
//!
//! A list is made of the same lives as the returns, so a core group lies inside its plan and a return interview after
//! its missing episode. Lists are kept from one month to the next: each shows everything since three years before.

mod care;
mod missing;
mod oversight;
mod protection;
mod workforce;

use std::sync::OnceLock;

use vocabulary::day::Day;

use crate::chance::Chance;
use crate::life::Council;
use crate::life::clerk::Clerk;
use crate::life::fact::{Fact, View};
use crate::life::locality::Locality;
use crate::sheet::{Cell, Layout, Table};

/// The layouts of the lists, each named like its register.
pub fn layouts() -> &'static [Layout] {
    static LAYOUTS: OnceLock<Vec<Layout>> = OnceLock::new();
    LAYOUTS.get_or_init(|| Layout::parse(include_str!("layout.tsv")))
}

/// Every list as at the last day of a month.
pub fn lists(council: &Council, month_end: Day) -> Vec<Table> {
    let keeping = Keeping { council, view: View::of(month_end), from: month_end.plus_months(-36) };
    vec![
        protection::referral_decisions(&keeping),
        protection::core_groups(&keeping),
        protection::panel_reviews(&keeping),
        protection::legal_planning_meetings(&keeping),
        care::proceedings(&keeping),
        care::permanence_decisions(&keeping),
        care::plans(&keeping),
        care::placement_decisions(&keeping),
        care::pathway_plans(&keeping),
        missing::police_reports(&keeping),
        missing::return_interviews(&keeping),
        missing::risk_assessments(&keeping),
        missing::exploitation_concerns(&keeping),
        missing::exploitation_assessments(&keeping),
        missing::exploitation_panels(&keeping),
        oversight::entries(&keeping),
        workforce::posts(&keeping),
        workforce::supervision(&keeping),
    ]
}

/// What every list of one month shares.
struct Keeping<'a> {
    council: &'a Council,
    view: View,
    from: Day,
}

impl<'a> Keeping<'a> {
    fn table(&self, list: &'static str) -> Table {
        Table::new(Layout::named(layouts(), list))
    }

    /// Does something with a chance of its own for one list and one thing of one child or worker, so that no list
    /// depends on another or on the month.
    fn with<T>(
        &self,
        purpose: u64,
        thing: u64,
        locality: Locality,
        make: impl FnOnce(&mut Clerk<'_>) -> T,
    ) -> T {
        let mut chance = Chance::new(self.council.seed, purpose, thing);
        make(&mut Clerk { world: &self.council.world, chance: &mut chance, locality })
    }

    /// The day of a fact, when the list shows it.
    fn shown(&self, fact: &Fact) -> Option<Day> {
        self.view.day(fact).filter(|day| *day >= self.from)
    }

    /// The cell of a fact that may have come about.
    fn cell(&self, fact: &Option<Fact>) -> Cell {
        self.view.maybe(fact).into()
    }
}

fn yes_no(yes: bool) -> Cell {
    (if yes { "Yes" } else { "No" }).into()
}

/// A day with an hour and a minute, as people write it.
fn moment(day: Day, minutes: i32) -> Cell {
    let (day, minutes) = (day.plus_days(minutes.div_euclid(1_440)), minutes.rem_euclid(1_440));
    let date = day.date();
    let (hour, minute) = (minutes / 60, minutes % 60);
    format!("{:02}/{:02}/{:04} {hour:02}:{minute:02}", date.day(), date.month(), date.year()).into()
}
