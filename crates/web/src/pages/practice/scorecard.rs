//! The scorecard: one row a measure, in words before figures: the latest month, the target, whether it changed, what it
//! rests on. The few that a board looks at first stand here unless everything is asked for.

use askama::Template;
use axum::response::Response;
use practice::standard::Theme;
use serde::Serialize;
use service::{Figures, FirstPublished, Refusal};
use utoipa::ToSchema;

use super::drawn::line;
use super::facts::{GRADE_RULE, MeasureFacts, Sources, headline, untold};
use super::known::Known;
use super::navigation;
use super::standards::theme_in_words;
use crate::components::{AsContent, Cell, Heading, Html, Select, SelectOption, Table, Tag, TagColour};
use crate::errors::Refused;
use crate::fields::{Asked, Fields};
use crate::layout::Frame;
use crate::pages::duties::cells::{lines, link};
use crate::viewer::{Viewer, breadcrumbs};

/// The measures of which there are figures.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ScorecardView {
    /// Whether every measure was asked for, and not only those that a board looks at first.
    pub everything: bool,
    /// One row a measure, by theme.
    pub measures: Vec<MeasureFacts>,
    /// Measures of which nothing can be told, and why.
    pub untold: Vec<(String, String)>,
    /// The day of the question.
    pub as_at: String,
    /// The day by which everything shown was known, where one was asked for.
    pub known_on: Option<String>,
}

#[derive(Template)]
#[template(path = "pages/practice/scorecard.html")]
struct ScorecardPage {
    frame: Frame,
    view: ScorecardView,
    no_figures: bool,
    choices: [Select; 2],
    known: Html,
    kept: Vec<(&'static str, String)>,
    notice: Option<String>,
    tables: Vec<Table>,
    untold: Table,
    grade_rule: &'static str,
}

/// Shows the scorecard.
pub async fn show(viewer: Viewer, Asked(asked): Asked) -> Result<Response, Refused> {
    let known = Known::of(&viewer, &asked, "/scorecard");
    let figures = viewer.service.figures(&viewer.scope, known.asked).await?;
    let remarks = known.remarks(viewer.service.remarks(&viewer.scope).await?);
    let before = match figures.as_deref() {
        Some(figures) => month_before(&viewer, figures, &known).await?,
        None => None,
    };
    let view = match figures.as_deref() {
        Some(figures) => {
            let sources = Sources::of(figures, &remarks, known.asked_on(), before.as_ref());
            ScorecardView::of(&sources, &asked, &known)
        }
        None => ScorecardView::empty(),
    };
    let page = page(&viewer, figures.as_deref(), &asked, known, view).await?;
    if page.frame.problems.is_empty() {
        Ok(viewer.show(&page, &page.view))
    } else {
        Ok(viewer.show_problems(&page, &page.view))
    }
}

/// The month before the newest as it was first published, where it was.
pub async fn month_before(
    viewer: &Viewer,
    figures: &Figures,
    known: &Known,
) -> Result<Option<FirstPublished>, Refusal> {
    let months = viewer.service.published_months(&viewer.scope).await?;
    let Some(month) = months.into_iter().find(|month| *month < figures.as_at.date()) else { return Ok(None) };
    let first = viewer.service.first_published(&viewer.scope, month).await?;
    Ok(first.filter(|first| first.published_on <= known.asked_on()))
}

async fn page(
    viewer: &Viewer,
    figures: Option<&Figures>,
    asked: &Fields,
    known: Known,
    view: ScorecardView,
) -> Result<ScorecardPage, Refusal> {
    let query = known.query();
    let kept = [("as_at", known.asked.as_at), ("known_on", known.asked.known_on)];
    Ok(ScorecardPage {
        frame: Frame {
            breadcrumbs: breadcrumbs(&[]),
            sub_navigation: navigation(viewer, "/scorecard"),
            audience: Some("People who may see figures before small numbers are removed".to_owned()),
            as_at: known.as_at(figures),
            problems: known.problems.clone(),
            ..super::frame(viewer, "Scorecard").await?
        },
        no_figures: figures.is_none() && !known.is_past(),
        choices: [measures_choice(asked), theme_choice(figures, asked)],
        notice: known.notice(figures),
        known: known.form(&["show", "theme"]),
        kept: kept.into_iter().filter_map(|(name, day)| Some((name, day?.to_string()))).collect(),
        tables: view.tables(&query),
        untold: view.untold_table(),
        grade_rule: GRADE_RULE,
        view,
    })
}

fn measures_choice(asked: &Fields) -> Select {
    Select::new("show", "Measures")
        .option("", "Headline measures")
        .option("all", "Everything")
        .chosen(asked.text("show"))
}

fn theme_choice(figures: Option<&Figures>, asked: &Fields) -> Select {
    let mut themes: Vec<Theme> = figures
        .map(|figures| figures.library.standards.iter().map(|standard| standard.theme).collect())
        .unwrap_or_default();
    themes.sort_unstable();
    themes.dedup();
    let every = SelectOption::new("", "Every theme");
    let options = themes.into_iter().map(theme_in_words).map(|words| SelectOption::new(words, words));
    let options: Vec<SelectOption> = std::iter::once(every).chain(options).collect();
    Select::new("theme", "About").options(options).chosen(asked.text("theme"))
}

impl ScorecardView {
    fn empty() -> Self {
        let (measures, untold, as_at) = (Vec::new(), Vec::new(), String::new());
        Self { everything: false, measures, untold, as_at, known_on: None }
    }

    fn of(sources: &Sources<'_>, asked: &Fields, known: &Known) -> Self {
        let library = &sources.figures.library;
        let everything = asked.text("show") == "all";
        let theme = asked.text("theme");
        let mut places: Vec<u16> = if everything {
            (0_u16..).zip(&library.measures).map(|(place, _)| place).collect()
        } else {
            headline(library)
        };
        let theme_of = |place: u16| {
            let standard = library.measures[usize::from(place)].standard;
            library.standards[usize::from(standard)].theme
        };
        places.retain(|&place| theme.is_empty() || theme_in_words(theme_of(place)) == theme);
        // The order of a set within a theme is its author's; a stable sort keeps it.
        places.sort_by_key(|&place| theme_of(place));
        let mut measures = Vec::new();
        let mut untold = Vec::new();
        for place in places {
            match MeasureFacts::of(sources, place) {
                Some(facts) => measures.push(facts),
                None => untold.push(why_untold(sources.figures, place)),
            }
        }
        Self {
            everything,
            measures,
            untold,
            as_at: sources.figures.as_at.to_string(),
            known_on: known.asked.known_on.map(|day| day.to_string()),
        }
    }

    fn tables(&self, query: &str) -> Vec<Table> {
        let by_theme = self.measures.chunk_by(|one, other| one.theme == other.theme);
        by_theme
            .map(|rows| {
                Table::new(rows.first().map_or("", |row| row.theme.as_str()))
                    .headings([
                        Heading::new("Measure"),
                        Heading::new("Latest month"),
                        Heading::new("Target"),
                        Heading::new("Has it changed?"),
                        Heading::new("Since the month before (two points, no trend)"),
                        Heading::new("England"),
                        Heading::new("Data"),
                    ])
                    .rows(rows.iter().map(|row| cells(row, query)))
                    .stacks()
                    .classes("headway-scorecard")
            })
            .collect()
    }

    fn untold_table(&self) -> Table {
        let rows = self.untold.iter().map(|(title, reason)| vec![Cell::new(title), Cell::new(reason)]);
        Table::new("Measures of which nothing can be told")
            .headings([Heading::new("Measure"), Heading::new("Why")])
            .rows(rows)
            .stacks()
    }
}

/// A measure without any figure, and why.
pub fn why_untold(figures: &Figures, place: u16) -> (String, String) {
    let measure = &figures.library.measures[usize::from(place)];
    let reason = untold(figures, place).unwrap_or_else(|| "nothing that it counts has happened".to_owned());
    (measure.title.clone(), reason)
}

/// The tag of how a measure varies.
pub fn variation_tag(words: &str) -> Tag {
    let colour = match words {
        "Getting better" => TagColour::Green,
        "Getting worse" => TagColour::Red,
        _ => TagColour::Grey,
    };
    Tag::new(words).colour(colour)
}

fn cells(row: &MeasureFacts, query: &str) -> Vec<Cell> {
    let note = if row.unverified { "The standard’s source was not verified." } else { "" };
    let restated = row.restated.as_deref().unwrap_or_default();
    let restated = if restated.is_empty() { Html::default() } else { restated_mark(restated) };
    let target = match &row.target {
        Some(target) => lines(&[&target.words, &target.distance, &target.expected_in_words]).as_content(),
        None => "No target".as_content(),
    };
    let tag = variation_tag(&row.variation);
    vec![
        Cell::new(lines(&[
            &link(&row.title, &format!("/measures/{}{query}", row.code)),
            &row.polarity,
            &line(row),
            &note,
        ])),
        Cell::new(lines(&[&row.month, &row.latest, &row.year, &restated])),
        Cell::new(target),
        Cell::new(lines(&[&tag, &row.assurance.as_deref().unwrap_or_default()])),
        Cell::new(&row.since_month_before),
        Cell::new(if row.england.is_empty() { "No figure read" } else { &row.england }),
        Cell::new(lines(&[&row.freshness(), &row.quality()])),
    ]
}

#[derive(Template)]
#[template(source = r#"<span class="headway-changed">{{ words }}</span>"#, ext = "html")]
struct RestatedMark<'a> {
    words: &'a str,
}

/// The mark of a past figure that is not what it was.
pub fn restated_mark(words: &str) -> Html {
    Html::of(&RestatedMark { words })
}

#[cfg(test)]
mod tests {
    use service::Role;

    use super::*;
    use crate::pages::practice::sample;

    #[test]
    fn a_measure_without_its_list_is_named_and_never_shown_as_nothing_wrong() {
        let untold = vec![("Core groups in time".to_owned(), "no list of core groups was loaded".to_owned())];
        let view = ScorecardView { untold, ..ScorecardView::empty() };
        let table = view.untold_table().to_string();
        assert!(table.contains("Core groups in time") && table.contains("no list of core groups was loaded"));
    }

    #[tokio::test]
    async fn the_headline_measures_stand_first_and_everything_has_an_address() {
        let trial = sample::loaded().await;
        let page = trial.get(Some(Role::Chair), "/scorecard").await.body;
        assert!(page.contains("/measures/assessment-45wd-dfe"), "{page}");
        assert!(!page.contains("/measures/assessments-completed\""), "only in the full set");
        let all = trial.get(Some(Role::Chair), "/scorecard?show=all").await.body;
        assert!(all.contains("/measures/assessments-completed\""), "{all}");
        let other = trial.get(Some(Role::Chair), "/scorecard?show=all&theme=Adoption").await.body;
        assert!(!other.contains("/measures/assessments-completed\""));
    }

    #[tokio::test]
    async fn a_row_says_counts_two_points_freshness_and_what_was_restated() {
        let trial = sample::loaded().await;
        let page = trial.get(Some(Role::Chair), "/scorecard").await.body;
        for words in [
            "50%, 1 of 2",
            "percentage points lower than in April 2026",
            "Extract of 31 May 2026, 10 days old",
            "Grade A: every event can be told",
            "Restated: April 2026 from 100% to 66.7%",
            "85.7%, 2024-25",
        ] {
            assert!(page.contains(words), "{words}: {page}");
        }
    }

    #[tokio::test]
    async fn figures_as_they_were_known_are_marked_as_such_and_keep_their_days_in_links() {
        let trial = sample::loaded().await;
        let path = "/scorecard?as_at=2026-04-30&known_on=2026-05-05";
        let page = trial.get(Some(Role::Chair), path).await.body;
        assert!(page.contains("as at 30 April 2026, as they were known on 5 May 2026"), "{page}");
        assert!(page.contains("100%, 2 of 2"), "{page}");
        assert!(page.contains("/measures/assessment-45wd-dfe?as_at=2026-04-30&#38;known_on=2026-05-05"));
        let wrong = trial.get(Some(Role::Chair), "/scorecard?as_at=2027-01-01").await;
        assert_eq!(wrong.status, 422);
    }
}
