//! Everything that was done in the programme, newest first. Acts about accounts are for those who oversee access.

use askama::Template;
use axum::response::Response;
use serde::Serialize;
use utoipa::ToSchema;

use super::entry::{EntryView, linked_timeline};
use super::thing::shows;
use crate::components::{PageLink, Pagination, Timeline};
use crate::errors::Refused;
use crate::fields::Asked;
use crate::layout::Frame;
use crate::viewer::{Area, Viewer, breadcrumbs, duties_navigation};

/// One page of the history.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct HistoryView {
    /// The acts, newest first.
    pub entries: Vec<EntryView>,
    /// The number before which older acts stand, if there are any.
    pub older_before: Option<i64>,
    /// Whether acts about accounts are left out for this viewer.
    pub without_accounts: bool,
    /// Whether acts about exceptions, each of which is about a child, are left out for this viewer.
    pub without_exceptions: bool,
}

#[derive(Template)]
#[template(path = "pages/records/history.html")]
struct HistoryPage {
    frame: Frame,
    view: HistoryView,
    timeline: Timeline,
    pages: Pagination,
}

const PAGE: i64 = 12;

/// Shows a page of the history.
pub async fn show(viewer: Viewer, Asked(asked): Asked) -> Result<Response, Refused> {
    let programme = viewer.programme().await?;
    let before: Option<i64> = asked.number("before").filter(|before| *before > 0);
    let from = before.unwrap_or(i64::MAX);
    let entries = viewer.service.store.history(&viewer.scope, from, PAGE).await?;
    let name_of = |person| programme.name_of(person).to_owned();
    let view = HistoryView::of(&entries, &|thing| shows(&viewer, thing), &name_of);
    let newest = before.map(|_| PageLink::new("/history").words("Newest"));
    let older =
        view.older_before.map(|before| PageLink::new(format!("/history?before={before}")).words("Older"));
    let page = HistoryPage {
        frame: Frame {
            breadcrumbs: breadcrumbs(&[]),
            sub_navigation: duties_navigation("/history"),
            ..viewer.programme_frame(&programme, "History", Area::Duties)
        },
        timeline: linked_timeline(&view.entries),
        pages: Pagination::steps(newest, older),
        view,
    };
    Ok(viewer.show(&page, &page.view))
}

impl HistoryView {
    fn of(
        entries: &[store::LogEntry],
        shows: &impl Fn(&str) -> bool,
        name_of: &impl Fn(vocabulary::id::UserId) -> String,
    ) -> Self {
        let shown = entries.iter().filter(|entry| shows(&entry.entry.thing));
        let full = i64::try_from(entries.len()).unwrap_or(0) == PAGE;
        let oldest = entries.last().map(|entry| entry.seq).filter(|oldest| full && *oldest > 0);
        Self {
            entries: shown.map(|entry| EntryView::of(entry, name_of)).collect(),
            older_before: oldest,
            without_accounts: !shows("person"),
            without_exceptions: !shows("exception"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::entry::tests::entry;
    use super::*;
    use crate::trial::Trial;
    use service::Role;

    #[test]
    fn acts_about_accounts_are_left_out_for_most() {
        let entries =
            [entry(1, "person", "Invited Ada Okafor"), entry(0, "episode", "Opened the intervention")];
        let view = HistoryView::of(&entries, &|thing| thing != "person", &|_| "Priya Nair".into());
        assert_eq!(view.entries.len(), 1);
        assert!(view.without_accounts);
        assert_eq!(HistoryView::of(&entries, &|_| true, &|_| "Priya Nair".into()).entries.len(), 2);
    }

    #[tokio::test]
    async fn what_was_done_stands_in_the_history_and_with_its_thing() {
        let trial = Trial::new().await;
        let form = "name=Northmoor+City+Council&contact=x";
        trial.post(Role::Administrator, "/settings", form).await;
        let history = trial.get(Some(Role::Director), "/history").await;
        assert!(
            history.body.contains("Changed the council’s settings")
                || history.body.contains("Changed the council&#39;s settings")
        );
        let council = format!("/history/council/{}", crate::trial::COUNCIL);
        let thing = trial.get(Some(Role::DepartmentOfficial), &council).await;
        assert_eq!(thing.status, 200);
        assert!(thing.body.contains("Northmoor City Council"));
        let unknown = trial.get(Some(Role::Director), "/history/council/00").await;
        assert_eq!(unknown.status, 404);
        let person = format!("/history/person/{}", Trial::person_in(Role::Chair));
        assert_eq!(trial.get(Some(Role::Chair), &person).await.status, 404);
    }
}
