//! Where the council lies: its own authority and those that adjoin it. Extracts are read by it, so that a placement's
//! postcodes become in or out of area, adjoining, or at a distance (`docs/postcodes.md`).

use askama::Template;
use axum::response::Response;
use serde::Serialize;
use service::Action;
use service::Refusal;
use service::acts::SetCouncilPlaces;
use store::CouncilPlaces;
use utoipa::ToSchema;
use vocabulary::day::Day;
use vocabulary::places::{AreaCode, england};

use super::navigation;
use crate::components::{Choice, Choices, Problems, Select, SummaryList};
use crate::errors::{Refused, beside_fields};
use crate::fields::Fields;
use crate::layout::Frame;
use crate::viewer::{Viewer, breadcrumbs};

/// What is sent when no authority adjoins the council.
const NONE: &str = "none";

/// Where the council lies.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct PlacesView {
    /// The council's own authority: code and name; none while it is not set.
    pub authority: Option<(String, String)>,
    /// Those that adjoin it; none while that is not said.
    pub adjoining: Option<Vec<(String, String)>>,
    /// Edit version; 0 while nothing is set.
    pub version: i64,
}

#[derive(Template)]
#[template(path = "pages/practice/places.html")]
struct PlacesPage {
    frame: Frame,
    view: PlacesView,
    summary: SummaryList,
    authority: Select,
    adjoining: Choices,
    may_set: bool,
}

/// Shows where the council lies.
pub async fn show(viewer: Viewer) -> Result<Response, Refused> {
    let view = PlacesView::of(viewer.service.council_places(&viewer.scope).await?.as_ref());
    let page = page(&viewer, view, None, Problems::default()).await?;
    Ok(viewer.show(&page, &page.view))
}

/// Sets where the council lies.
pub async fn set(viewer: Viewer, fields: Fields) -> Result<Response, Refused> {
    let act = SetCouncilPlaces {
        version: fields.number("version").unwrap_or_default(),
        authority: fields.text("authority").to_owned(),
        adjoining: adjoining(&fields),
    };
    match viewer.perform(&fields, act).await {
        Ok(()) => Ok(viewer.after("/loads/places", "places-set")),
        Err(refusal) => {
            let problems = beside_fields(refusal)?;
            let view = PlacesView::of(viewer.service.council_places(&viewer.scope).await?.as_ref());
            let page = page(&viewer, view, Some(&fields), problems).await?;
            Ok(viewer.show_problems(&page, &page.view))
        }
    }
}

/// The authorities ticked; none while nothing is.
fn adjoining(fields: &Fields) -> Option<Vec<String>> {
    let ticked: Vec<String> = fields.all("adjoining").map(str::to_owned).collect();
    match ticked.as_slice() {
        [] => None,
        [only] if only == NONE => Some(Vec::new()),
        _ => Some(ticked.into_iter().filter(|code| code != NONE).collect()),
    }
}

impl PlacesView {
    fn of(places: Option<&CouncilPlaces>) -> Self {
        let named = |code: &String| (code.clone(), name_of(code));
        Self {
            authority: places.map(|places| named(&places.authority)),
            adjoining: places
                .and_then(|places| places.adjoining.as_ref())
                .map(|codes| codes.iter().map(named).collect()),
            version: places.map_or(0, |places| places.version),
        }
    }

    fn summary(&self) -> SummaryList {
        let own = match &self.authority {
            Some((code, name)) => format!("{name} ({code})"),
            None => "Not set: in or out of area can’t be told from postcodes".to_owned(),
        };
        let adjoining = match self.adjoining.as_deref() {
            None => "Not set: whether a placement is at a distance can’t be told".to_owned(),
            Some([]) => "None".to_owned(),
            Some(known) => known.iter().map(|(_, name)| name.as_str()).collect::<Vec<_>>().join(", "),
        };
        SummaryList::default().row("The council’s own authority", own).row("Adjoining authorities", adjoining)
    }
}

fn name_of(code: &str) -> String {
    let known = AreaCode::parse(code).and_then(|code| england().find_authority(code));
    known.map_or_else(|| code.to_owned(), |authority| authority.name.clone())
}

/// The authorities that stand on a day, by name, and one that is set although it has ended.
fn authorities(today: Day, set: Option<&str>) -> Vec<(String, String)> {
    let standing = england().authorities_on(today);
    let mut known: Vec<(String, String)> =
        standing.map(|authority| (authority.code.as_str().to_owned(), authority.name.clone())).collect();
    if let Some(code) = set.filter(|code| !known.iter().any(|(known, _)| known == code)) {
        known.push((code.to_owned(), name_of(code)));
    }
    known.sort_by(|one, other| one.1.cmp(&other.1));
    known
}

async fn page(
    viewer: &Viewer,
    view: PlacesView,
    typed: Option<&Fields>,
    problems: Problems,
) -> Result<PlacesPage, Refusal> {
    let set = view.authority.as_ref().map(|(code, _)| code.as_str());
    let own = typed.map_or_else(|| set.unwrap_or_default(), |typed| typed.text("authority"));
    let ticked: Vec<String> = match typed {
        Some(typed) => typed.all("adjoining").map(str::to_owned).collect(),
        None => match &view.adjoining {
            None => Vec::new(),
            Some(known) if known.is_empty() => vec![NONE.to_owned()],
            Some(known) => known.iter().map(|(code, _)| code.clone()).collect(),
        },
    };
    let known = authorities(Day::of(viewer.service.clock.today()), set);
    let mut authority =
        Select::new("authority", "The council’s own authority").option("", "Choose an authority").chosen(own);
    let mut adjoining = Choices::checkboxes("adjoining", "Which authorities adjoin it?")
        .hint("Leave all empty while you do not know: then it is never guessed whether a placement is at a distance.")
        .choice_part(Choice::new(NONE, "None adjoins it").excludes_others())
        .small();
    for (code, name) in &known {
        authority = authority.option(code, name);
        adjoining = adjoining.choice(code, name);
    }
    let adjoining = ticked.iter().fold(adjoining, |adjoining, code| adjoining.chosen(code));
    Ok(PlacesPage {
        summary: view.summary(),
        authority: authority.problem_in(&problems),
        adjoining: adjoining.problem_in(&problems),
        may_set: viewer.may(Action::SetPlaces),
        frame: Frame {
            breadcrumbs: breadcrumbs(&[("Data loads and quality", "/loads")]),
            sub_navigation: navigation(viewer, "/loads"),
            history_href: (view.version > 0)
                .then(|| format!("/history/council-places/{}", viewer.scope.council())),
            audience: Some("People who may see figures before small numbers are removed".to_owned()),
            problems,
            ..super::frame(viewer, "Where the council lies").await?
        },
        view,
    })
}

#[cfg(test)]
mod tests {
    use axum::http::StatusCode;
    use service::Role;

    use super::*;
    use crate::trial::Trial;

    #[tokio::test]
    async fn an_analyst_sets_the_council_and_its_neighbours_and_the_director_reads_them() {
        let trial = Trial::new().await;
        let before = trial.get(Some(Role::Chair), "/loads/places").await;
        assert!(before.body.contains("Not set") && !before.body.contains("<form action=\"/loads/places\""));
        let form = "version=0&authority=E09000001&adjoining=E09000012&adjoining=E09000033";
        let answer = trial.post(Role::Analyst, "/loads/places", form).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        let after = trial.get(Some(Role::Chair), "/loads/places").await;
        assert!(after.body.contains("(E09000001)") && after.body.contains(&name_of("E09000012")));
        let nobody =
            trial.post(Role::Analyst, "/loads/places", "version=1&authority=E09000001&adjoining=none").await;
        assert_eq!(nobody.status, StatusCode::SEE_OTHER, "{}", nobody.body);
        let trusted = trial.get(Some(Role::Analyst), "/loads/places").await;
        assert!(trusted.body.contains("value=\"none\" checked"), "{}", trusted.body);
    }

    #[tokio::test]
    async fn a_council_does_not_adjoin_itself_and_what_was_ticked_stays() {
        let trial = Trial::new().await;
        let form = "version=0&authority=E09000001&adjoining=E09000001";
        let answer = trial.post(Role::DataSteward, "/loads/places", form).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.body.contains("not the council itself"));
        assert!(answer.body.contains("value=\"E09000001\" checked"), "{}", answer.body);
        assert_eq!(trial.post(Role::Chair, "/loads/places", form).await.status, StatusCode::NOT_FOUND);
    }

    #[test]
    fn nothing_ticked_is_not_the_same_as_none_adjoining() {
        let fields = |text: &str| Fields::parse(text.as_bytes());
        assert_eq!(adjoining(&fields("authority=x")), None);
        assert_eq!(adjoining(&fields("adjoining=none")), Some(Vec::new()));
        assert_eq!(adjoining(&fields("adjoining=none&adjoining=E1")), Some(vec!["E1".to_owned()]));
    }
}
