//! A page with one form: what it is about, its questions, one button. Every form of these areas is one, so that what was
//! typed stays when something is wrong with it.

use askama::Template;
use axum::response::Response;
use service::{Act, Action, Problem, Programme, Refusal};

use crate::components::{AsContent, Content, Problems};
use crate::errors::{Refused, beside_fields};
use crate::fields::Fields;
use crate::guard::escape;
use crate::layout::Frame;
use crate::viewer::Viewer;

/// A page with one form.
#[derive(Clone, Debug, Template)]
#[template(path = "pages/duties/question.html")]
pub struct QuestionPage {
    /// What every page carries.
    pub frame: Frame,
    action: String,
    about: Vec<Content>,
    questions: Vec<Content>,
    hidden: Vec<(&'static str, String)>,
    button: &'static str,
    cancel: String,
    step_up: Option<String>,
}

impl QuestionPage {
    /// A form that posts to the page's own address and goes back to `cancel`.
    pub fn new(frame: Frame, viewer: &Viewer, button: &'static str, cancel: impl Into<String>) -> Self {
        Self {
            frame,
            action: viewer.path.clone(),
            about: Vec::new(),
            questions: Vec::new(),
            hidden: Vec::new(),
            button,
            cancel: cancel.into(),
            step_up: None,
        }
    }

    /// Says what the form is about.
    pub fn about(mut self, part: impl AsContent) -> Self {
        self.about.push(part.as_content());
        self
    }

    /// Says it in a paragraph, unless there is nothing to say.
    pub fn says(self, words: &str) -> Self {
        if words.is_empty() { self } else { self.about(super::cells::paragraph(words)) }
    }

    /// Adds a question.
    pub fn asks(mut self, part: impl AsContent) -> Self {
        self.questions.push(part.as_content());
        self
    }

    /// Sends a value along, such as the version that the person saw.
    pub fn sends(mut self, name: &'static str, value: impl std::fmt::Display) -> Self {
        self.hidden.push((name, value.to_string()));
        self
    }

    /// Asks for both factors first, where the action needs them and they were given too long ago.
    pub fn after_step_up(mut self, viewer: &Viewer, action: Action, query: &str) -> Self {
        if action.needs_step_up() && !viewer.actor.stepped_up() {
            self.step_up = Some(format!("/step-up?back={}", escape(&format!("{}{query}", viewer.path))));
        }
        self
    }

    /// Shows what is wrong with what was sent.
    pub fn with_problems(mut self, problems: Problems) -> Self {
        self.frame.problems = problems;
        self
    }

    /// Answers the page: 422 when it has problems.
    pub fn show(&self, viewer: &Viewer) -> Response {
        if self.frame.problems.is_empty() { viewer.show(self, &()) } else { viewer.show_problems(self, &()) }
    }
}

/// Turns a refusal into an answer of the viewer's format.
pub fn refused(viewer: &Viewer) -> impl Fn(Refusal) -> Refused + use<> {
    let format = viewer.format;
    move |refusal| Refused(refusal, format)
}

/// What became of a form that was sent.
#[derive(Debug)]
pub enum Sent<T> {
    /// It was done.
    Done(T),
    /// It must be shown again with these problems.
    Again(Problems),
}

/// Performs the act that a form describes. What is wrong with its fields, what needs somebody else and what was changed
/// meanwhile come back as problems of the form.
pub async fn send<A: Act>(
    viewer: &Viewer,
    fields: &Fields,
    act: Result<A, Vec<Problem>>,
) -> Result<Sent<A::Outcome>, Refused> {
    let refusal = match act {
        Err(problems) => Refusal::Invalid(problems),
        Ok(act) => match viewer.perform(fields, act).await {
            Ok(outcome) => return Ok(Sent::Done(outcome)),
            Err(refusal) => refusal,
        },
    };
    let problems = match refusal {
        Refusal::Conflict { thing } => {
            let mut problems = Problems::default();
            problems.add(
                "main",
                format!(
                    "{thing} was changed by somebody else since you opened this page. The page now shows what stands. Check it, then send your answers again."
                ),
            );
            problems
        }
        refusal => beside_fields(refusal).map_err(refused(viewer))?,
    };
    Ok(Sent::Again(problems))
}

/// The programme as it is now: a form that is shown again must show what stands, not what stood.
pub async fn programme_now(viewer: &Viewer) -> Result<std::sync::Arc<Programme>, Refused> {
    viewer.service.programme_now(&viewer.scope).await.map_err(refused(viewer))
}

/// Gathers the answers of a form and what is wrong with them.
#[derive(Debug, Default)]
pub struct Answers(Vec<Problem>);

impl Answers {
    /// The answer, or its stand-in while the problem is kept.
    pub fn take<T: Default>(&mut self, answer: Result<T, Problem>) -> T {
        answer.unwrap_or_else(|problem| {
            self.0.push(problem);
            T::default()
        })
    }

    /// The answer that must be there.
    pub fn need<T>(&mut self, answer: Option<T>, field: &'static str, message: &str) -> Option<T> {
        if answer.is_none() {
            self.0.push(Problem::new(field, message));
        }
        answer
    }

    /// A day that must be there.
    pub fn day(&mut self, fields: &Fields, name: &'static str) -> jiff::civil::Date {
        fields.day(name).unwrap_or_else(|problem| {
            self.0.push(problem);
            jiff::civil::Date::MIN
        })
    }

    /// The act, unless an answer was wrong.
    pub fn or<A>(self, act: A) -> Result<A, Vec<Problem>> {
        if self.0.is_empty() { Ok(act) } else { Err(self.0) }
    }
}

/// The three typed parts of a date, shown again as they were typed.
pub fn typed_date(fields: &Fields, name: &str) -> [String; 3] {
    ["day", "month", "year"].map(|part| fields.text(&format!("{name}-{part}")).to_owned())
}

/// Today in three parts, for a date question that is nearly always today.
pub fn parts_of(day: jiff::civil::Date) -> [String; 3] {
    [day.day().to_string(), day.month().to_string(), day.year().to_string()]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::components::Input;

    fn page() -> QuestionPage {
        QuestionPage {
            frame: Frame { form_token: Some("token".to_owned()), ..Frame::new("Set how often") },
            action: "/duties/1/interval".to_owned(),
            about: Vec::new(),
            questions: Vec::new(),
            hidden: Vec::new(),
            button: "Record",
            cancel: "/duties/1".to_owned(),
            step_up: None,
        }
    }

    #[test]
    fn a_form_carries_its_token_and_what_was_seen_and_keeps_what_was_typed() {
        let mut problems = Problems::default();
        problems.add("decision", "Enter the decision.");
        let decision = Input::new("decision", "The decision").value("Minute 4").problem_in(&problems);
        let html = page().sends("version", 3).asks(decision).with_problems(problems).render().unwrap();
        assert!(html.contains("name=\"form_token\" value=\"token\""));
        assert!(html.contains("name=\"version\" value=\"3\""));
        assert!(html.contains("href=\"#decision\""));
        assert!(html.contains("value=\"Minute 4\""));
        assert!(html.contains("<title>Error: "));
    }

    #[test]
    fn what_needs_both_factors_again_asks_for_them_before_anything_is_typed() {
        let page = QuestionPage { step_up: Some("/step-up?back=/duties/1/interval".to_owned()), ..page() };
        let html = page.render().unwrap();
        assert!(html.contains("href=\"/step-up?back=/duties/1/interval\""));
        assert!(!html.contains(">Record</button>"));
    }
}
