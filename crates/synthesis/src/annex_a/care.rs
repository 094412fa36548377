//! Lists 8 and 9: looked after children, and care leavers.

use vocabulary::day::Day;

use crate::life::care::{CarePeriod, Episode};
use crate::life::family::Child;
use crate::life::leaver::Leaver;
use crate::life::locality::{self, Stage};
use crate::sheet::{Cell, Table};

use super::Extract;
use super::codes::{self, yes_no};

/// The council's own code and that of its neighbour; both are invented.
const AUTHORITIES: [&str; 2] = ["999", "998"];

/// One row a child: the latest period.
pub fn looked_after(extract: &Extract<'_>) -> Table {
    let mut table = extract.table("List 8");
    for child in &extract.council.children {
        let mut known = child.care.iter().filter(|period| extract.view.day(period.started()).is_some());
        let Some(period) = known.next_back() else { continue };
        if extract.open_or_recent(extract.view.day(&period.ended)) {
            table.push(row_looked_after(extract, child, period));
        }
    }
    table
}

fn row_looked_after(extract: &Extract<'_>, child: &Child, period: &CarePeriod) -> Vec<Cell> {
    let view = extract.view;
    let ended = view.day(&period.ended);
    let episodes: Vec<(Day, &Episode)> =
        period.episodes.iter().filter_map(|one| Some((view.day(&one.started)?, one))).collect();
    let mut row = extract.about(child, &child.person.id);
    row.push(yes_no(child.person.unaccompanied).into());
    row.push(yes_no(!child.person.disabilities.is_empty()).into());
    row.extend(status(extract, child, period, &episodes));
    row.extend([
        view.latest(period.reviews.iter().map(|review| &review.held)).into(),
        view.latest(&period.visits).into(),
        permanence(extract, period).into(),
        view.latest(&period.officer).into(),
        view.latest(&period.health).into(),
        view.latest(&period.dental).into(),
    ]);
    row.extend(placement(extract, period, &episodes, ended));
    row.extend(missing(extract, period));
    let on = ended.unwrap_or(extract.day);
    row.extend(extract.allocated(period.locality, Stage::LookedAfter, child.person.number, on));
    row
}

fn status(
    extract: &Extract<'_>,
    child: &Child,
    period: &CarePeriod,
    episodes: &[(Day, &Episode)],
) -> [Cell; 5] {
    let started = episodes[0].0;
    let earlier = child.care.iter().filter_map(|one| extract.view.day(&one.ended));
    let again = earlier.filter(|ended| *ended < started).any(|ended| extract.within_a_year(ended));
    let legal = episodes[episodes.len() - 1].1.legal;
    let since = episodes.iter().rev().take_while(|(_, one)| one.legal == legal).map(|(day, _)| *day).last();
    [
        started.into(),
        codes::cell(codes::NEED, period.need).into(),
        yes_no(again).into(),
        since.into(),
        codes::cell(codes::LEGAL, legal).into(),
    ]
}

/// A plan for permanence is agreed at the second review.
fn permanence(extract: &Extract<'_>, period: &CarePeriod) -> Option<&'static str> {
    let reviews = period.reviews.iter().filter(|review| extract.view.day(&review.held).is_some()).count();
    (reviews >= 2).then(|| codes::cell(codes::PERMANENCE, period.permanence))
}

fn placement(
    extract: &Extract<'_>,
    period: &CarePeriod,
    episodes: &[(Day, &Episode)],
    ended: Option<Day>,
) -> Vec<Cell> {
    let moves: Vec<&(Day, &Episode)> = episodes.iter().filter(|(_, one)| one.start_reason != "L").collect();
    let (since, latest) = moves[moves.len() - 1];
    // A placement counts when some of it lies in the last twelve months; the same carer is the same placement.
    let new_carers: Vec<Day> =
        moves.iter().filter(|(_, one)| !matches!(one.start_reason, "T" | "U")).map(|(day, _)| *day).collect();
    let year_ago = extract.a_year_ago;
    let over = new_carers.iter().skip(1).filter(|next| **next <= year_ago).count();
    let over = if ended.is_some_and(|day| day <= year_ago) { new_carers.len() } else { over };
    let there = &latest.placement;
    vec![
        (new_carers.len() - over).into(),
        ended.into(),
        ended.map(|_| codes::cell(codes::CEASED, period.reason)).into(),
        (*since).into(),
        codes::cell(codes::PLACEMENT, there.kind).into(),
        codes::cell(codes::PROVIDER, there.provider).into(),
        there.postcode.clone().into(),
        there.registration.clone().into(),
        (if there.out_of_area { "b) Out" } else { "a) In" }).into(),
        AUTHORITIES[usize::from(there.out_of_area)].into(),
    ]
}

fn missing(extract: &Extract<'_>, period: &CarePeriod) -> [Cell; 4] {
    let stands = |removed: Option<Day>| removed.is_none_or(|removed| extract.day < removed);
    let episodes = period.missing.iter().filter(|one| stands(one.removed));
    let episodes = episodes.filter_map(|one| Some((extract.view.day(&one.started)?, one)));
    let year: Vec<_> = episodes.filter(|(day, _)| extract.within_a_year(*day)).collect();
    let count = |kind: &str| year.iter().filter(|(_, one)| one.kind == kind).count();
    // An interview is offered once the child is back.
    let last = year.iter().filter(|(_, one)| one.kind == "M").max_by_key(|(day, _)| *day);
    let last = last.filter(|(_, one)| extract.view.day(&one.ended).is_some());
    [
        count("M").into(),
        count("A").into(),
        last.map(|(_, one)| yes_no(one.offered)).into(),
        last.map(|(_, one)| yes_no(one.accepted)).into(),
    ]
}

/// Everyone entitled on the day.
pub fn leavers(extract: &Extract<'_>) -> Table {
    let mut table = extract.table("List 9");
    for child in &extract.council.children {
        let Some(leaver) = &child.leaver else { continue };
        let known = child.care.iter().any(|period| extract.view.day(period.started()).is_some());
        if known && leaver.from <= extract.day && extract.day <= leaver.until {
            table.push(row_leaver(extract, child, leaver));
        }
    }
    table
}

fn row_leaver(extract: &Extract<'_>, child: &Child, leaver: &Leaver) -> Vec<Cell> {
    let view = extract.view;
    let in_care =
        |period: &CarePeriod| view.day(period.started()).is_some() && view.day(&period.ended).is_none();
    let under_age = extract.day.age_in_years(child.person.born) < 18;
    let eligible = under_age && child.care.iter().any(in_care);
    let category = match (eligible, leaver.qualifying, under_age) {
        (true, ..) => "d) Eligible child",
        (_, true, _) => "c) Qualifying care leaver",
        (_, _, true) => "a) Relevant child",
        _ => "b) Former relevant child",
    };
    let now = leaver.circumstances(&child.person, extract.council.seed, extract.day);
    let left = Some(now).filter(|_| !eligible);
    let in_touch = left.map_or("YES", |now| now.in_touch);
    let mut row = extract.about(child, &child.person.id);
    row.push(yes_no(child.person.unaccompanied).into());
    row.push(yes_no(!child.person.disabilities.is_empty()).into());
    let case = child.person.number;
    row.extend(extract.allocated(leaver.locality, Stage::LeavingCare, case, extract.day));
    let adviser =
        extract.council.workforce.holder(leaver.locality, Stage::LeavingCare, case + 1, extract.day);
    row.extend([
        locality::adviser(adviser.worker).into(),
        category.into(),
        view.latest(&leaver.reviews).into(),
        codes::cell(codes::IN_TOUCH, in_touch).into(),
        view.latest(&leaver.contacts).into(),
        left.map(|now| codes::cell(codes::ACCOMMODATION, now.accommodation)).into(),
        left.map(|now| if now.suitable { "a) Suitable" } else { "b) Unsuitable" }).into(),
        left.map(|now| codes::cell(codes::ACTIVITY, now.activity)).into(),
    ]);
    row
}
