//! Reconciliations: every tracker that was held against the case records, and holding another against them.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use documents::input::PlainRefusal;
use improvement::words::counted;
use jiff::civil::Date;
use serde::Serialize;
use service::acts::ReconcileTracker;
use service::{Comparison, Figures, GivenFile, Knowledge, Programme, ReadTracker, Refusal};
use store::{Difference, Mismatch, Reconciliation};
use utoipa::ToSchema;
use vocabulary::date::day_in_words;
use vocabulary::id::ReconciliationId;

use super::navigation;
use crate::components::{Cell, DateInput, FileUpload, Heading, Problems, Select, SelectOption, Table};
use crate::errors::{Refused, beside_fields};
use crate::fields::Fields;
use crate::layout::Frame;
use crate::pages::duties::cells::link;
use crate::pages::people::form::date;
use crate::state::AppState;
use crate::upload::Upload;
use crate::viewer::{Viewer, breadcrumbs};

/// Every reconciliation, the newest first.
#[derive(Clone, Debug, Default, Serialize, ToSchema)]
pub struct ReconciliationsView {
    /// The reconciliations.
    pub reconciliations: Vec<ReconciliationRow>,
}

/// One reconciliation in the list.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ReconciliationRow {
    /// Its id.
    pub id: String,
    /// What was compared.
    pub title: String,
    /// The file's name.
    pub file: String,
    /// The day the tracker tells of.
    pub as_at: String,
    /// Rows read.
    pub rows: usize,
    /// Rows that match.
    pub matched: usize,
    /// In the tracker and not on record; on record and not in the tracker; fields that disagree.
    pub differences: [usize; 3],
    /// Differences that are not settled.
    pub open: usize,
    /// Who made it, and when.
    pub made: String,
}

#[derive(Template)]
#[template(path = "pages/practice/reconciliations.html")]
struct ReconciliationsPage {
    frame: Frame,
    view: ReconciliationsView,
    table: Table,
}

#[derive(Template)]
#[template(path = "pages/practice/reconciliation_new.html")]
struct NewPage {
    frame: Frame,
    no_figures: bool,
    comparison: Select,
    as_at: DateInput,
    file: FileUpload,
    headings: Table,
    refusal: Option<(String, String)>,
}

/// Shows every reconciliation.
pub async fn show(viewer: Viewer) -> Result<Response, Refused> {
    let programme = viewer.programme().await?;
    let all = viewer.service.reconciliations(&viewer.scope).await?;
    let rows = all.iter().rev().map(|one| ReconciliationRow::of(one, &programme));
    let view = ReconciliationsView { reconciliations: rows.collect() };
    let page = ReconciliationsPage {
        frame: Frame {
            breadcrumbs: breadcrumbs(&[]),
            sub_navigation: navigation(&viewer, "/reconciliations"),
            audience: Some("People who work with the children and those who answer for the data".to_owned()),
            ..super::frame(&viewer, "Reconciliation").await?
        },
        table: view.table(),
        view,
    };
    Ok(viewer.show(&page, &page.view))
}

/// Asks for a tracker's file.
pub async fn ask(viewer: Viewer) -> Result<Response, Refused> {
    let page = new_page(&viewer, &Fields::default(), Problems::default(), None).await?;
    Ok(viewer.show(&page, &()))
}

/// Reads the file and holds it against the records; refusals are shown beside the questions.
pub async fn reconcile(
    viewer: Viewer,
    State(state): State<AppState>,
    upload: Upload,
) -> Result<Response, Refused> {
    let Upload { fields, files, too_large } = upload;
    let mut problems = Problems::default();
    let comparison = Comparison::named(fields.text("comparison"));
    if comparison.is_none() {
        problems.add("comparison", "Choose what the tracker is held against.");
    }
    let as_at = fields.day("as_at").map_err(|problem| problems.add(problem.field, problem.message)).ok();
    match (files.as_slice(), too_large.first()) {
        (_, Some(name)) => {
            problems.add("file", format!("{name} is larger than 100 MB. Save the list as a CSV file."));
        }
        ([], None) => problems.add("file", "Choose the tracker’s file."),
        _ => {}
    }
    let file = files.into_iter().next();
    let mut refusal = None;
    if let (Some(comparison), Some(as_at), Some(file)) = (comparison, as_at, file)
        && problems.is_empty()
    {
        match take((&viewer, &state), &fields, comparison, as_at, file).await? {
            Taken::Done(id) => return Ok(viewer.after(&format!("/reconciliations/{id}"), "reconciled")),
            Taken::Unreadable(plain) => {
                problems.add("file", format!("{} {}", plain.what, plain.what_to_do));
                refusal = Some((plain.what, plain.where_));
            }
            Taken::Refused(found) => problems = found,
        }
    } else if problems.with_field("file").is_none() {
        problems.add("file", "Choose the file again: browsers do not keep it.");
    }
    let page = new_page(&viewer, &fields, problems, refusal).await?;
    Ok(viewer.show_problems(&page, &()))
}

/// How taking a file ended.
enum Taken {
    Done(ReconciliationId),
    Unreadable(PlainRefusal),
    Refused(Problems),
}

async fn take(
    (viewer, state): (&Viewer, &AppState),
    fields: &Fields,
    comparison: Comparison,
    as_at: Date,
    file: GivenFile,
) -> Result<Taken, Refusal> {
    let Some(figures) = viewer.service.figures(&viewer.scope, Knowledge::default()).await? else {
        return Ok(Taken::Refused(only(
            "file",
            "No load counts yet, so there is nothing to hold it against.",
        )));
    };
    let reader = state.settings.extracts.clone();
    let question = comparison.question();
    let read = tokio::task::spawn_blocking(move || reader.read(&[file], as_at, &question)).await;
    let read = read.map_err(|_| Refusal::Unavailable("The file could not be read. Try again.".into()))?;
    let mut extracts = match read {
        Ok(extracts) => extracts,
        Err(plain) => return Ok(Taken::Unreadable(plain)),
    };
    let Some(extract) = extracts.pop() else { return Err(Refusal::NotFound) };
    perform(viewer, fields, ReadTracker::of(&comparison, extract), figures).await
}

async fn perform(
    viewer: &Viewer,
    fields: &Fields,
    tracker: ReadTracker,
    figures: Arc<Figures>,
) -> Result<Taken, Refusal> {
    match viewer.perform(fields, ReconcileTracker::of(tracker, figures)).await {
        Ok(id) => Ok(Taken::Done(id)),
        Err(refusal) => Ok(Taken::Refused(beside_fields(refusal)?)),
    }
}

fn only(field: &str, message: &str) -> Problems {
    let mut problems = Problems::default();
    problems.add(field, message);
    problems
}

async fn new_page(
    viewer: &Viewer,
    typed: &Fields,
    problems: Problems,
    refusal: Option<(String, String)>,
) -> Result<NewPage, Refusal> {
    let figures = viewer.service.figures(&viewer.scope, Knowledge::default()).await?;
    let all = Comparison::all();
    let options = std::iter::once(SelectOption::new("", "Choose"))
        .chain(all.iter().map(|one| SelectOption::new(&one.code, &one.title)));
    let as_at = DateInput::new("as_at", "The day the tracker tells of").hint("For example, 30 6 2026");
    Ok(NewPage {
        no_figures: figures.is_none(),
        comparison: Select::new("comparison", "What it is held against")
            .options(options.collect::<Vec<_>>())
            .chosen(typed.text("comparison"))
            .problem_in(&problems),
        as_at: date(as_at, "as_at", typed, &problems),
        file: FileUpload::new("file", "The tracker’s file")
            .hint("A workbook or a CSV file. Titles above the headings do no harm.")
            .accepts(".xlsx,.ods,.xls,.csv")
            .problem_in(&problems),
        headings: headings_table(&all),
        refusal,
        frame: Frame {
            breadcrumbs: breadcrumbs(&[("Reconciliation", "/reconciliations")]),
            sub_navigation: navigation(viewer, "/reconciliations"),
            audience: Some("People who work with the children and those who answer for the data".to_owned()),
            problems,
            ..super::frame(viewer, "Hold a tracker against the case records").await?
        },
    })
}

fn headings_table(all: &[Comparison]) -> Table {
    let rows = all.iter().map(|one| vec![Cell::new(&one.title), Cell::new(one.headings().join(", "))]);
    Table::new("The headings that are understood")
        .headings([Heading::new("Tracker"), Heading::new("Headings of its columns, in any order and case")])
        .rows(rows)
        .first_cell_is_heading()
        .stacks()
}

impl ReconciliationsView {
    fn table(&self) -> Table {
        let rows = self.reconciliations.iter().map(|one| {
            let [here, there, disagreeing] = one.differences;
            vec![
                Cell::new(link(&one.title, &format!("/reconciliations/{}", one.id))),
                Cell::new(&one.as_at),
                Cell::numeric(one.rows),
                Cell::numeric(one.matched),
                Cell::numeric(here),
                Cell::numeric(there),
                Cell::numeric(disagreeing),
                Cell::numeric(one.open),
                Cell::new(&one.made),
            ]
        });
        Table::new("Every reconciliation, the newest first")
            .headings([
                Heading::new("Tracker"),
                Heading::new("As at"),
                Heading::numeric("Rows"),
                Heading::numeric("Match"),
                Heading::numeric("Not yet on record"),
                Heading::numeric("Not in the tracker"),
                Heading::numeric("Disagree"),
                Heading::numeric("Not settled"),
                Heading::new("Made"),
            ])
            .rows(rows)
            .stacks()
    }
}

impl ReconciliationRow {
    /// A reconciliation as a row.
    pub fn of(reconciliation: &Reconciliation, programme: &Programme) -> Self {
        let count = |mismatch: Mismatch| {
            reconciliation.differences.iter().filter(|difference| difference.mismatch == mismatch).count()
        };
        let made_on = day_in_words(service::london_day(reconciliation.stamp.at));
        Self {
            id: reconciliation.id.to_string(),
            title: title_of(reconciliation),
            file: reconciliation.file.clone(),
            as_at: day_in_words(reconciliation.as_at),
            rows: reconciliation.rows,
            matched: reconciliation.matched,
            differences: [
                count(Mismatch::MissingHere),
                count(Mismatch::MissingThere),
                count(Mismatch::Disagreeing),
            ],
            open: reconciliation.differences.iter().filter(|one| one.settled.is_none()).count(),
            made: format!("{} by {}", made_on, programme.name_of(reconciliation.stamp.by)),
        }
    }
}

/// What was compared, in words.
pub fn title_of(reconciliation: &Reconciliation) -> String {
    Comparison::named(&reconciliation.kind)
        .map_or_else(|| reconciliation.kind.replace('_', " "), |comparison| comparison.title)
}

/// How a row and a record differ, in words.
pub fn mismatch_in_words(difference: &Difference) -> String {
    match difference.mismatch {
        Mismatch::MissingHere => "In the tracker, not yet on record".to_owned(),
        Mismatch::MissingThere => "On record, not in the tracker".to_owned(),
        Mismatch::Disagreeing => format!(
            "{}: the tracker says {}, the record says {}",
            difference.field, difference.there, difference.here
        ),
    }
}

/// A reconciliation's counts in a sentence.
pub fn in_a_sentence(row: &ReconciliationRow) -> String {
    let [here, there, disagreeing] = row.differences;
    format!(
        "Of {} in the tracker {} with the case records, {here} are not yet on record and {there} on record are not in \
         the tracker; {disagreeing} disagree in a field.",
        counted(row.rows, "row", "rows"),
        counted(row.matched, "matches", "match"),
    )
}

#[cfg(test)]
pub(super) mod tests {
    use improvement::register::Stamp;
    use service::Role;
    use vocabulary::id::ChildId;

    use super::*;
    use crate::trial::{self, Trial};

    /// A difference as a test wants it.
    pub fn difference(mismatch: Mismatch) -> Difference {
        Difference {
            mismatch,
            child: ChildId(7),
            on: Some(jiff::civil::date(2026, 6, 12)),
            field: "Interview offered".into(),
            there: "no".into(),
            here: "yes".into(),
            row: Some(3),
            team: "Looked After North".into(),
            owner: None,
            settled: None,
        }
    }

    /// A reconciliation as a test wants it.
    pub fn reconciliation() -> Reconciliation {
        let kinds = [Mismatch::MissingHere, Mismatch::MissingThere, Mismatch::Disagreeing];
        Reconciliation {
            id: ReconciliationId(5),
            council: trial::COUNCIL,
            kind: "police-list".into(),
            file: "<police>.csv".into(),
            source_hash: "ab".into(),
            as_at: jiff::civil::date(2026, 6, 9),
            extracts_as_at: jiff::civil::date(2026, 5, 31),
            rows: 12,
            unusable: vec!["Row 4: What stands in a column of dates is not a date. (Missing since)".into()],
            matched: 9,
            differences: kinds.map(difference).to_vec(),
            version: 1,
            stamp: Stamp { by: trial::MAKER, role: "performance analyst".into(), at: trial::now() },
        }
    }

    #[test]
    fn a_reconciliation_says_how_much_matches_and_what_is_left() {
        let row = ReconciliationRow::of(&reconciliation(), &trial::programme());
        assert_eq!((row.matched, row.differences, row.open), (9, [1, 1, 1], 3));
        assert!(
            in_a_sentence(&row).starts_with("Of 12 rows in the tracker 9 match with the case records, 1 are")
        );
        let told = mismatch_in_words(&difference(Mismatch::Disagreeing));
        assert_eq!(told, "Interview offered: the tracker says no, the record says yes");
    }

    #[tokio::test]
    async fn the_form_names_the_headings_and_an_empty_one_says_what_is_missing() {
        let trial = Trial::new().await;
        let page = trial.get(Some(Role::Analyst), "/reconciliations/new").await;
        assert!(
            page.body.contains("Missing since") && page.body.contains("Core group held"),
            "{}",
            page.body
        );
        let list = trial.get(Some(Role::Analyst), "/reconciliations").await;
        assert!(list.body.contains("No tracker has been held"), "{}", list.body);
        assert_eq!(trial.get(Some(Role::Chair), "/reconciliations").await.status, 404);
    }
}
