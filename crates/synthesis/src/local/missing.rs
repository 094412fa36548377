//! Missing children and exploitation: the police's reports, return interviews, assessments of risk, the panel.

use vocabulary::day::Day;

use super::care::periods;
use super::{Keeping, moment, yes_no};
use crate::life::care::CarePeriod;
use crate::life::care::support::Missing;
use crate::life::clerk::Clerk;
use crate::life::fact::Fact;
use crate::life::family::Child;
use crate::sheet::{Cell, Table};

/// Missing episodes from care, each with a number of its own.
fn episodes<'k>(
    keeping: &'k Keeping<'_>,
) -> impl Iterator<Item = (&'k Child, &'k CarePeriod, &'k Missing, u64)> {
    periods(keeping).flat_map(move |(child, period, number)| {
        let missing = period.missing.iter().enumerate().filter(|(_, missing)| missing.kind == "M");
        missing.map(move |(place, one)| (child, period, one, number * 256 + place as u64 % 256))
    })
}

fn id(child: &Child) -> Cell {
    child.person.id.clone().into()
}

/// What the police told the council. They tell of more than the council has on record: some of their reports are
/// entered late, and a few never.
pub fn police_reports(keeping: &Keeping<'_>) -> Table {
    let mut table = keeping.table("police_missing_report");
    for (child, period, missing, number) in episodes(keeping) {
        let started = missing.started.on;
        let (received, recorded) = keeping.with(40, number, period.locality, |clerk| {
            let received = started.plus_days(clerk.chance.between(0, 1));
            let recorded = clerk.within_working(received, 0, 2, 0.4);
            (received, clerk.enter(recorded))
        });
        let since = missing.started.first_said.map_or(started, |mistake| mistake.said);
        if received <= keeping.view.known && since >= keeping.from {
            let recorded = Some(recorded).filter(|_| keeping.view.day(&missing.started).is_some());
            table.push(vec![id(child), since.into(), received.into(), keeping.cell(&recorded), yes_no(true)]);
        }
    }
    for child in &keeping.council.children {
        for (since, recorded) in reports_without_episode(keeping, child) {
            if since >= keeping.from && since <= keeping.view.known {
                let from_care = child.care.iter().any(|period| period.covers(since));
                let received = since.plus_days(1).min(keeping.view.known);
                table.push(vec![
                    id(child),
                    since.into(),
                    received.into(),
                    keeping.cell(&recorded.filter(|_| !from_care)),
                    yes_no(from_care),
                ]);
            }
        }
    }
    table
}

/// Children of twelve and over with an open case whom the police report missing from home, or from care unnoticed.
fn reports_without_episode(keeping: &Keeping<'_>, child: &Child) -> Vec<(Day, Option<Fact>)> {
    let mut reports = Vec::new();
    for (place, need) in child.needs.iter().enumerate() {
        let Some(closed) = need.closed else { continue };
        let number = child.person.number * 16 + place as u64 % 16;
        keeping.with(41, number, need.locality, |clerk| {
            let mut day = need.referral.on.max(child.person.born.plus_years(12));
            loop {
                day = day.plus_days(5 + clerk.chance.wait(1_400.0));
                if day >= closed.on || day.age_in_years(child.person.born) >= 18 {
                    break;
                }
                let recorded = clerk.within_working(day, 0, 3, 0.3);
                reports.push((day, Some(clerk.enter(recorded))));
            }
        });
    }
    reports
}

pub fn return_interviews(keeping: &Keeping<'_>) -> Table {
    let mut table = keeping.table("return_interview");
    for (child, period, missing, number) in episodes(keeping) {
        let Some(started) = keeping.shown(&missing.started) else { continue };
        let returned = keeping.view.day(&missing.ended);
        let (came_back_at, hours, independent) = keeping.with(42, number, period.locality, |clerk| {
            let at = clerk.chance.between(6 * 60, 23 * 60);
            let quality = clerk.quality(started);
            let in_time = clerk.chance.happens(0.3 + 0.6 * quality);
            let hours = if in_time { clerk.chance.between(14, 70) } else { 76 + clerk.chance.wait(120.0) };
            (at, hours, clerk.chance.happens(0.88))
        });
        let held_after = came_back_at + hours * 60;
        let held = returned.filter(|_| missing.accepted);
        let held = held.filter(|day| day.plus_days(held_after.div_euclid(1_440)) < keeping.view.known);
        table.push(vec![
            id(child),
            started.into(),
            returned.map(|day| moment(day, came_back_at)).into(),
            returned.map_or(Cell::Blank, |_| yes_no(missing.offered)),
            returned.map_or(Cell::Blank, |_| yes_no(missing.offered && !missing.accepted)),
            held.map(|day| moment(day, held_after)).into(),
            held.map_or(Cell::Blank, |_| yes_no(independent)),
        ]);
    }
    table
}

pub fn risk_assessments(keeping: &Keeping<'_>) -> Table {
    let mut table = keeping.table("missing_risk_assessment");
    for (child, period, missing, number) in episodes(keeping) {
        let back = missing.ended.on;
        let made = keeping.with(43, number, period.locality, |clerk| assessed(clerk, back, 5));
        table.extend_with(keeping, child, made);
    }
    table
}

/// The day an assessment was made, what a reader found of it, and the manager's decision.
type Assessed = (Fact, &'static str, Fact);

fn assessed(clerk: &mut Clerk<'_>, from: Day, limit: i32) -> Assessed {
    let on = clerk.within_working(from, 1, limit, 0.45);
    let decided = clerk.within_working(on, 0, 5, 0.4);
    let quality = clerk.quality(on);
    let whole = clerk.chance.happens(0.5 + 0.45 * quality);
    let found = if whole {
        "Complete and clear"
    } else {
        clerk.chance.pick(&[("Gaps", 3.0), ("Complete, not clear", 1.0)])
    };
    (clerk.enter(on), found, clerk.enter(decided))
}

impl Table {
    fn extend_with(&mut self, keeping: &Keeping<'_>, child: &Child, (on, found, decided): Assessed) {
        if let Some(on) = keeping.shown(&on) {
            self.push(vec![id(child), on.into(), found.into(), keeping.cell(&Some(decided))]);
        }
    }
}

/// A young person at risk of exploitation: the sort of it, when it was seen and when it was over.
struct Concern {
    identified: Fact,
    ended: Fact,
    sort: &'static str,
}

/// Some of those who go missing from care, and a few young people at home.
fn concern(keeping: &Keeping<'_>, child: &Child) -> Option<Concern> {
    const SORTS: &[(&str, f64)] = &[("Sexual", 35.0), ("Criminal", 45.0), ("Both", 12.0), ("Other", 8.0)];
    let missing: Vec<&Missing> = child.care.iter().flat_map(|period| &period.missing).collect();
    let (from, probability) = match missing.get(1) {
        Some(second) => (second.started.on, 0.4),
        None => (child.needs.first()?.referral.on, 0.03),
    };
    let from = from.max(child.person.born.plus_years(12));
    let grown = child.person.born.plus_years(18);
    let known_then = child
        .needs
        .iter()
        .any(|need| need.referral.on <= from && need.closed.is_some_and(|closed| closed.on > from));
    keeping.with(44, child.person.number, child.locality(), |clerk| {
        if !clerk.chance.happens(probability) || from >= grown || !known_then {
            return None;
        }
        let identified = clerk.working(from, 3, 30);
        let ended = identified.plus_days(90 + clerk.chance.wait(220.0)).min(grown);
        let ended = clerk.world.at_work(ended).max(identified);
        let (identified, ended) = (clerk.enter(identified), clerk.enter(ended));
        Some(Concern { identified, ended, sort: clerk.chance.pick(SORTS) })
    })
}

fn concerns<'k>(keeping: &'k Keeping<'_>) -> impl Iterator<Item = (&'k Child, Concern)> {
    let children = keeping.council.children.iter();
    children.filter_map(move |child| Some((child, concern(keeping, child)?)))
}

pub fn exploitation_concerns(keeping: &Keeping<'_>) -> Table {
    let mut table = keeping.table("exploitation_concern");
    for (child, concern) in concerns(keeping) {
        if let Some(identified) = keeping.shown(&concern.identified) {
            let ended = keeping.cell(&Some(concern.ended));
            table.push(vec![id(child), identified.into(), concern.sort.into(), ended]);
        }
    }
    table
}

pub fn exploitation_assessments(keeping: &Keeping<'_>) -> Table {
    let mut table = keeping.table("exploitation_risk_assessment");
    for (child, concern) in concerns(keeping) {
        let made = keeping.with(45, child.person.number, child.locality(), |clerk| {
            let mut made = vec![assessed(clerk, concern.identified.on, 10)];
            loop {
                let last = made[made.len() - 1].0.on;
                let next = clerk.within_days(last, 50, 90, 0.4);
                if next >= concern.ended.on {
                    return made;
                }
                made.push(assessed(clerk, next, 3));
            }
        });
        for one in made {
            table.extend_with(keeping, child, one);
        }
    }
    table
}

pub fn exploitation_panels(keeping: &Keeping<'_>) -> Table {
    let mut table = keeping.table("exploitation_panel");
    for (child, concern) in concerns(keeping) {
        let (discussed, uploaded) = keeping.with(46, child.person.number, child.locality(), |clerk| {
            let discussed = clerk.within_working(concern.identified.on, 5, 20, 0.4);
            let uploaded = clerk.within_working(discussed, 1, 5, 0.4);
            (clerk.enter(discussed), clerk.enter(uploaded))
        });
        if let Some(on) = keeping.shown(&discussed) {
            table.push(vec![id(child), on.into(), keeping.cell(&Some(uploaded))]);
        }
    }
    table
}
