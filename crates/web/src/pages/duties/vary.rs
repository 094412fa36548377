//! Asking for another interval or date; and setting an interval that the document leaves to a named body.

use axum::extract::Path;
use axum::response::Response;
use improvement::register::Obligation;
use improvement::timing::TimingKind;
use improvement::words::{party_in_words, timing_in_words};
use service::acts::{RequestVariation, SetInterval};
use service::{Action, Programme, Refusal};
use vocabulary::interval::{Interval, Unit};
use vocabulary::party::Party;

use super::approver::{approver, in_words};
use super::one::{find, frame, leaves_interval_open, varies};
use super::question::{Answers, QuestionPage, Sent, parts_of, programme_now, refused, send, typed_date};
use crate::components::{DateInput, Input, Problems, Select, SummaryList, Textarea};
use crate::errors::Refused;
use crate::fields::Fields;
use crate::viewer::Viewer;

const UNITS: [(&str, &str, Unit); 5] = [
    ("W", "weeks", Unit::Weeks),
    ("M", "months", Unit::Months),
    ("D", "days", Unit::Days),
    ("WD", "working days", Unit::WorkingDays),
    ("Y", "years", Unit::Years),
];

/// A number and its unit, from two fields; nothing when no number was typed.
pub fn interval(fields: &Fields, name: &'static str) -> Result<Option<Interval>, service::Problem> {
    if fields.text(name).is_empty() {
        return Ok(None);
    }
    let wrong = || service::Problem::new(name, "Enter a whole number above 0, such as 6.");
    let amount: u16 = fields.number(name).filter(|amount| *amount > 0).ok_or_else(wrong)?;
    let unit = fields.text(&format!("{name}_unit")).to_owned();
    let unit = UNITS.iter().find(|(value, ..)| *value == unit).ok_or_else(wrong)?.2;
    Ok(Some(Interval::new(amount, unit)))
}

/// The two questions of an interval.
pub fn ask_interval(
    page: QuestionPage,
    name: &'static str,
    words: &str,
    fields: &Fields,
    problems: &Problems,
) -> QuestionPage {
    let unit = format!("{name}_unit");
    let chosen = fields.maybe(&unit).unwrap_or("W").to_owned();
    let mut units = Select::new(&unit, format!("{words}: in")).chosen(chosen);
    for (value, words, _) in UNITS {
        units = units.option(value, words);
    }
    page.asks(Input::number(name, format!("{words}: how many")).value(fields.text(name)).problem_in(problems))
        .asks(units)
}

/// Asks for another interval or date.
pub async fn ask(viewer: Viewer, Path(id): Path<String>) -> Result<Response, Refused> {
    let programme = viewer.programme().await.map_err(refused(&viewer))?;
    let row = find(&programme, &id).ok().filter(|row| varies(row)).ok_or(Refusal::NotFound);
    let row = row.map_err(refused(&viewer))?;
    let today = parts_of(programme.as_at);
    Ok(question(&viewer, &programme, row, &Fields::default(), today, Problems::default()).show(&viewer))
}

/// Sends the request to the party that the document names.
pub async fn request(viewer: Viewer, Path(id): Path<String>, fields: Fields) -> Result<Response, Refused> {
    let programme = viewer.programme().await.map_err(refused(&viewer))?;
    let row = find(&programme, &id).map_err(refused(&viewer))?;
    let mut answers = Answers::default();
    let act = RequestVariation {
        obligation: row.id,
        every: answers.take(interval(&fields, "every")),
        due_on: answers.take(fields.maybe_partial_date("due_on")),
        reason: fields.text("reason").to_owned(),
        // Read from the document again: what the form carries cannot choose who answers.
        approver: approver(&programme, row).party,
        asked_on: answers.day(&fields, "asked_on"),
    };
    match send(&viewer, &fields, answers.or(act)).await? {
        Sent::Done(_) => Ok(viewer.after(&format!("/duties/{id}"), "asked")),
        Sent::Again(problems) => {
            let programme = programme_now(&viewer).await?;
            let row = find(&programme, &id).map_err(refused(&viewer))?;
            let typed = typed_date(&fields, "asked_on");
            Ok(question(&viewer, &programme, row, &fields, typed, problems).show(&viewer))
        }
    }
}

fn question(
    viewer: &Viewer,
    programme: &Programme,
    row: &Obligation,
    fields: &Fields,
    [day, month, year]: [String; 3],
    problems: Problems,
) -> QuestionPage {
    let approver = approver(programme, row);
    let facts = SummaryList::new()
        .row("Duty", format!("{}: {}", super::cells::clause(&row.reference), row.text))
        .row("The rule now", timing_in_words(&row.timing))
        .row("Who may agree", super::cells::lines(&[&in_words(&approver), &approver.why]));
    let page = frame(viewer, programme, row, "Ask for a variation");
    let page = QuestionPage::new(page, viewer, "Send the request", format!("/duties/{}", row.id))
        .about(facts)
        .says("Until the request is agreed, the rule of the notice counts. What was due before stays as it was.");
    let page = if row.timing.kind == TimingKind::Recurring {
        ask_interval(page, "every", "The interval asked for", fields, &problems)
    } else {
        let [day, month, year] = typed_date(fields, "due_on");
        page.asks(
            DateInput::approximate("due_on", "The date asked for")
                .values(day, month, year)
                .problem_in(&problems),
        )
    };
    let reason = Textarea::new("reason", "Why").value(fields.text("reason")).at_most_characters(1_000);
    page.asks(reason.problem_in(&problems))
        .asks(
            DateInput::new("asked_on", "The day it is asked").values(day, month, year).problem_in(&problems),
        )
        .with_problems(problems)
}

/// Asks how often, where the document leaves it to a named body.
pub async fn ask_how_often(viewer: Viewer, Path(id): Path<String>) -> Result<Response, Refused> {
    let programme = viewer.programme().await.map_err(refused(&viewer))?;
    let row = find(&programme, &id).and_then(|row| settable(&viewer, row)).map_err(refused(&viewer))?;
    let today = parts_of(programme.as_at);
    Ok(how_often(&viewer, &programme, row, &Fields::default(), today, Problems::default()).show(&viewer))
}

fn settable<'a>(viewer: &Viewer, row: &'a Obligation) -> Result<&'a Obligation, Refusal> {
    let may = viewer.may_as(Action::SetInterval, row.timing.set_by.as_ref().map_or("", Party::as_str));
    if may && leaves_interval_open(row) { Ok(row) } else { Err(Refusal::NotFound) }
}

/// Records the interval as a local setting.
pub async fn set(viewer: Viewer, Path(id): Path<String>, fields: Fields) -> Result<Response, Refused> {
    let programme = viewer.programme().await.map_err(refused(&viewer))?;
    let row = find(&programme, &id).and_then(|row| settable(&viewer, row)).map_err(refused(&viewer))?;
    let mut answers = Answers::default();
    let every = answers.take(interval(&fields, "every"));
    let every = answers.need(every, "every", "Enter how often, such as 4 weeks.");
    let act = SetInterval {
        obligation: row.id,
        every: every.unwrap_or(Interval::new(1, Unit::Weeks)),
        decision: fields.text("decision").to_owned(),
        decided_on: answers.day(&fields, "decided_on"),
    };
    match send(&viewer, &fields, answers.or(act)).await? {
        Sent::Done(()) => Ok(viewer.after(&format!("/duties/{id}"), "interval")),
        Sent::Again(problems) => {
            let programme = programme_now(&viewer).await?;
            let row = find(&programme, &id).map_err(refused(&viewer))?;
            let typed = typed_date(&fields, "decided_on");
            Ok(how_often(&viewer, &programme, row, &fields, typed, problems).show(&viewer))
        }
    }
}

fn how_often(
    viewer: &Viewer,
    programme: &Programme,
    row: &Obligation,
    fields: &Fields,
    [day, month, year]: [String; 3],
    problems: Problems,
) -> QuestionPage {
    let body = row.timing.set_by.as_ref().map_or_else(|| "the council".to_owned(), party_in_words);
    let page = frame(viewer, programme, row, "Set how often");
    let page = QuestionPage::new(page, viewer, "Record", format!("/duties/{}", row.id))
        .says(&format!("{}: {}", super::cells::clause(&row.reference), row.text))
        .says(&format!(
            "The document leaves it to {body} how often. It is shown as a local setting, not as the notice’s."
        ));
    ask_interval(page, "every", "How often", fields, &problems)
        .asks(
            Input::new("decision", "The decision it rests on")
                .hint("For example, a minute reference")
                .value(fields.text("decision"))
                .problem_in(&problems),
        )
        .asks(
            DateInput::new("decided_on", "The day of the decision")
                .values(day, month, year)
                .problem_in(&problems),
        )
        .after_step_up(viewer, Action::SetInterval, "")
        .with_problems(problems)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_interval_is_a_number_and_its_unit_or_nothing() {
        let read = |query: &str| interval(&Fields::parse(query.as_bytes()), "every");
        assert_eq!(read("every=6&every_unit=W").unwrap(), Some(Interval::new(6, Unit::Weeks)));
        assert_eq!(read("every=&every_unit=W").unwrap(), None);
        assert!(read("every=0&every_unit=W").is_err());
        assert!(read("every=six&every_unit=W").is_err());
    }
}
