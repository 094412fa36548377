//! The page of results.

use askama::Template;
use axum::response::Response;
use serde::Serialize;
use utoipa::ToSchema;

use super::found::{Group, groups};
use super::matching::Wanted;
use crate::components::{Button, Input};
use crate::errors::Refused;
use crate::fields::Asked;
use crate::layout::Frame;
use crate::viewer::{Area, Viewer, breadcrumbs};

/// What was found.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SearchView {
    /// What was asked for.
    pub query: String,
    /// How many things hold every word.
    pub count: usize,
    /// They, by kind.
    pub groups: Vec<Group>,
}

#[derive(Template)]
#[template(path = "pages/search/search.html")]
struct SearchPage {
    frame: Frame,
    view: SearchView,
    words: Input,
    send: Button,
}

/// Shows what was found.
pub async fn show(viewer: Viewer, Asked(asked): Asked) -> Result<Response, Refused> {
    let programme = viewer.programme().await?;
    let query: String = asked.text("q").chars().take(200).collect();
    let groups = groups(&programme, &Wanted::of(&query));
    let view = SearchView { count: groups.iter().map(|group| group.count).sum(), groups, query };
    let page = SearchPage {
        frame: Frame {
            breadcrumbs: breadcrumbs(&[]),
            // The page has a box of its own, with the words kept.
            search: None,
            ..viewer.programme_frame(&programme, "Search", Area::None)
        },
        words: Input::search("q", "Words to find")
            .value(&view.query)
            .hint("Every word must stand in what is found."),
        send: Button::new("Search"),
        view,
    };
    Ok(viewer.show(&page, &page.view))
}

#[cfg(test)]
mod tests {
    use crate::trial::Trial;
    use service::Role;

    #[tokio::test]
    async fn found_words_are_marked_and_hostile_words_are_escaped() {
        let trial = Trial::new().await;
        let found = trial.get(Some(Role::Chair), "/search?q=Caseloads").await;
        assert!(found.body.contains("<mark class=\"headway-found\">caseloads</mark>"), "{}", found.body);
        let none = trial.get(Some(Role::Chair), "/search?q=%3Cscript%3E").await;
        assert!(none.body.contains("Nothing holds"));
        assert!(!none.body.contains("<script>"));
        assert!(trial.get(Some(Role::Chair), "/search").await.body.contains("Words to find"));
        assert_eq!(trial.get(Some(Role::Administrator), "/search?q=board").await.status, 404);
    }
}
