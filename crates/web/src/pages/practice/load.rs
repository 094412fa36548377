//! One load: its files, its lists, what each rule found, what it changes; and whether it is to count.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use serde::Serialize;
use service::acts::{CommitSnapshot, Seen, SetSnapshotAside};
use service::{Action, Refusal};
use store::{Snapshot, SnapshotChanges, SnapshotState};
use utoipa::ToSchema;
use vocabulary::date::day_in_words;
use vocabulary::id::SnapshotId;

use super::load_measures::{self, MeasureChange};
use super::loads::{LoadRow, state_tag};
use super::navigation;
use crate::components::{Cell, Heading, Input, Problems, SummaryList, Table};
use crate::errors::{Refused, beside_fields};
use crate::fields::Fields;
use crate::layout::Frame;
use crate::pages::duties::cells::link;
use crate::viewer::{Viewer, breadcrumbs};

/// One load.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct LoadView {
    /// The load as in the list.
    pub load: LoadRow,
    /// The year of the specification it was read by.
    pub year: i16,
    /// Its files: name, bytes, SHA-256.
    pub files: Vec<(String, u64, String)>,
    /// Its lists: name, rows, records.
    pub lists: Vec<(String, usize, usize)>,
    /// What the rules found: code, severity, meaning, rows.
    pub findings: Vec<(String, String, String, usize)>,
    /// Rules that were asked.
    pub rules_run: usize,
    /// What differs from the load before, in the order in which it is shown; none for the first of its collection.
    pub changes: Option<Vec<(String, usize)>>,
    /// What could not be told of places, and why.
    pub places: Vec<String>,
    /// Headline measures that would differ; none unless it is staged.
    pub measures: Option<Vec<MeasureChange>>,
    /// Why it was set aside.
    pub reason: String,
    /// Edit version.
    pub version: i64,
}

#[derive(Template)]
#[template(path = "pages/practice/load.html")]
struct LoadPage {
    frame: Frame,
    view: LoadView,
    summary: SummaryList,
    lists: Table,
    findings: Table,
    changes: Option<Table>,
    measures: Option<Table>,
    may_see_children: bool,
    may_set_places: bool,
    decide: Option<Input>,
}

/// Shows one load.
pub async fn show(viewer: Viewer, Path(id): Path<String>) -> Result<Response, Refused> {
    let snapshot = find(&viewer, &id).await?;
    let page = page(&viewer, &snapshot, &Fields::default(), Problems::default()).await?;
    Ok(viewer.show(&page, &page.view))
}

/// Makes a staged load count.
pub async fn commit(viewer: Viewer, Path(id): Path<String>, fields: Fields) -> Result<Response, Refused> {
    let act = CommitSnapshot { snapshot: seen(&id, &fields)? };
    let done = viewer.perform(&fields, act).await;
    after(&viewer, &id, &fields, done, "load-counts").await
}

/// Sets a staged load aside.
pub async fn set_aside(viewer: Viewer, Path(id): Path<String>, fields: Fields) -> Result<Response, Refused> {
    let act = SetSnapshotAside { snapshot: seen(&id, &fields)?, reason: fields.text("reason").to_owned() };
    let done = viewer.perform(&fields, act).await;
    after(&viewer, &id, &fields, done, "load-set-aside").await
}

fn seen(id: &str, fields: &Fields) -> Result<Seen<SnapshotId>, Refusal> {
    let id = SnapshotId::parse(id).ok_or(Refusal::NotFound)?;
    Ok(Seen { id, version: fields.number("version").unwrap_or_default() })
}

/// A load of the viewer's council by the id in an address.
pub(super) async fn find(viewer: &Viewer, id: &str) -> Result<Snapshot, Refusal> {
    let id = SnapshotId::parse(id).ok_or(Refusal::NotFound)?;
    let snapshots = viewer.service.snapshots(&viewer.scope).await?;
    snapshots.into_iter().find(|snapshot| snapshot.id == id).ok_or(Refusal::NotFound)
}

async fn after(
    viewer: &Viewer,
    id: &str,
    fields: &Fields,
    done: Result<(), Refusal>,
    code: &str,
) -> Result<Response, Refused> {
    let Err(refusal) = done else { return Ok(viewer.after(&format!("/loads/{id}"), code)) };
    let problems = beside_fields(refusal)?;
    let page = page(viewer, &find(viewer, id).await?, fields, problems).await?;
    Ok(viewer.show_problems(&page, &page.view))
}

async fn page(
    viewer: &Viewer,
    snapshot: &Snapshot,
    typed: &Fields,
    problems: Problems,
) -> Result<LoadPage, Refusal> {
    let view =
        LoadView { measures: load_measures::of_staged(viewer, snapshot).await?, ..LoadView::of(snapshot) };
    let open = snapshot.state == SnapshotState::Staged && viewer.may(Action::LoadExtract);
    let reason = || {
        Input::new("reason", "Why it is set aside")
            .hint("For instance: the extract of the wrong month")
            .value(typed.text("reason"))
            .problem_in(&problems)
    };
    Ok(LoadPage {
        summary: view.summary(),
        lists: view.lists_table(),
        findings: view.findings_table(),
        changes: view.changes_table(),
        measures: view.measures.as_deref().filter(|found| !found.is_empty()).map(load_measures::table),
        may_see_children: viewer.may(Action::ViewChildren) && viewer.scope.teams().is_none(),
        may_set_places: viewer.may(Action::SetPlaces),
        decide: open.then(reason),
        frame: Frame {
            breadcrumbs: breadcrumbs(&[("Data loads and quality", "/loads")]),
            sub_navigation: navigation(viewer, "/loads"),
            history_href: Some(format!("/history/snapshot/{}", snapshot.id)),
            audience: Some("People who may see figures before small numbers are removed".to_owned()),
            as_at: Some(day_in_words(snapshot.as_at)),
            problems,
            ..super::frame(viewer, &format!("{}, {}", view.load.title, view.load.as_at)).await?
        },
        view,
    })
}

/// Notes of a reading that say what could not be told of places (`extracts`, notes).
const ABOUT_PLACES: [&str; 3] = ["F18", "F23", "F24"];

fn counts_of_changes(changes: &SnapshotChanges) -> Vec<(String, usize)> {
    [
        ("Children seen for the first time", changes.new_children),
        ("Children gone, though the lists still cover them", changes.vanished_children),
        ("New records", changes.new_records),
        ("Records that say something else than before", changes.changed_records),
        ("Records gone, though the lists still cover them", changes.vanished_records),
        (
            "Events recorded late: the load before covered their day and did not show them",
            changes.recorded_late,
        ),
    ]
    .map(|(words, count)| (words.to_owned(), count))
    .to_vec()
}

impl LoadView {
    fn of(snapshot: &Snapshot) -> Self {
        Self {
            load: LoadRow::of(snapshot),
            year: snapshot.year,
            files: snapshot
                .files
                .iter()
                .map(|file| (file.name.clone(), file.bytes, file.hash.clone()))
                .collect(),
            lists: snapshot.lists.iter().map(|list| (list.name.clone(), list.rows, list.records)).collect(),
            findings: snapshot
                .findings
                .iter()
                .map(|found| (found.code.clone(), found.severity.clone(), found.message.clone(), found.rows))
                .collect(),
            rules_run: snapshot.rules_run,
            changes: snapshot.changes.as_ref().map(counts_of_changes),
            places: snapshot
                .findings
                .iter()
                .filter(|found| ABOUT_PLACES.contains(&found.code.as_str()))
                .map(|found| found.message.clone())
                .collect(),
            measures: None,
            reason: snapshot.reason.clone(),
            version: snapshot.version,
        }
    }

    fn summary(&self) -> SummaryList {
        let mut list = SummaryList::default()
            .row("State", state_tag(&self.load.state))
            .row("Tells of", &self.load.as_at)
            .row("Specification", format!("Year ending 31 March {}", self.year))
            .row("Rows read", self.load.rows)
            .row("Children", self.load.children)
            .row("What changed", &self.load.changes)
            .row("Loaded", &self.load.loaded_on);
        for (name, bytes, hash) in &self.files {
            list =
                list.row("File", format!("{name}, {bytes} bytes, SHA-256 {}…", &hash[..hash.len().min(16)]));
        }
        if !self.reason.is_empty() {
            list = list.row("Why it was set aside", &self.reason);
        }
        list
    }

    fn lists_table(&self) -> Table {
        let rows = self.lists.iter().map(|(name, rows, records)| {
            vec![
                Cell::new(name),
                Cell::numeric(*rows),
                Cell::numeric(*records),
                Cell::numeric(rows.saturating_sub(*records)),
            ]
        });
        Table::new("Every row ends as a record or as a finding")
            .headings([
                Heading::new("List"),
                Heading::numeric("Rows read"),
                Heading::numeric("Records"),
                Heading::numeric("Rows without a record"),
            ])
            .rows(rows)
            .first_cell_is_heading()
            .stacks()
    }

    fn changes_table(&self) -> Option<Table> {
        let rows =
            self.changes.as_ref()?.iter().map(|(words, count)| vec![Cell::new(words), Cell::numeric(*count)]);
        let table = Table::new("What it changes, against the load before it of the same collection");
        let headings = [Heading::new("What"), Heading::numeric("How many")];
        Some(table.headings(headings).rows(rows).first_cell_is_heading().stacks())
    }

    fn findings_table(&self) -> Table {
        let rows = self.findings.iter().map(|(code, severity, message, rows)| {
            let href = format!("/loads/{}/findings/{}", self.load.id, crate::guard::escape(code));
            vec![Cell::new(link(message, &href)), Cell::new(severity), Cell::numeric(*rows), Cell::new(code)]
        });
        Table::new(format!("What {} rules found", self.rules_run))
            .headings([
                Heading::new("Finding"),
                Heading::new("Severity"),
                Heading::numeric("Rows"),
                Heading::new("Rule"),
            ])
            .rows(rows)
            .stacks()
    }
}

#[cfg(test)]
pub(super) mod tests {
    use axum::http::StatusCode;
    use improvement::register::Stamp;
    use service::Role;
    use store::{SnapshotFile, SnapshotFinding, SnapshotList};

    use super::*;
    use crate::trial::{self, Trial};

    /// A load as a test wants it.
    pub fn snapshot() -> Snapshot {
        Snapshot {
            id: SnapshotId(9),
            council: trial::COUNCIL,
            collection: "annex-a".into(),
            year: 2026,
            as_at: jiff::civil::date(2026, 5, 31),
            state: SnapshotState::Staged,
            source_hash: "aa".into(),
            kept_hash: "bb".into(),
            files: vec![SnapshotFile {
                name: "<May>.xlsx".into(),
                bytes: 9,
                hash: "0123456789abcdef0".into(),
            }],
            lists: vec![SnapshotList { name: "List 4".into(), rows: 120, records: 119 }],
            findings: vec![SnapshotFinding {
                code: "day".into(),
                severity: "error".into(),
                message: "The cell is not a date.".into(),
                rows: 3,
            }],
            rules_run: 14,
            children: 80,
            changes: None,
            committed: None,
            reason: String::new(),
            version: 1,
            stamp: Stamp { by: trial::MAKER, role: "performance analyst".into(), at: trial::now() },
        }
    }

    #[tokio::test]
    async fn who_may_see_no_child_sees_the_numbers_of_a_load_and_no_way_to_its_children() {
        let trial = Trial::new().await;
        let changes = Some(SnapshotChanges { new_children: 4, ..SnapshotChanges::default() });
        let load = Snapshot { state: SnapshotState::Committed, changes, ..snapshot() };
        let mut transaction = trial.state.service.store.begin().await.expect("a transaction");
        transaction.insert(&load).await.expect("a load");
        transaction.commit().await.expect("a commit");
        let path = format!("/loads/{}", load.id);
        let children = format!("{path}/difference");
        for (role, may) in [(Role::Analyst, true), (Role::Chair, false), (Role::TeamManager, false)] {
            let page = trial.get(Some(role), &path).await;
            if page.status == StatusCode::OK {
                assert!(page.body.contains("Children seen for the first time"), "{}", page.body);
                assert_eq!(page.body.contains(&children), may, "the {}", role.name());
            }
            let opened = trial.get(Some(role), &children).await.status;
            assert_eq!(
                opened,
                if may { StatusCode::OK } else { StatusCode::NOT_FOUND },
                "the {}",
                role.name()
            );
        }
        let rows = trial.get(Some(Role::Chair), &format!("{path}/findings/day")).await;
        assert!(rows.body.contains("Your role shows how many"), "{}", rows.body);
        assert_eq!(
            trial.get(Some(Role::Chair), &format!("{path}/findings/other")).await.status,
            StatusCode::NOT_FOUND
        );
    }

    #[test]
    fn a_row_without_a_record_is_counted_as_one() {
        let page = LoadView::of(&snapshot()).lists_table().to_string();
        assert!(page.contains("119<") && page.contains("1</td>"), "{page}");
    }

    #[test]
    fn what_a_load_changes_is_counted_and_what_it_cannot_tell_of_places_is_a_sentence() {
        let mut snapshot = snapshot();
        assert!(LoadView::of(&snapshot).changes_table().is_none());
        snapshot.changes =
            Some(SnapshotChanges { vanished_children: 2, recorded_late: 5, ..SnapshotChanges::default() });
        snapshot.findings.push(SnapshotFinding {
            code: "F24".into(),
            severity: "note".into(),
            message: "Which authorities adjoin is not said.".into(),
            rows: 1,
        });
        let view = LoadView::of(&snapshot);
        let table = view.changes_table().expect("a table").to_string();
        assert!(table.contains("Children gone") && table.contains(">5<"), "{table}");
        assert_eq!(view.places, ["Which authorities adjoin is not said."]);
        assert!(view.findings_table().to_string().contains("/findings/F24\""));
    }

    #[test]
    fn a_files_name_is_words_and_never_markup() {
        let summary = LoadView::of(&snapshot()).summary().to_string();
        assert!(summary.contains("&#60;May&#62;.xlsx") && !summary.contains("<May>"), "{summary}");
    }
}
