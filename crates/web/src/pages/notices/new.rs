//! Bringing a document in: it is read in a process of its own, and nothing is stored unless it could be read.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use documents::worker::{ReadDocument, ReadRefusal};
use serde::Serialize;
use service::acts::BringInInstrument;
use service::{Action, GivenFile, Programme, Refusal, hexadecimal};
use sha2::{Digest, Sha256};
use utoipa::ToSchema;
use vocabulary::id::{EpisodeId, InstrumentId};

use super::wording::Linked;
use crate::components::{Choices, FileUpload, Problems};
use crate::errors::{Refused, beside_fields};
use crate::fields::{Asked, Fields};
use crate::layout::Frame;
use crate::state::AppState;
use crate::upload::Upload;
use crate::viewer::{Area, Viewer, breadcrumbs, duties_navigation};

/// What the form for a new document offers.
#[derive(Clone, Debug, Default, Serialize, ToSchema)]
pub struct NewView {
    /// The interventions it may belong to: id and name, the newest first.
    pub interventions: Vec<(String, String)>,
    /// The document that this file was brought in as before.
    pub earlier: Option<Linked>,
    /// Why the file was not read.
    pub refusal: Option<RefusalView>,
}

/// Why a file was not read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct RefusalView {
    /// What is wrong.
    pub what: String,
    /// Where.
    pub place: String,
    /// What to do.
    pub what_to_do: String,
}

#[derive(Template)]
#[template(path = "pages/notices/new.html")]
struct NewPage {
    frame: Frame,
    view: NewView,
    episode: Choices,
    file: FileUpload,
    may_open: bool,
}

/// Why a document was not brought in.
enum NotTaken {
    Unreadable(RefusalView),
    Earlier(Linked),
    Refused(Refusal),
}

impl From<Refusal> for NotTaken {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

/// Asks for the file and the intervention it belongs to.
pub async fn show(viewer: Viewer, Asked(asked): Asked) -> Result<Response, Refused> {
    let programme = viewer.programme().await?;
    let page = page(&viewer, &programme, &asked, NewView::of(&programme), Problems::default());
    Ok(viewer.show(&page, &page.view))
}

/// Reads the file and brings it in; refusals are shown beside the file question.
pub async fn bring_in(
    viewer: Viewer,
    State(state): State<AppState>,
    upload: Upload,
) -> Result<Response, Refused> {
    let Upload { fields, files, too_large } = upload;
    let programme = viewer.programme().await?;
    let mut view = NewView::of(&programme);
    let mut problems = Problems::default();
    let episode = EpisodeId::parse(fields.text("episode"));
    if !programme.episodes.iter().any(|known| Some(known.id) == episode) {
        problems.add("episode", "Choose the intervention that the document belongs to.");
    }
    match files.into_iter().next() {
        None if too_large.is_empty() => problems.add("file", "Choose a file."),
        None => problems.add(
            "file",
            "The file is larger than 100 MB. Save a smaller copy, such as a PDF without pictures.",
        ),
        Some(file) if problems.is_empty() => {
            let episode = episode.unwrap_or(EpisodeId(0));
            match take(&viewer, &state, &programme, &fields, episode, file).await {
                Ok(id) => return Ok(viewer.after(&format!("/notices/{id}/confirm"), "brought-in")),
                Err(NotTaken::Unreadable(refusal)) => {
                    problems.add("file", format!("{} {}", refusal.what, refusal.what_to_do));
                    view.refusal = Some(refusal);
                }
                Err(NotTaken::Earlier(earlier)) => {
                    problems
                        .add("file", "This file was brought in before. Reading it again changes nothing.");
                    view.earlier = Some(earlier);
                }
                Err(NotTaken::Refused(refusal)) => problems = beside_fields(refusal)?,
            }
        }
        Some(_) => problems.add("file", "Choose the file again: browsers do not keep it."),
    }
    let page = page(&viewer, &programme, &fields, view, problems);
    Ok(viewer.show_problems(&page, &page.view))
}

async fn take(
    viewer: &Viewer,
    state: &AppState,
    programme: &Programme,
    fields: &Fields,
    episode: EpisodeId,
    file: GivenFile,
) -> Result<InstrumentId, NotTaken> {
    let hash = hexadecimal(&Sha256::digest(&file.bytes));
    if let Some(same) = programme.instruments.iter().find(|known| known.file_hash == hash) {
        return Err(NotTaken::Earlier(Linked::new(&same.title, format!("/notices/{}", same.id))));
    }
    let file = Arc::new(file);
    let read = read(state, Arc::clone(&file)).await?;
    let read = read.map_err(|refusal| {
        let plain = refusal.for_people();
        NotTaken::Unreadable(RefusalView {
            what: plain.what,
            place: plain.where_,
            what_to_do: plain.what_to_do,
        })
    })?;
    // Kept only now, so that a file that could not be read leaves nothing behind.
    let file_hash = viewer.service.attachments.keep(&file.bytes)?;
    let act = BringInInstrument {
        episode,
        file_name: file.name.clone(),
        file_kind: kind_of(&read),
        file_hash,
        text: read.text,
        warnings: read.warnings,
        reading: read.reading,
    };
    Ok(viewer.perform(fields, act).await?)
}

async fn read(state: &AppState, file: Arc<GivenFile>) -> Result<Result<ReadDocument, ReadRefusal>, Refusal> {
    let reader = state.settings.reader.clone();
    let reading = tokio::task::spawn_blocking(move || reader.read_named(&file.name, &file.bytes));
    reading
        .await
        .map_err(|_| Refusal::Unavailable("The reader stopped. Nothing was stored. Try again.".to_owned()))
}

/// The kind as it is stored: "pdf", "docx", "txt".
fn kind_of(read: &ReadDocument) -> String {
    let kind = serde_json::to_value(read.kind).ok();
    kind.as_ref().and_then(|kind| kind.as_str()).unwrap_or("txt").to_owned()
}

impl NewView {
    /// The view of a programme.
    pub fn of(programme: &Programme) -> Self {
        let named =
            programme.episodes.iter().rev().map(|episode| (episode.id.to_string(), episode.title.clone()));
        Self { interventions: named.collect(), ..Self::default() }
    }
}

fn page(
    viewer: &Viewer,
    programme: &Programme,
    asked: &Fields,
    view: NewView,
    problems: Problems,
) -> NewPage {
    let newest = view.interventions.first().map(|(id, _)| id.as_str()).unwrap_or_default();
    let chosen = asked.maybe("episode").unwrap_or(newest);
    let mut episode = Choices::radios("episode", "Which intervention does it belong to?").chosen(chosen);
    for (id, title) in &view.interventions {
        episode = episode.choice(id, title);
    }
    let file = FileUpload::new("file", "The document")
        .hint("A PDF, Word document, web page or text file of up to 100 MB, as it was received.")
        .accepts(".pdf,.docx,.txt,.md,.html,.htm");
    let (episode, file) = (episode.problem_in(&problems), file.problem_in(&problems));
    NewPage {
        frame: Frame {
            breadcrumbs: breadcrumbs(&[("Notices", "/notices")]),
            sub_navigation: duties_navigation("/notices"),
            problems,
            ..viewer.programme_frame(programme, "Bring in a document", Area::Duties)
        },
        episode,
        file,
        may_open: viewer.may(Action::OpenEpisode),
        view,
    }
}
