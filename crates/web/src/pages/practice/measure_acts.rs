//! What people do about a measure, each on a page of its own: comment on a month, propose a target, approve one, begin a
//! new baseline of its chart.

use axum::extract::Path;
use axum::response::Response;
use jiff::civil::Date;
use practice::control_chart::{self, Unit, amount};
use practice::indicator::{Group, Measure};
use service::acts::{ApproveTarget, BeginBaseline, CommentOnMeasure, ProposeTarget, Seen};
use service::{Action, Figures, Knowledge, Problem, Refusal, Remarks};
use store::MeasureTarget;
use vocabulary::date::day_in_words;
use vocabulary::day::Day;
use vocabulary::id::MeasureTargetId;

use super::facts::polarity_in_words;
use super::navigation;
use super::said::stamped;
use crate::components::{DateInput, Input, Problems, Select, SummaryList, Textarea};
use crate::errors::Refused;
use crate::fields::{Asked, Fields};
use crate::layout::Frame;
use crate::pages::duties::question::{Answers, QuestionPage, Sent, parts_of, refused, send, typed_date};
use crate::viewer::{Viewer, breadcrumbs};

/// A measure with its figures, as a form about it needs them.
struct Subject {
    measure: &'static Measure,
    figures: std::sync::Arc<Figures>,
    remarks: Remarks,
    place: u16,
}

impl Subject {
    async fn find(viewer: &Viewer, code: &str) -> Result<Self, Refused> {
        let refused = refused(viewer);
        let place = service::library().measure(code).ok_or(Refusal::NotFound).map_err(&refused)?;
        let figures = viewer.service.figures(&viewer.scope, Knowledge::default()).await.map_err(&refused)?;
        let figures = figures.ok_or(Refusal::NotFound).map_err(&refused)?;
        let remarks = viewer.service.remarks(&viewer.scope).await.map_err(&refused)?;
        Ok(Self { measure: &service::library().measures[usize::from(place)], figures, remarks, place })
    }

    fn unit(&self) -> Unit {
        if self.measure.is_count { Unit::Number } else { Unit::Percent }
    }

    fn page(&self) -> String {
        format!("/measures/{}", self.measure.code)
    }

    /// The months that have a figure or could, the newest first.
    fn months(&self) -> Vec<Date> {
        let monthly = self.figures.monthly(self.place, Group::Council);
        let mut months: Vec<Date> = monthly.map(|value| value.period.end.end_of_month().date()).collect();
        months.reverse();
        months
    }

    async fn frame(&self, viewer: &Viewer, heading: &str) -> Result<Frame, Refusal> {
        Ok(Frame {
            breadcrumbs: breadcrumbs(&[("Scorecard", "/scorecard"), (&self.measure.title, &self.page())]),
            sub_navigation: navigation(viewer, "/scorecard"),
            caption: Some(self.measure.title.clone()),
            audience: Some("People who may see figures before small numbers are removed".to_owned()),
            as_at: Some(day_in_words(self.figures.as_at.date())),
            ..super::frame(viewer, heading).await?
        })
    }

    /// The latest figure, as a form about it begins.
    fn sentence(&self) -> String {
        let (chart, asked) = self.figures.chart(self.place, &self.remarks);
        chart.sentence(&asked)
    }

    fn month_choice(&self, label: &str, fields: &Fields, problems: &Problems, name: &'static str) -> Select {
        let mut choice = Select::new(name, label);
        for month in self.months() {
            choice = choice.option(month, control_chart::month(Day::of(month)));
        }
        let newest = self.months().first().map(ToString::to_string).unwrap_or_default();
        choice.chosen(fields.maybe(name).unwrap_or(&newest)).problem_in(problems)
    }
}

/// A month chosen from a list.
fn month(fields: &Fields, name: &'static str) -> Result<Date, Problem> {
    fields.text(name).parse().map_err(|_| Problem::new(name, "Choose a month."))
}

/// A figure as people type it: `84.2` or `84.2%`.
fn figure(fields: &Fields, name: &str) -> f64 {
    // What is no number is refused by the act, beside its field.
    fields.text(name).trim_end_matches('%').trim_end().parse().unwrap_or(f64::NAN)
}

/// Asks for a comment; the address may name the month.
pub async fn ask_comment(
    viewer: Viewer,
    Path(code): Path<String>,
    Asked(asked): Asked,
) -> Result<Response, Refused> {
    let subject = Subject::find(&viewer, &code).await?;
    Ok(comment_page(&viewer, &subject, &asked, Problems::default()).await?.show(&viewer))
}

/// Keeps a comment.
pub async fn comment(viewer: Viewer, Path(code): Path<String>, fields: Fields) -> Result<Response, Refused> {
    let mut answers = Answers::default();
    let month = answers.take(month(&fields, "month"));
    let act = CommentOnMeasure { measure: code.clone(), month, text: fields.text("text").to_owned() };
    match send(&viewer, &fields, answers.or(act)).await? {
        Sent::Done(_) => Ok(viewer.after(&format!("/measures/{code}"), "commented")),
        Sent::Again(problems) => {
            let subject = Subject::find(&viewer, &code).await?;
            Ok(comment_page(&viewer, &subject, &fields, problems).await?.show(&viewer))
        }
    }
}

async fn comment_page(
    viewer: &Viewer,
    subject: &Subject,
    fields: &Fields,
    problems: Problems,
) -> Result<QuestionPage, Refused> {
    let frame = subject.frame(viewer, "Comment on a month").await.map_err(refused(viewer))?;
    let text = Textarea::new("text", "What the figure means")
        .hint("What happened, why, and what is done about it. Name no child and no worker. A comment cannot be taken back; a later one can correct it.")
        .value(fields.text("text"))
        .at_most_characters(2_000);
    Ok(QuestionPage::new(frame, viewer, "Keep the comment", subject.page())
        .says(&subject.sentence())
        .asks(subject.month_choice("Month", fields, &problems, "month"))
        .asks(text.problem_in(&problems))
        .with_problems(problems))
}

/// Asks for a target.
pub async fn ask_target(viewer: Viewer, Path(code): Path<String>) -> Result<Response, Refused> {
    let subject = Subject::find(&viewer, &code).await?;
    let fields = subject.start_of_the_way();
    Ok(target_page(&viewer, &subject, &fields, Problems::default()).await?.show(&viewer))
}

/// Proposes a target.
pub async fn propose(viewer: Viewer, Path(code): Path<String>, fields: Fields) -> Result<Response, Refused> {
    let mut answers = Answers::default();
    let act = ProposeTarget {
        measure: code.clone(),
        value: figure(&fields, "value"),
        reach_by: answers.day(&fields, "reach_by"),
        from_value: figure(&fields, "from_value"),
        from_day: answers.day(&fields, "from_day"),
        basis: fields.text("basis").to_owned(),
    };
    match send(&viewer, &fields, answers.or(act)).await? {
        Sent::Done(_) => Ok(viewer.after(&format!("/measures/{code}"), "target-proposed")),
        Sent::Again(problems) => {
            let subject = Subject::find(&viewer, &code).await?;
            Ok(target_page(&viewer, &subject, &fields, problems).await?.show(&viewer))
        }
    }
}

impl Subject {
    /// The way to a target usually starts at the latest figure.
    fn start_of_the_way(&self) -> Fields {
        let (chart, _) = self.figures.chart(self.place, &self.remarks);
        let Some((point, value)) = chart.latest() else { return Fields::default() };
        let [day, month, year] = parts_of(point.ends_on.date());
        let tenths = (value * 10.0).round() / 10.0;
        let fields = [
            ("from_value", tenths.to_string()),
            ("from_day-day", day),
            ("from_day-month", month),
            ("from_day-year", year),
        ];
        Fields(fields.map(|(name, value)| (name.to_owned(), value)).to_vec())
    }
}

async fn target_page(
    viewer: &Viewer,
    subject: &Subject,
    fields: &Fields,
    problems: Problems,
) -> Result<QuestionPage, Refused> {
    let frame = subject.frame(viewer, "Propose a target").await.map_err(refused(viewer))?;
    let unit = if subject.unit() == Unit::Percent { "per cent" } else { "a number" };
    let figure = |name: &'static str, label: &str| {
        Input::new(name, label)
            .hint(format!("In {unit}, such as {}", if unit == "per cent" { "90" } else { "12" }))
            .classes("govuk-input--width-5")
            .value(fields.text(name))
            .problem_in(&problems)
    };
    let day = |name: &'static str, legend: &str| {
        let [day, month, year] = typed_date(fields, name);
        DateInput::new(name, legend).values(day, month, year).problem_in(&problems)
    };
    let basis = Textarea::new("basis", "Basis: why this value")
        .hint("Who set it, and where it is written down: a board minute, a clause of the notice, an England figure.")
        .rows(3)
        .value(fields.text("basis"))
        .at_most_characters(500)
        .problem_in(&problems);
    Ok(QuestionPage::new(frame, viewer, "Propose the target", subject.page())
        .says(&subject.sentence())
        .says(&format!(
            "{}. The target counts once somebody else has approved it. What is expected by now lies on a straight way from the start to the target.",
            polarity_in_words(subject.measure.polarity)
        ))
        .asks(figure("value", "What is to be reached"))
        .asks(day("reach_by", "By which day"))
        .asks(figure("from_value", "The figure that the way starts at"))
        .asks(day("from_day", "The day that the way starts on"))
        .asks(basis)
        .with_problems(problems))
}

/// Shows a target to who may approve it.
pub async fn ask_approval(
    viewer: Viewer,
    Path((code, id)): Path<(String, String)>,
) -> Result<Response, Refused> {
    let subject = Subject::find(&viewer, &code).await?;
    Ok(approval_page(&viewer, &subject, &id, Problems::default()).await?.show(&viewer))
}

/// Approves a target.
pub async fn approve(
    viewer: Viewer,
    Path((code, id)): Path<(String, String)>,
    fields: Fields,
) -> Result<Response, Refused> {
    let target_id = MeasureTargetId::parse(&id).ok_or(Refusal::NotFound).map_err(refused(&viewer))?;
    let version = fields.number("version").unwrap_or_default();
    let act = ApproveTarget { target: Seen { id: target_id, version } };
    match send(&viewer, &fields, Ok(act)).await? {
        Sent::Done(()) => Ok(viewer.after(&format!("/measures/{code}"), "target-approved")),
        Sent::Again(problems) => {
            let subject = Subject::find(&viewer, &code).await?;
            Ok(approval_page(&viewer, &subject, &id, problems).await?.show(&viewer))
        }
    }
}

async fn approval_page(
    viewer: &Viewer,
    subject: &Subject,
    id: &str,
    problems: Problems,
) -> Result<QuestionPage, Refused> {
    let mut targets = subject.remarks.targets_of(&subject.measure.code);
    let found = targets.find(|target| target.id.to_string() == id).ok_or(Refusal::NotFound);
    let target = found.map_err(refused(viewer))?;
    let frame = subject.frame(viewer, "Approve a target").await.map_err(refused(viewer))?;
    Ok(QuestionPage::new(frame, viewer, "Approve the target", subject.page())
        .says(&subject.sentence())
        .about(subject.target_facts(target))
        .says("Who proposed a target does not approve it. From your approval on it counts on the scorecard, in the chart and in what is expected by now, in place of the target before it.")
        .sends("version", target.version)
        .after_step_up(viewer, Action::ApproveTarget, "")
        .with_problems(problems))
}

impl Subject {
    fn target_facts(&self, target: &MeasureTarget) -> SummaryList {
        let list = SummaryList::new()
            .row(
                "Target",
                format!("{} by {}", amount(target.value, self.unit()), day_in_words(target.reach_by)),
            )
            .row(
                "The way starts at",
                format!("{} on {}", amount(target.from_value, self.unit()), day_in_words(target.from_day)),
            )
            .row("Which way is better", polarity_in_words(self.measure.polarity))
            .row("Basis", &target.basis)
            .row("Proposed by", stamped(&self.remarks, &target.stamp));
        match &target.approved {
            Some(approved) => list.row("Approved by", stamped(&self.remarks, approved)),
            None => list,
        }
    }
}

/// Asks for a new baseline.
pub async fn ask_baseline(viewer: Viewer, Path(code): Path<String>) -> Result<Response, Refused> {
    let subject = Subject::find(&viewer, &code).await?;
    Ok(baseline_page(&viewer, &subject, &Fields::default(), Problems::default()).await?.show(&viewer))
}

/// Begins a new baseline.
pub async fn begin_baseline(
    viewer: Viewer,
    Path(code): Path<String>,
    fields: Fields,
) -> Result<Response, Refused> {
    let mut answers = Answers::default();
    let from_month = answers.take(month(&fields, "from_month"));
    let act = BeginBaseline { measure: code.clone(), from_month, cause: fields.text("cause").to_owned() };
    match send(&viewer, &fields, answers.or(act)).await? {
        Sent::Done(_) => Ok(viewer.after(&format!("/measures/{code}"), "baseline-begun")),
        Sent::Again(problems) => {
            let subject = Subject::find(&viewer, &code).await?;
            Ok(baseline_page(&viewer, &subject, &fields, problems).await?.show(&viewer))
        }
    }
}

async fn baseline_page(
    viewer: &Viewer,
    subject: &Subject,
    fields: &Fields,
    problems: Problems,
) -> Result<QuestionPage, Refused> {
    let frame = subject.frame(viewer, "Begin a new baseline").await.map_err(refused(viewer))?;
    let cause = Textarea::new("cause", "What changed, and how it is known")
        .hint("A change of the process, of what is recorded, or of who does the work. A figure that looks better or worse is no cause. Name no child and no worker.")
        .rows(3)
        .value(fields.text("cause"))
        .at_most_characters(500)
        .problem_in(&problems);
    Ok(QuestionPage::new(frame, viewer, "Begin the new baseline", subject.page())
        .says(&subject.sentence())
        .says("From the month you choose, the mean and the limits are worked out anew. The months before keep theirs. Cause, your name and today’s date stand on the chart, and a new baseline cannot be taken back.")
        .asks(subject.month_choice("First month of the changed process", fields, &problems, "from_month"))
        .asks(cause)
        .with_problems(problems))
}

#[cfg(test)]
mod tests {
    use service::Role;

    use super::super::sample;

    const PATH: &str = "/measures/assessment-45wd-dfe";

    #[tokio::test]
    async fn a_comment_stands_on_the_page_and_an_empty_one_is_asked_for_again() {
        let trial = sample::loaded().await;
        let path = format!("{PATH}/comments");
        let asked = trial.get(Some(Role::Analyst), &format!("{path}?month=2026-04-30")).await.body;
        assert!(asked.contains("value=\"2026-04-30\" selected"), "{asked}");
        let empty = trial.post(Role::Analyst, &path, "month=2026-04-30&text=").await;
        assert_eq!(empty.status, 422);
        assert!(empty.body.contains("value=\"2026-04-30\" selected"), "the month stays chosen");
        let form = "month=2026-04-30&text=One+assessment+was+written+up+late.";
        let kept = trial.post(Role::Analyst, &path, form).await;
        assert_eq!(kept.location, format!("{PATH}?done=commented"));
        let page = trial.get(Some(Role::Chair), PATH).await.body;
        assert!(page.contains("One assessment was written up late.") && page.contains("10 June 2026"));
    }

    #[tokio::test]
    async fn a_target_keeps_what_was_typed_and_its_proposer_cannot_approve_it() {
        let trial = sample::loaded().await;
        let path = format!("{PATH}/targets");
        let asked = trial.get(Some(Role::Director), &path).await.body;
        assert!(asked.contains("value=\"50\""), "the way starts at the latest figure: {asked}");
        let days = "reach_by-day=31&reach_by-month=3&reach_by-year=2027&from_day-day=31&from_day-month=5&from_day-year=2026";
        let wrong = format!("value=ninety&from_value=50&basis=Board+minute+4&{days}");
        let again = trial.post(Role::Director, &path, &wrong).await;
        assert_eq!(again.status, 422);
        for kept in
            ["value=\"ninety\"", "Board minute 4", "value=\"2027\"", "Enter a percentage from 0 to 100."]
        {
            assert!(again.body.contains(kept), "{kept}: {}", again.body);
        }
        let right = wrong.replace("ninety", "90%25");
        assert_eq!(
            trial.post(Role::Director, &path, &right).await.location,
            format!("{PATH}?done=target-proposed")
        );
        let page = trial.get(Some(Role::Chair), PATH).await.body;
        let approval = page.split("href=\"").find(|rest| rest.starts_with(&format!("{path}/"))).unwrap();
        let approval = approval.split('"').next().unwrap().to_owned();
        let first = trial.get(Some(Role::Chair), &approval).await.body;
        assert!(
            first.contains("/step-up?back=") && !first.contains(">Approve the target</button>"),
            "{first}"
        );
        let own = trial.post(Role::Director, &approval, "version=1").await;
        assert_eq!(own.status, 422);
        assert!(own.body.contains("Who proposed a target does not approve it: ask somebody else."));
        let done = trial.post(Role::Chair, &approval, "version=1").await;
        assert_eq!(done.location, format!("{PATH}?done=target-approved"));
        let twice = trial.post(Role::Chair, &approval, "version=2").await;
        assert!(twice.body.contains("approved already"), "{}", twice.body);
    }

    #[tokio::test]
    async fn a_new_baseline_needs_its_cause_and_stands_with_it() {
        let trial = sample::loaded().await;
        let path = format!("{PATH}/baselines");
        let refused = trial.post(Role::Analyst, &path, "from_month=2026-05-31&cause=").await;
        assert_eq!(refused.status, 422);
        assert!(refused.body.contains("Enter what changed, and how it is known."));
        let begun = trial.post(Role::Analyst, &path, "from_month=2026-05-31&cause=A+second+team+began").await;
        assert_eq!(begun.location, format!("{PATH}?done=baseline-begun"));
        let page = trial.get(Some(Role::Chair), PATH).await.body;
        assert!(page.contains("New limits from May 2026") && page.contains("A second team began"), "{page}");
    }

    #[tokio::test]
    async fn who_may_not_say_anything_of_a_measure_finds_no_form() {
        let trial = sample::loaded().await;
        for path in ["comments", "targets", "baselines"] {
            let answer = trial.get(Some(Role::Adviser), &format!("{PATH}/{path}")).await;
            assert_eq!(answer.status, 404, "{path}");
        }
        let absent = trial.get(Some(Role::Analyst), "/measures/no-such-measure/comments").await;
        assert_eq!(absent.status, 404);
    }
}
