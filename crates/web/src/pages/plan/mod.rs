//! The improvement plan: on a page, objective by objective, action by action, with what is due and what nothing answers.

mod action;
mod action_acts;
mod objective;
mod objective_acts;
mod overview;
mod risk_acts;
mod risks;
mod sources;
mod trace;
mod updates;

#[cfg(test)]
pub use action_acts::tests::late_action;

pub use overview::PlanView;

use improvement::plan::status::Status;

use service::{Action, Programme};

use crate::components::{Tag, TagColour};
use crate::layout::Frame;
use crate::routes::{Route, form, page, page_and_json};
use crate::viewer::{Area, Viewer, breadcrumbs, duties_navigation};

/// The routes of this area.
pub fn routes() -> Vec<Route> {
    vec![
        page_and_json(
            "/plan",
            Action::ViewPlan,
            ("plan", "The plan on a page: every objective with its four states and its slow actions."),
            overview::show,
        )
        .answers::<overview::PlanView>(),
        page("/plan.csv", Action::ViewPlan, overview::csv),
        page("/plan.xlsx", Action::ViewPlan, overview::xlsx),
        page("/plan/objectives/new", Action::KeepPlan, objective_acts::ask),
        form("/plan/objectives/new", Action::KeepPlan, objective_acts::add),
        page_and_json(
            "/plan/objectives/{id}",
            Action::ViewPlan,
            ("plan", "One objective: its outcome, states, pillars, sources and actions."),
            objective::show,
        )
        .answers::<objective::ObjectiveView>(),
        page("/plan/objectives/{id}/edit", Action::KeepPlan, objective_acts::ask_edit),
        form("/plan/objectives/{id}/edit", Action::KeepPlan, objective_acts::edit),
        page("/plan/objectives/{id}/test", Action::VerifyPlan, objective_acts::ask_test),
        form("/plan/objectives/{id}/test", Action::VerifyPlan, objective_acts::test),
        page("/plan/objectives/{id}/actions/new", Action::KeepPlan, action_acts::ask_new),
        form("/plan/objectives/{id}/actions/new", Action::KeepPlan, action_acts::add),
        page_and_json(
            "/plan/actions/{id}",
            Action::ViewPlan,
            ("plan", "One action: its days with every revision, its status and what was said of it."),
            action::show,
        )
        .answers::<action::ActionView>(),
        page("/plan/actions/{id}/progress", Action::UpdatePlanAction, action_acts::ask_progress),
        form("/plan/actions/{id}/progress", Action::UpdatePlanAction, action_acts::progress),
        page("/plan/actions/{id}/done", Action::UpdatePlanAction, action_acts::ask_done),
        form("/plan/actions/{id}/done", Action::UpdatePlanAction, action_acts::done),
        page("/plan/actions/{id}/check", Action::VerifyPlan, action_acts::ask_check),
        form("/plan/actions/{id}/check", Action::VerifyPlan, action_acts::check),
        page("/plan/actions/{id}/later", Action::UpdatePlanAction, action_acts::ask_later),
        form("/plan/actions/{id}/later", Action::UpdatePlanAction, action_acts::later),
        page("/plan/actions/{id}/answer", Action::AnswerRevision, action_acts::ask_answer),
        form("/plan/actions/{id}/answer", Action::AnswerRevision, action_acts::answer),
        page("/plan/actions/{id}/status", Action::UpdatePlanAction, action_acts::ask_status),
        form("/plan/actions/{id}/status", Action::UpdatePlanAction, action_acts::status),
        page("/plan/actions/{id}/approve", Action::VerifyPlan, action_acts::ask_approve),
        form("/plan/actions/{id}/approve", Action::VerifyPlan, action_acts::approve),
        page_and_json(
            "/plan/updates",
            Action::ViewPlan,
            ("plan", "Actions that run, by who leads them, with the days since anybody said how they stand."),
            updates::show,
        )
        .answers::<updates::UpdatesView>(),
        page_and_json(
            "/plan/risks",
            Action::ViewPlan,
            (
                "plan",
                "Risks and issues: open ones by score, with their trend and when they are looked at again.",
            ),
            risks::show,
        )
        .answers::<risks::RisksView>(),
        page("/plan/risks.csv", Action::ViewPlan, risks::csv),
        page("/plan/risks.xlsx", Action::ViewPlan, risks::xlsx),
        page("/plan/risks/new", Action::KeepPlan, risk_acts::ask),
        form("/plan/risks/new", Action::KeepPlan, risk_acts::raise),
        page_and_json(
            "/plan/risks/{id}",
            Action::ViewPlan,
            ("plan", "One risk or issue with its score, its trend and what holds it."),
            risks::one,
        )
        .answers::<risks::RiskRow>(),
        page("/plan/risks/{id}/review", Action::UpdatePlanAction, risk_acts::ask_review),
        form("/plan/risks/{id}/review", Action::UpdatePlanAction, risk_acts::review),
        page("/plan/risks/{id}/close", Action::VerifyPlan, risk_acts::ask_close),
        form("/plan/risks/{id}/close", Action::VerifyPlan, risk_acts::close),
        page_and_json(
            "/plan/trace",
            Action::ViewPlan,
            ("plan", "Duties, recommendations and findings, each with the objectives that answer it."),
            trace::show,
        )
        .answers::<trace::TraceView>(),
        page("/plan/trace.csv", Action::ViewPlan, trace::csv),
        page("/plan/trace.xlsx", Action::ViewPlan, trace::xlsx),
    ]
}

/// The frame of a page of the plan.
fn frame(viewer: &Viewer, programme: &Programme, heading: &str, above: &[(&str, &str)]) -> Frame {
    let above: Vec<(&str, &str)> = std::iter::once(("Plan", "/plan")).chain(above.iter().copied()).collect();
    Frame {
        breadcrumbs: breadcrumbs(&above),
        sub_navigation: duties_navigation("/plan"),
        ..viewer.programme_frame(programme, heading, Area::Duties)
    }
}

/// The tag of an action's status: colour for what needs somebody, plain for the rest.
fn status_tag(status: Status) -> Tag {
    let colour = match status {
        Status::Overdue | Status::FellBack => TagColour::Red,
        Status::Stalled | Status::AtRisk => TagColour::Orange,
        Status::Waiting => TagColour::Yellow,
        Status::Verified => TagColour::Green,
        Status::NotStarted | Status::OnTrack => TagColour::Grey,
    };
    Tag::new(status.words()).colour(colour)
}
