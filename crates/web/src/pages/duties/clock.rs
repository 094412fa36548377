//! Correcting a clock that was read wrongly. What was due under the old one stays as it was, and the reason is kept.

use axum::extract::Path;
use axum::response::Response;
use improvement::register::Obligation;
use improvement::timing::{AnchorKind, Bound, Timing, TimingKind};
use improvement::words::{anchor_day, sentence_case, timing_in_words};
use service::acts::{ChangeClock, Seen};
use service::{Problem, Programme};
use vocabulary::date::PartialDate;
use vocabulary::interval::{Interval, Unit};

use super::file::name_of;
use super::one::{find, frame};
use super::question::{Answers, QuestionPage, Sent, programme_now, refused, send};
use super::vary::{ask_interval, interval};
use crate::components::{Choices, Input, Problems, Select, Textarea};
use crate::errors::Refused;
use crate::fields::Fields;
use crate::viewer::Viewer;

const KINDS: [(TimingKind, &str); 6] = [
    (TimingKind::Recurring, "Again and again"),
    (TimingKind::OneOffAbsolute, "Once, on printed dates"),
    (TimingKind::OneOffRelative, "Once, counted from an event"),
    (TimingKind::Continuous, "All the time"),
    (TimingKind::Conditional, "Only when a condition comes true"),
    (TimingKind::None, "The document gives no time"),
];

const ANCHORS: [AnchorKind; 10] = [
    AnchorKind::Issued,
    AnchorKind::Dated,
    AnchorKind::Received,
    AnchorKind::Commenced,
    AnchorKind::Published,
    AnchorKind::Judged,
    AnchorKind::Visit,
    AnchorKind::Meeting,
    AnchorKind::Review,
    AnchorKind::Ended,
];

const BOUNDS: [(Bound, &str); 3] = [
    (Bound::Within, "At the latest on that day"),
    (Bound::After, "Not before that day"),
    (Bound::Before, "Before the event"),
];

/// Asks for the clock as it should be.
pub async fn ask(viewer: Viewer, Path(id): Path<String>) -> Result<Response, Refused> {
    let programme = viewer.programme().await.map_err(refused(&viewer))?;
    let row = find(&programme, &id).map_err(refused(&viewer))?;
    Ok(question(&viewer, &programme, row, &standing(&row.timing), Problems::default()).show(&viewer))
}

/// Replaces the clock from today on.
pub async fn change(viewer: Viewer, Path(id): Path<String>, fields: Fields) -> Result<Response, Refused> {
    let programme = viewer.programme().await.map_err(refused(&viewer))?;
    let row = find(&programme, &id).map_err(refused(&viewer))?;
    let seen = Seen { id: row.id, version: fields.number("version").unwrap_or(0) };
    let mut answers = Answers::default();
    let timing = timing(&fields, &row.timing, &mut answers);
    let act = ChangeClock { row: seen, timing, reason: fields.text("reason").to_owned() };
    match send(&viewer, &fields, answers.or(act)).await? {
        Sent::Done(()) => Ok(viewer.after(&format!("/duties/{id}"), "clock")),
        Sent::Again(problems) => {
            let programme = programme_now(&viewer).await?;
            let row = find(&programme, &id).map_err(refused(&viewer))?;
            Ok(question(&viewer, &programme, row, &fields, problems).show(&viewer))
        }
    }
}

/// The clock that a form describes; fields that do not belong to its kind are left out.
fn timing(fields: &Fields, was: &Timing, answers: &mut Answers) -> Timing {
    let kind = KINDS.iter().find(|(kind, _)| name_of(kind) == fields.text("kind")).map(|(kind, _)| *kind);
    let kind = answers.need(kind, "kind", "Choose how the time runs.").unwrap_or_default();
    let anchor = ANCHORS.into_iter().find(|anchor| name_of(anchor) == fields.text("anchor"));
    let bound = BOUNDS.iter().find(|(bound, _)| name_of(bound) == fields.text("bound"));
    let (once, recurs) = (kind == TimingKind::OneOffRelative, kind == TimingKind::Recurring);
    let every = answers.take(interval(fields, "every")).filter(|_| recurs);
    let offset = answers.take(interval(fields, "offset")).filter(|_| once || recurs);
    let dates = answers.take(dates(fields.text("dates")));
    if kind == TimingKind::OneOffAbsolute && fields.text("dates").is_empty() {
        answers.need(None::<()>, "dates", "Enter the dates as the document prints them.");
    }
    Timing {
        kind,
        text: was.text.clone(),
        anchor: anchor.filter(|_| once || recurs),
        anchor_inferred: false,
        dates: if kind == TimingKind::OneOffAbsolute { dates } else { Vec::new() },
        offset,
        bound: bound.map(|(bound, _)| *bound),
        every,
        at_most: every.is_some() && fields.text("at_most") == "yes",
        event: fields.maybe("event").map(str::to_owned),
        until: was.until.clone().filter(|_| kind == TimingKind::Continuous),
        set_by: was.set_by.clone().filter(|_| recurs && every.is_none()),
    }
}

/// Dates one a line, or parted by commas: `2026-05-31` or `2026-05`.
fn dates(text: &str) -> Result<Vec<PartialDate>, Problem> {
    let parts = text.split([',', ';', '\n']).map(str::trim).filter(|part| !part.is_empty());
    let read = |part: &str| {
        PartialDate::parse(part).ok_or_else(|| {
            Problem::new("dates", format!("“{part}” is no date. Enter 2026-05-31 or 2026-05."))
        })
    };
    parts.map(read).collect()
}

/// The fields that describe a clock as it stands.
fn standing(timing: &Timing) -> Fields {
    let mut fields = Vec::new();
    let mut put = |name: &str, value: String| fields.push((name.to_owned(), value));
    put("kind", name_of(&timing.kind));
    let dates: Vec<String> = timing.dates.iter().map(ToString::to_string).collect();
    put("dates", dates.join(", "));
    put("anchor", timing.anchor.map(|anchor| name_of(&anchor)).unwrap_or_default());
    put("bound", timing.bound.map(|bound| name_of(&bound)).unwrap_or_default());
    put("at_most", if timing.at_most { "yes" } else { "no" }.to_owned());
    put("event", timing.event.clone().unwrap_or_default());
    for (name, interval) in [("every", timing.every), ("offset", timing.offset)] {
        if let Some(interval) = interval {
            put(name, interval.amount.to_string());
            put(&format!("{name}_unit"), unit_letters(interval));
        }
    }
    Fields(fields)
}

fn unit_letters(interval: Interval) -> String {
    let one = Interval::new(1, interval.unit).to_string();
    debug_assert!(interval.unit != Unit::WorkingDays || one == "P1WD");
    one.trim_start_matches("P1").to_owned()
}

fn question(
    viewer: &Viewer,
    programme: &Programme,
    row: &Obligation,
    fields: &Fields,
    problems: Problems,
) -> QuestionPage {
    let mut kind = Choices::radios("kind", "How does the time run?").chosen(fields.text("kind"));
    for (known, words) in KINDS {
        kind = kind.choice(name_of(&known), words);
    }
    let mut anchor =
        Select::new("anchor", "The event it runs from").option("", "None").chosen(fields.text("anchor"));
    for known in ANCHORS {
        anchor = anchor.option(name_of(&known), sentence_case(anchor_day(known)));
    }
    let mut bound =
        Select::new("bound", "Which side of it").option("", "Not said").chosen(fields.text("bound"));
    for (known, words) in BOUNDS {
        bound = bound.option(name_of(&known), words);
    }
    let page = frame(viewer, programme, row, "Correct the clock");
    let page = QuestionPage::new(page, viewer, "Correct the clock", format!("/duties/{}", row.id))
        .says(&format!("{}: {}", super::cells::clause(&row.reference), row.text))
        .says(&format!("The clock now: {}. The document says: “{}”.", timing_in_words(&row.timing), row.timing.text))
        .says("Correct it only where the document was read wrongly. To agree another date or interval, ask for a variation. The corrected duty counts again as confirmed, and a second person signs the register.")
        .asks(kind.problem_in(&problems));
    let page = ask_interval(page, "every", "If it recurs", fields, &problems)
        .asks(
            Choices::radios("at_most", "Is that the longest gap the document allows?")
                .choice("yes", "Yes: a longer gap is a breach")
                .choice("no", "No: it names no maximum")
                .chosen(fields.text("at_most")),
        )
        .asks(
            Input::new("dates", "Printed dates")
                .hint("2026-05-31, or 2026-05 where only the month is printed. Part them with commas.")
                .value(fields.text("dates"))
                .problem_in(&problems),
        )
        .asks(anchor);
    ask_interval(page, "offset", "The distance from that event", fields, &problems)
        .asks(bound)
        .asks(
            Input::new("event", "The condition or occasion, in the document’s words")
                .value(fields.text("event")),
        )
        .asks(
            Textarea::new("reason", "Why the clock was read wrongly")
                .value(fields.text("reason"))
                .at_most_characters(1_000)
                .problem_in(&problems),
        )
        .sends("version", row.version)
        .with_problems(problems)
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    #[test]
    fn a_clock_shown_in_the_form_and_sent_back_is_the_same_clock() {
        for row in &sample::programme().obligations {
            let mut answers = Answers::default();
            assert_eq!(timing(&standing(&row.timing), &row.timing, &mut answers), row.timing);
            assert!(answers.or(()).is_ok());
        }
    }

    #[test]
    fn a_clock_of_printed_dates_needs_its_dates() {
        let mut answers = Answers::default();
        let fields = Fields::parse(b"kind=one-off-absolute&dates=");
        timing(&fields, &Timing::default(), &mut answers);
        assert!(answers.or(()).is_err());
        assert!(dates("31 May").is_err());
    }
}
