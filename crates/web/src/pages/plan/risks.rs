//! Risks and issues: open ones by score, each with its trend and when it is looked at again; and one risk with its reviews.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use documents::output::table::{Cell as FileCell, Column, ColumnKind, Table as FileTable};
use improvement::plan::{Risk, Trend};
use improvement::words::counted;
use serde::Serialize;
use service::{Action, Programme, Refusal};
use utoipa::ToSchema;
use vocabulary::date::day_in_words;
use vocabulary::id::RiskId;

use crate::components::{
    AsContent, Cell, Heading, SummaryList, Table, Tag, TagColour, Timeline, TimelineItem,
};
use crate::errors::Refused;
use crate::layout::Frame;
use crate::pages::duties::cells::{lines, link};
use crate::pages::duties::file::{Sheet, count, day, downloads};
use crate::pages::duties::question::refused;
use crate::viewer::Viewer;

/// The register of risks and issues.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct RisksView {
    /// How many open ones were to be looked at again before today.
    pub late: usize,
    /// The open ones, the highest score first.
    pub open: Vec<RiskRow>,
    /// The closed ones, the newest first.
    pub closed: Vec<RiskRow>,
}

/// One risk or issue.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct RiskRow {
    /// Its id.
    pub id: String,
    /// Its number.
    pub number: u32,
    /// Whether it has come about.
    pub is_issue: bool,
    /// What may happen, or has.
    pub what: String,
    /// What that would mean for children.
    pub effect: String,
    /// Who answers for it.
    pub owner: String,
    /// The score now, with its parts.
    pub score: String,
    /// What it is to come down to.
    pub target: String,
    /// Which way it goes, in a word.
    pub trend: String,
    /// What holds it.
    pub control: String,
    /// The day by which it is looked at again.
    pub review_by: String,
    /// Whether that day has passed.
    pub late: bool,
    /// Why it was closed; empty while it is open.
    pub closed: String,
}

#[derive(Template)]
#[template(path = "pages/plan/risks.html")]
struct RisksPage {
    frame: Frame,
    view: RisksView,
    sentence: String,
    open: Table,
    closed: Table,
    may_raise: bool,
}

#[derive(Template)]
#[template(path = "pages/plan/risk.html")]
struct RiskPage {
    frame: Frame,
    view: RiskRow,
    summary: SummaryList,
    reviews: Timeline,
    may_review: bool,
    may_close: bool,
}

/// The risk that an address names.
pub fn find<'p>(programme: &'p Programme, id: &str) -> Result<&'p Risk, Refusal> {
    let id = RiskId::parse(id).ok_or(Refusal::NotFound)?;
    programme.risks.iter().find(|risk| risk.id == id).ok_or(Refusal::NotFound)
}

/// Shows the register.
pub async fn show(viewer: Viewer) -> Result<Response, Refused> {
    let programme = viewer.programme().await.map_err(refused(&viewer))?;
    let view = RisksView::of(&programme);
    let page = RisksPage {
        frame: Frame {
            downloads: downloads("/plan/risks.csv", "/plan/risks.xlsx"),
            ..super::frame(&viewer, &programme, "Risks and issues", &[])
        },
        sentence: view.sentence(),
        open: table("Open, the highest score first", &view.open),
        closed: table("Closed", &view.closed),
        may_raise: viewer.may(Action::KeepPlan) && programme.current_episode().is_some(),
        view,
    };
    Ok(viewer.show(&page, &page.view))
}

/// Shows one risk.
pub async fn one(viewer: Viewer, Path(id): Path<String>) -> Result<Response, Refused> {
    let programme = viewer.programme().await.map_err(refused(&viewer))?;
    let risk = find(&programme, &id).map_err(refused(&viewer))?;
    let open = risk.closed.is_none();
    let own = risk.owner == viewer.actor.person;
    let view = RiskRow::of(&programme, risk);
    let kind = if risk.is_issue { "Issue" } else { "Risk" };
    let page = RiskPage {
        frame: Frame {
            caption: Some(format!("{kind} {}", risk.number)),
            history_href: Some(format!("/history/risk/{id}")),
            ..super::frame(&viewer, &programme, &risk.what, &[("Risks and issues", "/plan/risks")])
        },
        summary: summary(&programme, risk, &view),
        reviews: reviews(&programme, risk),
        may_review: open && viewer.may(Action::UpdatePlanAction) && (own || viewer.may(Action::KeepPlan)),
        may_close: open && !own && viewer.may(Action::VerifyPlan),
        view,
    };
    Ok(viewer.show(&page, &page.view))
}

impl RisksView {
    /// The view of a programme.
    pub fn of(programme: &Programme) -> Self {
        let (mut open, closed): (Vec<&Risk>, Vec<&Risk>) =
            programme.risks.iter().partition(|risk| risk.closed.is_none());
        let score = |risk: &Risk| risk.score().map_or(0, improvement::plan::Score::product);
        open.sort_by_key(|risk| (std::cmp::Reverse(score(risk)), risk.number));
        let rows = |risks: Vec<&Risk>| risks.into_iter().map(|risk| RiskRow::of(programme, risk)).collect();
        Self {
            late: open.iter().filter(|risk| risk.review_is_late(programme.as_at)).count(),
            open: rows(open),
            closed: rows(closed.into_iter().rev().collect()),
        }
    }

    fn sentence(&self) -> String {
        let issues = self.open.iter().filter(|row| row.is_issue).count();
        let open = counted(self.open.len(), "risk or issue is", "risks and issues are");
        let come = counted(issues, "has come about", "have come about");
        let late = counted(
            self.late,
            "was to be looked at again before today",
            "were to be looked at again before today",
        );
        format!("{open} open; {come}; {late}.")
    }
}

impl RiskRow {
    fn of(programme: &Programme, risk: &Risk) -> Self {
        let newest = risk.reviews.last();
        Self {
            id: risk.id.to_string(),
            number: risk.number,
            is_issue: risk.is_issue,
            what: risk.what.clone(),
            effect: risk.effect.clone(),
            owner: programme.name_of(risk.owner).to_owned(),
            score: risk.score().map(improvement::plan::Score::in_words).unwrap_or_default(),
            target: risk.target.in_words(),
            trend: risk.trend().word().to_owned(),
            control: newest.map(|review| review.control.clone()).unwrap_or_default(),
            review_by: day_in_words(risk.review_by),
            late: risk.review_is_late(programme.as_at),
            closed: risk.closed.as_ref().map(|(reason, _)| reason.clone()).unwrap_or_default(),
        }
    }
}

fn table(caption: &str, rows: &[RiskRow]) -> Table {
    let rows = rows.iter().map(|row| {
        let kind = if row.is_issue { "Issue" } else { "Risk" };
        let colour = if row.trend == Trend::Rising.word() { TagColour::Red } else { TagColour::Grey };
        let again = match (row.closed.is_empty(), row.late) {
            (false, _) => format!("Closed: {}", row.closed),
            (true, true) => format!("By {}: late", row.review_by),
            (true, false) => format!("By {}", row.review_by),
        };
        vec![
            Cell::new(lines(&[
                &link(&format!("{kind} {}: {}", row.number, row.what), &format!("/plan/risks/{}", row.id)),
                &row.effect,
            ])),
            Cell::new(lines(&[&row.score, &Tag::new(&row.trend).colour(colour)])),
            Cell::new(&row.target),
            Cell::new(&row.control),
            Cell::new(&row.owner),
            Cell::new(again),
        ]
    });
    Table::new(caption)
        .headings(
            [
                "What may happen, and for children",
                "Score now",
                "To come down to",
                "What holds it",
                "Who answers for it",
                "Looked at again",
            ]
            .map(Heading::new),
        )
        .rows(rows)
        .stacks()
}

fn summary(programme: &Programme, risk: &Risk, row: &RiskRow) -> SummaryList {
    let mut list = SummaryList::new()
        .row("What it would mean for children", &row.effect)
        .row("Score now", format!("{}, {}", row.score, row.trend.to_lowercase()))
        .row("To come down to", &row.target)
        .row("Who answers for it", &row.owner)
        .row(
            "Looked at again",
            if row.late { format!("By {}: late", row.review_by) } else { format!("By {}", row.review_by) },
        );
    if let Some(objective) = risk.objective.and_then(|id| programme.objective(id)) {
        let words = format!("{}. {}", objective.number, objective.outcome);
        list = list.row("Stands in the way of", link(&words, &format!("/plan/objectives/{}", objective.id)));
    }
    match &risk.closed {
        Some((reason, stamp)) => list.row(
            "Closed",
            format!(
                "{reason} ({}, {})",
                programme.name_of(stamp.by),
                day_in_words(service::london_day(stamp.at))
            ),
        ),
        None => list,
    }
}

fn reviews(programme: &Programme, risk: &Risk) -> Timeline {
    let items = risk.reviews.iter().rev().map(|review| {
        let parts: [&dyn AsContent; 1] = [&review.control];
        TimelineItem::new(format!("Score {}", review.score.in_words()), review.on, day_in_words(review.on))
            .by(format!("{}, {}", programme.name_of(review.stamp.by), review.stamp.role))
            .content(lines(&parts))
    });
    Timeline::new(items.collect::<Vec<_>>())
}

/// Answers the register as CSV.
pub async fn csv(viewer: Viewer) -> Result<Response, Refused> {
    let programme = viewer.programme().await.map_err(refused(&viewer))?;
    sheet(&programme).csv(&viewer, &programme).await
}

/// Answers the register as a workbook.
pub async fn xlsx(viewer: Viewer) -> Result<Response, Refused> {
    let programme = viewer.programme().await.map_err(refused(&viewer))?;
    sheet(&programme).xlsx(&viewer, &programme).await
}

fn sheet(programme: &Programme) -> Sheet {
    let columns = [
        ("number", ColumnKind::Integer),
        ("kind", ColumnKind::Text),
        ("what", ColumnKind::LongText),
        ("for children", ColumnKind::LongText),
        ("likelihood", ColumnKind::Integer),
        ("impact", ColumnKind::Integer),
        ("score", ColumnKind::Integer),
        ("target score", ColumnKind::Integer),
        ("trend", ColumnKind::Text),
        ("what holds it", ColumnKind::LongText),
        ("owner", ColumnKind::Text),
        ("looked at again by", ColumnKind::Date),
        ("closed because", ColumnKind::Text),
    ];
    let text = |text: &str| FileCell::Text(text.to_owned());
    let rows = programme.risks.iter().map(|risk| {
        let row = RiskRow::of(programme, risk);
        let score = risk.score();
        let part = |part: fn(improvement::plan::Score) -> u8| count(score.map_or(0, part).into());
        vec![
            count(risk.number as usize),
            text(if risk.is_issue { "issue" } else { "risk" }),
            text(&row.what),
            text(&row.effect),
            part(|score| score.likelihood),
            part(|score| score.impact),
            part(improvement::plan::Score::product),
            count(risk.target.product().into()),
            text(&row.trend),
            text(&row.control),
            text(&row.owner),
            day(Some(risk.review_by)),
            text(&row.closed),
        ]
    });
    Sheet {
        name: "risks",
        title: "Risks and issues of the improvement programme",
        filters: "Every risk and issue, open and closed".to_owned(),
        notes: vec![
            "A score is likelihood times impact, each from 1 to 5. An issue is a risk that has come about."
                .to_owned(),
        ],
        table: FileTable {
            name: "Risks".to_owned(),
            columns: columns.map(|(title, kind)| Column::new(title, kind)).to_vec(),
            rows: rows.collect(),
        },
    }
}

#[cfg(test)]
mod tests {
    use service::Role;

    use crate::trial::Trial;

    #[tokio::test]
    async fn a_risk_is_raised_looked_at_again_and_closed_by_somebody_else() {
        let trial = Trial::new().await;
        let empty = trial.get(Some(Role::Chair), "/plan/risks").await.body;
        assert!(empty.contains("No risk has been raised yet"), "{empty}");
        let owner = Trial::person_in(Role::HeadOfService);
        let form = format!(
            "kind=risk&what=Social+workers+leave&effect=Children+lose+whom+they+know&objective=&owner={owner}\
             &likelihood=4&impact=4&target_likelihood=2&target_impact=3&control=Agency+cover\
             &review_by-day=30&review_by-month=6&review_by-year=2026"
        );
        let raised = trial.post(Role::ProgrammeManager, "/plan/risks/new", &form).await;
        assert!(raised.location.ends_with("?done=risk-raised"), "{}", raised.body);
        let path = raised.location.split('?').next().unwrap().to_owned();
        let again = "version=1&kind=issue&likelihood=5&impact=4&control=Recruiting+abroad\
                     &review_by-day=31&review_by-month=7&review_by-year=2026";
        let stranger = trial.post(Role::TeamManager, &format!("{path}/review"), again).await;
        assert!(stranger.body.contains("Somebody else answers for this risk"), "{}", stranger.body);
        let reviewed = trial.post(Role::HeadOfService, &format!("{path}/review"), again).await;
        assert!(reviewed.location.ends_with("?done=risk-reviewed"), "{}", reviewed.body);
        let register = trial.get(Some(Role::DepartmentOfficial), "/plan/risks").await.body;
        for words in [
            "1 risk or issue is open; 1 has come about",
            "Issue 1: Social workers leave",
            "20 (likelihood 5, impact 4)",
            "Rising",
        ] {
            assert!(register.contains(words), "{words}: {register}");
        }
        let close = "version=2&reason=Every+post+is+filled";
        let closed = trial.post(Role::Director, &format!("{path}/close"), close).await;
        assert!(closed.location.ends_with("?done=risk-closed"), "{}", closed.body);
        let page = trial.get(Some(Role::Chair), &path).await.body;
        assert!(page.contains("Every post is filled") && page.contains("Recruiting abroad"), "{page}");
        let file = trial.get(Some(Role::Chair), "/plan/risks.csv").await.body;
        assert!(file.contains("Social workers leave") && file.contains("Every post is filled"), "{file}");
    }

    #[tokio::test]
    async fn a_risk_without_its_score_or_owner_is_refused_beside_each() {
        let trial = Trial::new().await;
        let refused = trial.post(Role::ProgrammeManager, "/plan/risks/new", "kind=risk&what=Something").await;
        assert_eq!(refused.status, 422);
        for words in ["Choose how likely and how bad it is now", "Choose who answers for it", "Something"] {
            assert!(refused.body.contains(words), "{words}: {}", refused.body);
        }
    }
}
