//! Figures taken out: spreadsheets for people, Parquet files for a warehouse or a reporting tool, and the dictionary that
//! says what every column means. Figures of the council and its teams only; children are taken out elsewhere, with a
//! purpose.

use std::sync::Arc;

use askama::Template;
use axum::response::Response;
use documents::output::csv as comma_separated;
use jiff::civil::Date;
use serde::Serialize;
use service::export::{Star, TakenOut};
use service::{Action, Figures, Refusal};
use star_schema::{Class, DICTIONARY};
use vocabulary::date::day_in_words;

use super::known::Known;
use super::navigation;
use crate::components::{Cell, Heading, Html, Link, Table};
use crate::errors::Refused;
use crate::fields::{Asked, Fields};
use crate::layout::Frame;
use crate::pages::duties::cells::link;
use crate::viewer::{Viewer, breadcrumbs};

const WORKBOOK: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const CSV: &str = "text/csv; charset=utf-8; header=present";
const HERE: &str = "/downloads";
const AUDIENCE: &str = "People who may see figures before small numbers are removed";

/// What may be taken out.
#[derive(Clone, Debug, Serialize)]
struct DownloadsView {
    /// The day the figures tell of, in words; none while no load counts.
    as_at: Option<String>,
    /// The day up to which what was loaded counts, in words; none when everything does.
    known_on: Option<String>,
    /// Whether the viewer may take out children's events.
    children: bool,
}

#[derive(Template)]
#[template(path = "pages/practice/downloads.html")]
struct DownloadsPage {
    frame: Frame,
    view: DownloadsView,
    known: Html,
    refused: bool,
    files: Table,
}

#[derive(Template)]
#[template(path = "pages/practice/dictionary.html")]
struct DictionaryPage {
    frame: Frame,
    tables: Vec<DictionaryPart>,
}

struct DictionaryPart {
    name: &'static str,
    meaning: &'static str,
    columns: Table,
}

/// Shows what may be taken out, and for which days.
pub async fn show(viewer: Viewer, Asked(asked): Asked) -> Result<Response, Refused> {
    let known = Known::of(&viewer, &asked, HERE);
    let figures = match known.problems.is_empty() {
        true => viewer.service.figures(&viewer.scope, known.asked).await?,
        false => None,
    };
    let view = DownloadsView {
        as_at: figures.as_deref().map(|figures| day_in_words(figures.as_at.date())),
        known_on: known.asked.known_on.map(day_in_words),
        children: viewer.may(Action::ViewChildren),
    };
    let problems = known.problems.clone();
    let refused = !problems.is_empty();
    let page = DownloadsPage {
        frame: Frame { as_at: view.as_at.clone(), problems, ..frame(&viewer, "Download figures").await? },
        known: known.form(&[]),
        refused,
        files: files(&known.query()),
        view,
    };
    match refused {
        true => Ok(viewer.show_problems(&page, &page.view)),
        false => Ok(viewer.show(&page, &page.view)),
    }
}

async fn frame(viewer: &Viewer, heading: &str) -> Result<Frame, Refusal> {
    Ok(Frame {
        breadcrumbs: breadcrumbs(&[]),
        sub_navigation: navigation(viewer, HERE),
        audience: Some(AUDIENCE.to_owned()),
        ..super::frame(viewer, heading).await?
    })
}

/// The files, for the days that the query of their address names.
fn files(query: &str) -> Table {
    let file = |words: &str, path: &str, what: &str| {
        vec![Cell::new(link(words, &format!("{path}{query}"))), Cell::new(what)]
    };
    Table::new("Files for these days")
        .headings(["File", "What is in it"].map(Heading::new))
        .row(file(
            "Excel workbook",
            "/downloads/figures.xlsx",
            "The council’s figures of every month, and the teams’ of the last twelve months, with a cover and notes",
        ))
        .row(file("CSV", "/downloads/figures.csv", "The same figures, one a row"))
        .row(file(
            "Parquet files (zip)",
            "/downloads/star.zip",
            "Every figure of the council and its teams, with quarters, the year to date and control limits, as a star of \
             tables for Power BI or a warehouse, with its data dictionary",
        ))
        .stacks()
}

/// Figures to be taken out, and what their file says of itself.
async fn taken(viewer: &Viewer, asked: &Fields) -> Result<(Arc<Figures>, TakenOut), Refusal> {
    let known = Known::of(viewer, asked, HERE);
    if !known.problems.is_empty() {
        return Err(Refusal::invalid("as_at", "Enter real days that are not to come, such as 31 10 2026."));
    }
    let figures = viewer.service.figures(&viewer.scope, known.asked).await?;
    let none = || Refusal::invalid("", "No load counts for these days, so there is nothing to take out.");
    let figures = figures.ok_or_else(none)?;
    let taken = taken_out(viewer, &figures, known.asked.known_on, Class::C2).await?;
    Ok((figures, taken))
}

/// What a file that the viewer takes out says of itself.
pub(super) async fn taken_out(
    viewer: &Viewer,
    figures: &Figures,
    known_on: Option<Date>,
    class: Class,
) -> Result<TakenOut, Refusal> {
    let programme = viewer.programme().await?;
    let by = format!("{}, {}", viewer.actor.name, viewer.actor.role.name());
    viewer.service.taken_out(&programme.council.name, figures, known_on, &by, class).await
}

/// Makes a file away from the threads that answer other requests.
async fn made(make: impl FnOnce() -> Result<Vec<u8>, Refusal> + Send + 'static) -> Result<Vec<u8>, Refusal> {
    let unmade = || Refusal::Unavailable("The file could not be made. Try again in a minute.".to_owned());
    tokio::task::spawn_blocking(make).await.unwrap_or_else(|_| Err(unmade()))
}

/// Answers the figures as CSV.
pub async fn csv(viewer: Viewer, Asked(asked): Asked) -> Result<Response, Refused> {
    let (figures, taken) = taken(&viewer, &asked).await?;
    let scope = viewer.scope.clone();
    let name = format!("figures-{}.csv", taken.as_at);
    let bytes = made(move || Ok(comma_separated::write(&figures.figures_table(&taken, &scope)))).await?;
    Ok(viewer.export(CSV, &name, bytes).await?)
}

/// Answers the figures as a workbook.
pub async fn xlsx(viewer: Viewer, Asked(asked): Asked) -> Result<Response, Refused> {
    let (figures, taken) = taken(&viewer, &asked).await?;
    let scope = viewer.scope.clone();
    let name = format!("figures-{}.xlsx", taken.as_at);
    let created = taken.at.to_zoned(service::london()).datetime();
    let bytes = made(move || {
        figures.figures_workbook(&taken, &scope).write(created).map_err(|error| {
            tracing::error!(%error, "a workbook could not be written");
            Refusal::Unavailable("The workbook could not be written. Take the CSV file.".into())
        })
    });
    Ok(viewer.export(WORKBOOK, &name, bytes.await?).await?)
}

/// Answers the star of Parquet files in one archive.
pub async fn star(viewer: Viewer, Asked(asked): Asked) -> Result<Response, Refused> {
    let known = Known::of(&viewer, &asked, HERE);
    let (figures, taken) = taken(&viewer, &asked).await?;
    let scope = viewer.scope.clone();
    let remarks = known.remarks(viewer.service.remarks(&viewer.scope).await?);
    let name = format!("star-{}.zip", taken.as_at);
    let bytes = made(move || Star::of(&figures, &remarks, &taken.council, &scope).archive(&taken)).await?;
    Ok(viewer.export("application/zip", &name, bytes).await?)
}

/// Shows the data dictionary.
pub async fn dictionary(viewer: Viewer) -> Result<Response, Refused> {
    let page = DictionaryPage {
        frame: Frame {
            breadcrumbs: breadcrumbs(&[("Download figures", HERE)]),
            downloads: vec![Link::new("CSV", "/downloads/dictionary.csv")],
            ..frame(&viewer, "Data dictionary").await?
        },
        tables: parts(),
    };
    Ok(viewer.show(&page, &()))
}

/// Answers the data dictionary as CSV.
pub async fn dictionary_csv(viewer: Viewer) -> Result<Response, Refused> {
    let bytes = comma_separated::write(&service::export::dictionary_table());
    Ok(viewer.export(CSV, "data-dictionary.csv", bytes).await?)
}

fn parts() -> Vec<DictionaryPart> {
    let part = |table: &star_schema::Table| {
        let rows = table.columns.iter().map(|column| {
            let holds = column.kind.words();
            let holds = if column.optional { format!("{holds}, may be empty") } else { holds.to_owned() };
            vec![
                Cell::new(column.name),
                Cell::new(holds),
                Cell::new(column.class.name()),
                Cell::new(column.meaning),
            ]
        });
        DictionaryPart {
            name: table.name,
            meaning: table.meaning,
            columns: Table::new(format!("Columns of {}, class {}", table.name, table.class().name()))
                .headings(["Column", "Holds", "Class", "Meaning"].map(Heading::new))
                .rows(rows)
                .first_cell_is_heading()
                .stacks(),
        }
    };
    DICTIONARY.iter().map(part).collect()
}

#[cfg(test)]
pub(super) mod tests {
    use service::acts::{CommitSnapshot, Seen, StageExtract};
    use service::{Actor, IdempotencyKey, Role};

    use crate::trial::{COUNCIL, Trial};

    /// Loads children of two teams with assessments, half of them late.
    pub async fn load_into(trial: &Trial, children_of_each_team: u32) {
        let service = &trial.state.service;
        let analyst = Actor::trusted(Trial::person_in(Role::Analyst), "Ana Lyst", Role::Analyst, COUNCIL);
        let extract = testkit::assessments_of_two_teams(children_of_each_team);
        let key = |key: &str| IdempotencyKey(key.to_owned());
        let staged = service.perform(&analyst, &key("stage"), StageExtract::of(extract)).await;
        let snapshot = Seen { id: staged.expect("a staged load"), version: 1 };
        let counts = service.perform(&analyst, &key("commit"), CommitSnapshot { snapshot }).await;
        counts.expect("a load that counts");
    }

    #[tokio::test]
    async fn a_file_of_figures_names_who_took_it_out_and_holds_no_child() {
        let trial = Trial::new().await;
        load_into(&trial, 2).await;
        let chair = Some(Role::Chair);
        let page = trial.get(chair, "/downloads").await;
        assert!(page.body.contains("Figures as at 31 May 2026"), "{}", page.body);
        assert!(!page.body.contains("/exceptions/export"), "the chair may not see children");
        let file = trial.get(chair, "/downloads/figures.csv").await;
        assert!(file.body.starts_with("measure,title,period_kind,"), "{}", &file.body[..200]);
        assert!(file.body.contains(Role::Chair.name()) && file.body.contains("South team"));
        for path in ["/downloads/figures.xlsx", "/downloads/star.zip"] {
            let file = trial.get(chair, path).await;
            assert_eq!(file.status, 200, "{path}");
            assert!(file.body.starts_with("PK"), "{path}");
        }
        let log = trial.get(Some(Role::PrivacyOfficer), "/access-log").await;
        for name in ["figures-2026-05-31.csv", "figures-2026-05-31.xlsx", "star-2026-05-31.zip"] {
            assert!(log.body.contains(name), "{name}");
        }
        let earlier = trial.get(chair, "/downloads/figures.csv?known_on=2026-01-01").await;
        assert_eq!(earlier.status, 422, "nothing had been loaded by then");
    }

    #[tokio::test]
    async fn the_files_are_of_the_days_that_the_page_shows_and_of_no_day_to_come() {
        let trial = Trial::new().await;
        load_into(&trial, 2).await;
        let asked = |query: &str| format!("/downloads?{query}");
        let page = trial.get(Some(Role::Chair), &asked("as_at-day=31&as_at-month=5&as_at-year=2026")).await;
        assert!(page.body.contains("/downloads/star.zip?as_at=2026-05-31\""), "{}", page.body);
        for day in ["known_on-day=31&known_on-month=2&known_on-year=2026", "as_at=2030-01-01"] {
            let page = trial.get(Some(Role::Chair), &asked(day)).await;
            assert_eq!(page.status, 422, "{day}");
            assert!(!page.body.contains("/downloads/star.zip"), "{day}");
            assert_eq!(
                trial.get(Some(Role::Chair), &format!("/downloads/figures.csv?{day}")).await.status,
                422
            );
        }
    }

    #[tokio::test]
    async fn before_the_first_load_the_page_says_so_and_no_file_is_made() {
        let trial = Trial::new().await;
        let analyst = Some(Role::Analyst);
        let page = trial.get(analyst, "/downloads").await;
        assert!(page.body.contains("No load counts"), "{}", page.body);
        for path in ["/downloads/figures.csv", "/downloads/figures.xlsx", "/downloads/star.zip"] {
            assert_eq!(trial.get(analyst, path).await.status, 422, "{path}");
        }
        assert_eq!(trial.get(Some(Role::ElectedMember), "/downloads").await.status, 404);
    }

    #[tokio::test]
    async fn the_dictionary_names_every_column_and_taking_it_out_is_written_down() {
        let trial = Trial::new().await;
        let page = trial.get(Some(Role::Analyst), "/downloads/dictionary").await;
        let file = trial.get(Some(Role::Analyst), "/downloads/dictionary.csv").await;
        for row in star_schema::dictionary() {
            assert!(page.body.contains(&row.column) && file.body.contains(&row.column), "{}", row.column);
        }
        let log = trial.get(Some(Role::PrivacyOfficer), "/access-log").await;
        assert!(log.body.contains("data-dictionary.csv"), "{}", log.body);
    }
}
