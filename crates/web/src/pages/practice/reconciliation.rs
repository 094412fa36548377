//! One reconciliation: its counts, and what differs child by child for those who may see children, each reading written
//! down first; each difference has an owner until it is settled.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use serde::Serialize;
use service::acts::{Seen, SettleDifference};
use service::{Programme, Refusal};
use store::{DataClass, Difference, Mismatch, Reconciliation, Scope};
use utoipa::ToSchema;
use vocabulary::date::day_in_words;
use vocabulary::id::{ReconciliationId, UserId};

use super::navigation;
use super::reconciliations::{ReconciliationRow, in_a_sentence, mismatch_in_words};
use crate::components::{
    Cell, Choices, Heading, Pagination, Problems, Select, SelectOption, SummaryList, Table, Tag, TagColour,
};
use crate::errors::{Refused, beside_fields};
use crate::fields::{Asked, Fields};
use crate::layout::Frame;
use crate::pages::duties::cells::link;
use crate::viewer::{Viewer, breadcrumbs};

/// Differences on one page; each child is written down as read.
const PAGE: usize = 50;

/// One reconciliation.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ReconciliationView {
    /// The reconciliation as in the list.
    pub reconciliation: ReconciliationRow,
    /// The day of the extracts it was held against.
    pub extracts_as_at: String,
    /// Rows that could not be used, with why.
    pub unusable: Vec<String>,
    /// What differs, of the viewer's children; one page of it.
    pub differences: Vec<DifferenceRow>,
    /// How many differences of the viewer's children the filter lets through.
    pub shown: usize,
    /// Pages of them.
    pub pages: usize,
    /// The page shown, from 1.
    pub page: usize,
}

/// One difference.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct DifferenceRow {
    /// Its place in the reconciliation.
    pub place: usize,
    /// The child's random id.
    pub child: String,
    /// Its first letters, as people read it out.
    pub reference: String,
    /// The day of the row or record.
    pub on: String,
    /// What differs, in words.
    pub what: String,
    /// The tracker's row.
    pub row: String,
    /// The team that holds the child.
    pub team: String,
    /// Who settles it.
    pub owner: String,
    /// Who settled it and when; empty while it is open.
    pub settled: String,
}

#[derive(Template)]
#[template(path = "pages/practice/reconciliation.html")]
struct ReconciliationPage {
    frame: Frame,
    view: ReconciliationView,
    sentence: String,
    summary: SummaryList,
    filter: Select,
    state: Select,
    table: Table,
    steps: Pagination,
}

#[derive(Template)]
#[template(path = "pages/practice/reconciliation_difference.html")]
struct DifferencePage {
    frame: Frame,
    address: String,
    version: i64,
    summary: SummaryList,
    owner: Select,
    settled: Choices,
}

/// Shows one reconciliation.
pub async fn show(viewer: Viewer, Path(id): Path<String>, Asked(asked): Asked) -> Result<Response, Refused> {
    let reconciliation = find(&viewer, &id).await?;
    let programme = viewer.programme().await?;
    let view = ReconciliationView::of(&reconciliation, &programme, &viewer.scope, &asked);
    read(&viewer, "/reconciliations/{id}", view.differences.iter().map(|row| row.place), &reconciliation)
        .await?;
    let page = page(&viewer, &asked, view).await?;
    Ok(viewer.show(&page, &page.view))
}

/// Shows one difference, to give it an owner or settle it.
pub async fn difference(
    viewer: Viewer,
    Path((id, place)): Path<(String, usize)>,
) -> Result<Response, Refused> {
    let reconciliation = find(&viewer, &id).await?;
    let page =
        difference_page(&viewer, &reconciliation, place, &Fields::default(), Problems::default()).await?;
    Ok(viewer.show(&page, &()))
}

/// Gives a difference an owner, or settles it.
pub async fn settle(
    viewer: Viewer,
    Path((id, place)): Path<(String, usize)>,
    fields: Fields,
) -> Result<Response, Refused> {
    let reconciliation = ReconciliationId::parse(&id).ok_or(Refusal::NotFound)?;
    let settled = fields.text("settled") == "yes";
    let act = SettleDifference {
        reconciliation: Seen { id: reconciliation, version: fields.number("version").unwrap_or_default() },
        place,
        owner: UserId::parse(fields.text("owner")),
        settled,
    };
    let Err(refusal) = viewer.perform(&fields, act).await else {
        let code = if settled { "difference-settled" } else { "difference-owned" };
        return Ok(viewer.after(&format!("/reconciliations/{id}"), code));
    };
    let problems = beside_fields(refusal)?;
    let reconciliation = find(&viewer, &id).await?;
    let page = difference_page(&viewer, &reconciliation, place, &fields, problems).await?;
    Ok(viewer.show_problems(&page, &()))
}

async fn find(viewer: &Viewer, id: &str) -> Result<Reconciliation, Refusal> {
    let id = ReconciliationId::parse(id).ok_or(Refusal::NotFound)?;
    viewer.service.reconciliation(&viewer.scope, id).await
}

/// Writes down whose records are about to be shown.
async fn read(
    viewer: &Viewer,
    route: &str,
    places: impl Iterator<Item = usize>,
    reconciliation: &Reconciliation,
) -> Result<(), Refusal> {
    let children: Vec<String> =
        places.map(|place| reconciliation.differences[place].child.to_string()).collect();
    viewer.read_children("Reconciliation", route, &[], children.iter().map(String::as_str)).await
}

/// Whether a difference is about a child whom the viewer may see.
fn may_see(scope: &Scope, difference: &Difference) -> bool {
    let team = Some(difference.team.as_str()).filter(|team| !team.is_empty());
    scope.allows(DataClass::PseudonymousChildren) && scope.holds_team(team)
}

/// The kinds of difference by the word in the address.
const KINDS: [(&str, Mismatch, &str); 3] = [
    ("not-on-record", Mismatch::MissingHere, "Not yet on record"),
    ("not-in-tracker", Mismatch::MissingThere, "Not in the tracker"),
    ("disagree", Mismatch::Disagreeing, "Disagree"),
];

impl ReconciliationView {
    fn of(reconciliation: &Reconciliation, programme: &Programme, scope: &Scope, asked: &Fields) -> Self {
        let kind = KINDS.iter().find(|(word, ..)| *word == asked.text("kind")).map(|(_, kind, _)| *kind);
        let open = asked.text("state");
        let wanted = |difference: &Difference| {
            kind.is_none_or(|kind| difference.mismatch == kind)
                && match open {
                    "settled" => difference.settled.is_some(),
                    "all" => true,
                    _ => difference.settled.is_none(),
                }
        };
        let own: Vec<(usize, &Difference)> = reconciliation
            .differences
            .iter()
            .enumerate()
            .filter(|(_, difference)| may_see(scope, difference) && wanted(difference))
            .collect();
        let pages = own.len().div_ceil(PAGE).max(1);
        let page = asked.number("page").unwrap_or(1).clamp(1, pages);
        let shown = own.iter().skip((page - 1) * PAGE).take(PAGE);
        Self {
            reconciliation: ReconciliationRow::of(reconciliation, programme),
            extracts_as_at: day_in_words(reconciliation.extracts_as_at),
            unusable: reconciliation.unusable.clone(),
            differences: shown.map(|(place, one)| DifferenceRow::of(*place, one, programme)).collect(),
            shown: own.len(),
            pages,
            page,
        }
    }

    fn table(&self) -> Table {
        let rows = self.differences.iter().map(|row| {
            let address = format!("/reconciliations/{}/differences/{}", self.reconciliation.id, row.place);
            let state = match row.settled.is_empty() {
                true => Tag::new("Open").colour(TagColour::Yellow),
                false => Tag::new("Settled").colour(TagColour::Green),
            };
            vec![
                Cell::new(link(&row.reference, &address)),
                Cell::new(&row.on),
                Cell::new(&row.what),
                Cell::new(&row.row),
                Cell::new(&row.team),
                Cell::new(&row.owner),
                Cell::new(state),
            ]
        });
        Table::new("What differs; open one to give it an owner or settle it")
            .headings([
                Heading::new("Child"),
                Heading::new("Day"),
                Heading::new("What differs"),
                Heading::new("Tracker row"),
                Heading::new("Team"),
                Heading::new("Owner"),
                Heading::new("State"),
            ])
            .rows(rows)
            .stacks()
    }

    fn summary(&self) -> SummaryList {
        let mut list = SummaryList::new()
            .row("File", &self.reconciliation.file)
            .row("The tracker tells of", &self.reconciliation.as_at)
            .row("Held against extracts of", &self.extracts_as_at)
            .row("Rows read", self.reconciliation.rows)
            .row("Match", self.reconciliation.matched);
        for ((.., words), count) in KINDS.iter().zip(self.reconciliation.differences) {
            list = list.row(*words, count);
        }
        list.row("Not settled", self.reconciliation.open).row("Made", &self.reconciliation.made)
    }
}

impl DifferenceRow {
    fn of(place: usize, difference: &Difference, programme: &Programme) -> Self {
        let child = difference.child.to_string();
        let settled = difference.settled.as_ref().map(|stamp| {
            let on = day_in_words(service::london_day(stamp.at));
            format!("{on} by {}", programme.name_of(stamp.by))
        });
        Self {
            place,
            reference: super::reference(&child),
            child,
            on: difference.on.map(day_in_words).unwrap_or_default(),
            what: mismatch_in_words(difference),
            row: difference.row.map(|row| row.to_string()).unwrap_or_default(),
            team: difference.team.clone(),
            owner: difference.owner.map(|owner| programme.name_of(owner).to_owned()).unwrap_or_default(),
            settled: settled.unwrap_or_default(),
        }
    }
}

async fn page(
    viewer: &Viewer,
    asked: &Fields,
    view: ReconciliationView,
) -> Result<ReconciliationPage, Refusal> {
    let kinds = std::iter::once(SelectOption::new("", "Every difference"))
        .chain(KINDS.iter().map(|(word, _, words)| SelectOption::new(word, words)));
    let states = [("", "Not settled"), ("settled", "Settled"), ("all", "All")];
    let (kind, state) = (asked.text("kind"), asked.text("state"));
    let word =
        |text: &str| text.chars().filter(|letter| letter.is_ascii_lowercase() || *letter == '-').collect();
    let (kind_word, state_word): (String, String) = (word(kind), word(state));
    let id = view.reconciliation.id.clone();
    Ok(ReconciliationPage {
        frame: Frame {
            breadcrumbs: breadcrumbs(&[("Reconciliation", "/reconciliations")]),
            sub_navigation: navigation(viewer, "/reconciliations"),
            history_href: Some(format!("/history/reconciliation/{id}")),
            audience: Some(
                "People who may read children’s records: every child shown here is written down as read by you"
                    .to_owned(),
            ),
            as_at: Some(view.extracts_as_at.clone()),
            ..super::frame(viewer, &view.reconciliation.title).await?
        },
        sentence: in_a_sentence(&view.reconciliation),
        summary: view.summary(),
        filter: Select::new("kind", "What differs").options(kinds.collect::<Vec<_>>()).chosen(kind),
        state: Select::new("state", "State")
            .options(states.map(|(word, words)| SelectOption::new(word, words)))
            .chosen(state),
        table: view.table(),
        steps: Pagination::numbered(view.page, view.pages, |page| {
            format!("/reconciliations/{id}?kind={kind_word}&state={state_word}&page={page}")
        }),
        view,
    })
}

async fn difference_page(
    viewer: &Viewer,
    reconciliation: &Reconciliation,
    place: usize,
    typed: &Fields,
    problems: Problems,
) -> Result<DifferencePage, Refusal> {
    let difference = reconciliation.differences.get(place).filter(|one| may_see(&viewer.scope, one));
    let difference = difference.ok_or(Refusal::NotFound)?;
    let route = "/reconciliations/{id}/differences/{place}";
    read(viewer, route, std::iter::once(place), reconciliation).await?;
    let programme = viewer.programme().await?;
    let row = DifferenceRow::of(place, difference, &programme);
    let (address, back) = (
        format!("/reconciliations/{}/differences/{place}", reconciliation.id),
        format!("/reconciliations/{}", reconciliation.id),
    );
    let mut people: Vec<(String, &String)> =
        programme.names.iter().map(|(id, name)| (id.to_string(), name)).collect();
    people.sort_by(|one, other| (one.1, &one.0).cmp(&(other.1, &other.0)));
    let options = std::iter::once(SelectOption::new("", "Choose"))
        .chain(people.iter().map(|(id, name)| SelectOption::new(id, name)));
    let known = difference.owner.map(|owner| owner.to_string()).unwrap_or_default();
    let owner = if typed.text("owner").is_empty() { known } else { typed.text("owner").to_owned() };
    let settled = match typed.text("settled") {
        "" if difference.settled.is_some() => "yes",
        "" => "no",
        typed => typed,
    };
    Ok(DifferencePage {
        address,
        version: reconciliation.version,
        summary: row.summary(),
        owner: Select::new("owner", "Who settles it")
            .options(options.collect::<Vec<_>>())
            .chosen(owner)
            .problem_in(&problems),
        settled: Choices::radios("settled", "Is it settled?")
            .hint(
                "It is settled when the record or the tracker was put right, or both are right as they are.",
            )
            .choice("no", "No, not yet")
            .choice("yes", "Yes")
            .chosen(settled)
            .problem_in(&problems),
        frame: Frame {
            breadcrumbs: breadcrumbs(&[("Reconciliation", "/reconciliations"), ("One tracker", &back)]),
            sub_navigation: navigation(viewer, "/reconciliations"),
            history_href: Some(format!("/history/reconciliation/{}", reconciliation.id)),
            audience: Some(
                "People who may read children’s records: this child is written down as read by you"
                    .to_owned(),
            ),
            problems,
            ..super::frame(viewer, "Settle a difference").await?
        },
    })
}

impl DifferenceRow {
    fn summary(&self) -> SummaryList {
        let mut list = SummaryList::new()
            .row("Child", &self.reference)
            .row("Day", &self.on)
            .row("What differs", &self.what);
        for (key, value) in [("Tracker row", &self.row), ("Team", &self.team), ("Settled", &self.settled)] {
            if !value.is_empty() {
                list = list.row(key, value);
            }
        }
        list
    }
}

#[cfg(test)]
mod tests {
    use service::Role;

    use super::super::reconciliations::tests::reconciliation;
    use super::*;
    use crate::trial::{self, Trial};

    fn scope(teams: Option<&[&str]>) -> Scope {
        let actor_scope = |trial: &Trial| {
            let mut actor = service::Actor::trusted(trial::MAKER, "A", Role::Analyst, trial::COUNCIL);
            if let Some(teams) = teams {
                actor = service::Actor::trusted(trial::MAKER, "A", Role::TeamManager, trial::COUNCIL);
                actor.teams = teams.iter().map(|team| (*team).to_owned()).collect();
            }
            trial.state.service.authoriser.scope(&actor)
        };
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        runtime.block_on(async { actor_scope(&Trial::new().await) })
    }

    #[test]
    fn a_team_manager_sees_what_differs_for_their_own_children_and_counts_for_all() {
        let (reconciliation, programme) = (reconciliation(), trial::programme());
        let of = |teams: Option<&[&str]>, asked: &str| {
            let asked = Fields::parse(asked.as_bytes());
            ReconciliationView::of(&reconciliation, &programme, &scope(teams), &asked)
        };
        assert_eq!(of(None, "").differences.len(), 3);
        assert_eq!(of(Some(&["Looked After North"]), "").differences.len(), 3);
        let other = of(Some(&["Looked After South"]), "");
        assert_eq!((other.differences.len(), other.reconciliation.differences), (0, [1, 1, 1]));
        assert_eq!(of(None, "kind=not-on-record").differences[0].what, "In the tracker, not yet on record");
        assert!(of(None, "state=settled").differences.is_empty());
    }

    #[test]
    fn a_files_name_is_words_and_never_markup() {
        let view =
            ReconciliationView::of(&reconciliation(), &trial::programme(), &scope(None), &Fields::default());
        let summary = view.summary().to_string();
        assert!(summary.contains("&#60;police&#62;.csv"), "{summary}");
    }

    #[tokio::test]
    async fn a_difference_is_read_written_down_and_settled_by_its_form() {
        let trial = Trial::new().await;
        let mut transaction = trial.state.service.store.begin().await.expect("a transaction");
        transaction.insert(&reconciliation()).await.expect("a reconciliation");
        transaction.commit().await.expect("a commit");
        let address = format!("/reconciliations/{}", ReconciliationId(5));
        let page = trial.get(Some(Role::Analyst), &address).await;
        assert_eq!(page.status, 200);
        assert!(page.body.contains("In the tracker, not yet on record"), "{}", page.body);
        assert!(page.body.contains("Row 4: What stands in a column of dates"), "{}", page.body);
        let one = format!("{address}/differences/0");
        let nobody = trial.post(Role::Analyst, &one, "version=1&settled=yes").await;
        assert_eq!(nobody.status, 422);
        assert!(nobody.body.contains("Choose who settles it"), "{}", nobody.body);
        let owner = Trial::person_in(Role::DataSteward);
        let form = format!("version=1&settled=yes&owner={owner}");
        let done = trial.post(Role::Analyst, &one, &form).await;
        assert_eq!(
            (done.status.as_u16(), done.location),
            (303, format!("{address}?done=difference-settled"))
        );
        let settled = trial.get(Some(Role::Analyst), &format!("{address}?state=settled")).await;
        assert!(settled.body.contains("Settled"), "{}", settled.body);
    }
}
