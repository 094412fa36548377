//! What the figures say: every headline measure in words on one page of paper. What gets worse comes first.

use askama::Template;
use axum::response::Response;
use practice::control_chart::{self, Assurance, Variation, amount};
use serde::Serialize;
use service::Figures;
use utoipa::ToSchema;

use super::facts::{MeasureFacts, Sources, assurance_in_words, headline};
use super::known::Known;
use super::navigation;
use super::scorecard::why_untold;
use crate::components::Html;
use crate::errors::Refused;
use crate::fields::Asked;
use crate::layout::Frame;
use crate::pages::duties::cells::link;
use crate::viewer::{Viewer, breadcrumbs};

/// A latest figure older than this many days says nothing of how things are.
const LONG_AGO: i32 = 366;

/// The headline measures in words.
#[derive(Clone, Debug, Default, Serialize, ToSchema)]
pub struct SummaryView {
    /// How many headline measures there are.
    pub all: usize,
    /// What changed for the worse.
    pub worse: Vec<Said>,
    /// What misses its target reliably.
    pub short_of_target: Vec<Said>,
    /// What changed for the better.
    pub better: Vec<Said>,
    /// What changed where neither way is better.
    pub changed: Vec<Said>,
    /// What only varies as it always does.
    pub steady: Vec<Said>,
    /// What cannot be told, and why.
    pub untold: Vec<Said>,
    /// The month that figures are of where none is named.
    pub month: String,
    /// The day of the question.
    pub as_at: String,
    /// The day by which everything shown was known, where one was asked for.
    pub known_on: Option<String>,
}

/// What is said of one measure.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Said {
    /// Its code.
    pub code: String,
    /// What it measures.
    pub title: String,
    /// What its figures say, in a sentence or two.
    pub words: String,
}

/// One part of the page: its heading, what is said when there is nothing, and what is said.
struct Part<'a> {
    heading: &'static str,
    nothing: &'static str,
    said: &'a [Said],
}

#[derive(Template)]
#[template(path = "pages/practice/summary.html")]
struct SummaryPage {
    frame: Frame,
    view: SummaryView,
    no_figures: bool,
    notice: Option<String>,
    known: Html,
    query: String,
}

/// Shows the summary.
pub async fn show(viewer: Viewer, Asked(asked): Asked) -> Result<Response, Refused> {
    let known = Known::of(&viewer, &asked, "/summary");
    let figures = viewer.service.figures(&viewer.scope, known.asked).await?;
    let remarks = known.remarks(viewer.service.remarks(&viewer.scope).await?);
    let view = match figures.as_deref() {
        Some(figures) => SummaryView {
            known_on: known.asked.known_on.map(|day| day.to_string()),
            ..SummaryView::of(&Sources::of(figures, &remarks, known.asked_on(), None))
        },
        None => SummaryView::default(),
    };
    let page = SummaryPage {
        frame: Frame {
            breadcrumbs: breadcrumbs(&[]),
            sub_navigation: navigation(&viewer, "/summary"),
            audience: Some("People who may see figures before small numbers are removed".to_owned()),
            as_at: known.as_at(figures.as_deref()),
            problems: known.problems.clone(),
            ..super::frame(&viewer, "What the figures say").await?
        },
        no_figures: figures.is_none() && !known.is_past(),
        notice: known.notice(figures.as_deref()),
        known: known.form(&[]),
        query: known.query(),
        view,
    };
    if page.frame.problems.is_empty() {
        Ok(viewer.show(&page, &page.view))
    } else {
        Ok(viewer.show_problems(&page, &page.view))
    }
}

impl SummaryView {
    fn of(sources: &Sources<'_>) -> Self {
        let places = headline(&sources.figures.library);
        let as_at = sources.figures.as_at.to_string();
        let month = control_chart::month(sources.figures.as_at);
        let mut view = Self { all: places.len(), month, as_at, ..Self::default() };
        for place in places {
            view.add(sources, place);
        }
        view
    }

    fn add(&mut self, sources: &Sources<'_>, place: u16) {
        let figures: &Figures = sources.figures;
        let (chart, asked) = figures.chart(place, sources.remarks);
        let Some(facts) = MeasureFacts::of_chart(sources, place, &chart, &asked) else {
            let (title, words) = why_untold(figures, place);
            let code = figures.library.measures[usize::from(place)].code.clone();
            self.untold.push(Said { code, title, words: format!("{words}.") });
            return;
        };
        if chart.latest().is_none_or(|(point, _)| figures.as_at.days_since(point.ends_on) > LONG_AGO) {
            let words = format!("nothing was counted since {}, then {}.", facts.month, facts.latest);
            self.untold.push(Said { code: facts.code, title: facts.title, words });
            return;
        }
        let figure = if facts.month == self.month {
            format!("{}.", facts.latest)
        } else {
            format!("{} in {}.", facts.latest, facts.month)
        };
        let mut words = vec![figure.clone()];
        words.extend(latest_signal(&chart));
        if let (Some(target), None) = (&facts.target, chart.assurance) {
            words.push(format!("Target {}: {}.", target.words, target.distance.to_lowercase()));
        }
        let said = |words: &[String]| Said {
            code: facts.code.clone(),
            title: facts.title.clone(),
            words: words.join(" "),
        };
        if chart.assurance == Some(Assurance::WillFallShort)
            && let (Some(target), Some(wanted)) = (&facts.target, asked.target)
        {
            let short = vec![
                figure,
                format!(
                    "{} of {}: as things are, every month misses it.",
                    assurance_in_words(Assurance::WillFallShort),
                    amount(wanted, asked.unit)
                ),
                format!("{}.", target.expected_in_words),
            ];
            self.short_of_target.push(said(&short));
        } else if let Some(target) = facts.target.as_ref().filter(|_| chart.assurance.is_some()) {
            let assurance = facts.assurance.as_deref().unwrap_or_default();
            words.push(format!("{assurance} ({}).", target.words));
        }
        match chart.variation {
            Variation::Concerning => &mut self.worse,
            Variation::Improving => &mut self.better,
            Variation::Neither => &mut self.changed,
            Variation::CommonCause => &mut self.steady,
        }
        .push(said(&words));
    }

    fn parts(&self) -> [Part<'_>; 6] {
        let part = |heading, nothing, said| Part { heading, nothing, said };
        [
            part("What gets worse", "Nothing does, beyond what always varies.", &self.worse),
            part("What misses its target reliably", "Nothing with a target does.", &self.short_of_target),
            part("What gets better", "Nothing does, beyond what always varies.", &self.better),
            part("What changed, with neither way better", "Nothing did.", &self.changed),
            part("What only varies as it always does", "Nothing: everything changed.", &self.steady),
            part("What cannot be told", "Nothing: every headline measure has figures.", &self.untold),
        ]
    }
}

/// The signal that the latest figure is part of, in words.
fn latest_signal(chart: &control_chart::ControlChart) -> Option<String> {
    let latest = chart.points.iter().rposition(|point| point.value.is_some())?;
    let of_latest = chart.signals.iter().filter(|signal| signal.points.contains(&latest));
    let signal = of_latest.min_by_key(|signal| signal.kind)?;
    let mut words = chart.signal_words(signal);
    if let Some(first) = words.get(..1).map(str::to_uppercase) {
        words.replace_range(..1, &first);
    }
    Some(format!("{words}."))
}

impl SummaryPage {
    fn link(&self, said: &Said) -> Html {
        link(&said.title, &format!("/measures/{}{}", said.code, self.query))
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use service::Role;
    use service::acts::{ApproveTarget, ProposeTarget, Seen};

    use super::super::sample;

    #[tokio::test]
    async fn every_headline_measure_is_said_of_in_words_on_one_page() {
        let trial = sample::loaded().await;
        let page = trial.get(Some(Role::Chair), "/summary").await.body;
        assert!(page.contains("What only varies as it always does"), "{page}");
        assert!(page.contains("50%, 1 of 2."), "{page}");
        assert!(page.contains("Figures are of May 2026 unless another month is named."), "{page}");
        assert!(page.contains("What cannot be told") && page.contains("Referred again"), "{page}");
        assert!(
            page.contains("no extract holds referral."),
            "a number of what no extract holds is no nought"
        );
        assert!(!page.contains("<svg class=\"headway-chart"), "no chart is needed");
        let said = page.matches("<li>").count();
        assert!(said >= super::headline(service::library()).len(), "{said}");
    }

    #[tokio::test]
    async fn an_approved_target_is_said_with_whether_it_can_be_relied_on() {
        let trial = sample::loaded().await;
        let target = ProposeTarget {
            measure: "assessment-45wd-dfe".into(),
            value: 90.0,
            reach_by: date(2026, 7, 31),
            from_value: 50.0,
            from_day: date(2026, 3, 31),
            basis: "The board".into(),
        };
        let id = sample::perform(&trial, Role::Analyst, target).await;
        let words = "Will hit and miss the target (90% by 31 July 2026).";
        assert!(!trial.get(Some(Role::Chair), "/summary").await.body.contains(words));
        sample::perform(&trial, Role::Director, ApproveTarget { target: Seen { id, version: 1 } }).await;
        let page = trial.get(Some(Role::Chair), "/summary").await.body;
        assert!(page.contains(words), "{page}");
    }
}
