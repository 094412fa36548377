//! One action: who does it by when, every day that was asked for, its status by the rule and by hand, what was said of it and
//! what others found.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use improvement::plan::status::{RULE, Status, Told, by_rule, counts, shown};
use improvement::plan::{PlanAction, Revision};
use improvement::register::Stamp;
use improvement::words::counted;
use serde::Serialize;
use service::{Action, Programme, Refusal};
use utoipa::ToSchema;
use vocabulary::date::day_in_words;
use vocabulary::id::PlanActionId;

use crate::components::{AsContent, SummaryList, Timeline, TimelineItem};
use crate::errors::Refused;
use crate::layout::Frame;
use crate::pages::duties::cells::lines;
use crate::pages::duties::question::refused;
use crate::viewer::Viewer;

/// One action.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ActionView {
    /// Its id.
    pub id: String,
    /// What is done.
    pub title: String,
    /// The objective it serves, by number and outcome.
    pub objective: String,
    /// Who answers for it, and their post.
    pub lead: String,
    /// The partner agency that does it with the council.
    pub partner: String,
    /// First day.
    pub start: String,
    /// Last day, as first agreed.
    pub due: String,
    /// The day that counts.
    pub due_now: String,
    /// By how many days that lies after the first.
    pub slipped_days: i32,
    /// Later days that were asked for, and what the board answered.
    pub revisions: Vec<String>,
    /// How it is known to have worked: what, from where, to what, by when.
    pub success: String,
    /// The body that tests it.
    pub forum: String,
    /// The status by the rule, by its code.
    pub by_rule: String,
    /// Why.
    pub why: String,
    /// The status shown, by its code.
    pub status: String,
    /// The status by hand, with who said so and why; empty where there is none.
    pub by_hand: String,
    /// Edit version.
    pub version: i64,
}

#[derive(Template)]
#[template(path = "pages/plan/action.html")]
struct ActionPage {
    frame: Frame,
    view: ActionView,
    summary: SummaryList,
    said: Timeline,
    silent: bool,
    links: Vec<(String, &'static str)>,
    rule: &'static str,
}

/// The action that an address names.
pub fn find<'p>(programme: &'p Programme, id: &str) -> Result<&'p PlanAction, Refusal> {
    PlanActionId::parse(id).and_then(|id| programme.plan_action(id)).ok_or(Refusal::NotFound)
}

/// Whether the viewer says how an action stands: its lead, and whoever keeps the plan.
pub fn is_own(viewer: &Viewer, action: &PlanAction) -> bool {
    viewer.may(Action::UpdatePlanAction)
        && (action.lead == viewer.actor.person || viewer.may(Action::KeepPlan))
}

/// Shows one action.
pub async fn show(viewer: Viewer, Path(id): Path<String>) -> Result<Response, Refused> {
    let programme = viewer.programme().await.map_err(refused(&viewer))?;
    let action = find(&programme, &id).map_err(refused(&viewer))?;
    let told = by_rule(action, programme.as_at);
    let view = ActionView::of(&programme, action, &told);
    let objective = format!("/plan/objectives/{}", action.objective);
    let above = [("Objective", objective.as_str())];
    let page = ActionPage {
        frame: Frame {
            caption: Some(view.objective.clone()),
            history_href: Some(format!("/history/plan-action/{id}")),
            ..super::frame(&viewer, &programme, &action.title, &above)
        },
        summary: view.summary(action, programme.as_at),
        said: said(&programme, action),
        silent: action.progress.is_empty() && action.done.is_none() && action.checks.is_empty(),
        links: links(&viewer, action, &told),
        rule: RULE,
        view,
    };
    Ok(viewer.show(&page, &page.view))
}

/// What the viewer may do next: the words of the link, and the last part of its address.
fn links(viewer: &Viewer, action: &PlanAction, told: &Told) -> Vec<(String, &'static str)> {
    let own = is_own(viewer, action);
    let open = action.done.is_none() || told.status == Status::FellBack;
    let other = action.lead != viewer.actor.person;
    let waits = action.manual.as_ref().is_some_and(|manual| !counts(manual, told.status));
    let all = [
        (own && open, "Say how it stands", "progress"),
        (own && open, "Report it done", "done"),
        (own && open && action.revision_waiting().is_none(), "Ask the board for a later day", "later"),
        (own && open, "Set a status by hand", "status"),
        (
            viewer.may(Action::AnswerRevision) && action.revision_waiting().is_some(),
            "Answer for the board: a later day is asked for",
            "answer",
        ),
        (
            viewer.may(Action::VerifyPlan) && other && action.done.is_some(),
            "Verify, or say that it does not hold",
            "check",
        ),
        (viewer.may(Action::VerifyPlan) && other && waits, "Approve the status by hand", "approve"),
    ];
    all.into_iter().filter(|(may, ..)| *may).map(|(_, words, path)| (words.to_owned(), path)).collect()
}

fn by(programme: &Programme, stamp: &Stamp) -> String {
    format!("{}, {}", programme.name_of(stamp.by), stamp.role)
}

/// Everything that was said and found, the newest first.
fn said(programme: &Programme, action: &PlanAction) -> Timeline {
    let mut items = Vec::new();
    for said in &action.progress {
        let confidence = format!("Confidence: {}", said.confidence.words());
        let barrier = match said.barrier.as_str() {
            "" => String::new(),
            barrier => format!("In the way, or asked for: {barrier}"),
        };
        items.push((
            said.stamp.at,
            "How it stands",
            said.on,
            &said.stamp,
            vec![said.note.clone(), confidence, barrier],
        ));
    }
    if let Some(done) = &action.done {
        items.push((done.stamp.at, "Reported done", done.on, &done.stamp, vec![done.evidence.clone()]));
    }
    for check in &action.checks {
        let words = if check.holds { "Found that it holds" } else { "Found that it does not hold" };
        items.push((check.stamp.at, words, check.on, &check.stamp, vec![check.finding.clone()]));
    }
    items.sort_by_key(|(at, ..)| std::cmp::Reverse(*at));
    let items = items.iter().map(|(_, words, on, stamp, parts)| {
        let parts: Vec<&dyn AsContent> = parts.iter().map(|part| part as &dyn AsContent).collect();
        TimelineItem::new(*words, on, day_in_words(*on)).by(by(programme, stamp)).content(lines(&parts))
    });
    Timeline::new(items.collect::<Vec<_>>())
}

impl ActionView {
    /// The view of an action.
    pub fn of(programme: &Programme, action: &PlanAction, told: &Told) -> Self {
        let objective = programme.objective(action.objective);
        let partner = action.partner.and_then(|id| programme.partners.iter().find(|known| known.id == id));
        let success = &action.success;
        let mut how = vec![success.what.clone()];
        if !success.baseline.is_empty() {
            how.push(format!("from {}", success.baseline));
        }
        how.push(format!("to {}", success.target));
        how.extend(success.by.map(|by| format!("by {}", day_in_words(by))));
        let status = shown(action, programme.as_at);
        Self {
            id: action.id.to_string(),
            title: action.title.clone(),
            objective: objective
                .map(|objective| format!("Objective {}: {}", objective.number, objective.outcome))
                .unwrap_or_default(),
            lead: format!("{}, {}", programme.name_of(action.lead), action.post),
            partner: partner.map(|partner| partner.name.clone()).unwrap_or_default(),
            start: day_in_words(action.start),
            due: day_in_words(action.due),
            due_now: day_in_words(action.due_now()),
            slipped_days: action.slipped_days(),
            revisions: action
                .revisions
                .iter()
                .map(|revision| revision_in_words(programme, revision))
                .collect(),
            success: how.join(", "),
            forum: action.forum.clone(),
            by_rule: told.status.code().to_owned(),
            why: told.why.clone(),
            status: status.code().to_owned(),
            by_hand: action
                .manual
                .as_ref()
                .map(|manual| {
                    let approved = match &manual.approved {
                        Some(stamp) => format!("approved by {}", by(programme, stamp)),
                        None if counts(manual, told.status) => "no better than the rule’s".to_owned(),
                        None => "waits for a second person, so the rule’s counts".to_owned(),
                    };
                    format!(
                        "{}: {} ({}; {approved})",
                        manual.status.words(),
                        manual.reason,
                        by(programme, &manual.stamp)
                    )
                })
                .unwrap_or_default(),
            version: action.version,
        }
    }

    fn summary(&self, action: &PlanAction, today: jiff::civil::Date) -> SummaryList {
        let slipped = match self.slipped_days {
            0 => String::new(),
            days => format!("{} after {}, the day first agreed", counted(days, "day", "days"), self.due),
        };
        let mut list =
            SummaryList::new().row("Status", lines(&[&super::status_tag(shown(action, today)), &self.why]));
        if !self.by_hand.is_empty() {
            let rule = Status::parse(&self.by_rule).map_or("", Status::words);
            list = list.row("By the rule", rule).row("By hand", &self.by_hand);
        }
        list = list
            .row("Who answers for it", &self.lead)
            .row("Starts", &self.start)
            .row("Due", lines(&[&self.due_now, &slipped]));
        if !self.revisions.is_empty() {
            let revisions: Vec<&dyn AsContent> =
                self.revisions.iter().map(|revision| revision as &dyn AsContent).collect();
            list = list.row("Later days asked for", lines(&revisions));
        }
        if !self.partner.is_empty() {
            list = list.row("With", &self.partner);
        }
        list.row("How it is known to have worked", &self.success).row("Tested by", &self.forum)
    }
}

fn revision_in_words(programme: &Programme, revision: &Revision) -> String {
    let asked = format!(
        "{}, asked by {}: {}",
        day_in_words(revision.to),
        by(programme, &revision.asked),
        revision.reason
    );
    let ended = asked.trim_end_matches('.');
    match &revision.answer {
        None => format!("{ended}. The board has not answered: the day before it counts."),
        Some(answer) if answer.agreed => format!("{ended}. The board agreed: {}", answer.reason),
        Some(answer) => format!("{ended}. The board refused: {}", answer.reason),
    }
}

#[cfg(test)]
mod tests {
    use service::Role;

    use super::super::action_acts::tests::late_action;
    use crate::trial::Trial;

    #[tokio::test]
    async fn each_viewer_is_offered_what_they_may_do_and_nothing_else() {
        let trial = Trial::new().await;
        let path = late_action(&trial).await;
        let offered = [
            (Role::HeadOfService, vec!["progress", "done", "later", "status"]),
            (Role::ProgrammeManager, vec!["progress", "done", "later", "status"]),
            (Role::TeamManager, vec![]),
            (Role::Chair, vec![]),
            (Role::ElectedMember, vec![]),
        ];
        for (role, expected) in offered {
            let page = trial.get(Some(role), &path).await.body;
            for form in ["progress", "done", "later", "status", "check", "answer", "approve"] {
                let is_offered = page.contains(&format!("href=\"{path}/{form}\""));
                assert_eq!(is_offered, expected.contains(&form), "{form} for the {}", role.name());
            }
            assert!(
                page.contains("from 40%, to 95%") && page.contains("Nobody has said anything of it yet"),
                "{page}"
            );
        }
    }
}
