//! Trackers: the lists by which people follow children one by one, each with how many are on it.

use askama::Template;
use axum::response::Response;
use serde::Serialize;
use service::{Action, Figures, Knowledge};
use utoipa::ToSchema;
use vocabulary::date::day_in_words;

use super::navigation;
use super::standards::theme_in_words;
use crate::components::{Cell, Heading, Table};
use crate::errors::Refused;
use crate::layout::Frame;
use crate::pages::duties::cells::link;
use crate::viewer::{Viewer, breadcrumbs};

/// Every tracker.
#[derive(Clone, Debug, Default, Serialize, ToSchema)]
pub struct TrackersView {
    /// The trackers, by theme.
    pub trackers: Vec<TrackerCountView>,
}

/// A tracker with its counts.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct TrackerCountView {
    /// Its code.
    pub code: String,
    /// Its name.
    pub title: String,
    /// What it is about, in words.
    pub theme: String,
    /// Whom it follows.
    pub tracks: String,
    /// Children on it.
    pub children: usize,
    /// Of them, with something past its day and not done.
    pub late: usize,
    /// Of them, with something that the record does not say.
    pub cannot_tell: usize,
}

#[derive(Template)]
#[template(path = "pages/practice/trackers.html")]
struct TrackersPage {
    frame: Frame,
    view: TrackersView,
    no_figures: bool,
    may_reconcile: bool,
    table: Table,
}

/// Shows the trackers.
pub async fn show(viewer: Viewer) -> Result<Response, Refused> {
    let figures = viewer.service.figures(&viewer.scope, Knowledge::default()).await?;
    let view = figures.as_deref().map(TrackersView::of).unwrap_or_default();
    let page = TrackersPage {
        frame: Frame {
            breadcrumbs: breadcrumbs(&[]),
            sub_navigation: navigation(&viewer, "/trackers"),
            audience: Some("People who may see figures before small numbers are removed".to_owned()),
            as_at: figures.as_deref().map(|figures| day_in_words(figures.as_at.date())),
            ..super::frame(&viewer, "Trackers").await?
        },
        no_figures: figures.is_none(),
        may_reconcile: viewer.may(Action::ReconcileTracker),
        table: view.table(),
        view,
    };
    Ok(viewer.show(&page, &page.view))
}

impl TrackersView {
    fn of(figures: &Figures) -> Self {
        let trackers = figures.tracker_counts().into_iter().map(|count| TrackerCountView {
            code: count.tracker.code.clone(),
            title: count.tracker.title.clone(),
            theme: theme_in_words(count.tracker.theme).to_owned(),
            tracks: count.tracker.tracks.clone(),
            children: count.children,
            late: count.late,
            cannot_tell: count.cannot_tell,
        });
        Self { trackers: trackers.collect() }
    }

    fn table(&self) -> Table {
        let rows = self.trackers.iter().map(|tracker| {
            vec![
                Cell::new(link(&tracker.title, &format!("/trackers/{}", tracker.code))),
                Cell::new(&tracker.tracks),
                Cell::numeric(tracker.children),
                Cell::numeric(tracker.late),
                Cell::numeric(tracker.cannot_tell),
            ]
        });
        Table::new("Every tracker, by theme")
            .headings([
                Heading::new("Tracker"),
                Heading::new("Follows"),
                Heading::numeric("Children"),
                Heading::numeric("With something late"),
                Heading::numeric("With something that cannot be told"),
            ])
            .rows(rows)
            .stacks()
    }
}

#[cfg(test)]
mod tests {
    use service::Role;

    use super::*;
    use crate::trial::Trial;

    #[test]
    fn a_tracker_leads_to_its_children_and_says_how_many_are_late() {
        let view = TrackersView {
            trackers: vec![TrackerCountView {
                code: "long-plans".into(),
                title: "Long plans".into(),
                theme: "Child protection".into(),
                tracks: "children on long plans".into(),
                children: 41,
                late: 17,
                cannot_tell: 3,
            }],
        };
        let table = view.table().to_string();
        assert!(table.contains("href=\"/trackers/long-plans\""), "{table}");
        assert!(table.contains("41<") && table.contains("17<"), "{table}");
    }

    #[tokio::test]
    async fn without_a_load_the_page_says_so() {
        let answer = Trial::new().await.get(Some(Role::Analyst), "/trackers").await;
        assert!(answer.body.contains("No load counts yet"), "{}", answer.body);
    }
}
