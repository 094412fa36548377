//! Episodes, reviews, unaccompanied children, missing episodes, earlier permanence, social workers, deprivation of liberty.

use vocabulary::day::Day;

use crate::chance::{Chance, mixed};
use crate::life::care::{CarePeriod, Episode};
use crate::life::family::Child;
use crate::life::locality::Stage;
use crate::sheet::{Cell, Table};

use super::Return;

pub fn episodes(sending: &Return<'_>) -> Table {
    let mut table = sending.table("Episodes");
    for (child, period) in sending.periods() {
        let known: Vec<(Day, &Episode)> = period
            .episodes
            .iter()
            .filter_map(|one| Some((sending.year.view.day(&one.started)?, one)))
            .collect();
        for (place, (started, episode)) in known.iter().enumerate() {
            let next = known.get(place + 1);
            let ended = next.map(|(day, _)| *day).or_else(|| sending.year.view.day(&period.ended));
            if sending.year.touches(*started, ended) {
                let reason = if next.is_some() { "X1" } else { period.reason };
                let moved = next.map_or("", |(_, next)| next.change_reason);
                table.push(episode_row(
                    sending,
                    child,
                    period,
                    (*started, episode),
                    ended.map(|day| (day, reason)),
                    moved,
                ));
            }
        }
    }
    table
}

fn episode_row(
    sending: &Return<'_>,
    child: &Child,
    period: &CarePeriod,
    (started, episode): (Day, &Episode),
    ended: Option<(Day, &'static str)>,
    moved: &'static str,
) -> Vec<Cell> {
    let there = &episode.placement;
    vec![
        child.person.id.clone().into(),
        started.into(),
        episode.start_reason.into(),
        episode.legal.into(),
        period.need.into(),
        kind(there.kind, sending.year.ending).into(),
        there.provider.into(),
        ended.map(|(day, _)| day).into(),
        ended.map(|(_, reason)| reason).into(),
        moved.into(),
        child.person.home.clone().into(),
        there.postcode.clone().into(),
        there.registration.clone().into(),
    ]
}

/// Semi-independent accommodation became supported accommodation with the return of 2025.
fn kind(kind: &'static str, ending: i16) -> &'static str {
    if kind == "H5" && ending >= 2025 { "K3" } else { kind }
}

pub fn reviews(sending: &Return<'_>) -> Table {
    let mut table = sending.table("Reviews");
    for (child, period) in sending.periods() {
        for review in &period.reviews {
            let Some(held) = sending.year.within(&review.held) else { continue };
            let mut row = sending.about(child);
            row.extend([held.into(), review.part.into()]);
            table.push(row);
        }
    }
    table
}

pub fn unaccompanied(sending: &Return<'_>) -> Table {
    let mut table = sending.table("UASC");
    for (child, _) in sending.latest_periods().into_iter().filter(|(child, _)| child.person.unaccompanied) {
        let grown = child.person.born.plus_years(18);
        table.push(vec![
            child.person.id.clone().into(),
            sending.sex(child.person.sex).into(),
            child.person.born.into(),
            Some(grown).filter(|day| *day <= sending.year.ends).into(),
        ]);
    }
    table
}

pub fn missing(sending: &Return<'_>) -> Table {
    let mut table = sending.table("Missing");
    for (child, period) in sending.periods() {
        for missing in &period.missing {
            let Some(started) = sending.year.view.day(&missing.started) else { continue };
            let ended = sending.year.view.day(&missing.ended);
            let removed = missing.removed.is_some_and(|removed| removed <= sending.year.view.known);
            if removed || !sending.year.touches(started, ended) {
                continue;
            }
            let mut row = sending.about(child);
            row.extend([missing.kind.into(), started.into(), ended.into()]);
            table.push(row);
        }
    }
    table
}

/// Asked of children who started to be looked after in the year; nearly all had no earlier permanence.
pub fn previous_permanence(sending: &Return<'_>) -> Table {
    let mut table = sending.table("PrevPerm");
    let started = |period: &CarePeriod| sending.year.within(period.started()).is_some();
    for (child, period) in sending.latest_periods().into_iter().filter(|(_, period)| started(period)) {
        let mut chance = Chance::new(sending.council.seed, 91, child.person.number);
        let first = period.started().on;
        let old_enough = first.age_in_years(child.person.born) >= 3;
        let code = if old_enough { chance.pick(&[("Z1", 96.0), ("P2", 3.0), ("P3", 1.0)]) } else { "Z1" };
        let ended = first.plus_days(-chance.between(200, 900));
        let earlier = code != "Z1";
        let mut row = sending.about(child);
        row.extend([code.into(), (if earlier { "999" } else { "" }).into(), earlier.then_some(ended).into()]);
        table.push(row);
    }
    table
}

/// Who held the case, from the year to March 2024.
pub fn workers(sending: &Return<'_>) -> Table {
    let mut table = sending.table("SWEpisodes");
    for (child, period) in sending.periods() {
        let (case, started) = (child.person.number, period.started().on);
        let ended = sending.year.view.day(&period.ended);
        let mut day = started;
        while day <= sending.year.ends && ended.is_none_or(|ended| day < ended) {
            let holding = sending.council.workforce.holder(period.locality, Stage::LookedAfter, case, day);
            let until = ended.map_or(holding.until, |ended| ended.min(holding.until));
            let until = Some(until).filter(|until| *until <= sending.year.ends);
            if sending.year.touches(day, until) {
                let mut row = sending.about(child);
                row.extend([
                    format!("SW{:06}", 900_000 + holding.worker).into(),
                    day.into(),
                    until.into(),
                    change_reason(case, day, day == started).into(),
                ]);
                table.push(row);
            }
            day = holding.until;
        }
    }
    table
}

fn change_reason(case: u64, day: Day, first: bool) -> &'static str {
    const REASONS: [&str; 6] = ["LEFTRL", "MANAGE", "LEFTRL", "TSPROC", "ORGRST", "ABSENC"];
    let turn = mixed(case ^ (u64::from(day.0.unsigned_abs()) << 32)) % REASONS.len() as u64;
    if first { "FCONTA" } else { REASONS[turn as usize] }
}

/// A few children in children's homes, in the collection that begins in the year to March 2027.
pub fn deprivation_of_liberty(sending: &Return<'_>) -> Table {
    let mut table = sending.table("DoLo");
    for (child, period) in sending.periods() {
        for (place, episode) in period.episodes.iter().enumerate() {
            let until = period.episodes.get(place + 1).map_or(period.ended.on, |next| next.started.on);
            let (from, to) = (episode.started.on.plus_days(5), episode.started.on.plus_days(90));
            let held = episode.placement.kind == "K2" && mixed(child.person.number).is_multiple_of(12);
            let to = Some(to).filter(|to| *to <= sending.year.ends);
            if held && until.days_since(from) > 86 && sending.year.touches(from, to) {
                let mut row = sending.about(child);
                row.extend([from.into(), to.into()]);
                table.push(row);
            }
        }
    }
    table
}
