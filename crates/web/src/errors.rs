//! One error page with a way back. Forbidden and absent are the same page.

use askama::Template;
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use service::{Problem, Refusal};

use crate::components::Problems;
use crate::layout::Frame;
use crate::viewer::Format;

#[derive(Template)]
#[template(path = "error.html")]
struct ErrorPage {
    frame: Frame,
    what_to_do: String,
    problems: Vec<Problem>,
}

/// A refusal that a handler could not show beside its form.
#[derive(Debug)]
pub struct Refused(pub Refusal, pub Format);

/// Answers a refusal as a page or as JSON.
pub fn answer(refusal: &Refusal, format: Format, path: &str) -> Response {
    let status = status(refusal);
    if format == Format::Json {
        let problems = if let Refusal::Invalid(problems) = refusal { problems.as_slice() } else { &[] };
        let body = serde_json::json!({ "error": words(refusal).0, "what_to_do": words(refusal).1, "problems": problems });
        return (status, axum::Json(body)).into_response();
    }
    match refusal {
        Refusal::SignedOut => Redirect::to("/sign-in").into_response(),
        Refusal::StepUpNeeded => {
            Redirect::to(&format!("/step-up?back={}", crate::guard::escape(path))).into_response()
        }
        refusal => error_page(status, refusal).into_response(),
    }
}

/// The error page of a refusal.
pub fn error_page(status: StatusCode, refusal: &Refusal) -> impl IntoResponse + use<> {
    let (heading, what_to_do) = words(refusal);
    let problems = if let Refusal::Invalid(problems) = refusal { problems.clone() } else { Vec::new() };
    let page = ErrorPage { frame: Frame::new(heading), what_to_do, problems };
    (status, [(header::CACHE_CONTROL, "no-store")], Html(page.render().unwrap_or_default()))
}

fn status(refusal: &Refusal) -> StatusCode {
    match refusal {
        Refusal::NotFound => StatusCode::NOT_FOUND,
        Refusal::StepUpNeeded => StatusCode::FORBIDDEN,
        Refusal::SignedOut => StatusCode::UNAUTHORIZED,
        Refusal::Invalid(_) | Refusal::Separation(_) => StatusCode::UNPROCESSABLE_ENTITY,
        Refusal::Conflict { .. } | Refusal::KeyReused => StatusCode::CONFLICT,
        Refusal::SlowDown { .. } => StatusCode::TOO_MANY_REQUESTS,
        Refusal::Unavailable(_) => StatusCode::SERVICE_UNAVAILABLE,
    }
}

/// What happened, and what to do, in words.
pub fn words(refusal: &Refusal) -> (String, String) {
    let (heading, what_to_do) = match refusal {
        Refusal::NotFound => (
            "Page not found",
            "Check the address. If you followed a link, the page may be for another role: ask your programme manager.",
        ),
        Refusal::StepUpNeeded => {
            ("Confirm that it is you", "Give your password and a code again, then repeat this step.")
        }
        Refusal::SignedOut => ("You are signed out", "Sign in to go on."),
        Refusal::Invalid(_) => ("There is a problem", "Go back, correct what is named here and try again."),
        Refusal::Separation(reason) => ("Somebody else is needed", *reason),
        Refusal::Conflict { thing } => {
            return (
                "Somebody else changed this".to_owned(),
                format!(
                    "{thing} was changed since you opened the page. Nothing of yours was saved. Go back, reload the page to see the new version, and make your change again."
                ),
            );
        }
        Refusal::KeyReused => (
            "This form was sent before",
            "The form was sent before with other contents. Go back, reload the page and fill it in again.",
        ),
        Refusal::SlowDown { .. } => (
            "Too many attempts",
            "Wait 15 minutes and try again. If you forgot your password, ask your administrator for a new invitation.",
        ),
        Refusal::Unavailable(reason) => ("Headway cannot do this just now", reason.as_str()),
    };
    (heading.to_owned(), what_to_do.to_owned())
}

/// The problems of a refused act as problems of a form, each beside its field; other refusals pass on.
pub fn beside_fields(refusal: Refusal) -> Result<Problems, Refusal> {
    match refusal {
        Refusal::Invalid(found) => {
            let mut problems = Problems::default();
            for problem in found {
                problems.add(problem.field, problem.message);
            }
            Ok(problems)
        }
        Refusal::Separation(reason) => {
            let mut problems = Problems::default();
            problems.add("", reason);
            Ok(problems)
        }
        refusal => Err(refusal),
    }
}

impl From<Refusal> for Refused {
    fn from(refusal: Refusal) -> Self {
        Self(refusal, Format::Html)
    }
}

impl From<store::StoreError> for Refused {
    fn from(error: store::StoreError) -> Self {
        Refusal::from(error).into()
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        answer(&self.0, self.1, "/")
    }
}
