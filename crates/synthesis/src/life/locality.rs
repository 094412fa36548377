//! The three localities of the council, whose teams differ: one works poorly and slips further, one improves while the
//! notice is in force, one works well.

use vocabulary::day::Day;

/// A part of the council with teams of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Locality {
    /// Works poorly.
    North,
    /// Improves from the summer of 2024 to the summer of 2026.
    Central,
    /// Works well.
    South,
}

/// What a team does for children.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Referrals and assessments.
    Assessment,
    /// Plans for children in need and child protection plans.
    Safeguarding,
    /// Looked after children.
    LookedAfter,
    /// Care leavers.
    LeavingCare,
}

/// Every locality, the poorest first.
pub const LOCALITIES: [Locality; 3] = [Locality::North, Locality::Central, Locality::South];

const STAGES: [Stage; 4] = [Stage::Assessment, Stage::Safeguarding, Stage::LookedAfter, Stage::LeavingCare];

impl Locality {
    /// Its place among the localities.
    pub fn place(self) -> usize {
        self as usize
    }

    fn name(self) -> &'static str {
        ["North", "Central", "South"][self.place()]
    }

    /// The work its teams can do in a month, in months of ordinary work.
    pub fn capacity(self) -> f64 {
        [1.03, 1.07, 1.12][self.place()]
    }

    /// How well its teams work on a day when nothing waits, from 0 to 1.
    pub fn quality(self, day: Day) -> f64 {
        // 1 April 2023, 1 June 2024 and 1 June 2026, counted in days since 1970.
        const NOTICE: f64 = 19_448.0;
        const BEGINS: f64 = 19_875.0;
        const ENDS: f64 = 20_605.0;
        let now = f64::from(day.0);
        match self {
            Self::North => 0.52 - 0.14 * share(now, NOTICE, NOTICE + 1_300.0),
            Self::Central => 0.45 + 0.45 * share(now, BEGINS, ENDS),
            Self::South => 0.90,
        }
    }

    /// How long a worker stays with a team, in days.
    pub fn tenure(self) -> i32 {
        [270, 400, 620][self.place()]
    }
}

fn share(now: f64, from: f64, to: f64) -> f64 {
    ((now - from) / (to - from)).clamp(0.0, 1.0)
}

/// The name of a team.
pub fn team(locality: Locality, stage: Stage) -> String {
    let kind = match stage {
        Stage::Assessment => "Assessment",
        Stage::Safeguarding => "Safeguarding",
        Stage::LookedAfter => "Looked After",
        Stage::LeavingCare => "Leaving Care",
    };
    format!("{kind} {}", locality.name())
}

/// Who holds a case: workers are numbered, so that no name is like a person's.
#[derive(Clone, Copy, Debug)]
pub struct Workforce {
    /// Workers in each team.
    pub in_a_team: u32,
}

/// A worker's number and the days on which they hold a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Holding {
    /// The worker's number in the council.
    pub worker: u32,
    /// The first day.
    pub from: Day,
    /// The day another worker takes over.
    pub until: Day,
}

impl Workforce {
    /// Enough workers for a council of this many children.
    pub fn for_children(children: u32) -> Self {
        Self { in_a_team: (children / 250).max(3) }
    }

    /// Who holds a case on a day. Cases change hands when workers leave, sooner where teams work poorly.
    pub fn holder(&self, locality: Locality, stage: Stage, case: u64, day: Day) -> Holding {
        let tenure = locality.tenure();
        let offset = i32::try_from(case % tenure.unsigned_abs() as u64).unwrap_or(0);
        let era = (day.0 + offset).div_euclid(tenure);
        let turn = crate::chance::mixed(case ^ (u64::from(era.unsigned_abs()) << 40));
        let within = u32::try_from(turn % u64::from(self.in_a_team)).unwrap_or(0);
        let (from, until) = (Day(era * tenure - offset), Day((era + 1) * tenure - offset));
        let team = locality.place() * STAGES.len() + stage as usize;
        let team = u32::try_from(team).unwrap_or(0);
        Holding { worker: team * self.in_a_team + within + 1, from, until }
    }
}

/// A worker as the lists name them.
pub fn worker(number: u32) -> String {
    format!("Worker {number:03}")
}

/// A personal adviser as list 9 names them.
pub fn adviser(number: u32) -> String {
    format!("Adviser {number:03}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_locality_improves_and_one_slips() {
        let (then, now) = (Day(19_500), Day(20_700));
        assert!(Locality::Central.quality(now) > Locality::Central.quality(then) + 0.4);
        assert!(Locality::North.quality(now) < Locality::North.quality(then));
    }

    #[test]
    fn a_case_has_one_worker_at_a_time_and_hands_over_without_a_gap() {
        let workforce = Workforce::for_children(2_000);
        let first = workforce.holder(Locality::North, Stage::LookedAfter, 99, Day(20_000));
        assert!(first.from <= Day(20_000) && Day(20_000) < first.until);
        let next = workforce.holder(Locality::North, Stage::LookedAfter, 99, first.until);
        assert_eq!(next.from, first.until);
    }
}
