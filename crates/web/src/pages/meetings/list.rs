//! How often the board has met against what the notice asks, gap by gap, and every date that is recorded.

use askama::Template;
use axum::response::Response;
use documents::output::table::{Cell as FileCell, Column, ColumnKind, Table as FileTable};
use improvement::cadence::{Cadence, Gap, GapVerdict};
use improvement::register::{Event, EventState};
use improvement::words::{counted, party_in_words, sentence_case, timing_in_words};
use serde::Serialize;
use service::{Action, Programme};
use utoipa::ToSchema;
use vocabulary::date::day_in_words;
use vocabulary::id::ObligationId;

use crate::components::{AsContent as _, Cell, Heading, Table, Tag, TagColour, WarningText};
use crate::errors::Refused;
use crate::layout::Frame;
use crate::pages::duties::cells::{lines, link};
use crate::pages::duties::file::{Sheet, downloads};
use crate::pages::duties::question::refused;
use crate::viewer::{Area, Viewer, breadcrumbs};

/// Meetings and their cadence.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct MeetingsView {
    /// The next planned meeting, in words.
    pub next: String,
    /// Each duty of a body to meet, and how the body stands against it.
    pub cadences: Vec<CadenceView>,
    /// Meetings, reviews and visits, newest first.
    pub events: Vec<EventView>,
}

/// How a body stands against one duty to meet.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct CadenceView {
    /// The duty's id.
    pub duty: String,
    /// Its clause.
    pub reference: String,
    /// The rule, in words.
    pub rule: String,
    /// How the body stands.
    pub sentence: String,
    /// The last day for the next meeting.
    pub next_due: Option<String>,
    /// Gaps that broke the rule.
    pub breaches: usize,
    /// Gaps between meetings, oldest first; the last may be open.
    pub gaps: Vec<GapView>,
    /// Planned gaps that would be too long.
    pub warnings: Vec<String>,
    /// Planned meetings in the past of which nothing is recorded.
    pub unrecorded: usize,
}

/// One gap between meetings.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct GapView {
    /// Its first day.
    pub from: String,
    /// Its last day, or the day of the question.
    pub to: String,
    /// Both in words.
    pub between: String,
    /// Its length in days.
    pub days: u32,
    /// The longest the rule allows or names.
    pub limit: String,
    /// Days over that.
    pub days_over: u32,
    /// The verdict, in words with its figures.
    pub verdict: String,
    /// Whether the rule was broken.
    pub breach: bool,
    /// The gap and its verdict as a sentence.
    pub sentence: String,
}

/// One recorded date.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct EventView {
    /// Its id.
    pub id: String,
    /// What it is.
    pub kind: String,
    /// The body.
    pub body: String,
    /// The day.
    pub on: String,
    /// The day in words.
    pub on_in_words: String,
    /// Planned, held or cancelled.
    pub state: String,
    /// Whether enough members were there, in words.
    pub quorate: String,
    /// A note.
    pub note: String,
}

impl MeetingsView {
    /// The view of a programme.
    pub fn of(programme: &Programme) -> Self {
        let next = programme
            .events
            .iter()
            .find(|event| event.state == EventState::Planned && event.on >= programme.as_at);
        let next = match next {
            Some(event) => {
                format!("Next: {} on {}.", event.kind.in_words().to_lowercase(), day_in_words(event.on))
            }
            None => "No next date is planned.".to_owned(),
        };
        let cadences = programme.calendar.cadences.iter();
        Self {
            next,
            cadences: cadences.filter_map(|(id, cadence)| CadenceView::of(programme, *id, cadence)).collect(),
            events: programme.events.iter().rev().map(EventView::of).collect(),
        }
    }
}

/// How the body stands, without the warnings about planned dates: the page sets those apart.
fn without_warnings(cadence: &Cadence) -> String {
    let sentence =
        cadence.warnings().fold(cadence.sentence.clone(), |words, gap| words.replace(&gap.sentence, ""));
    sentence.split_whitespace().collect::<Vec<_>>().join(" ")
}

impl CadenceView {
    fn of(programme: &Programme, id: ObligationId, cadence: &Cadence) -> Option<Self> {
        let row = programme.obligation(id)?;
        Some(Self {
            duty: id.to_string(),
            reference: row.reference.clone(),
            rule: timing_in_words(&row.timing),
            sentence: without_warnings(cadence),
            next_due: cadence.next_due.map(|day| day.to_string()),
            breaches: cadence.breaches().count(),
            gaps: cadence.gaps.iter().map(GapView::of).collect(),
            warnings: cadence.warnings().map(|gap| gap.sentence.clone()).collect(),
            unrecorded: cadence.unrecorded.len(),
        })
    }

    fn table(&self) -> Table {
        let rows = self.gaps.iter().rev().map(|gap| {
            let colour = if gap.breach { TagColour::Red } else { TagColour::Grey };
            let word = if gap.breach {
                "Breach"
            } else if gap.days_over > 0 {
                "Longer than named"
            } else {
                "Within"
            };
            vec![
                Cell::new(&gap.between),
                Cell::numeric(gap.days),
                Cell::new(&gap.limit),
                Cell::new(lines(&[&Tag::new(word).colour(colour), &gap.verdict])),
            ]
        });
        let headings = [
            Heading::new("From and to"),
            Heading::numeric("Days"),
            Heading::new("Rule"),
            Heading::new("Verdict"),
        ];
        Table::new(format!("Gaps between meetings against clause {}, the latest first", self.reference))
            .headings(headings)
            .rows(rows)
            .stacks()
    }
}

impl GapView {
    fn of(gap: &Gap) -> Self {
        let limit = gap.every.in_words();
        let days = counted(gap.days, "day", "days");
        let over = counted(gap.days_over, "day", "days");
        let allowed = gap.days - gap.days_over.min(gap.days);
        let verdict = match gap.verdict {
            GapVerdict::Breach | GapVerdict::WouldBreach => {
                format!("{days}, {over} over the limit of {allowed}")
            }
            GapVerdict::LongerThanNamed | GapVerdict::WouldBeLonger => {
                format!(
                    "{days}, {over} longer than the {limit} named. Not a breach: the notice sets no maximum"
                )
            }
            GapVerdict::Within => format!("{days}, within {limit}"),
        };
        let open = matches!(gap.end, improvement::cadence::GapEnd::Open);
        let to = if open { "today, still open".to_owned() } else { day_in_words(gap.to) };
        Self {
            from: gap.from.to_string(),
            to: gap.to.to_string(),
            between: format!("{} to {to}", day_in_words(gap.from)),
            days: gap.days,
            limit: if gap.at_most {
                format!("At most {limit}")
            } else {
                sentence_case(&format!("every {limit}"))
            },
            days_over: gap.days_over,
            verdict,
            breach: gap.verdict == GapVerdict::Breach,
            sentence: gap.sentence.clone(),
        }
    }
}

impl EventView {
    fn of(event: &Event) -> Self {
        let quorate = match (event.state, event.quorate) {
            (EventState::Held, Some(true)) => "Quorate",
            (EventState::Held, Some(false)) => "Not quorate",
            (EventState::Held, None) => "Not recorded",
            _ => "",
        };
        Self {
            id: event.id.to_string(),
            kind: event.kind.in_words().to_owned(),
            body: sentence_case(&party_in_words(&event.body)),
            on: event.on.to_string(),
            on_in_words: day_in_words(event.on),
            state: event.state.in_words().to_owned(),
            quorate: quorate.to_owned(),
            note: event.note.clone(),
        }
    }
}

#[derive(Template)]
#[template(path = "pages/meetings/list.html")]
struct MeetingsPage {
    frame: Frame,
    cadences: Vec<(CadenceView, Vec<WarningText>, Table)>,
    events: Table,
    may_record: bool,
    view: MeetingsView,
}

/// Shows meetings and their cadence.
pub async fn show(viewer: Viewer) -> Result<Response, Refused> {
    let programme = viewer.programme().await.map_err(refused(&viewer))?;
    let view = MeetingsView::of(&programme);
    let may_export = viewer.may(Action::ExportRegister);
    let files = downloads("/meetings.csv", "/meetings.xlsx");
    let frame = Frame {
        breadcrumbs: breadcrumbs(&[]),
        downloads: if may_export { files } else { Vec::new() },
        ..viewer.programme_frame(&programme, "Meetings", Area::Board)
    };
    let may_record = viewer.may(Action::RecordEvent) && programme.current_episode().is_some();
    Ok(viewer.show(&page(frame, view.clone(), may_record), &view))
}

fn page(frame: Frame, view: MeetingsView, may_record: bool) -> MeetingsPage {
    let cadences = view.cadences.iter().map(|cadence| {
        let warnings = cadence.warnings.iter().map(WarningText::new).collect();
        (cadence.clone(), warnings, cadence.table())
    });
    let cadences = cadences.collect();
    let rows = view.events.iter().map(|event| {
        let day = if may_record {
            link(&event.on_in_words, &format!("/meetings/{}", event.id)).as_content()
        } else {
            event.on_in_words.as_content()
        };
        vec![
            Cell::new(day).sorts_as(&event.on),
            Cell::new(lines(&[&event.kind, &event.body])),
            Cell::new(lines(&[&event.state, &event.quorate])),
            Cell::new(&event.note),
        ]
    });
    let headings = ["Day", "What and who", "State", "Note"].map(Heading::new);
    let events =
        Table::new("Meetings, reviews and visits, the latest first").headings(headings).rows(rows).stacks();
    MeetingsPage { frame, cadences, events, may_record, view }
}

/// The cadence compliance log as CSV.
pub async fn csv(viewer: Viewer) -> Result<Response, Refused> {
    let programme = viewer.programme().await.map_err(refused(&viewer))?;
    sheet(&programme).csv(&viewer, &programme).await
}

/// The cadence compliance log as a workbook.
pub async fn xlsx(viewer: Viewer) -> Result<Response, Refused> {
    let programme = viewer.programme().await.map_err(refused(&viewer))?;
    sheet(&programme).xlsx(&viewer, &programme).await
}

fn sheet(programme: &Programme) -> Sheet {
    const COLUMNS: [(&str, ColumnKind); 9] = [
        ("ref", ColumnKind::Text),
        ("from", ColumnKind::Date),
        ("to", ColumnKind::Date),
        ("days", ColumnKind::Integer),
        ("rule", ColumnKind::Text),
        ("days_over", ColumnKind::Integer),
        ("breach", ColumnKind::Text),
        ("verdict", ColumnKind::LongText),
        ("id", ColumnKind::Text),
    ];
    let day = |day: &str| day.parse().map_or(FileCell::Empty, FileCell::Date);
    let mut rows = Vec::new();
    for cadence in MeetingsView::of(programme).cadences {
        for gap in cadence.gaps {
            rows.push(vec![
                cadence.reference.as_str().into(),
                day(&gap.from),
                day(&gap.to),
                i64::from(gap.days).into(),
                gap.limit.into(),
                i64::from(gap.days_over).into(),
                if gap.breach { "yes" } else { "no" }.into(),
                gap.sentence.into(),
                cadence.duty.as_str().into(),
            ]);
        }
    }
    Sheet {
        name: "meeting-cadence",
        title: "Meetings of the board against the notice’s cadence",
        filters: "Every gap between meetings, and the open one".to_owned(),
        notes: vec!["A gap is judged by the rule in force on its first day, or by a longer one agreed before the gap had broken it. A variation counts only from the day it was agreed.".to_owned()],
        table: FileTable {
            name: "Gaps".to_owned(),
            columns: COLUMNS.map(|(title, kind)| Column::new(title, kind)).into(),
            rows,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::duties::sample;

    #[test]
    fn a_gap_of_29_days_is_a_breach_by_1_day_and_a_long_planned_gap_is_warned_of() {
        let view = MeetingsView::of(&sample::programme());
        assert_eq!(view.next, "Next: board meeting on 22 June 2026.");
        assert_eq!(view.cadences[0].breaches, 1);
        let html = page(Frame::new("Meetings"), view, true).render().unwrap();
        assert!(html.contains("29 days, 1 day over the limit of 28"));
        assert!(html.contains("leaves a gap of 33 days, 5 days over the limit"));
        assert!(html.contains("today, still open"));
    }

    #[test]
    fn the_log_for_the_department_has_a_row_for_each_gap() {
        let sheet = sheet(&sample::programme());
        let text = String::from_utf8(documents::output::csv::write(&sheet.table)).unwrap();
        assert!(text.contains("1,2026-03-30,2026-04-28,29,At most 4 weeks,1,yes,"));
        assert_eq!(text.lines().count(), 5);
    }
}
