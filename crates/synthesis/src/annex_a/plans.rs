//! Lists 6 and 7: children in need, and children on a protection plan.

use std::borrow::Cow;

use vocabulary::day::Day;

use crate::life::fact::Fact;
use crate::life::family::Child;
use crate::life::locality::Stage;
use crate::life::need::Need;
use crate::life::season::is_weekend;
use crate::sheet::{Cell, Table};

use super::Extract;
use super::codes::{self, yes_no};

/// What a case is at most, in the order of list 6.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Status {
    LookedAfter,
    Protection,
    InNeed,
    Assessment,
    Closed,
}

/// One row a child: the latest episode, if services were received beyond the referral.
pub fn in_need(extract: &Extract<'_>) -> Table {
    let mut table = extract.table("List 6");
    for child in &extract.council.children {
        let mut shown: Vec<(&Need, Cow<'_, str>)> = Vec::new();
        for (need, id) in extract.needs(child) {
            let served = need.assessments.iter().any(|one| extract.view.day(&one.started).is_some());
            if !served || !extract.open_or_recent(extract.view.maybe(&need.closed)) {
                continue;
            }
            shown.retain(|(_, other)| *other != id);
            shown.push((need, id));
        }
        for (need, id) in shown {
            table.push(row_in_need(extract, child, need, &id));
        }
    }
    table
}

fn row_in_need(extract: &Extract<'_>, child: &Child, need: &Need, id: &str) -> Vec<Cell> {
    let closed = extract.view.maybe(&need.closed);
    let status = status(extract, child, need, closed);
    let (text, stage) = match status {
        Status::LookedAfter => ("a) Looked after child", Stage::LookedAfter),
        Status::Protection => ("b) Child Protection plan", Stage::Safeguarding),
        Status::InNeed => ("c) Child in need plan", Stage::Safeguarding),
        Status::Assessment => ("d) Open assessment", Stage::Assessment),
        Status::Closed => ("e) Closed episode", Stage::Assessment),
    };
    let mut row = extract.about_with_disability(child, id);
    row.extend([
        extract.view.day(&need.referral).into(),
        codes::cell(codes::NEED, need.code).into(),
        last_seen(extract, child, need).into(),
        closed.into(),
        closed.map(|_| codes::cell(codes::CLOSURE, need.closure)).into(),
        text.into(),
    ]);
    row.extend(extract.allocated(need.locality, stage, child.person.number, closed.unwrap_or(extract.day)));
    row
}

fn status(extract: &Extract<'_>, child: &Child, need: &Need, closed: Option<Day>) -> Status {
    let open =
        |from: &Fact, until: &Fact| extract.view.day(from).is_some() && extract.view.day(until).is_none();
    let assessing = need.assessments.iter().any(|one| open(&one.started, &one.authorised));
    if closed.is_some() {
        Status::Closed
    } else if child.care.iter().any(|period| open(period.started(), &period.ended)) {
        Status::LookedAfter
    } else if need.protection.iter().any(|plan| open(&plan.started, &plan.ended)) {
        Status::Protection
    } else if assessing && need.plans.iter().all(|plan| !open(&plan.started, &plan.ended)) {
        Status::Assessment
    } else {
        Status::InNeed
    }
}

/// The latest visit: those of care and of plans are in the record one by one; other children are seen every two to four
/// weeks, sooner or later by child.
fn last_seen(extract: &Extract<'_>, child: &Child, need: &Need) -> Option<Day> {
    let from = extract.view.day(&need.assessments.first()?.started)?;
    let closed = extract.view.maybe(&need.closed);
    let until = closed.unwrap_or(extract.day.plus_days(-4));
    let care = child.care.iter().flat_map(|period| &period.visits);
    let plans = need.protection.iter().flat_map(|plan| plan.visits.iter().map(|visit| &visit.made));
    let recorded = extract.view.latest(care.chain(plans)).filter(|day| *day >= from && *day <= until);
    let every = 12 + i32::try_from(child.person.number % 19).unwrap_or(0);
    let first = from.plus_days(3);
    let times = until.days_since(first).div_euclid(every);
    let mut seen = first.plus_days(times.max(0) * every);
    while is_weekend(seen) {
        seen = seen.plus_days(-1);
    }
    let usual = Some(seen).filter(|day| times >= 0 && *day >= from && *day >= child.person.born);
    recorded.max(usual.filter(|_| recorded.is_none_or(|day| until.days_since(day) > 60)))
}

/// One row a plan.
pub fn protection(extract: &Extract<'_>) -> Table {
    let mut table = extract.table("List 7");
    for child in &extract.council.children {
        let mut previous = 0_i64;
        for (need, id) in extract.needs(child) {
            for plan in &need.protection {
                let Some(started) = extract.view.day(&plan.started) else { continue };
                let ended = extract.view.day(&plan.ended);
                let before = previous;
                previous += 1;
                if !extract.open_or_recent(ended) {
                    continue;
                }
                let visits = plan.visits.iter();
                let visits = visits.filter_map(|visit| Some((extract.view.day(&visit.made)?, visit.alone)));
                let visit = visits.max_by_key(|(day, _)| *day);
                let review = extract.view.latest(&plan.reviews);
                let mut row = extract.about_with_disability(child, &id);
                row.extend([
                    started.into(),
                    codes::cell(codes::ABUSE, plan.initial).into(),
                    codes::cell(codes::ABUSE, plan.category(review.is_some())).into(),
                    visit.map(|(day, _)| day).into(),
                    visit.map(|(_, alone)| yes_no(alone)).into(),
                    review.into(),
                    ended.into(),
                    yes_no(plan.emergency && extract.recent(started)).into(),
                    before.into(),
                ]);
                let on = ended.unwrap_or(extract.day);
                row.extend(extract.allocated(need.locality, Stage::Safeguarding, child.person.number, on));
                table.push(row);
            }
        }
    }
    table
}
