//! Decisions on referrals, core groups, panel reviews of long plans, legal planning meetings.

use super::{Keeping, yes_no};
use crate::life::clerk::Clerk;
use crate::life::fact::Fact;
use crate::life::family::Child;
use crate::life::need::Need;
use crate::life::protection::ProtectionPlan;
use crate::sheet::{Cell, Table};

/// The episodes of need in the record, with the identifier they stand under and a number of their own.
fn needs<'k>(keeping: &'k Keeping<'_>) -> impl Iterator<Item = (&'k Child, &'k Need, String, u64)> {
    let view = keeping.view;
    keeping.council.children.iter().flat_map(move |child| {
        let stands = child.needs.iter().enumerate().filter(move |(_, need)| need.stands(&view));
        stands.map(move |(place, need)| {
            let id = need.id(child, &view).into_owned();
            (child, need, id, child.person.number * 16 + place as u64 % 16)
        })
    })
}

pub fn referral_decisions(keeping: &Keeping<'_>) -> Table {
    let mut table = keeping.table("referral_decision");
    for (_, need, id, number) in needs(keeping) {
        let Some(received) = keeping.shown(&need.referral) else { continue };
        let row = keeping.with(20, number, need.locality, |clerk| {
            let immediate = clerk.chance.happens(0.04);
            let ease = if immediate { 0.9 } else { 0.45 };
            let decided = clerk.within_working(received, 0, i32::from(!immediate), ease);
            let told = clerk.within_working(decided, 0, 1, 0.35);
            let (decided, told) = (clerk.enter(decided), clerk.enter(told));
            let tells = clerk.chance.happens(0.7 + 0.25 * clerk.quality(received));
            let known = keeping.view.day(&decided);
            vec![
                Cell::from(id),
                received.into(),
                yes_no(immediate),
                known.into(),
                known.map(|_| decision(need)).into(),
                yes_no(!need.source.starts_with('1')),
                keeping.cell(&Some(told).filter(|_| tells)),
            ]
        });
        table.push(row);
    }
    table
}

fn decision(need: &Need) -> &'static str {
    if need.no_further_action {
        "No further action"
    } else if need.enquiries.first().is_some_and(|enquiry| enquiry.started.on == need.referral.on) {
        "Strategy discussion"
    } else {
        "Assessment"
    }
}

pub fn core_groups(keeping: &Keeping<'_>) -> Table {
    let mut table = keeping.table("core_group");
    for (_, need, id, number) in needs(keeping) {
        for plan in &need.protection {
            let groups = keeping.with(21, number, need.locality, |clerk| core_groups_of(clerk, plan));
            for (held, parents) in groups {
                if let Some(held) = keeping.shown(&held) {
                    table.push(vec![id.clone().into(), held.into(), yes_no(parents)]);
                }
            }
        }
    }
    table
}

/// The first within ten working days, then one every six weeks, where teams keep to it.
fn core_groups_of(clerk: &mut Clerk<'_>, plan: &ProtectionPlan) -> Vec<(Fact, bool)> {
    let mut groups = Vec::new();
    let mut day = clerk.within_working(plan.started.on, 5, 10, 0.5);
    while day < plan.ended.on {
        let held = clerk.enter(day);
        groups.push((held, clerk.chance.happens(0.82)));
        day = clerk.within_days(day, 26, 42, 0.5).max(day.plus_days(1));
    }
    groups
}

pub fn panel_reviews(keeping: &Keeping<'_>) -> Table {
    let mut table = keeping.table("plan_panel_review");
    for (child, need, id, number) in needs(keeping) {
        for plan in &need.protection {
            let reviews =
                keeping.with(22, number, need.locality, |clerk| panel_reviews_of(clerk, child, plan));
            for (held, outcome) in reviews {
                if let Some(held) = keeping.shown(&held) {
                    table.push(vec![id.clone().into(), held.into(), outcome.into()]);
                }
            }
        }
    }
    table
}

/// By nine months below five and by twelve from five on, then every quarter; now and then the panel never hears of one.
fn panel_reviews_of(
    clerk: &mut Clerk<'_>,
    child: &Child,
    plan: &ProtectionPlan,
) -> Vec<(Fact, &'static str)> {
    const OUTCOMES: &[(&str, f64)] =
        &[("The plan continues", 45.0), ("The plan changes", 35.0), ("Legal planning meeting", 20.0)];
    let started = plan.started.on;
    let months = if started.age_in_years(child.person.born) < 5 { 9 } else { 12 };
    let due = started.plus_months(months).days_since(started);
    if clerk.chance.happens(0.15 * (1.0 - clerk.quality(started.plus_days(due)))) {
        return Vec::new();
    }
    let mut reviews = Vec::new();
    let mut day = clerk.within_days(started, due - 50, due, 0.4);
    while day < plan.ended.on {
        let held = clerk.enter(day);
        reviews.push((held, clerk.chance.pick(OUTCOMES)));
        day = day.plus_days(clerk.chance.between(80, 110));
        day = clerk.world.at_work(day);
    }
    reviews
}

/// Before each stage before proceedings, and for some long plans that come to nothing of the sort.
pub fn legal_planning_meetings(keeping: &Keeping<'_>) -> Table {
    let mut table = keeping.table("legal_planning_meeting");
    for (_, need, id, number) in needs(keeping) {
        let meeting = keeping.with(23, number, need.locality, |clerk| legal_planning_meeting(clerk, need));
        let Some((asked, held, decided, outcome)) = meeting else { continue };
        let Some(asked) = keeping.shown(&asked) else { continue };
        let known = keeping.view.day(&decided);
        table.push(vec![
            id.into(),
            asked.into(),
            keeping.cell(&Some(held)),
            known.into(),
            known.map(|_| outcome).into(),
        ]);
    }
    table
}

fn legal_planning_meeting(clerk: &mut Clerk<'_>, need: &Need) -> Option<(Fact, Fact, Fact, &'static str)> {
    let (decided, outcome) = match (&need.pre_proceedings, need.protection.first()) {
        (Some(stage), _) => (stage.started.on, "Pre-proceedings"),
        (None, Some(plan))
            if plan.ended.on.days_since(plan.started.on) > 300 && clerk.chance.happens(0.4) =>
        {
            (clerk.world.at_work(plan.started.on.plus_days(200)), "The threshold is not met")
        }
        _ => return None,
    };
    let before = 12 + clerk.chance.wait(14.0 * (1.2 - clerk.quality(decided)));
    let asked = clerk.world.at_work(decided.plus_days(-before.min(80)));
    let held = clerk.world.at_work(decided.plus_days(-clerk.chance.between(0, 3))).min(decided);
    Some((clerk.enter(asked), clerk.enter(held.max(asked)), clerk.enter(decided.max(asked)), outcome))
}
