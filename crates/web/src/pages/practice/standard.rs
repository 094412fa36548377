//! One practice standard: its file, read aloud; its worked examples, run; what it says of this council.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use practice::example::{self, ExampleResult};
use practice::outcome::Status;
use practice::standard::{SourceStatus, Standard};
use serde::Serialize;
use service::acts::SetCouncilLimit;
use service::{Action, Figures, Knowledge, Refusal};
use utoipa::ToSchema;
use vocabulary::date::day_in_words;

use super::definition::in_force;
use super::facts::written_down_in;
use super::navigation;
use super::standards::{StandardRow, status_tag};
use crate::components::{Cell, Heading, Input, Problems, SummaryList, Table, Tag, TagColour};
use crate::errors::{Refused, beside_fields};
use crate::fields::Fields;
use crate::layout::Frame;
use crate::viewer::{Viewer, breadcrumbs};

/// One practice standard.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct StandardView {
    /// The standard as in the list.
    pub standard: StandardRow,
    /// Where it stands written, with edition and paragraph.
    pub source: String,
    /// Which clocks it governs, in words.
    pub in_force: String,
    /// The obligations of notices that it serves.
    pub clauses: Vec<String>,
    /// The file that declares it, and whether it is the council's own.
    pub file: String,
    /// The record that it is about.
    pub record: String,
    /// What its prose says: headings and paragraphs.
    pub prose: Vec<Passage>,
    /// Its worked examples and how they come out: why it is there, expected, got, whether they agree.
    pub examples: Vec<(String, String, String, bool)>,
    /// What it says of this council: met, missed, due, not applicable, can't tell; none for those who see no figures.
    pub outcomes: Option<[usize; 5]>,
    /// The limit that the council must set: meaning, unit, what others use, and the limit and basis set, if any.
    pub limit: Option<LimitView>,
}

/// A heading or a paragraph.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Passage {
    /// Whether it is a heading.
    pub heading: bool,
    /// Its words.
    pub words: String,
}

/// A limit that the council sets.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct LimitView {
    /// What it limits.
    pub meaning: String,
    /// What it counts.
    pub unit: String,
    /// What other councils use.
    pub others: String,
    /// The limit that is set.
    pub set: Option<u32>,
    /// Who decided it and when.
    pub basis: String,
}

#[derive(Template)]
#[template(path = "pages/practice/standard.html")]
struct StandardPage {
    frame: Frame,
    view: StandardView,
    summary: SummaryList,
    examples: Table,
    outcomes: Option<Table>,
    setting: Option<(Input, Input)>,
}

/// Shows one standard.
pub async fn show(viewer: Viewer, Path(code): Path<String>) -> Result<Response, Refused> {
    let page = page(&viewer, &code, &Fields::default(), Problems::default()).await?;
    Ok(viewer.show(&page, &page.view))
}

/// Sets the council's limit.
pub async fn set_limit(
    viewer: Viewer,
    Path(code): Path<String>,
    fields: Fields,
) -> Result<Response, Refused> {
    let known = service::library().standard(&code).is_some_and(|standard| standard.council_limit.is_some());
    if !known {
        return Err(Refusal::NotFound.into());
    }
    let act = SetCouncilLimit {
        standard: code.clone(),
        limit: fields.number("limit").unwrap_or(0),
        basis: fields.text("basis").to_owned(),
    };
    let Err(refusal) = viewer.perform(&fields, act).await else {
        return Ok(viewer.after(&format!("/standards/{code}"), "limit-set"));
    };
    let page = page(&viewer, &code, &fields, beside_fields(refusal)?).await?;
    Ok(viewer.show_problems(&page, &page.view))
}

async fn page(
    viewer: &Viewer,
    code: &str,
    typed: &Fields,
    problems: Problems,
) -> Result<StandardPage, Refusal> {
    let standard = service::library().standard(code).ok_or(Refusal::NotFound)?;
    let figures = match viewer.may(Action::ViewFigures) {
        true => viewer.service.figures(&viewer.scope, Knowledge::default()).await?,
        false => None,
    };
    let view = StandardView::of(standard, figures.as_deref());
    let setting = (view.limit.is_some() && viewer.may(Action::SetCouncilLimit)).then(|| {
        let unit = view.limit.as_ref().map_or("", |limit| limit.unit.as_str());
        let limit = Input::number("limit", format!("The council's limit, in {unit}"));
        let basis = Input::new("basis", "Who decided it, when, and where it is written down");
        (
            limit.value(typed.text("limit")).problem_in(&problems),
            basis.value(typed.text("basis")).problem_in(&problems),
        )
    });
    Ok(StandardPage {
        frame: Frame {
            breadcrumbs: breadcrumbs(&[("Practice standards", "/standards")]),
            sub_navigation: navigation(viewer, "/standards"),
            audience: Some("People with a role in this improvement programme".to_owned()),
            as_at: figures.as_deref().map(|figures| day_in_words(figures.as_at.date())),
            problems,
            ..super::frame(viewer, &standard.title).await?
        },
        summary: view.summary(standard.status),
        examples: view.examples_table(),
        outcomes: view.outcomes.map(|counts| outcomes_table(&counts)),
        setting,
        view,
    })
}

impl StandardView {
    /// The view of a standard, with what it says of a council.
    pub fn of(standard: &Standard, figures: Option<&Figures>) -> Self {
        let set =
            figures.and_then(|figures| figures.limits.iter().find(|limit| limit.standard == standard.code));
        Self {
            standard: StandardRow::of(standard),
            source: match standard.source_date {
                Some(date) => format!("{} ({})", standard.source, day_in_words(date.date())),
                None => standard.source.clone(),
            },
            in_force: in_force(standard),
            clauses: standard.clauses.clone(),
            file: written_down_in(standard),
            record: standard.record.replace('_', " "),
            prose: passages(&standard.prose),
            examples: example::run(standard, service::library()).into_iter().map(told).collect(),
            outcomes: figures.map(|figures| counts(figures, &standard.code)),
            limit: standard.council_limit.as_ref().map(|limit| LimitView {
                meaning: limit.meaning.clone(),
                unit: limit.unit.clone(),
                others: limit.others.clone().unwrap_or_default(),
                set: set.map(|set| set.limit),
                basis: set.map(|set| set.basis.clone()).unwrap_or_default(),
            }),
        }
    }

    fn summary(&self, status: SourceStatus) -> SummaryList {
        let mut list = SummaryList::new()
            .row("Rests on", &self.standard.basis)
            .row("Source", &self.source)
            .row("How far the source was read", status_tag(&self.standard.status))
            .row("In force", &self.in_force)
            .row("Judged on each", &self.record)
            .row("Written down in", &self.file)
            .row("Code", &self.standard.code);
        if !self.clauses.is_empty() {
            list = list.row("Serves", self.clauses.join(", "));
        }
        if status == SourceStatus::Unverified {
            list = list.row("Note", "Believed, not read at its source. It is not shown as law anywhere.");
        }
        if let Some(limit) = &self.limit {
            let set = match limit.set {
                Some(set) => format!("{set} {}. {}", limit.unit, limit.basis),
                None => "Not set, so every outcome is: can’t tell".to_owned(),
            };
            list = list.row("The council’s limit", set).row("What it limits", &limit.meaning);
            if !limit.others.is_empty() {
                list = list.row("What others use", &limit.others);
            }
        }
        list
    }

    fn examples_table(&self) -> Table {
        let rows = self.examples.iter().map(|(why, expected, got, holds)| {
            let (words, colour) =
                if *holds { ("Agrees", TagColour::Green) } else { ("Differs", TagColour::Red) };
            vec![
                Cell::new(why),
                Cell::new(expected),
                Cell::new(got),
                Cell::new(Tag::new(words).colour(colour)),
            ]
        });
        Table::new("Worked examples, run as this page was opened")
            .headings([
                Heading::new("Example"),
                Heading::new("What the file says"),
                Heading::new("What the standard says"),
                Heading::new("Verdict"),
            ])
            .rows(rows)
            .first_cell_is_heading()
            .stacks()
    }
}

fn told(result: ExampleResult) -> (String, String, String, bool) {
    (result.example, result.expected, result.got, result.holds)
}

fn counts(figures: &Figures, code: &str) -> [usize; 5] {
    let mut counts = [0; 5];
    let place = figures.library.standards.iter().position(|standard| standard.code == code);
    for outcome in &figures.outcomes.outcomes {
        if Some(usize::from(outcome.standard)) == place {
            counts[match outcome.status {
                Status::Met => 0,
                Status::Missed => 1,
                Status::Due => 2,
                Status::NotApplicable => 3,
                Status::CannotTell => 4,
            }] += 1;
        }
    }
    counts
}

fn outcomes_table(counts: &[usize; 5]) -> Table {
    let words = ["Met", "Missed", "Due: the clock runs", "Not applicable", "Can’t tell"];
    let rows =
        words.into_iter().zip(counts).map(|(word, count)| vec![Cell::new(word), Cell::numeric(*count)]);
    Table::new("What it says of this council")
        .headings([Heading::new("Outcome"), Heading::numeric("Events")])
        .rows(rows)
        .first_cell_is_heading()
}

/// The prose as headings and paragraphs; its last part, the table of examples, is shown by the page itself.
pub fn passages(prose: &str) -> Vec<Passage> {
    let mut passages: Vec<Passage> = Vec::new();
    let mut open = false;
    for line in prose.lines().map(str::trim) {
        if line.starts_with('|') {
            continue;
        }
        if let Some(heading) = line.strip_prefix('#') {
            let words = heading.trim_start_matches('#').trim().to_owned();
            passages.push(Passage { heading: true, words });
            open = false;
        } else if line.is_empty() {
            open = false;
        } else if open && let Some(last) = passages.last_mut() {
            last.words = format!("{} {line}", last.words);
        } else {
            passages.push(Passage { heading: false, words: line.to_owned() });
            open = true;
        }
    }
    passages.retain(|passage| passage.words != "Worked examples");
    passages
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_prose_is_read_as_headings_and_paragraphs_without_its_table() {
        let prose = "## What it asks\n\nOne line.\nAnother line.\n\n## Worked examples\n\n| example |\n| --- |\n| a |\n";
        let words: Vec<_> =
            passages(prose).into_iter().map(|passage| (passage.heading, passage.words)).collect();
        assert_eq!(words, [(true, "What it asks".to_owned()), (false, "One line. Another line.".to_owned())]);
    }

    #[test]
    fn every_shipped_standard_has_a_page_whose_examples_agree() {
        for standard in &service::library().standards {
            let view = StandardView::of(standard, None);
            assert!(view.examples.len() >= 3, "{}", standard.code);
            assert!(view.examples.iter().all(|(.., holds)| *holds), "{}: {:?}", standard.code, view.examples);
            assert!(view.prose.iter().any(|passage| passage.heading), "{}", standard.code);
        }
    }
}
