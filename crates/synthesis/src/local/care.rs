//! Looked after children: care plans, decisions to place, plans for permanence, proceedings; and pathway plans.

use vocabulary::day::Day;

use super::{Keeping, yes_no};
use crate::life::care::{CarePeriod, Episode};
use crate::life::clerk::Clerk;
use crate::life::fact::Fact;
use crate::life::family::Child;
use crate::sheet::{Cell, Table};

/// Periods of care in the record, with a number of their own.
pub fn periods<'k>(keeping: &'k Keeping<'_>) -> impl Iterator<Item = (&'k Child, &'k CarePeriod, u64)> {
    keeping.council.children.iter().flat_map(move |child| {
        let known = child.care.iter().enumerate();
        let known = known.filter(|(_, period)| keeping.view.day(period.started()).is_some());
        known.map(move |(place, period)| (child, period, child.person.number * 16 + place as u64 % 16))
    })
}

fn id(child: &Child) -> Cell {
    child.person.id.clone().into()
}

fn is_under_order(legal: &str) -> bool {
    legal.starts_with('C') || legal == "E1"
}

/// From the interim care order to the full order, or whatever else ends it.
pub fn proceedings(keeping: &Keeping<'_>) -> Table {
    let mut table = keeping.table("care_proceedings");
    for (child, period, number) in periods(keeping) {
        let Some(first) = period.episodes.iter().position(|one| one.legal == "C1") else { continue };
        let ordered = period.episodes[first..].iter().find(|one| one.legal != "C1");
        let ends = ordered.map_or(period.ended.on, |episode| episode.started.on);
        let row = keeping.with(30, number, period.locality, |clerk| {
            let interim = period.episodes[first].started.on;
            let issued = clerk.world.at_work(interim.plus_days(-clerk.chance.between(2, 9))).min(interim);
            let (urgent, hearing) = (clerk.chance.happens(0.2), clerk.working(issued, 12, 19));
            let longer = ends.days_since(issued) > 182 && clerk.chance.happens(0.6);
            let extended = ends.plus_days(clerk.chance.between(-20, 30));
            let (issued, hearing) = (clerk.enter(issued), clerk.enter(hearing));
            let concluded = clerk.enter(ends);
            let shown = keeping.shown(&issued)?;
            let week_25 = shown.plus_days(175) <= keeping.view.known;
            Some(vec![
                id(child),
                shown.into(),
                yes_no(urgent),
                keeping.cell(&Some(hearing)),
                Some(extended).filter(|_| longer && week_25).into(),
                keeping.cell(&Some(concluded)),
            ])
        });
        row.into_iter().for_each(|row| table.push(row));
    }
    table
}

/// A plan for permanence: by the second review where teams work well, weeks later or never where they don't.
pub fn permanence_decisions(keeping: &Keeping<'_>) -> Table {
    let mut table = keeping.table("permanence_decision");
    for (child, period, number) in periods(keeping) {
        let Some(second) = period.reviews.get(1).map(|review| review.held.on) else { continue };
        let agreed = keeping.with(31, number, period.locality, |clerk| permanence(clerk, second));
        if let Some(agreed) = agreed.and_then(|agreed| keeping.shown(&agreed)) {
            table.push(vec![id(child), agreed.into(), plan(period.permanence).into()]);
        }
    }
    table
}

fn permanence(clerk: &mut Clerk<'_>, second_review: Day) -> Option<Fact> {
    let quality = clerk.quality(second_review);
    if clerk.chance.happens(0.1 * (1.1 - quality)) {
        return None;
    }
    let early = clerk.chance.happens(0.35 + 0.6 * quality);
    let days = if early { -clerk.chance.between(0, 18) } else { 5 + clerk.chance.wait(45.0) };
    let agreed = clerk.world.at_work(second_review.plus_days(days));
    let agreed = if early { agreed.min(second_review) } else { agreed };
    Some(clerk.enter(agreed))
}

fn plan(letter: &str) -> &'static str {
    match letter {
        "a" => "Return to family",
        "b" => "Adoption",
        "c" => "Special guardianship or child arrangements order",
        "d" => "Supported living in the community",
        "e" => "Long-term residential placement",
        "f" => "Long-term fostering",
        _ => "Other",
    }
}

/// The care plan made before the first placement or within ten working days.
pub fn plans(keeping: &Keeping<'_>) -> Table {
    let mut table = keeping.table("care_plan");
    for (child, period, number) in periods(keeping) {
        let Some(placed) = keeping.shown(period.started()) else { continue };
        let prepared = keeping.with(32, number, period.locality, |clerk| {
            let before = clerk.chance.happens(0.25 * clerk.quality(placed));
            let prepared = match before {
                true => clerk.world.at_work(placed.plus_days(-clerk.chance.between(1, 5))).min(placed),
                false => clerk.within_working(placed, 2, 10, 0.5),
            };
            clerk.enter(prepared)
        });
        let court = is_under_order(period.episodes[0].legal);
        table.push(vec![
            id(child),
            placed.into(),
            keeping.cell(&Some(prepared)),
            yes_no(court),
            yes_no(false),
        ]);
    }
    table
}

/// Each placement that needs an approval or a notice: outside the area, at a distance, or with a parent.
pub fn placement_decisions(keeping: &Keeping<'_>) -> Table {
    let mut table = keeping.table("placement_decision");
    for (child, period, number) in periods(keeping) {
        for (place, episode) in period.episodes.iter().enumerate() {
            let with_parent = episode.placement.kind == "P1";
            let moves = matches!(episode.start_reason, "S" | "P" | "B");
            if !moves || !(episode.placement.out_of_area || with_parent) {
                continue;
            }
            let Some(placed) = keeping.shown(&episode.started) else { continue };
            let number = number * 64 + place as u64 % 64;
            let row = keeping.with(33, number, period.locality, |clerk| {
                placement_decision(keeping, clerk, child, episode, placed)
            });
            table.push(row);
        }
    }
    table
}

fn placement_decision(
    keeping: &Keeping<'_>,
    clerk: &mut Clerk<'_>,
    child: &Child,
    episode: &Episode,
    placed: Day,
) -> Vec<Cell> {
    let with_parent = episode.placement.kind == "P1";
    let distant = episode.placement.out_of_area && clerk.chance.happens(0.35);
    let place = match (episode.placement.out_of_area, distant) {
        (_, true) => "At a distance: neither in the area nor in an adjoining authority",
        (true, false) => "Outside it, in an adjoining authority",
        (false, _) => "In the council's area",
    };
    let emergency = clerk.chance.happens(0.14);
    let key_stage_4 =
        (14..16).contains(&placed.age_in_years(child.person.born)) && clerk.chance.happens(0.25);
    let officer = approval(clerk, placed, emergency);
    let director = approval(clerk, placed, emergency).filter(|_| distant);
    let told = approval(clerk, placed, emergency).filter(|_| episode.placement.out_of_area);
    vec![
        id(child),
        placed.into(),
        place.into(),
        yes_no(with_parent),
        yes_no(emergency),
        yes_no(false),
        yes_no(key_stage_4),
        yes_no(false),
        keeping.cell(&officer.filter(|_| !distant)),
        keeping.cell(&director),
        keeping.cell(&told),
    ]
}

/// Given before the placement where teams work well, some days after it where they don't, now and then never.
fn approval(clerk: &mut Clerk<'_>, placed: Day, emergency: bool) -> Option<Fact> {
    let quality = clerk.quality(placed);
    let in_time = !emergency && clerk.chance.happens(0.45 + 0.5 * quality);
    let days = match (in_time, emergency) {
        (true, _) => -clerk.chance.between(0, 6),
        (false, true) => clerk.chance.between(1, 8),
        (false, false) => 1 + clerk.chance.wait(10.0),
    };
    let given = clerk.world.at_work(placed.plus_days(days));
    let given = if in_time { given.min(placed) } else { given };
    let given = clerk.enter(given);
    clerk.chance.happens(0.94 + 0.05 * quality).then_some(given)
}

/// From the day a young person became eligible at sixteen, or after thirteen weeks of care.
pub fn pathway_plans(keeping: &Keeping<'_>) -> Table {
    let mut table = keeping.table("pathway_plan");
    for child in &keeping.council.children {
        let Some(leaver) = child.leaver.as_ref().filter(|leaver| !leaver.qualifying) else { continue };
        let period = child.care.iter().find(|period| leaver.from <= period.ended.on);
        let Some(period) = period else { continue };
        let eligible = leaver.from;
        if eligible < keeping.from || eligible > keeping.view.known {
            continue;
        }
        let prepared = keeping.with(34, child.person.number, leaver.locality, |clerk| {
            let prepared = clerk.within_days(eligible, 30, 90, 0.45);
            let prepared = clerk.enter(prepared);
            clerk.chance.happens(0.95).then_some(prepared)
        });
        let ended = keeping.view.day(&period.ended).filter(|ended| *ended > eligible);
        table.push(vec![id(child), eligible.into(), keeping.cell(&prepared), ended.into()]);
    }
    table
}
