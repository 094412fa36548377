//! What the invented team manager said of some of the newest exceptions of their teams.

use anyhow::{Context as _, Result};
use jiff::ToSpan;
use service::acts::NoteException;
use service::{ExceptionList, IdempotencyKey, Knowledge, Role};
use store::ExceptionKind;
use vocabulary::day::Day;

use super::Demonstration;
use super::days::Days;
use super::people::{Account, acting};

/// What is said, in turn: the kind, the reason, what is done meanwhile, days until it is expected.
const SAID: [(ExceptionKind, &str, &str, i64); 6] = [
    (
        ExceptionKind::NotSeen,
        "worker-absent",
        "The duty worker visits on Thursday; the worker is off sick.",
        4,
    ),
    (
        ExceptionKind::RecordedLate,
        "not-written-up",
        "Seen last week at school. The visit is being written up.",
        2,
    ),
    (
        ExceptionKind::NotSeen,
        "family-not-available",
        "Two visits found nobody in. The school sees the child daily.",
        5,
    ),
    (
        ExceptionKind::DataWrong,
        "wrong-entry",
        "The start day is of the sibling’s plan. Correction asked for.",
        7,
    ),
    (ExceptionKind::NotSeen, "other-agency", "Waiting for the health visitor, chased twice.", 9),
    (
        ExceptionKind::RecordedLate,
        "not-written-up",
        "The conference took place; minutes are with the chair.",
        3,
    ),
];

/// Notes some exceptions of the team manager's teams, and leaves the others unspoken of, as a real list is.
pub async fn note(service: &Demonstration, accounts: &[Account], days: &Days) -> Result<()> {
    let manager = acting(accounts, Role::TeamManager)?;
    let scope = service.authoriser.scope(manager);
    service.clock.set(days.at(days.today.saturating_sub(2.days())));
    let figures = service.figures(&scope, Knowledge::default()).await?;
    let figures = figures.context("no extract of the demonstration counts")?;
    let own = figures.on_list(ExceptionList::Exceptions, &scope).filter(|outcome| outcome.event_on.is_some());
    for (outcome, (kind, reason, mitigation, days_ahead)) in own.step_by(3).zip(SAID) {
        let child = figures.child_of(outcome).context("an exception is about a child")?;
        let act = NoteException {
            standard: figures.library.standards[usize::from(outcome.standard)].code.clone(),
            child,
            event_on: outcome.event_on.map(Day::date),
            due_on: outcome.due_on.map(Day::date),
            team: figures.team_of(outcome).unwrap_or_default().to_owned(),
            version: 0,
            kind,
            reason: reason.to_owned(),
            mitigation: Some(mitigation.to_owned()),
            owner: manager.person,
            expected_on: days.today.saturating_add(days_ahead.days()),
        };
        let key = IdempotencyKey(service.chance.secret()?);
        service.perform(manager, &key, act).await.context("the demonstration could not note an exception")?;
    }
    Ok(())
}
