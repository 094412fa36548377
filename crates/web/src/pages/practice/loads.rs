//! Data loads and quality: every snapshot, newest first, what the rules found in it and what it changed.

use askama::Template;
use axum::response::Response;
use improvement::words::counted;
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
}

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
    table: Table,
}

/// Shows what was loaded.
pub async fn show(viewer: Viewer) -> Result<Response, Refused> {
    let snapshots = viewer.service.snapshots(&viewer.scope).await?;
    let view = LoadsView { loads: snapshots.iter().rev().map(LoadRow::of).collect() };
    let page = LoadsPage {
        frame: Frame {
            breadcrumbs: breadcrumbs(&[]),
            sub_navigation: navigation(&viewer, "/loads"),
            audience: Some("People who may see figures before small numbers are removed".to_owned()),
            ..super::frame(&viewer, "Data loads and quality").await?
        },
        may_load: viewer.may(Action::LoadExtract),
        table: view.table(),
        view,
    };
    Ok(viewer.show(&page, &page.view))
}

impl LoadsView {
    fn table(&self) -> Table {
        let rows = self.loads.iter().map(|load| {
            vec![
                Cell::new(link(&load.title, &format!("/loads/{}", load.id))),
                Cell::new(&load.as_at),
                Cell::new(state_tag(&load.state)),
                Cell::numeric(load.rows),
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
                Heading::numeric("Children"),
                Heading::numeric("Findings"),
                Heading::new("What changed"),
                Heading::new("Loaded"),
            ])
            .rows(rows)
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
    let mut letters = state.chars();
    let first = letters.next().map(|letter| letter.to_uppercase().to_string()).unwrap_or_default();
    Tag::new(format!("{first}{}", letters.as_str())).colour(colour)
}

/// What differs from the snapshot before, in a sentence.
pub fn changes_in_words(snapshot: &Snapshot) -> String {
    let Some(changes) = &snapshot.changes else { return "The first of its collection".to_owned() };
    let parts = [
        (changes.new_children, "new child", "new children"),
        (changes.vanished_children, "child vanished", "children vanished"),
        (changes.changed_records, "record changed", "records changed"),
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
    use store::SnapshotChanges;

    use super::super::load::tests::snapshot;
    use super::*;

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
