//! One exception, or one event of tomorrow's list: what is late or due for one child; and where somebody says what it
//! turned out to be, why, what is done about it, who answers for it and by when.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use jiff::civil::Date;
use practice::outcome::{Outcome, Status};
use serde::Serialize;
use service::acts::{NoteException, REASONS};
use service::{Action, Figures, Knowledge, Refusal, may_know_of};
use store::{ExceptionKind, ExceptionNote};
use utoipa::ToSchema;
use vocabulary::date::day_in_words;
use vocabulary::id::UserId;

use super::exception_rows::{ChildRow, Describing, is_open};
use super::navigation;
use crate::components::{Choices, DateInput, Problems, Select, SelectOption, SummaryList, Textarea};
use crate::errors::{Refused, beside_fields};
use crate::fields::Fields;
use crate::layout::Frame;
use crate::pages::duties::cells::link;
use crate::viewer::{Viewer, breadcrumbs};

/// One exception.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ExceptionView {
    /// The event.
    pub event: ChildRow,
    /// Whether its clock still runs.
    pub running: bool,
    /// What is done meanwhile, for those who read what is written about children.
    pub mitigation: Option<String>,
    /// Who said so last and when.
    pub said: String,
    /// The version of the note; 0 when there is none.
    pub version: i64,
}

#[derive(Template)]
#[template(path = "pages/practice/exception.html")]
struct ExceptionPage {
    frame: Frame,
    view: ExceptionView,
    summary: SummaryList,
    form: Option<NoteForm>,
}

/// The form of a note.
struct NoteForm {
    address: String,
    kind: Choices,
    reason: Select,
    mitigation: Option<Textarea>,
    owner: Select,
    expected_on: DateInput,
}

/// What an address names: the standard, the child, the day the clock started.
type Asked = (String, String, String);

/// Shows one exception.
pub async fn show(viewer: Viewer, Path(asked): Path<Asked>) -> Result<Response, Refused> {
    let page = page(&viewer, &asked, &Fields::default(), Problems::default()).await?;
    Ok(viewer.show(&page, &page.view))
}

/// Says what it is.
pub async fn note(viewer: Viewer, Path(asked): Path<Asked>, fields: Fields) -> Result<Response, Refused> {
    let done = match act(&viewer, &asked, &fields).await {
        Ok(act) => viewer.perform(&fields, act).await,
        Err(refusal) => Err(refusal),
    };
    let (code, child, day) = &asked;
    let Err(refusal) = done else {
        return Ok(viewer.after(&format!("/exceptions/{code}/{child}/{day}"), "exception-noted"));
    };
    let page = page(&viewer, &asked, &fields, beside_fields(refusal)?).await?;
    Ok(viewer.show_problems(&page, &page.view))
}

async fn act(viewer: &Viewer, asked: &Asked, fields: &Fields) -> Result<NoteException, Refusal> {
    let figures = figures(viewer).await?;
    let outcome = find(viewer, &figures, asked)?;
    let kind = ExceptionKind::parse(fields.text("kind"));
    let kind = kind.ok_or_else(|| Refusal::invalid("kind", "Choose what it turned out to be."))?;
    let owner = UserId::parse(fields.text("owner"));
    let expected_on = fields.day("expected_on").map_err(|problem| Refusal::Invalid(vec![problem]))?;
    Ok(NoteException {
        standard: asked.0.clone(),
        child: service::child_of(&asked.1)?,
        event_on: outcome.event_on.map(vocabulary::day::Day::date),
        due_on: outcome.due_on.map(vocabulary::day::Day::date),
        team: figures.team_of(outcome).unwrap_or_default().to_owned(),
        version: fields.number("version").unwrap_or_default(),
        kind,
        reason: fields.text("reason").to_owned(),
        mitigation: fields.maybe("mitigation").map(str::to_owned),
        owner: owner.ok_or_else(|| Refusal::invalid("owner", "Choose who answers for it."))?,
        expected_on,
    })
}

async fn figures(viewer: &Viewer) -> Result<std::sync::Arc<Figures>, Refusal> {
    viewer.service.figures(&viewer.scope, Knowledge::default()).await?.ok_or(Refusal::NotFound)
}

/// The late or running event that an address names, in the viewer's scope.
fn find<'f>(
    viewer: &Viewer,
    figures: &'f Figures,
    (code, child, day): &Asked,
) -> Result<&'f Outcome, Refusal> {
    let child = service::child_of(child)?;
    let event_on: Option<Date> = day.parse().ok();
    let standard = figures.library.standards.iter().position(|standard| standard.code == *code);
    let mut events = figures.outcomes.outcomes.iter().filter(|outcome| {
        Some(usize::from(outcome.standard)) == standard
            && is_open(outcome)
            && outcome.event_on.map(vocabulary::day::Day::date) == event_on
            && figures.child_of(outcome) == Some(child)
            && viewer.scope.holds_team(figures.team_of(outcome))
            && may_know_of(&figures.library.standards[usize::from(outcome.standard)], &viewer.scope)
    });
    events.next().ok_or(Refusal::NotFound)
}

async fn page(
    viewer: &Viewer,
    asked: &Asked,
    typed: &Fields,
    problems: Problems,
) -> Result<ExceptionPage, Refusal> {
    let figures = figures(viewer).await?;
    let outcome = find(viewer, &figures, asked)?;
    let notes = viewer.service.exception_notes(&viewer.scope).await?;
    let remarks = viewer.service.remarks(&viewer.scope).await?;
    let describing = Describing::new(&figures, viewer.scope.council(), &notes);
    let listed = describing.listed(outcome);
    let name = |note: &ExceptionNote| remarks.name(note.owner).to_owned();
    let event = ChildRow::of(&figures, &listed, name);
    let mitigation = match listed.note {
        Some(note) => viewer.service.mitigation(&viewer.scope, figures.team_of(outcome), note)?,
        None => None,
    };
    let what = if mitigation.is_some() { &["C4"][..] } else { &[] };
    viewer
        .read_children("One exception", "/exceptions/{code}/{child}/{day}", what, [event.child.as_str()])
        .await?;
    let view = ExceptionView {
        running: outcome.status == Status::Due,
        said: listed.note.map(|note| said(note, remarks.name(note.stamp.by))).unwrap_or_default(),
        version: listed.note.map_or(0, |note| note.version),
        mitigation,
        event,
    };
    let form = match viewer.may(Action::NoteException) {
        true => Some(form(viewer, &view, (listed.note, typed), &problems).await?),
        false => None,
    };
    Ok(ExceptionPage {
        frame: Frame {
            breadcrumbs: breadcrumbs(&[("Exceptions", "/exceptions")]),
            sub_navigation: navigation(viewer, "/exceptions"),
            history_href: listed
                .note
                .map(|note| format!("/history/exception/{}", service::hash_of(&note.id))),
            audience: Some(
                "People who may read this child’s record: that you opened it is written down".to_owned(),
            ),
            as_at: Some(day_in_words(figures.as_at.date())),
            problems,
            ..super::frame(viewer, &view.event.title).await?
        },
        summary: view.summary(),
        form,
        view,
    })
}

fn said(note: &ExceptionNote, name: &str) -> String {
    format!("{name}, {}, on {}", note.stamp.role, day_in_words(service::london_day(note.stamp.at)))
}

async fn form(
    viewer: &Viewer,
    view: &ExceptionView,
    (note, typed): (Option<&ExceptionNote>, &Fields),
    problems: &Problems,
) -> Result<NoteForm, Refusal> {
    let was_sent = typed.maybe("kind").is_some() || typed.maybe("mitigation").is_some();
    let value = |name: &str, known: Option<String>| match was_sent {
        true => typed.text(name).to_owned(),
        false => known.unwrap_or_default(),
    };
    // Whoever may not read what stands there would overwrite it unseen.
    let may_write = note.is_none() || view.mitigation.is_some();
    let owners = viewer.service.owners(&viewer.scope).await?;
    let owners = owners.iter().map(|(id, name)| SelectOption::new(id, name));
    let nobody = std::iter::once(SelectOption::new("", "Choose a person"));
    let reasons = REASONS.iter().map(|(code, words)| SelectOption::new(code, words));
    let no_reason = std::iter::once(SelectOption::new("", "Choose a reason"));
    let kinds = ExceptionKind::ALL.into_iter().fold(
        Choices::radios("kind", "What did it turn out to be?"),
        |choices, kind| {
            choices.choice_part(crate::components::Choice::new(kind.code(), kind.words()).hint(hint_of(kind)))
        },
    );
    let expected = note.map(|note| note.expected_on);
    let part = |name: &str, known: Option<i32>| match was_sent {
        true => typed.text(name).to_owned(),
        false => known.map(|known| known.to_string()).unwrap_or_default(),
    };
    Ok(NoteForm {
        address: view.event.address(),
        kind: kinds.chosen(value("kind", note.map(|note| note.kind.code().to_owned()))).problem_in(problems),
        reason: Select::new("reason", "Why?")
            .options(no_reason.chain(reasons).collect::<Vec<_>>())
            .chosen(value("reason", note.map(|note| note.reason.clone())))
            .problem_in(problems),
        mitigation: may_write.then(|| {
            Textarea::new("mitigation", "What is done meanwhile?")
                .hint("Kept sealed. Only managers of the child’s team read it again.")
                .at_most_characters(1_000)
                .value(value("mitigation", view.mitigation.clone()))
                .problem_in(problems)
        }),
        owner: Select::new("owner", "Who answers for it?")
            .options(nobody.chain(owners).collect::<Vec<_>>())
            .chosen(value("owner", note.map(|note| note.owner.to_string())))
            .problem_in(problems),
        expected_on: DateInput::new("expected_on", "By when is it expected to be right?")
            .values(
                part("expected_on-day", expected.map(|day| i32::from(day.day()))),
                part("expected_on-month", expected.map(|day| i32::from(day.month()))),
                part("expected_on-year", expected.map(|day| i32::from(day.year()))),
            )
            .problem_in(problems),
    })
}

fn hint_of(kind: ExceptionKind) -> &'static str {
    match kind {
        ExceptionKind::NotSeen => "What the child is owed has not happened.",
        ExceptionKind::RecordedLate => {
            "It happened and is not on record yet. It leaves this list when it is."
        }
        ExceptionKind::DataWrong => "The record says something that is not so, and must be corrected.",
    }
}

impl ExceptionView {
    fn summary(&self) -> SummaryList {
        let event = &self.event;
        let age = event.age.map_or_else(|| "Not known".to_owned(), |age| format!("{age}"));
        let days = if self.running { "The clock runs" } else { "Past its day and not done" };
        let mut list = SummaryList::new()
            .row("Child", link(&event.reference, &format!("/children/{}", event.child)))
            .row("Age", age)
            .row("Open for the child", &event.status)
            .row("Standard", link(&event.title, &format!("/standards/{}", event.code)))
            .row("Due", format!("{} ({days})", event.due_on))
            .row("Team", &event.team)
            .row("Worker", &event.worker)
            .row("In the extract", &event.source);
        if !event.kind.is_empty() {
            list = list
                .row("What it is", &event.kind)
                .row("Why", &event.reason)
                .row("Who answers for it", format!("{}, {}", event.owner, event.expected))
                .row("Said by", &self.said);
            if let Some(mitigation) = &self.mitigation {
                list = list.row("What is done meanwhile", mitigation);
            }
        }
        list
    }
}

#[cfg(test)]
mod tests {
    use service::Role;

    use super::super::exception_rows::reason_in_words;
    use super::*;
    use crate::trial::Trial;

    #[test]
    fn every_reason_reads_as_words() {
        for (code, words) in REASONS {
            assert_eq!(reason_in_words(code), words);
        }
    }

    #[tokio::test]
    async fn an_exception_of_a_child_nobody_knows_is_the_page_of_nothing() {
        let trial = Trial::new().await;
        let path = format!("/exceptions/assessment-45wd/{}/2026-05-01", vocabulary::id::ChildId(7));
        let absent = trial.get(Some(Role::Chair), &path).await;
        let unknown = trial.get(Some(Role::Director), &path).await;
        assert_eq!(absent.status, 404);
        assert_eq!(unknown.status, 404);
    }
}
