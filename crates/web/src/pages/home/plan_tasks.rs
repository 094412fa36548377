//! What the plan asks of the viewer: actions they lead that go slowly, what waits for them to verify, test or answer.

use improvement::plan::Risk;
use improvement::plan::states::Embedded;
use improvement::plan::status::{Status, by_rule, shown};
use service::Action;
use vocabulary::date::day_in_words;

use super::by_role::Home;
use super::task::{TaskView, first_words};

impl Home<'_> {
    /// Actions that the viewer leads and that go slowly.
    pub(super) fn own_action_tasks(&self) -> Vec<TaskView> {
        let me = self.viewer.actor.person;
        let own = self.programme.plan_actions.iter().filter(|action| action.lead == me);
        own.filter_map(|action| {
            let status = shown(action, self.today);
            status.is_slow().then(|| {
                let href = format!("/plan/actions/{}/progress", action.id);
                let title = format!("Say how it stands: {}", first_words(&action.title, 120));
                let task = TaskView::waiting(title, href, by_rule(action, self.today).why);
                let task = task.status(status.words());
                if status == Status::Stalled { task.soon() } else { task.late() }
            })
        })
        .collect()
    }

    /// Risks that the viewer answers for and was to look at again.
    pub(super) fn own_risk_tasks(&self) -> Vec<TaskView> {
        let me = self.viewer.actor.person;
        let late = |risk: &&Risk| risk.owner == me && risk.review_is_late(self.today);
        let own = self.programme.risks.iter().filter(late).map(|risk| {
            let title = format!("Look again at the risk: {}", first_words(&risk.what, 120));
            let hint = format!("It was to be looked at again by {}.", day_in_words(risk.review_by));
            TaskView::waiting(title, format!("/plan/risks/{}/review", risk.id), hint).status("Late").late()
        });
        own.collect()
    }

    /// Actions reported done by others, and objectives whose difference is to be tested again.
    pub(super) fn plan_verify_tasks(&self) -> Vec<TaskView> {
        if !self.viewer.may(Action::VerifyPlan) {
            return Vec::new();
        }
        let me = self.viewer.actor.person;
        let waiting = self.programme.plan_actions.iter().filter_map(|action| {
            let done = action.done.as_ref().filter(|done| done.stamp.by != me && action.lead != me)?;
            (shown(action, self.today) == Status::Waiting).then(|| {
                let hint = format!("{} says: {}", self.programme.name_of(done.stamp.by), done.evidence);
                let title = format!("Verify: {}", first_words(&action.title, 120));
                TaskView::waiting(title, format!("/plan/actions/{}", action.id), hint)
            })
        });
        let tests = self.programme.objectives.iter().filter(|objective| objective.lead != me);
        let tests = tests.filter_map(|objective| match self.programme.states_of(objective).embedded {
            Embedded::TestDue(due) if due <= self.today => {
                let title = format!("Test again: {}", first_words(&objective.outcome, 120));
                let hint = format!(
                    "A difference was shown; whether it holds was to be tested by {}.",
                    day_in_words(due)
                );
                Some(TaskView::waiting(title, format!("/plan/objectives/{}", objective.id), hint))
            }
            _ => None,
        });
        waiting.chain(tests).collect()
    }

    /// Later days that wait for the board's answer.
    pub(super) fn revision_tasks(&self) -> Vec<TaskView> {
        if !self.viewer.may(Action::AnswerRevision) {
            return Vec::new();
        }
        let actions = self.programme.plan_actions.iter();
        let waiting = actions.filter_map(|action| Some((action, action.revision_waiting()?.1)));
        waiting
            .map(|(action, revision)| {
                let hint = format!(
                    "Asked for {} instead of {}: {}",
                    day_in_words(revision.to),
                    day_in_words(action.due_now()),
                    first_words(&revision.reason, 120)
                );
                let title = format!("Answer for the board: {}", first_words(&action.title, 120));
                TaskView::waiting(title, format!("/plan/actions/{}/answer", action.id), hint)
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use service::Role;

    use crate::pages::plan::late_action;
    use crate::trial::Trial;

    #[tokio::test]
    async fn what_the_plan_asks_stands_on_the_home_page_of_whom_it_asks() {
        let trial = Trial::new().await;
        let path = late_action(&trial).await;
        let lead = trial.get(Some(Role::HeadOfService), "/").await.body;
        assert!(
            lead.contains("Say how it stands: Every discussion") && lead.contains("10 days ago"),
            "{lead}"
        );
        let ask = "version=1&to-day=31&to-month=8&to-year=2026&reason=Two+posts+are+vacant";
        trial.post(Role::HeadOfService, &format!("{path}/later"), ask).await;
        let chair = trial.get(Some(Role::Chair), "/").await.body;
        assert!(chair.contains("Answer for the board: Every discussion"), "{chair}");
        let director = trial.get(Some(Role::Director), "/").await.body;
        assert!(!director.contains("Answer for the board"), "only the chair answers for it");
        let done = "version=2&on-day=9&on-month=6&on-year=2026&evidence=Rota+of+May";
        trial.post(Role::HeadOfService, &format!("{path}/done"), done).await;
        let director = trial.get(Some(Role::Director), "/").await.body;
        assert!(
            director.contains("Verify: Every discussion") && director.contains("Rota of May"),
            "{director}"
        );
        let lead = trial.get(Some(Role::HeadOfService), "/").await.body;
        assert!(!lead.contains("Say how it stands"), "{lead}");
    }
}
