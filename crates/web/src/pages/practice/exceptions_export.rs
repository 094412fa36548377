//! Exceptions or tomorrow's list taken out as a file of children: asks what for, says who is told, holds 50 children at
//! most, and is written down child by child before the file leaves.

use askama::Template;
use axum::response::Response;
use documents::output::csv as comma_separated;
use practice::outcome::Outcome;
use serde::Serialize;
use service::export::{MOST_CHILDREN, Taking};
use service::{ExceptionList, Figures, Knowledge, Refusal};
use star_schema::Class;
use vocabulary::date::day_in_words;

use super::downloads::taken_out;
use super::exceptions::{address, heading, team_choice};
use super::navigation;
use crate::components::{Button, Problems, Select, SelectOption, Textarea};
use crate::errors::{Refused, beside_fields};
use crate::fields::{Asked, Fields};
use crate::guard::escape;
use crate::layout::Frame;
use crate::viewer::{Viewer, breadcrumbs};

const HERE: &str = "/exceptions/export";

/// What would be taken out.
#[derive(Clone, Debug, Serialize)]
struct ExportView {
    /// Events on the list.
    events: usize,
    /// Children they are about.
    children: usize,
    /// At most so many may be taken out by one person.
    most: usize,
    /// Whether any load counts.
    figures: bool,
}

#[derive(Template)]
#[template(path = "pages/practice/exceptions_export.html")]
struct ExportPage {
    frame: Frame,
    view: ExportView,
    list: Select,
    standard: Select,
    team: Option<Select>,
    hidden: Vec<(&'static str, String)>,
    purpose: Textarea,
    confirm_first: Option<Button>,
}

/// What is asked for: a list, narrowed to a standard and a team.
struct Wanted {
    list: ExceptionList,
    standard: String,
    team: String,
}

impl Wanted {
    fn of(asked: &Fields) -> Self {
        let list = if asked.text("list") == "tomorrow" {
            ExceptionList::Tomorrow
        } else {
            ExceptionList::Exceptions
        };
        Self { list, standard: asked.text("standard").to_owned(), team: asked.text("team").to_owned() }
    }

    fn list_name(&self) -> &'static str {
        address(self.list).trim_start_matches('/')
    }

    fn address(&self) -> String {
        let (standard, team) = (escape(&self.standard), escape(&self.team));
        format!("{HERE}?list={}&standard={standard}&team={team}", self.list_name())
    }

    fn of_standard(&self, figures: &Figures, event: &Outcome) -> bool {
        let standard = &figures.library.standards[usize::from(event.standard)];
        self.standard.is_empty() || standard.code == self.standard
    }

    fn of_team(&self, figures: &Figures, event: &Outcome) -> bool {
        self.team.is_empty() || figures.team_of(event) == Some(self.team.as_str())
    }

    /// The events of the list that the viewer may see, of every standard, the longest overdue or the nearest first.
    fn on_list<'f>(&self, figures: &'f Figures, viewer: &Viewer) -> Vec<&'f Outcome> {
        let events: Vec<&Outcome> =
            figures.on_list(self.list, &viewer.scope).filter(|event| self.of_team(figures, event)).collect();
        let mut held = figures.of_children_in(&viewer.scope, &events);
        held.sort_by_key(|event| (event.due_on, event.standard, event.subject));
        held
    }
}

/// Shows what would be taken out, and asks what for.
pub async fn show(viewer: Viewer, Asked(asked): Asked) -> Result<Response, Refused> {
    let figures = viewer.service.figures(&viewer.scope, Knowledge::default()).await?;
    let page = page(&viewer, figures.as_deref(), &asked, Problems::default()).await?;
    Ok(viewer.show(&page, &page.view))
}

/// Answers the file, once it is written down who took it out and what for.
pub async fn send(viewer: Viewer, fields: Fields) -> Result<Response, Refused> {
    let figures = viewer.service.figures(&viewer.scope, Knowledge::default()).await?;
    let figures = figures.ok_or(Refusal::NotFound)?;
    match file(&viewer, &figures, &fields).await {
        Ok((name, bytes)) => {
            Ok(viewer.export("text/csv; charset=utf-8; header=present", &name, bytes).await?)
        }
        Err(refusal) => {
            let problems = beside_fields(refusal)?;
            let page = page(&viewer, Some(&figures), &fields, problems).await?;
            Ok(viewer.show_problems(&page, &page.view))
        }
    }
}

async fn file(viewer: &Viewer, figures: &Figures, fields: &Fields) -> Result<(String, Vec<u8>), Refusal> {
    let wanted = Wanted::of(fields);
    let mut events = wanted.on_list(figures, viewer);
    events.retain(|event| wanted.of_standard(figures, event));
    let taken = taken_out(viewer, figures, None, Class::C3).await?;
    let taking = Taking {
        actor: &viewer.actor,
        scope: &viewer.scope,
        purpose: fields.text("purpose"),
        route: HERE,
        request_id: &viewer.request_id,
    };
    let table = viewer.service.take_out_events(&taking, figures, &events, &taken).await?;
    Ok((format!("{}-{}.csv", wanted.list_name(), taken.as_at), comma_separated::write(&table)))
}

async fn page(
    viewer: &Viewer,
    figures: Option<&Figures>,
    asked: &Fields,
    problems: Problems,
) -> Result<ExportPage, Refusal> {
    let wanted = Wanted::of(asked);
    let on_list = figures.map(|figures| wanted.on_list(figures, viewer)).unwrap_or_default();
    let chosen: Vec<_> = figures
        .map(|figures| on_list.iter().copied().filter(|event| wanted.of_standard(figures, event)).collect())
        .unwrap_or_default();
    let confirm = Button::link("Confirm it’s you, then take out the file", step_up(&wanted));
    Ok(ExportPage {
        view: ExportView {
            events: chosen.len(),
            children: figures.map_or(0, |figures| figures.children_among(&chosen).len()),
            most: MOST_CHILDREN,
            figures: figures.is_some(),
        },
        list: Select::new("list", "List")
            .options(
                [ExceptionList::Exceptions, ExceptionList::Tomorrow]
                    .map(|list| SelectOption::new(address(list).trim_start_matches('/'), heading(list))),
            )
            .chosen(wanted.list_name()),
        standard: standard_choice(figures, &on_list, &wanted),
        team: figures.map(|figures| team_choice(figures, viewer, asked)),
        hidden: vec![
            ("list", wanted.list_name().to_owned()),
            ("standard", wanted.standard.clone()),
            ("team", wanted.team.clone()),
        ],
        purpose: Textarea::new("purpose", "What is the file for?")
            .hint("Say who will use it and for what. Do not name a child.")
            .at_most_characters(500)
            .value(asked.text("purpose"))
            .problem_in(&problems),
        confirm_first: (!viewer.actor.stepped_up()).then_some(confirm),
        frame: Frame {
            breadcrumbs: breadcrumbs(&[(heading(wanted.list), address(wanted.list))]),
            sub_navigation: navigation(viewer, address(wanted.list)),
            audience: Some(
                "People who may read children’s records, for the children of their teams".to_owned(),
            ),
            as_at: figures.map(|figures| day_in_words(figures.as_at.date())),
            problems,
            ..super::frame(viewer, "Take out a list of children").await?
        },
    })
}

fn step_up(wanted: &Wanted) -> String {
    format!("/step-up?back={}", escape(&wanted.address()))
}

fn standard_choice(figures: Option<&Figures>, on_list: &[&Outcome], wanted: &Wanted) -> Select {
    let mut options = vec![SelectOption::new("", "Every standard")];
    if let Some(figures) = figures {
        let mut places: Vec<u16> = on_list.iter().map(|event| event.standard).collect();
        places.sort_unstable();
        places.dedup();
        options.extend(places.into_iter().map(|place| {
            let standard = &figures.library.standards[usize::from(place)];
            SelectOption::new(&standard.code, &standard.title)
        }));
    }
    Select::new("standard", "Standard").options(options).chosen(&wanted.standard)
}

#[cfg(test)]
mod tests {
    use service::Role;

    use super::super::downloads::tests::load_into;
    use super::*;
    use crate::trial::Trial;

    #[test]
    fn confirming_who_one_is_leads_back_to_the_same_list() {
        let wanted =
            Wanted::of(&Fields::parse(b"list=tomorrow&standard=assessment-45wd&team=North+%26+East"));
        assert_eq!(
            wanted.address(),
            "/exceptions/export?list=tomorrow&standard=assessment-45wd&team=North%20%26%20East"
        );
        assert!(
            step_up(&wanted).starts_with("/step-up?back=/exceptions/export%3Flist%3Dtomorrow%26standard")
        );
    }

    async fn reads(trial: &Trial) -> Vec<store::ChildRead> {
        let scope = trial.state.service.authoriser.machine_scope(crate::trial::COUNCIL);
        let (from, to) = ("2020-01-01T00:00:00Z".parse().unwrap(), "2040-01-01T00:00:00Z".parse().unwrap());
        trial.state.service.store.child_reads(&scope, from, to, 1_000).await.unwrap()
    }

    #[tokio::test]
    async fn a_list_leaves_with_its_purpose_once_every_child_on_it_is_written_down() {
        let trial = Trial::new().await;
        load_into(&trial, 4).await;
        let form = "list=exceptions&standard=assessment-45wd&team=South+team";
        let refused = trial.post(Role::Analyst, HERE, &format!("{form}&purpose=")).await;
        assert_eq!(refused.status, 422);
        assert!(refused.body.contains("Enter what the file is for"), "{}", refused.body);
        assert!(reads(&trial).await.is_empty());
        let sent = format!("{form}&purpose=For+the+weekly+meeting+of+managers");
        let file = trial.post(Role::Analyst, HERE, &sent).await;
        assert_eq!(file.status, 200);
        assert_eq!(file.body.lines().count(), 3, "a heading and two children: {}", file.body);
        assert!(file.body.contains("South team") && !file.body.contains("North team"), "{}", file.body);
        let reads = reads(&trial).await;
        assert_eq!(reads.len(), 2);
        assert!(reads.iter().all(|read| read.purpose == "For the weekly meeting of managers"));
        assert!(reads.iter().all(|read| read.route == HERE && file.body.contains(&read.child.to_string())));
        let log = trial.get(Some(Role::PrivacyOfficer), "/access-log").await;
        assert!(log.body.contains("exceptions-2026-05-31.csv"), "{}", log.body);
    }

    #[tokio::test]
    async fn a_list_of_over_fifty_children_is_not_offered_and_says_why() {
        let trial = Trial::new().await;
        load_into(&trial, 52).await;
        let address = format!("{HERE}?list=exceptions&standard=assessment-45wd");
        let session = trial.session(Role::Analyst, true).await;
        let page = trial.ask("GET", &address, Some(&session), "").await.body;
        assert!(page.contains("Over 50 children needs a second person"), "{page}");
        assert!(!page.contains("name=\"purpose\""));
        let narrowed = format!("{address}&team=South+team");
        let page = trial.ask("GET", &narrowed, Some(&session), "").await.body;
        assert!(page.contains("name=\"purpose\"") && page.contains("26 children"), "{page}");
        let sent = "list=exceptions&standard=assessment-45wd&purpose=For+the+weekly+meeting";
        assert_eq!(trial.post(Role::Analyst, HERE, sent).await.status, 422);
        assert!(reads(&trial).await.is_empty());
    }

    #[tokio::test]
    async fn a_manager_of_no_team_has_no_list_to_take_out() {
        let trial = Trial::new().await;
        load_into(&trial, 4).await;
        let page = trial.get(Some(Role::TeamManager), HERE).await;
        assert!(page.body.contains("No child stands on this list for you"), "{}", page.body);
        let sent = "list=exceptions&purpose=For+the+weekly+meeting+of+managers";
        assert_eq!(trial.post(Role::TeamManager, HERE, sent).await.status, 422);
        assert!(reads(&trial).await.is_empty());
    }

    #[tokio::test]
    async fn who_may_not_see_children_finds_no_way_to_take_them_out() {
        let trial = Trial::new().await;
        for role in [Role::Chair, Role::ProgrammeManager, Role::ElectedMember, Role::Administrator] {
            assert_eq!(trial.get(Some(role), HERE).await.status, 404, "{}", role.name());
            assert_eq!(trial.post(role, HERE, "purpose=For+the+board").await.status, 404, "{}", role.name());
        }
        let page = trial.get(Some(Role::TeamManager), HERE).await;
        assert_eq!(page.status, 200);
        assert!(page.body.contains("No load counts"), "{}", page.body);
    }
}
