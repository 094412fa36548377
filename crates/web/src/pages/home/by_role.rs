//! What each role finds on its home page: at most three figures, one list of what needs it, and what it must know.

use improvement::occurrence::State;
use improvement::words::counted;
use jiff::civil::Date;
use serde::Serialize;
use service::{Programme, Role};
use utoipa::ToSchema;
use vocabulary::party::Party;

use super::facts::{self, Due};
use super::recent::Recent;
use super::task::{TaskView, first_words};
use super::tasks::ending_tasks;
use crate::pages::plan::PlanView;
use crate::viewer::Viewer;

/// A headline number, with what it counts and where it opens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Figure {
    /// What it counts, in few words.
    pub label: String,
    /// The number.
    pub value: usize,
    /// The list behind it.
    pub href: String,
}

/// The parts of a home page.
#[derive(Clone, Debug, Default)]
pub struct Parts {
    /// At most three.
    pub figures: Vec<Figure>,
    /// What needs the viewer.
    pub tasks: Vec<TaskView>,
    /// What they must know, in sentences.
    pub statements: Vec<String>,
    /// What is overdue by who must act.
    pub overdue_by: Vec<(String, usize)>,
}

/// Lists on home end here; the figure above leads to the rest.
const LONGEST_LIST: usize = 12;

/// Gathers the parts for a viewer.
pub fn parts(viewer: &Viewer, programme: Option<&Programme>, recent: &Recent) -> Parts {
    let today = viewer.service.clock.today();
    let mut parts = match programme {
        Some(programme) => Home { viewer, programme, recent, today }.parts(),
        None if viewer.actor.role == Role::Administrator => administrator(recent, today),
        None => Parts {
            statements: vec![
                "This part of Headway holds the notice and its duties. Your role reads neither, so there is nothing for you here yet.".to_owned(),
            ],
            ..Parts::default()
        },
    };
    parts.figures.truncate(3);
    parts.tasks.truncate(LONGEST_LIST);
    parts
}

/// The viewer before their home page.
pub(super) struct Home<'a> {
    pub(super) viewer: &'a Viewer,
    pub(super) programme: &'a Programme,
    pub(super) recent: &'a Recent,
    pub(super) today: Date,
}

impl Home<'_> {
    /// How the board meets, and what the plan comes to.
    fn statements(&self) -> Vec<String> {
        let mut statements = facts::cadence_sentences(self.programme);
        if !self.programme.objectives.is_empty() {
            statements.extend(PlanView::of(self.programme).headline());
        }
        statements
    }

    fn parts(&self) -> Parts {
        match self.viewer.actor.role {
            Role::ProgrammeManager => self.programme_manager(),
            Role::Director => self.director(),
            Role::Chair => self.chair(),
            Role::DepartmentOfficial => self.department(),
            Role::Adviser | Role::Inspector | Role::Reviewer => self.visitor(),
            Role::ElectedMember => self.elected_member(),
            Role::Partner => self.partner(),
            Role::PrivacyOfficer => self.privacy_officer(),
            _ => self.reader(),
        }
    }

    fn programme_manager(&self) -> Parts {
        let rows: usize = facts::to_confirm(self.programme).iter().map(|(_, rows)| rows).sum();
        let mut tasks = self.own_tasks();
        tasks.extend(self.register_tasks());
        tasks.extend(self.due_tasks(|due| due.occurrence.state == State::Overdue).into_iter().take(5));
        tasks.extend(self.undated_tasks());
        tasks.extend(self.waiting_elsewhere());
        Parts {
            figures: vec![
                self.overdue_figure(),
                figure("Rows to confirm", rows, "/notices"),
                figure(
                    "Duties without a date",
                    facts::undated(self.programme).len(),
                    "/duties?status=undated",
                ),
            ],
            tasks: distinct(tasks),
            statements: self.statements(),
            ..Parts::default()
        }
    }

    fn director(&self) -> Parts {
        let (sign, verify) = (self.sign_tasks(), self.verify_tasks());
        let waiting = sign.len() + verify.len();
        let mut tasks = sign;
        tasks.extend(verify);
        tasks.extend(self.answer_tasks());
        tasks.extend(self.approval_tasks());
        tasks.extend(self.own_tasks());
        tasks.extend(self.due_tasks(|_| true));
        Parts {
            figures: vec![
                self.overdue_figure(),
                self.soon_figure(),
                figure("To sign or verify", waiting, "/duties"),
            ],
            tasks: distinct(tasks),
            statements: self.statements(),
            ..Parts::default()
        }
    }

    fn chair(&self) -> Parts {
        let mut tasks = self.answer_tasks();
        tasks.extend(self.sign_tasks());
        tasks.extend(self.verify_tasks());
        tasks.extend(self.own_tasks());
        tasks.extend(self.due_tasks(|due| due.falls_on(&[Party::CHAIR, Party::BOARD])));
        Parts {
            figures: vec![
                self.overdue_figure(),
                self.soon_figure(),
                figure("Cadence breaches", facts::cadence_breaches(self.programme), "/meetings"),
            ],
            tasks: distinct(tasks),
            statements: self.statements(),
            overdue_by: facts::overdue_by_bearer(self.programme),
        }
    }

    fn department(&self) -> Parts {
        let answers = self.answer_tasks();
        let waiting = answers.len();
        let mut tasks = answers;
        tasks.extend(self.due_tasks(|due| due.falls_on(&[Party::DEPARTMENT, Party::MINISTERS])));
        tasks.extend(self.verify_tasks());
        Parts {
            figures: vec![
                figure("Variations to answer", waiting, "/variations"),
                figure("Changes since your last visit", self.recent.changes, "/history"),
                figure("Cadence breaches", facts::cadence_breaches(self.programme), "/meetings"),
            ],
            tasks: distinct(tasks),
            statements: self.statements(),
            overdue_by: facts::overdue_by_bearer(self.programme),
        }
    }

    fn visitor(&self) -> Parts {
        let mut tasks = self.own_tasks();
        if self.viewer.actor.role == Role::Adviser {
            tasks.extend(self.due_tasks(|due| due.falls_on(&[Party::ADVISER])));
        }
        Parts {
            figures: vec![
                figure("Changes since your last visit", self.recent.changes, "/history"),
                self.overdue_figure(),
                self.soon_figure(),
            ],
            tasks: distinct(tasks),
            statements: self.statements(),
            overdue_by: facts::overdue_by_bearer(self.programme),
        }
    }

    fn elected_member(&self) -> Parts {
        let live: Vec<_> = facts::live(self.programme).collect();
        let council = live.iter().filter(|row| row.bearers.contains(&Party::COUNCIL)).count();
        let overdue = facts::overdue(self.programme);
        let mut statements = vec![format!(
            "The documents in force hold {}. {} on the council.",
            counted(live.len(), "duty", "duties"),
            if council == 1 { "1 falls".to_owned() } else { format!("{council} fall") }
        )];
        statements.push(match overdue.len() {
            0 => "Nothing is overdue.".to_owned(),
            count => format!(
                "{} overdue.",
                if count == 1 { "1 duty is".to_owned() } else { format!("{count} duties are") }
            ),
        });
        let told = |due: &Due<'_>| {
            format!("{} ({}, {})", first_words(&due.row.text, 160), overdue_words(due), self.bearers(due))
        };
        statements.extend(overdue.iter().take(5).map(told));
        statements.extend(facts::cadence_sentences(self.programme));
        statements.push(
            "A duty that is met is not yet an improvement that children feel: ask what shows that."
                .to_owned(),
        );
        Parts {
            figures: vec![figure("Duties", live.len(), "/duties"), self.overdue_figure(), self.soon_figure()],
            statements,
            ..Parts::default()
        }
    }

    fn partner(&self) -> Parts {
        let ours = self.our_names();
        let falls_on_us = |due: &Due<'_>| due.falls_on(&ours);
        let all =
            facts::live(self.programme).filter(|row| row.bearers.iter().any(|party| ours.contains(party)));
        let late = facts::overdue(self.programme).iter().filter(|due| falls_on_us(due)).count();
        let soon = facts::soon(self.programme).iter().filter(|due| falls_on_us(due)).count();
        let mut tasks = self.own_tasks();
        tasks.extend(self.due_tasks(falls_on_us));
        Parts {
            figures: vec![
                figure("Partners’ duties", all.count(), "/duties?bearer=partners"),
                figure("Of these overdue", late, "/duties?bearer=partners&status=overdue"),
                figure("Of these due soon", soon, "/duties?bearer=partners&status=due-soon"),
            ],
            tasks: distinct(tasks),
            statements: self.statements(),
            ..Parts::default()
        }
    }

    fn privacy_officer(&self) -> Parts {
        let mut tasks = self.approval_tasks();
        let waiting = tasks.len();
        tasks.extend(ending_tasks(self.recent, self.today));
        Parts {
            figures: vec![
                figure("Roles to approve", waiting, "/people?status=unapproved"),
                figure(
                    "Roles ending soon",
                    self.recent.ending_soon(self.today).len(),
                    "/people?status=current",
                ),
                figure("Files taken out", self.recent.files_taken_out, "/access-log"),
            ],
            tasks,
            statements: vec!["Files are counted over the last 30 days, roles over the next 14.".to_owned()],
            ..Parts::default()
        }
    }

    fn reader(&self) -> Parts {
        let tasks = self.own_tasks();
        Parts {
            figures: vec![
                self.overdue_figure(),
                self.soon_figure(),
                figure("Duties you answer for", self.own_duties(), "/duties"),
            ],
            tasks,
            statements: facts::cadence_sentences(self.programme),
            ..Parts::default()
        }
    }
}

fn administrator(recent: &Recent, today: Date) -> Parts {
    let idle = recent.without_role(today);
    let waiting = recent.waiting_for_approval(today);
    let mut tasks: Vec<TaskView> = idle
        .iter()
        .map(|member| {
            let href = format!("/people/{}", member.person.id);
            TaskView::waiting(
                format!("Give {} a role", member.person.name),
                href,
                "Without one they see nothing.",
            )
        })
        .collect();
    tasks.extend(ending_tasks(recent, today));
    tasks.extend(waiting.iter().map(|(member, grant)| {
        let href = format!("/people/{}", member.person.id);
        let hint = "The director or the privacy officer must approve it.";
        TaskView::waiting(format!("{} as {}", member.person.name, grant.role), href, hint)
            .status("With an approver")
    }));
    Parts {
        figures: vec![
            figure("Accounts", recent.members.len(), "/people"),
            figure("Without a role", idle.len(), "/people"),
            figure("Waiting for approval", waiting.len(), "/people?status=unapproved"),
        ],
        tasks,
        ..Parts::default()
    }
}

pub(super) fn figure(label: &str, value: usize, href: &str) -> Figure {
    Figure { label: label.to_owned(), value, href: href.to_owned() }
}

fn overdue_words(due: &Due<'_>) -> String {
    let days = due.occurrence.days_late.unwrap_or(0);
    format!("overdue by {}", counted(days, "day", "days"))
}

/// The same thing once, where it stands first.
fn distinct(tasks: Vec<TaskView>) -> Vec<TaskView> {
    let mut kept: Vec<TaskView> = Vec::new();
    for task in tasks {
        if !kept.contains(&task) {
            kept.push(task);
        }
    }
    kept
}
