//! One measure: its sentence, its chart and months, its target, its teams, what was first published, what people say of
//! it, and how it is counted.

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse as _, Redirect, Response};
use practice::control_chart::{self, ControlChart, Measure as ChartMeasure, amount};
use practice::forecast::Forecast;
use practice::indicator::{Group, PeriodKind};
use serde::Serialize;
use service::{Action, Figures, FirstPublished, Refusal, Remarks};
use store::Scope;
use utoipa::ToSchema;

use super::cohorts;
use super::definition::Definition;
use super::drawn::{bars, mark_in_words, run_chart};
use super::facts::{GRADE_RULE, MeasureFacts, Sources, benchmarks_of, untold};
use super::known::Known;
use super::navigation;
use super::restatements::{ThenAndNow, then_and_now_table};
use super::said::{BaselineView, CommentView, TargetView};
use super::scorecard::variation_tag;
use crate::components::{BarChart, Cell, Heading, Html, RunChart, SummaryList, Table};
use crate::errors::Refused;
use crate::fields::Asked;
use crate::layout::Frame;
use crate::pages::duties::cells::{lines, link};
use crate::viewer::{Viewer, breadcrumbs};

/// Months whose first published figures stand on the page. Each costs a picture of its own.
const FIRST_PUBLISHED: usize = 3;
/// Months that stand in the table; older ones are opened on request.
const MONTHS_SHOWN: usize = 12;

/// One measure.
#[derive(Clone, Debug, Default, Serialize, ToSchema)]
pub struct MeasureView {
    /// Its code.
    pub code: String,
    /// What it measures.
    pub title: String,
    /// What its figures say, in words.
    pub sentence: String,
    /// The signals that were found, in words.
    pub signals: Vec<String>,
    /// The latest figure, the target and what it rests on; none when nothing was ever counted.
    pub facts: Option<MeasureFacts>,
    /// Its months, the newest first.
    pub months: Vec<MonthRow>,
    /// Whether the record tells of it only as it is now, so that no earlier month can be shown.
    pub only_now: bool,
    /// When the target is expected to be met, in words.
    pub forecast: String,
    /// Every target proposed, the newest first.
    pub targets: Vec<TargetView>,
    /// Its teams over the last twelve months, or now: for managers their own.
    pub teams: Vec<ValueRow>,
    /// Children by age over the last twelve months, or now; empty where the record gives none.
    pub ages: Vec<ValueRow>,
    /// By legal status, category, need and type of placement, where the records that are judged hold it.
    pub cohorts: Vec<(String, Vec<ValueRow>)>,
    /// Recent months as they were first published and as they are now.
    pub published: Vec<ThenAndNow>,
    /// What people say of its months, the newest month first.
    pub comments: Vec<CommentView>,
    /// Where its limits begin anew, and why.
    pub baselines: Vec<BaselineView>,
    /// How it is counted.
    pub definition: Definition,
    /// Published figures to read it beside.
    pub benchmarks: Vec<String>,
    /// Snapshots that the figures rest on.
    pub snapshots: usize,
    /// The day of the question.
    pub as_at: String,
    /// The day by which everything shown was known, where one was asked for.
    pub known_on: Option<String>,
}

/// One value.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ValueRow {
    /// The team or the ages.
    pub name: String,
    /// How many.
    pub numerator: u32,
    /// Of how many.
    pub denominator: u32,
    /// How many more cannot be told.
    pub cannot_tell: u32,
    /// The value; none of none.
    pub value: Option<f64>,
    /// The value, in words.
    pub words: String,
}

/// One month, with what the chart draws there.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct MonthRow {
    /// The month and its counts.
    pub month: ValueRow,
    /// Its last day, or the last that is known of it.
    pub ends_on: String,
    /// The mean of the months that belong together.
    pub mean: Option<f64>,
    /// The lower limit, as it is drawn.
    pub lower: Option<f64>,
    /// The upper limit.
    pub upper: Option<f64>,
    /// Whether the limits are trial limits.
    pub trial: bool,
    /// What it is part of, in words; empty for what always varies.
    pub signal: String,
}

#[derive(Template)]
#[template(path = "pages/practice/measure.html")]
struct MeasurePage {
    frame: Frame,
    view: MeasureView,
    known: Html,
    notice: Option<String>,
    past: bool,
    listed: bool,
    glance: Option<SummaryList>,
    chart: Option<RunChart>,
    months: Table,
    earlier: Option<Table>,
    targets: Table,
    teams: Table,
    bars: Option<BarChart>,
    ages: Table,
    cohorts: Vec<Table>,
    published: Table,
    definition: SummaryList,
    may: May,
}

/// What the viewer may do here.
struct May {
    comment: bool,
    propose: bool,
    rebase: bool,
}

/// Shows one measure.
pub async fn show(
    viewer: Viewer,
    Path(code): Path<String>,
    Asked(asked): Asked,
) -> Result<Response, Refused> {
    let known = Known::of(&viewer, &asked, &format!("/measures/{code}"));
    let Some(figures) = viewer.service.figures(&viewer.scope, known.asked).await? else {
        // The scorecard says that no load counted by then, and asks for other days.
        return match known.is_past() && service::library().measure(&code).is_some() {
            true => Ok(Redirect::to(&format!("/scorecard{}", known.query())).into_response()),
            false => Err(Refusal::NotFound.into()),
        };
    };
    let place = figures.library.measure(&code).ok_or(Refusal::NotFound)?;
    let said_now = viewer.service.remarks(&viewer.scope).await?;
    let has_history = said_now.speak_of(&code);
    let remarks = known.remarks(said_now);
    let first_published = first_published(&viewer, &figures, &known).await?;
    let sources = Sources::of(&figures, &remarks, known.asked_on(), first_published.first());
    let (chart, asked_of) = figures.chart(place, &remarks);
    let view = MeasureView::of(&sources, place, &chart, &asked_of, (&viewer.scope, &known, &first_published));
    let page = MeasurePage {
        frame: Frame {
            breadcrumbs: breadcrumbs(&[("Scorecard", &format!("/scorecard{}", known.query()))]),
            sub_navigation: navigation(&viewer, "/scorecard"),
            audience: Some("People who may see figures before small numbers are removed".to_owned()),
            as_at: known.as_at(Some(&figures)),
            history_href: has_history.then(|| format!("/history/measure/{code}")),
            problems: known.problems.clone(),
            ..super::frame(&viewer, &view.title).await?
        },
        known: known.form(&[]),
        notice: known.notice(Some(&figures)),
        past: known.is_past(),
        listed: figures.lists(
            figures.library.standard(&view.definition.standard).ok_or(Refusal::NotFound)?,
            &viewer.scope,
        ),
        glance: view.facts.as_ref().map(glance),
        chart: run_chart(&chart, &asked_of, &view).filter(|_| !view.months.is_empty()),
        months: view.months_table("Month by month, the newest first", 0..MONTHS_SHOWN),
        earlier: (view.months.len() > MONTHS_SHOWN)
            .then(|| view.months_table("Earlier months", MONTHS_SHOWN..view.months.len())),
        targets: TargetView::table(&view.targets, &code, viewer.may(Action::ApproveTarget)),
        teams: view.values_table("By team, the last twelve months or the position now", "Team", &view.teams),
        bars: bars(&view, asked_of.unit, asked_of.target),
        ages: view.values_table("By age, the last twelve months or the position now", "Age", &view.ages),
        cohorts: view.cohorts.iter().map(|(name, rows)| view.values_table(name, "Children", rows)).collect(),
        published: then_and_now_table("As first published and as it is now", &view.published),
        definition: view.definition.list(&view.benchmarks, view.snapshots),
        may: May {
            comment: viewer.may(Action::CommentMeasure),
            propose: viewer.may(Action::SetTarget) && view.definition.may_have_target,
            rebase: viewer.may(Action::RebaseChart),
        },
        view,
    };
    if page.frame.problems.is_empty() {
        Ok(viewer.show(&page, &page.view))
    } else {
        Ok(viewer.show_problems(&page, &page.view))
    }
}

/// The last months before the newest as they were first published, the newest first.
async fn first_published(
    viewer: &Viewer,
    figures: &Figures,
    known: &Known,
) -> Result<Vec<FirstPublished>, Refusal> {
    let months = viewer.service.published_months(&viewer.scope).await?;
    let earlier = months.into_iter().filter(|month| *month < figures.as_at.date()).take(FIRST_PUBLISHED);
    let mut published = Vec::new();
    for month in earlier {
        let first = viewer.service.first_published(&viewer.scope, month).await?;
        published.extend(first.filter(|first| first.published_on <= known.asked_on()));
    }
    Ok(published)
}

impl MeasureView {
    fn of(
        sources: &Sources<'_>,
        place: u16,
        chart: &ControlChart,
        asked: &ChartMeasure,
        (scope, known, published): (&Scope, &Known, &[FirstPublished]),
    ) -> Self {
        let (figures, remarks): (&Figures, &Remarks) = (sources.figures, sources.remarks);
        let measure = &figures.library.measures[usize::from(place)];
        let benchmarks = benchmarks_of(&figures.library, place)
            .into_iter()
            .map(|known| format!("{} {} in {} ({})", known.value, known.unit, known.period, known.source));
        let told = untold(figures, place).is_none();
        let published = published.iter().filter(|_| told).filter_map(|first| {
            let restatement = first.beside(figures, place)?;
            let mut row = ThenAndNow::of(&restatement, first, figures);
            row.name = control_chart::month(first.month);
            Some(row)
        });
        Self {
            code: measure.code.clone(),
            title: measure.title.clone(),
            sentence: match untold(figures, place) {
                Some(reason) => format!("Nothing can be told: {reason}."),
                None => chart.sentence(asked),
            },
            signals: chart
                .signals
                .iter()
                .map(|signal| improvement::words::sentence_case(&chart.signal_words(signal)))
                .collect(),
            facts: MeasureFacts::of_chart(sources, place, chart, asked),
            months: if told { months(figures, place, chart, asked) } else { Vec::new() },
            only_now: measure.tells_only_of_now(),
            forecast: Forecast::of(chart, asked).sentence(asked),
            targets: TargetView::of_measure(remarks, &measure.code, asked.unit),
            teams: teams(figures, place, scope, asked),
            ages: cohorts::by_age(figures, place, asked),
            cohorts: cohorts::by_field(figures, place, asked),
            published: published.collect(),
            comments: CommentView::of_measure(remarks, &measure.code),
            baselines: BaselineView::of_measure(remarks, &measure.code),
            definition: Definition::of(figures, place),
            benchmarks: benchmarks.collect(),
            snapshots: figures.snapshots.len(),
            as_at: figures.as_at.to_string(),
            known_on: known.asked.known_on.map(|day| day.to_string()),
        }
    }

    /// Whether it is a number of events and no share of them, so that there is nothing below the line.
    fn is_number(&self) -> bool {
        self.definition.denominator.is_empty()
    }

    fn months_table(&self, caption: &str, shown: std::ops::Range<usize>) -> Table {
        let rows = self.months.iter().skip(shown.start).take(shown.len()).map(|row| {
            let signal = if row.signal.is_empty() { "Ordinary variation" } else { &row.signal };
            let mut cells = self.cells(&row.month);
            cells.push(Cell::new(signal));
            cells
        });
        let mut headings = self.headings("Month");
        headings.push(Heading::new("In the chart"));
        Table::new(caption).headings(headings).rows(rows).first_cell_is_heading().stacks()
    }

    /// A table of values with their counts.
    fn values_table(&self, caption: &str, first: &str, rows: &[ValueRow]) -> Table {
        let rows = rows.iter().map(|row| self.cells(row));
        Table::new(caption).headings(self.headings(first)).rows(rows).first_cell_is_heading().stacks()
    }

    fn headings(&self, first: &str) -> Vec<Heading> {
        let mut headings = vec![Heading::new(first), Heading::numeric("Number")];
        if !self.is_number() {
            headings.extend([Heading::numeric("Of"), Heading::numeric("Figure")]);
        }
        headings.push(Heading::numeric("Cannot be told"));
        headings
    }

    fn cells(&self, row: &ValueRow) -> Vec<Cell> {
        let mut cells = vec![Cell::new(&row.name), Cell::numeric(row.numerator)];
        if !self.is_number() {
            cells.extend([Cell::numeric(row.denominator), Cell::numeric(&row.words)]);
        }
        cells.push(Cell::numeric(row.cannot_tell));
        cells
    }
}

fn months(figures: &Figures, place: u16, chart: &ControlChart, asked: &ChartMeasure) -> Vec<MonthRow> {
    let values: Vec<_> = figures.monthly(place, Group::Council).collect();
    let of_chart = values.iter().skip(values.len().saturating_sub(chart.points.len()));
    let rows = of_chart.zip(chart.points.iter().enumerate()).map(|(value, (at, point))| {
        let segment = chart.segments.iter().find(|segment| (segment.first..=segment.last).contains(&at));
        let limits = segment.and_then(|segment| segment.shown_limits(asked.unit));
        MonthRow {
            month: ValueRow {
                name: point.period.clone(),
                numerator: value.numerator,
                denominator: value.denominator,
                cannot_tell: value.cannot_tell,
                value: value.value,
                words: in_words(value.value, asked),
            },
            ends_on: point.ends_on.to_string(),
            mean: segment.map(|segment| segment.mean),
            lower: limits.map(|(lower, _)| lower),
            upper: limits.map(|(_, upper)| upper).filter(|upper| upper.is_finite()),
            trial: segment.is_some_and(control_chart::Segment::is_trial),
            signal: mark_in_words(chart, at, asked.polarity).to_owned(),
        }
    });
    let mut rows: Vec<MonthRow> = rows.collect();
    rows.reverse();
    rows
}

/// The value in words: no figure is ever made of nothing.
pub fn in_words(value: Option<f64>, asked: &ChartMeasure) -> String {
    value.map_or_else(|| "None counted".to_owned(), |value| amount(value, asked.unit))
}

fn teams(figures: &Figures, place: u16, scope: &Scope, asked: &ChartMeasure) -> Vec<ValueRow> {
    let words = &figures.history.picture.words;
    let newest = figures.values_of(place).iter().filter(|value| {
        value.period.end == figures.as_at
            && matches!(value.period.kind, PeriodKind::RollingYear | PeriodKind::Position)
    });
    let teams = newest.filter_map(|value| match value.group {
        Group::Team(team) if figures.shows_group(value.group, scope) => Some(ValueRow {
            name: words.text(team).to_owned(),
            numerator: value.numerator,
            denominator: value.denominator,
            cannot_tell: value.cannot_tell,
            value: value.value,
            words: in_words(value.value, asked),
        }),
        Group::Council | Group::Team(_) | Group::Worker(_) => None,
    });
    let mut teams: Vec<ValueRow> = teams.collect();
    // By name: a list by size would be a league table.
    teams.sort_by(|one, other| one.name.cmp(&other.name));
    teams
}

fn glance(facts: &MeasureFacts) -> SummaryList {
    let mut list = SummaryList::new()
        .row(format!("Latest month, {}", facts.month), &facts.latest)
        .row("Twelve months, or the position now", &facts.year)
        .row("Has it changed?", variation_tag(&facts.variation))
        .row("Since the month before (two points, no trend)", &facts.since_month_before)
        .row("Which way is better", &facts.polarity);
    list = match &facts.target {
        Some(target) => list
            .row("Target", lines(&[&target.words, &target.distance]))
            .row("On the way", &target.expected_in_words)
            .row(
                "Can the target be relied on?",
                facts.assurance.as_deref().unwrap_or("It cannot be told yet"),
            ),
        None => list.row("Target", "None that counts"),
    };
    let england = if facts.england.is_empty() { "No figure read" } else { &facts.england };
    list.row("England", england)
        .row("How fresh", facts.freshness())
        .row("How good the data are", lines(&[&facts.quality(), &GRADE_RULE]))
}

impl MeasurePage {
    /// The link to the children whom the standard was not kept for; none where the lists leave it out.
    fn exceptions(&self) -> Option<Html> {
        let address = format!("/exceptions?standard={}", self.view.definition.standard);
        self.listed.then(|| link("Exceptions to its standard", &address))
    }
}

#[cfg(test)]
mod tests {
    use service::Role;
    use service::acts::{BeginBaseline, CommentOnMeasure, ProposeTarget};

    use super::super::sample;
    use super::*;
    use jiff::civil::date;

    const PATH: &str = "/measures/assessment-45wd-dfe";

    #[test]
    fn no_percentage_stands_without_its_counts() {
        let row = ValueRow {
            name: "North".into(),
            numerator: 26,
            denominator: 32,
            cannot_tell: 1,
            value: Some(81.25),
            words: "81.3%".into(),
        };
        let definition = Definition { denominator: "Events".into(), ..Definition::default() };
        let view = MeasureView { definition, ..MeasureView::default() };
        let page = view.values_table("Teams", "Team", &[row]).to_string();
        for cell in ["North", "26", "32", "81.3%", "1"] {
            assert!(page.contains(&format!("{cell}<")), "{cell}: {page}");
        }
    }

    #[tokio::test]
    async fn a_measure_says_its_rule_edition_file_teams_ages_and_exceptions() {
        let trial = sample::loaded().await;
        let page = trial.get(Some(Role::Chair), PATH).await.body;
        for words in [
            "May 2026: 50% (1 of 2) of completed assessments took at most 45 working days.",
            "library/standards/assessment/assessment-45wd-dfe.md",
            "data set C2 completed assessments",
            "Clocks that start on 1 January 2014 or later",
            "Extract of 31 May 2026, 10 days old",
            "A under 1%, B under 5%",
            "Elm",
            "10 to 15",
            "1 recorded late",
            "<svg",
        ] {
            assert!(page.contains(words), "{words}: {page}");
        }
        assert!(!page.contains("/exceptions?standard"), "a way of measuring puts nobody on a list");
        let duty = trial.get(Some(Role::Chair), "/measures/assessment-45wd").await.body;
        assert!(duty.contains("/exceptions?standard=assessment-45wd"), "{duty}");
        assert!(!page.contains("/history/measure/"), "nobody has said anything of it yet");
        assert!(!page.contains(&format!("{PATH}/targets\"")), "the chair proposes no target");
    }

    #[tokio::test]
    async fn what_no_extract_holds_is_never_a_nought() {
        let trial = sample::loaded().await;
        let page = trial.get(Some(Role::Chair), "/measures/referrals-received").await.body;
        assert!(page.contains("Nothing can be told: no extract holds referral."), "{page}");
        assert!(!page.contains("May 2026: 0") && !page.contains("Latest month"), "{page}");
    }

    #[tokio::test]
    async fn a_team_manager_sees_no_other_team() {
        let trial = sample::loaded().await;
        let page = trial.get(Some(Role::TeamManager), PATH).await.body;
        assert!(page.contains("May 2026") && !page.contains("Elm") && !page.contains("Oak"), "{page}");
    }

    #[tokio::test]
    async fn what_people_say_stands_with_who_and_when_and_the_target_with_what_is_expected_by_now() {
        let trial = sample::loaded().await;
        let measure = || "assessment-45wd-dfe".to_owned();
        let target = ProposeTarget {
            measure: measure(),
            value: 90.0,
            reach_by: date(2026, 7, 31),
            from_value: 50.0,
            from_day: date(2026, 3, 31),
            basis: "Board minute 4 of 12 May 2026".into(),
        };
        sample::perform(&trial, Role::Analyst, target).await;
        let text = "Two assessments <were> held up by school holidays.".to_owned();
        let comment = CommentOnMeasure { measure: measure(), month: date(2026, 4, 30), text };
        sample::perform(&trial, Role::Director, comment).await;
        let cause = "A second assessment team began".to_owned();
        let baseline = BeginBaseline { measure: measure(), from_month: date(2026, 5, 31), cause };
        sample::perform(&trial, Role::Analyst, baseline).await;
        let page = trial.get(Some(Role::Director), PATH).await.body;
        for words in [
            "Two assessments &#60;were&#62; held up",
            "Waits for approval",
            "Board minute 4 of 12 May 2026",
            "A second assessment team began",
            "/history/measure/assessment-45wd-dfe",
        ] {
            assert!(page.contains(words), "{words}: {page}");
        }
        assert!(!page.contains("Expected by now"), "a target counts only once it is approved");
        let approval = page.split("href=\"").find(|rest| rest.starts_with(&format!("{PATH}/targets/")));
        let approval = approval.and_then(|rest| rest.split('"').next()).expect("a link to approve");
        let approved = trial.post(Role::Director, approval, "version=1").await;
        assert_eq!(approved.location, format!("{PATH}?done=target-approved"));
        let page = trial.get(Some(Role::Chair), PATH).await.body;
        assert!(
            page.contains("90% by 31 July 2026") && page.contains("Expected by now 70%: not reached"),
            "{page}"
        );
        let history = trial.get(Some(Role::Chair), "/history/measure/assessment-45wd-dfe").await;
        assert_eq!(history.status, 200);
        assert!(!history.body.contains("school holidays"), "comments may hold small numbers");
    }

    #[tokio::test]
    async fn before_anything_was_said_nothing_had_been_said() {
        let trial = sample::loaded().await;
        let text = "Read with care.".to_owned();
        let comment =
            CommentOnMeasure { measure: "assessment-45wd-dfe".into(), month: date(2026, 4, 30), text };
        sample::perform(&trial, Role::Director, comment).await;
        let then = trial.get(Some(Role::Chair), &format!("{PATH}?known_on=2026-06-09")).await.body;
        assert!(!then.contains("Read with care.") && then.contains("as they were known on 9 June 2026"));
        assert!(trial.get(Some(Role::Chair), PATH).await.body.contains("Read with care."));
    }
}
