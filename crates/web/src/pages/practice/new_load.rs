//! Loading an extract: files and the day they tell of come in, are read in a limited process, and stand as staged loads.
//! No figure rests on them until somebody looked and made them count.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use documents::input::PlainRefusal;
use jiff::civil::Date;
use serde::Serialize;
use service::acts::StageExtract;
use service::{COLLECTIONS, ExtractQuestion, GivenFile, ReadExtract, Refusal};
use utoipa::ToSchema;
use vocabulary::id::SnapshotId;

use super::navigation;
use crate::components::{DateInput, FileUpload, Problems, Select};
use crate::errors::{Refused, beside_fields};
use crate::fields::{Asked, Fields};
use crate::layout::Frame;
use crate::state::AppState;
use crate::upload::Upload;
use crate::viewer::{Viewer, breadcrumbs};

/// The form for an extract.
#[derive(Clone, Debug, Default, Serialize, ToSchema)]
pub struct NewLoadView {
    /// Why files were not read: what is wrong, where, what to do.
    pub refusal: Option<[String; 3]>,
}

#[derive(Template)]
#[template(path = "pages/practice/new_load.html")]
struct NewLoadPage {
    frame: Frame,
    view: NewLoadView,
    files: FileUpload,
    as_at: DateInput,
    collection: Select,
}

/// Asks for the files and the day they tell of.
pub async fn show(viewer: Viewer, Asked(asked): Asked) -> Result<Response, Refused> {
    let page = page(&viewer, &asked, NewLoadView::default(), Problems::default()).await?;
    Ok(viewer.show(&page, &page.view))
}

/// Reads the files and stages what they hold; refusals are shown beside the questions, with everything typed.
pub async fn stage(
    viewer: Viewer,
    State(state): State<AppState>,
    upload: Upload,
) -> Result<Response, Refused> {
    let mut problems = Problems::default();
    let mut view = NewLoadView::default();
    let fields = &upload.fields;
    let as_at = day_of(fields, viewer.service.clock.today(), &mut problems);
    about_files(&upload, &mut problems);
    if let Some(as_at) = as_at.filter(|_| problems.is_empty()) {
        match read(&viewer, &state, fields, upload.files, as_at).await? {
            Ok(extracts) => match stage_all(&viewer, fields, extracts).await? {
                Ok(staged) => return Ok(after(&viewer, &staged)),
                Err(found) => problems = found,
            },
            Err(refusal) => {
                problems.add("files", format!("{} {}", refusal.what, refusal.what_to_do));
                view.refusal = Some([refusal.what, refusal.where_, refusal.what_to_do]);
            }
        }
    } else if problems.with_field("files").is_none() {
        problems.add("files", "Choose the files again: browsers do not keep them.");
    }
    let page = page(&viewer, fields, view, problems).await?;
    Ok(viewer.show_problems(&page, &page.view))
}

fn day_of(fields: &Fields, today: Date, problems: &mut Problems) -> Option<Date> {
    match fields.day("as_at") {
        Ok(day) if day > today => {
            problems.add(
                "as_at-day",
                "An extract cannot tell of a day that has not come. Enter the day it was taken.",
            );
            None
        }
        Ok(day) => Some(day),
        Err(problem) => {
            problems.add("as_at-day", problem.message);
            None
        }
    }
}

fn about_files(upload: &Upload, problems: &mut Problems) {
    match upload.too_large.first() {
        Some(name) => problems.add(
            "files",
            format!(
                "{name} is larger than 100 MB, or the files are larger than 256 MB together. Save the lists as CSV files, \
                 and load one return at a time."
            ),
        ),
        None if upload.files.is_empty() => problems.add("files", "Choose the files of the extract."),
        None => {}
    }
}

async fn read(
    viewer: &Viewer,
    state: &AppState,
    fields: &Fields,
    files: Vec<GivenFile>,
    as_at: Date,
) -> Result<Result<Vec<ReadExtract>, PlainRefusal>, Refusal> {
    let known = |name: &&str| COLLECTIONS.iter().any(|(known, _)| known == name);
    let question = ExtractQuestion {
        collection: fields.maybe("collection").filter(known).map(str::to_owned),
        places: viewer.service.council_places(&viewer.scope).await?,
        ..ExtractQuestion::default()
    };
    let reader = state.settings.extracts.clone();
    let reading = tokio::task::spawn_blocking(move || reader.read(&files, as_at, &question));
    reading
        .await
        .map_err(|_| Refusal::Unavailable("The reader stopped. Nothing was stored. Try again.".to_owned()))
}

/// Stages each extract. What was loaded before is passed over as long as something else is new.
async fn stage_all(
    viewer: &Viewer,
    fields: &Fields,
    extracts: Vec<ReadExtract>,
) -> Result<Result<Vec<SnapshotId>, Problems>, Refusal> {
    let (mut staged, mut problems) = (Vec::new(), Problems::default());
    for extract in extracts {
        match viewer.perform(fields, StageExtract::of(extract)).await {
            Ok(id) => staged.push(id),
            Err(refusal) => problems = beside_fields(refusal)?,
        }
    }
    Ok(if staged.is_empty() { Err(problems) } else { Ok(staged) })
}

fn after(viewer: &Viewer, staged: &[SnapshotId]) -> Response {
    match staged {
        [one] => viewer.after(&format!("/loads/{one}"), "load-staged"),
        _ => viewer.after("/loads", "loads-staged"),
    }
}

async fn page(
    viewer: &Viewer,
    typed: &Fields,
    view: NewLoadView,
    problems: Problems,
) -> Result<NewLoadPage, Refusal> {
    let files = FileUpload::new("files", "The files")
        .hint(
            "An Annex A workbook or its lists as CSV files, the SSDA903 files, or a children in need census. Several files \
             at once, up to 100 MB each.",
        )
        .accepts(".xlsx,.xlsm,.xls,.ods,.csv,.txt,.xml")
        .multiple();
    let part = |part: &str| typed.text(&format!("as_at-{part}")).to_owned();
    let as_at = DateInput::new("as_at", "Which day do they tell of?")
        .hint("The day the extract was taken. For a yearly return, 31 March. For instance 31 10 2026.")
        .values(part("day"), part("month"), part("year"));
    let mut collection = Select::new("collection", "What are they?").option("", "Tell from the files");
    for (name, words) in COLLECTIONS {
        collection = collection.option(name, words);
    }
    Ok(NewLoadPage {
        files: files.problem_in(&problems),
        as_at: as_at.problem_in(&problems),
        collection: collection
            .hint("Files of several collections are staged as one load each.")
            .chosen(typed.text("collection")),
        frame: Frame {
            breadcrumbs: breadcrumbs(&[("Data loads and quality", "/loads")]),
            sub_navigation: navigation(viewer, "/loads"),
            audience: Some("Analysts and data stewards".to_owned()),
            problems,
            ..super::frame(viewer, "Load an extract").await?
        },
        view,
    })
}

#[cfg(test)]
mod tests {
    use axum::http::StatusCode;
    use service::Role;

    use crate::trial::Trial;

    fn form(as_at: [&str; 3], files: &[(&str, &str)]) -> String {
        let field = |name: &str, value: &str| {
            format!("--b\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
        };
        let mut body = field("form_token", "form-token");
        for (part, value) in ["day", "month", "year"].iter().zip(as_at) {
            body += &field(&format!("as_at-{part}"), value);
        }
        body += &field("collection", "ssda903");
        for (name, text) in files {
            body += &format!(
                "--b\r\nContent-Disposition: form-data; name=\"files\"; filename=\"{name}\"\r\n\r\n{text}\r\n"
            );
        }
        body + "--b--\r\n"
    }

    #[tokio::test]
    async fn what_is_missing_is_said_beside_its_question_and_what_was_typed_stays() {
        let trial = Trial::new().await;
        let answer = trial.send(Role::Analyst, "/loads/new", "b", &form(["31", "2", "2026"], &[])).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        for words in ["Choose the files of the extract.", "Enter a real date", "value=\"31\""] {
            assert!(answer.body.contains(words), "{words} is missing");
        }
        assert!(answer.body.contains("<option value=\"ssda903\" selected>"), "{}", answer.body);
        let late = form(["11", "6", "2026"], &[("a.csv", "x")]);
        let answer = trial.send(Role::Analyst, "/loads/new", "b", &late).await;
        assert!(answer.body.contains("a day that has not come"));
        assert!(answer.body.contains("Choose the files again"));
    }

    #[tokio::test]
    async fn a_reader_that_dies_is_a_failure_in_words_and_nothing_is_staged() {
        let trial = Trial::new().await;
        let body = form(["31", "5", "2026"], &[("a.csv", "CHILD,SEX\n")]);
        let answer = trial.send(Role::DataSteward, "/loads/new", "b", &body).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.body.contains("The files could not be read"), "{}", answer.body);
        let loads = trial.get(Some(Role::Analyst), "/loads").await;
        assert!(loads.body.contains("Nothing has been loaded yet"));
        assert!(loads.body.contains("href=\"/loads/new\""));
    }

    #[tokio::test]
    async fn only_those_who_load_may_send_files() {
        let trial = Trial::new().await;
        let body = form(["31", "5", "2026"], &[("a.csv", "x")]);
        let answer = trial.send(Role::Chair, "/loads/new", "b", &body).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND);
    }
}
