//! Data loads and quality: every snapshot, newest first, what the rules found in it and what it changed.

use askama::Template;
use axum::response::Response;
use improvement::words::{counted, sentence_case};
use serde::Serialize;
use service::Action;
use store::{Snapshot, SnapshotState};
use utoipa::ToSchema;
use vocabulary::date::day_in_words;

use super::navigation;
use crate::components::{Cell, Heading, Table, Tag, TagColour};
use crate::errors::Refused;
use crate::layout::Frame;
use crate::pages::duties::cells::link;
use crate::viewer::{Viewer, breadcrumbs};

/// What was loaded.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct LoadsView {
    /// Snapshots, newest first.
    pub loads: Vec<LoadRow>,
    /// Rules that found most in the newest load, held against the load before it of the same collection.
    pub trend: Option<Trend>,
}

/// What rules found in two loads of a collection.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Trend {
    /// The newer load.
    pub newer: String,
    /// The load before it; none when there was none.
    pub former: Option<String>,
    /// Rule, what it means, rows in the newer load, rows in the one before.
    pub rules: Vec<(String, String, usize, usize)>,
}

/// Rules in the table of what found most.
const MOST_RULES: usize = 10;

/// One snapshot in the list.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct LoadRow {
    /// Its id.
    pub id: String,
    /// The collection, in words.
    pub title: String,
    /// The day it tells of.
    pub as_at: String,
    /// Whether it counts: `staged`, `counts` or `set aside`.
    pub state: String,
    /// Data rows read.
    pub rows: usize,
    /// Data rows that became no record.
    pub rejected: usize,
    /// Children it speaks of.
    pub children: usize,
    /// Rows at fault, over all rules.
    pub findings: usize,
    /// What differs from the snapshot before it, in words.
    pub changes: String,
    /// When it was loaded.
    pub loaded_on: String,
}

#[derive(Template)]
#[template(path = "pages/practice/loads.html")]
struct LoadsPage {
    frame: Frame,
    view: LoadsView,
    may_load: bool,
    waiting: Option<Table>,
    table: Table,
    trend: Option<Table>,
}

/// Shows what was loaded.
pub async fn show(viewer: Viewer) -> Result<Response, Refused> {
    let snapshots = viewer.service.snapshots(&viewer.scope).await?;
    let loads = snapshots.iter().rev().map(LoadRow::of).collect();
    let view = LoadsView { loads, trend: Trend::of(&snapshots) };
    let page = LoadsPage {
        frame: Frame {
            breadcrumbs: breadcrumbs(&[]),
            sub_navigation: navigation(&viewer, "/loads"),
            audience: Some("People who may see figures before small numbers are removed".to_owned()),
            ..super::frame(&viewer, "Data loads and quality").await?
        },
        may_load: viewer.may(Action::LoadExtract),
        waiting: view.waiting_table(),
        table: view.table(),
        trend: view.trend.as_ref().map(Trend::table),
        view,
    };
    Ok(viewer.show(&page, &page.view))
}

impl LoadsView {
    /// Loads that somebody has still to look at.
    fn waiting_table(&self) -> Option<Table> {
        let waiting: Vec<&LoadRow> = self.loads.iter().filter(|load| load.state == "staged").collect();
        if waiting.is_empty() {
            return None;
        }
        let rows = waiting.into_iter().map(|load| {
            vec![
                Cell::new(link(&load.title, &format!("/loads/{}", load.id))),
                Cell::new(&load.as_at),
                Cell::numeric(load.children),
                Cell::new(&load.changes),
            ]
        });
        let headings = [
            Heading::new("Collection"),
            Heading::new("As at"),
            Heading::numeric("Children"),
            Heading::new("What would change"),
        ];
        Some(
            Table::new("Waiting to count: no figure rests on them yet")
                .headings(headings)
                .rows(rows)
                .stacks(),
        )
    }

    fn table(&self) -> Table {
        let rows = self.loads.iter().map(|load| {
            vec![
                Cell::new(link(&load.title, &format!("/loads/{}", load.id))),
                Cell::new(&load.as_at),
                Cell::new(state_tag(&load.state)),
                Cell::numeric(load.rows),
                Cell::numeric(load.rejected),
                Cell::numeric(load.children),
                Cell::numeric(load.findings),
                Cell::new(&load.changes),
                Cell::new(&load.loaded_on),
            ]
        });
        Table::new("Every load, the newest first")
            .headings([
                Heading::new("Collection"),
                Heading::new("As at"),
                Heading::new("State"),
                Heading::numeric("Rows"),
                Heading::numeric("Rows without a record"),
                Heading::numeric("Children"),
                Heading::numeric("Findings"),
                Heading::new("What changed"),
                Heading::new("Loaded"),
            ])
            .rows(rows)
            .stacks()
    }
}

impl Trend {
    /// The rules that found most in the newest load, with what they found in the one before.
    fn of(snapshots: &[Snapshot]) -> Option<Self> {
        let kept = || snapshots.iter().filter(|snapshot| snapshot.state != SnapshotState::SetAside);
        let newer = kept().max_by_key(|snapshot| snapshot.stamp.at)?;
        let former = kept()
            .filter(|other| other.id != newer.id && other.collection == newer.collection)
            .filter(|other| other.stamp.at <= newer.stamp.at)
            .max_by_key(|snapshot| snapshot.stamp.at);
        let before = |code: &str| {
            former
                .and_then(|former| former.findings.iter().find(|known| known.code == code))
                .map_or(0, |known| known.rows)
        };
        let mut rules: Vec<_> = newer
            .findings
            .iter()
            .map(|found| (found.code.clone(), found.message.clone(), found.rows, before(&found.code)))
            .collect();
        rules.sort_by(|one, other| other.2.cmp(&one.2).then_with(|| one.0.cmp(&other.0)));
        rules.truncate(MOST_RULES);
        let name = |snapshot: &Snapshot| format!("{}, {}", snapshot.title(), day_in_words(snapshot.as_at));
        (!rules.is_empty()).then(|| Self { newer: name(newer), former: former.map(name), rules })
    }

    fn table(&self) -> Table {
        let has_former = self.former.is_some();
        let rows = self.rules.iter().map(|(code, message, newer, former)| {
            let before = if has_former { former.to_string() } else { "no load".to_owned() };
            vec![Cell::new(format!("{message} ({code})")), Cell::numeric(*newer), Cell::numeric(before)]
        });
        Table::new("Rules that found most in the newest load, and in the one before")
            .headings([
                Heading::new("Finding"),
                Heading::numeric(&self.newer),
                Heading::numeric(self.former.as_deref().unwrap_or("The load before")),
            ])
            .rows(rows)
            .first_cell_is_heading()
            .stacks()
    }
}

impl LoadRow {
    /// A snapshot as a row.
    pub fn of(snapshot: &Snapshot) -> Self {
        Self {
            id: snapshot.id.to_string(),
            title: snapshot.title(),
            as_at: day_in_words(snapshot.as_at),
            state: state_in_words(snapshot.state).to_owned(),
            rows: snapshot.lists.iter().map(|list| list.rows).sum(),
            rejected: snapshot.lists.iter().map(|list| list.rows.saturating_sub(list.records)).sum(),
            children: snapshot.children,
            findings: snapshot.findings.iter().map(|finding| finding.rows).sum(),
            changes: changes_in_words(snapshot),
            loaded_on: day_in_words(service::london_day(snapshot.stamp.at)),
        }
    }
}

/// Whether figures rest on a snapshot.
pub fn state_in_words(state: SnapshotState) -> &'static str {
    match state {
        SnapshotState::Staged => "staged",
        SnapshotState::Committed => "counts",
        SnapshotState::SetAside => "set aside",
    }
}

/// The tag of a state.
pub fn state_tag(state: &str) -> Tag {
    let colour = match state {
        "counts" => TagColour::Green,
        "staged" => TagColour::Yellow,
        _ => TagColour::Grey,
    };
    Tag::new(sentence_case(state)).colour(colour)
}

/// What differs from the snapshot before, in a sentence.
pub fn changes_in_words(snapshot: &Snapshot) -> String {
    let Some(changes) = &snapshot.changes else { return "The first of its collection".to_owned() };
    let parts = [
        (changes.new_children, "new child", "new children"),
        (changes.vanished_children, "child vanished", "children vanished"),
        (changes.new_records, "new record", "new records"),
        (changes.changed_records, "record changed", "records changed"),
        (changes.vanished_records, "record gone", "records gone"),
        (changes.recorded_late, "event recorded late", "events recorded late"),
    ];
    let told: Vec<String> = parts
        .into_iter()
        .filter(|(count, ..)| *count > 0)
        .map(|(count, one, many)| counted(count, one, many))
        .collect();
    if told.is_empty() { "Nothing".to_owned() } else { told.join(", ") }
}

#[cfg(test)]
mod tests {
    use store::{SnapshotChanges, SnapshotFinding};
    use vocabulary::id::SnapshotId;

    use super::super::load::tests::snapshot;
    use super::*;

    #[test]
    fn the_newest_load_is_held_against_the_one_before_it_of_its_own_collection() {
        let found = |code: &str, rows| SnapshotFinding {
            code: code.into(),
            severity: "error".into(),
            message: format!("What {code} means."),
            rows,
        };
        let former = snapshot();
        let mut newer = Snapshot { id: SnapshotId(10), as_at: jiff::civil::date(2026, 6, 30), ..snapshot() };
        newer.findings = vec![found("day", 1), found("code", 7)];
        newer.stamp.at = former.stamp.at + jiff::SignedDuration::from_hours(1);
        let mut other = Snapshot { id: SnapshotId(11), collection: "cin".into(), ..snapshot() };
        other.stamp.at = former.stamp.at + jiff::SignedDuration::from_mins(1);
        let trend = Trend::of(&[former.clone(), other, newer]).expect("a trend");
        assert_eq!(trend.former.as_deref(), Some("Annex A, 31 May 2026"));
        let counts: Vec<_> = trend.rules.iter().map(|rule| (rule.0.as_str(), rule.2, rule.3)).collect();
        assert_eq!(counts, [("code", 7, 0), ("day", 1, 3)]);
        assert!(Trend::of(&[former]).expect("a trend").table().to_string().contains("no load"));
    }

    #[test]
    fn a_load_waits_until_somebody_looked() {
        let view =
            |state| LoadsView { loads: vec![LoadRow::of(&Snapshot { state, ..snapshot() })], trend: None };
        assert!(view(SnapshotState::Staged).waiting_table().is_some());
        assert!(view(SnapshotState::Committed).waiting_table().is_none());
        assert_eq!(LoadRow::of(&snapshot()).rejected, 1);
    }

    #[test]
    fn a_load_says_what_it_changed_and_what_is_at_fault() {
        let mut snapshot = snapshot();
        assert_eq!(LoadRow::of(&snapshot).changes, "The first of its collection");
        snapshot.changes =
            Some(SnapshotChanges { new_children: 1, changed_records: 12, ..SnapshotChanges::default() });
        let row = LoadRow::of(&snapshot);
        assert_eq!(row.changes, "1 new child, 12 records changed");
        assert_eq!((row.rows, row.findings, row.as_at.as_str()), (120, 3, "31 May 2026"));
        snapshot.changes = Some(SnapshotChanges::default());
        assert_eq!(LoadRow::of(&snapshot).changes, "Nothing");
    }
}
