//! The tasks of the home page: what waits for the viewer, and why.

use improvement::register::{Instrument, Obligation, OccurrenceMark};
use improvement::words::{counted, party_in_words};
use jiff::civil::Date;
use service::Action;
use vocabulary::date::day_in_words;
use vocabulary::party::Party;

use super::by_role::{Figure, Home, figure};
use super::facts::{self, Due};
use super::recent::Recent;
use super::task::{TaskView, first_words, title};
use crate::pages::people::Member;

impl Home<'_> {
    pub(super) fn overdue_figure(&self) -> Figure {
        figure("Overdue", facts::overdue(self.programme).len(), "/duties?status=overdue")
    }

    pub(super) fn soon_figure(&self) -> Figure {
        figure("Due within 30 days", facts::soon(self.programme).len(), "/duties?status=due-soon")
    }

    pub(super) fn own_duties(&self) -> usize {
        facts::live(self.programme).filter(|row| row.owner == Some(self.viewer.actor.person)).count()
    }

    /// What is late or due soon of the duties that the viewer answers for, and what is slow of the actions they lead.
    pub(super) fn own_tasks(&self) -> Vec<TaskView> {
        let mut tasks = self.due_tasks(|due| due.row.owner == Some(self.viewer.actor.person));
        tasks.extend(self.own_action_tasks());
        tasks.extend(self.own_risk_tasks());
        tasks
    }

    pub(super) fn due_tasks(&self, wanted: impl Fn(&Due<'_>) -> bool) -> Vec<TaskView> {
        let late = facts::overdue(self.programme);
        let soon = facts::soon(self.programme);
        late.iter().chain(&soon).filter(|due| wanted(due)).map(|due| TaskView::due(due, self.today)).collect()
    }

    pub(super) fn register_tasks(&self) -> Vec<TaskView> {
        let rows = facts::to_confirm(self.programme).into_iter().map(|(instrument, rows)| {
            let title = format!("Confirm {} of {}", counted(rows, "row", "rows"), instrument.title);
            let href = format!("/notices/{}", instrument.id);
            TaskView::waiting(title, href, "Nothing suggested counts until a person confirms it.")
        });
        let questions = facts::with_questions(self.programme).into_iter().map(|(instrument, open)| {
            let title =
                format!("Decide {} about {}", counted(open, "question", "questions"), instrument.title);
            let href = format!("/notices/{}", instrument.id);
            TaskView::waiting(title, href, "The document leaves them open.")
        });
        rows.chain(questions).collect()
    }

    pub(super) fn undated_tasks(&self) -> Vec<TaskView> {
        let task = |row: &Obligation| {
            let undated =
                self.programme.calendar.schedule(row.id).and_then(|schedule| schedule.undated.as_ref());
            let why = undated.map(|undated| undated.sentence.clone()).unwrap_or_default();
            TaskView::waiting(title(row), format!("/duties/{}", row.id), why).status("No date")
        };
        facts::undated(self.programme).into_iter().map(task).collect()
    }

    pub(super) fn sign_tasks(&self) -> Vec<TaskView> {
        if !self.viewer.may(Action::SignRegister) {
            return Vec::new();
        }
        let task = |instrument: &Instrument| {
            let href = format!("/notices/{}", instrument.id);
            TaskView::waiting(
                format!("Sign the register of {}", instrument.title),
                href,
                "Every row is confirmed. Its duties come into force when somebody else than those who confirmed signs.",
            )
        };
        facts::to_sign(self.programme).into_iter().map(task).collect()
    }

    pub(super) fn verify_tasks(&self) -> Vec<TaskView> {
        let mut tasks = self.plan_verify_tasks();
        tasks.extend(self.occurrence_tasks());
        tasks
    }

    fn occurrence_tasks(&self) -> Vec<TaskView> {
        if !self.viewer.may(Action::VerifyOccurrence) {
            return Vec::new();
        }
        let task = |(mark, row): (&OccurrenceMark, &Obligation)| {
            let hint =
                format!("Marked as met by {}: {}", self.programme.name_of(mark.stamp.by), mark.evidence);
            TaskView::waiting(format!("Verify {}", title(row)), format!("/duties/{}", row.id), hint)
        };
        facts::to_verify(self.programme, self.viewer.actor.person).into_iter().map(task).collect()
    }

    pub(super) fn answer_tasks(&self) -> Vec<TaskView> {
        let mine = facts::waiting_variations(self.programme).filter(|(variation, _)| {
            self.viewer.may_as(Action::AnswerVariation, variation.approver.as_str())
        });
        let answers = mine.map(|(variation, row)| {
            let hint = format!(
                "Asked on {}: {}",
                day_in_words(variation.asked_on),
                first_words(&variation.reason, 120)
            );
            TaskView::waiting(format!("Answer the variation of {}", title(row)), "/variations", hint)
        });
        self.revision_tasks().into_iter().chain(answers).collect()
    }

    /// Variations that wait for somebody else.
    pub(super) fn waiting_elsewhere(&self) -> Vec<TaskView> {
        facts::waiting_variations(self.programme)
            .map(|(variation, row)| {
                let approver = party_in_words(&variation.approver);
                let hint = format!("The old rule counts until {approver} answers.");
                TaskView::waiting(format!("Variation of {}", title(row)), "/variations", hint)
                    .status(format!("With {approver}"))
            })
            .collect()
    }

    pub(super) fn approval_tasks(&self) -> Vec<TaskView> {
        if !self.viewer.may(Action::ApproveGrant) {
            return Vec::new();
        }
        let me = self.viewer.actor.person;
        let waiting = self.recent.waiting_for_approval(self.today);
        let mine =
            waiting.into_iter().filter(|(_, grant)| grant.granted_by != Some(me) && grant.person != me);
        mine.map(|(member, grant)| {
            let href = format!("/people/{}", member.person.id);
            TaskView::waiting(
                format!("Approve {} as {}", member.person.name, grant.role),
                href,
                &grant.purpose,
            )
        })
        .collect()
    }

    /// The names under which duties fall on partner agencies.
    pub(super) fn our_names(&self) -> Vec<Party> {
        let named = self.programme.partners.iter().map(|partner| Party::named(partner.name.to_lowercase()));
        named.chain([Party::PARTNERS, Party::LSCB]).collect()
    }

    pub(super) fn bearers(&self, due: &Due<'_>) -> String {
        improvement::words::bearers_in_words(&due.row.bearers, due.row.bearer_rule).to_lowercase()
    }
}

/// Roles that end soon and may have to be given again.
pub(super) fn ending_tasks(recent: &Recent, today: Date) -> Vec<TaskView> {
    let task = |(member, grant): &(&Member, &store::RoleGrant)| {
        let last = grant.to_day.map(day_in_words).unwrap_or_default();
        let href = format!("/people/{}", member.person.id);
        TaskView::waiting(
            format!("{} as {}", member.person.name, grant.role),
            href,
            format!("The role ends on {last}. Give it again if it is still needed."),
        )
        .status("Ends soon")
    };
    recent.ending_soon(today).iter().map(task).collect()
}
