//! The groups inside `CINdetails`: what began, ended or stood open in the year.

use crate::life::Council;
use crate::life::family::Child;
use crate::life::need::{EnquiryOutcome, Need};
use crate::life::protection::ProtectionPlan;
use crate::sheet::Cell;
use crate::year::Year;

use super::Census;

/// One episode of need with all its groups.
pub fn details(
    council: &Council,
    census: &mut Census,
    child_row: usize,
    child: &Child,
    need: &Need,
    year: &Year,
) {
    let closed = year.view.maybe(&need.closed);
    let closure = if need.closure == "RC9" && year.ending < 2023 { "RC8" } else { need.closure };
    census.details.push_inside(
        child_row,
        vec![
            year.view.day(&need.referral).into(),
            need.source.into(),
            need.code.into(),
            closed.into(),
            closed.map(|_| closure).into(),
            Cell::Blank,
            truth(need.no_further_action).into(),
        ],
    );
    let at = census.details.rows.len() - 1;
    assessments(census, at, need, year);
    plans(census, at, need, year);
    enquiries(council, census, at, need, year);
    let earlier = child.needs.iter().take_while(|other| other.referral.on < need.referral.on);
    let earlier: usize = earlier.map(|other| other.protection.len()).sum();
    for (previous, plan) in (earlier..).zip(&need.protection) {
        protection(census, at, plan, previous, year);
    }
    if year.ending >= 2027 {
        pre_proceedings(census, at, need, year);
    }
}

fn assessments(census: &mut Census, at: usize, need: &Need, year: &Year) {
    for assessment in &need.assessments {
        let Some(started) = year.view.day(&assessment.started) else { continue };
        let authorised = year.view.day(&assessment.authorised);
        if !year.touches(started, authorised) {
            continue;
        }
        let factors: Vec<&str> =
            assessment.factors.iter().map(|factor| factor_of(factor, year.ending)).collect();
        census.assessments.push_inside(
            at,
            vec![
                started.into(),
                Cell::Blank,
                authorised.into(),
                authorised.map(|_| factors.join(" ")).into(),
            ],
        );
    }
}

/// Abuse was told apart by who did it from the census of 2022.
fn factor_of(factor: &'static str, ending: i16) -> &'static str {
    match factor {
        "18B" if ending < 2022 => "18A",
        "19C" if ending < 2022 => "19A",
        other => other,
    }
}

fn plans(census: &mut Census, at: usize, need: &Need, year: &Year) {
    // Plans were first collected in the census of 2022.
    for plan in need.plans.iter().filter(|_| year.ending >= 2022) {
        let Some(started) = year.view.day(&plan.started) else { continue };
        let ended = year.view.day(&plan.ended);
        if year.touches(started, ended) {
            census.plans.push_inside(at, vec![started.into(), ended.into()]);
        }
    }
}

fn enquiries(council: &Council, census: &mut Census, at: usize, need: &Need, year: &Year) {
    for enquiry in &need.enquiries {
        let Some(started) = year.view.day(&enquiry.started) else { continue };
        let decided = year.view.day(&enquiry.decided);
        if !year.touches(started, decided) {
            continue;
        }
        let not_required = enquiry.outcome == EnquiryOutcome::NotRequired;
        census.enquiries.push_inside(
            at,
            vec![
                started.into(),
                council.world.working_days.add(started, 15).into(),
                decided.filter(|_| !not_required).into(),
                truth(not_required && decided.is_some()).into(),
            ],
        );
    }
}

fn protection(census: &mut Census, at: usize, plan: &ProtectionPlan, previous: usize, year: &Year) {
    let Some(started) = year.view.day(&plan.started) else { return };
    let ended = year.view.day(&plan.ended);
    if !year.touches(started, ended) {
        return;
    }
    let reviewed = year.view.latest(&plan.reviews).is_some();
    census.protection.push_inside(
        at,
        vec![
            started.into(),
            ended.into(),
            plan.initial.into(),
            plan.category(reviewed).into(),
            previous.into(),
        ],
    );
    let row = census.protection.rows.len() - 1;
    for held in plan.reviews.iter().filter_map(|review| year.within(review)) {
        census.reviews.push_inside(row, vec![held.into()]);
    }
}

fn pre_proceedings(census: &mut Census, at: usize, need: &Need, year: &Year) {
    let Some(stage) = &need.pre_proceedings else { return };
    let Some(started) = year.view.day(&stage.started) else { return };
    let decided = year.view.day(&stage.decided);
    if !year.touches(started, decided) {
        return;
    }
    let issued = decided.filter(|_| stage.issued);
    census.pre_proceedings.push_inside(
        at,
        vec![
            started.into(),
            year.view.day(&stage.letter).into(),
            truth(stage.offered).into(),
            truth(stage.held).into(),
            year.view.day(&stage.meeting).into(),
            decided.map(|_| stage.reviews).into(),
            decided.into(),
            issued.map(|_| "A").into(),
            issued.into(),
            issued.into(),
        ],
    );
}

fn truth(holds: bool) -> &'static str {
    if holds { "true" } else { "false" }
}
