//! The log's own proof: how many acts it holds, its newest signed checkpoint, and how anybody can check both.

use askama::Template;
use axum::response::Response;
use serde::Serialize;
use service::log::{ORIGIN, verifier_key};
use utoipa::ToSchema;

use super::moment_in_words;
use crate::errors::Refused;
use crate::layout::Frame;
use crate::viewer::{Area, Viewer, breadcrumbs, duties_navigation};

/// The state of the log.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct LogView {
    /// How many acts it holds.
    pub size: i64,
    /// The newest checkpoint, if one was signed.
    pub checkpoint: Option<CheckpointView>,
    /// The public key, as verifiers of signed notes take it.
    pub verifier_key: String,
}

/// A signed checkpoint.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct CheckpointView {
    /// How many acts it covers.
    pub size: i64,
    /// When it was signed, in words.
    pub signed: String,
    /// The signed note.
    pub note: String,
}

#[derive(Template)]
#[template(path = "pages/records/log.html")]
struct LogPage {
    frame: Frame,
    view: LogView,
    origin: &'static str,
}

/// Shows the state of the log.
pub async fn show(viewer: Viewer) -> Result<Response, Refused> {
    let programme = viewer.programme().await?;
    let service = &viewer.service;
    let size = service.store.log_size().await?;
    let newest = service.store.checkpoints().await?.pop();
    let view = LogView {
        size,
        checkpoint: newest.map(|(size, note, at)| CheckpointView { size, signed: moment_in_words(at), note }),
        verifier_key: verifier_key(&service.keys.signing.verifying_key()),
    };
    let page = LogPage {
        frame: Frame {
            breadcrumbs: breadcrumbs(&[("History", "/history")]),
            sub_navigation: duties_navigation("/history"),
            ..viewer.programme_frame(&programme, "Proof of the record", Area::Duties)
        },
        origin: ORIGIN,
        view,
    };
    Ok(viewer.show(&page, &page.view))
}

#[cfg(test)]
mod tests {
    use crate::trial::Trial;
    use service::Role;

    #[tokio::test]
    async fn the_newest_checkpoint_and_the_key_to_check_it_with_are_shown() {
        let trial = Trial::new().await;
        let empty = trial.get(Some(Role::Chair), "/log").await;
        assert!(empty.body.contains("No checkpoint has been signed yet"));
        trial.post(Role::Administrator, "/settings", "name=Northmoor+Council&contact=x").await;
        let page = trial.get(Some(Role::Chair), "/log").await;
        assert!(page.body.contains("headway.log/1+"), "the verifier key");
        assert!(page.body.contains("1 act"));
    }
}
