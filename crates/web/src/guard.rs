//! What stands before every handler: where the request comes from, who it is, whether they may, and whether a form is
//! ours. A route cannot be registered without saying which [`Access`] it needs.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::extract::{ConnectInfo, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use service::{Action, Actor, Refusal};
use store::OpenSession;
use subtle::ConstantTimeEq as _;

use crate::errors::{self, error_page};
use crate::fields::Fields;
use crate::state::AppState;
use crate::viewer::{Format, Viewer};

/// Who may use a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Anybody: sign-in, help, statements, feeds with a secret address.
    Public,
    /// Somebody who gave the first factor.
    FirstFactor,
    /// Somebody whose role may do this.
    May(Action),
}

/// What the guard knows of a route.
#[derive(Clone, Debug)]
pub struct Rule {
    /// Who may use it.
    pub access: Access,
    /// The purpose a token must have to read it; none when no token may.
    pub purpose: Option<&'static str>,
    /// HTML or JSON.
    pub format: Format,
    /// The application.
    pub state: AppState,
}

/// A session that may still need its second factor.
#[derive(Clone, Debug)]
pub struct Session(pub Option<Arc<OpenSession>>);

/// Where a request came from.
#[derive(Clone, Debug)]
pub struct Source(pub String);

/// A form's body is at most this large; uploads have their own limit.
const LARGEST_FORM: usize = 1024 * 1024;

/// Lets a request through to its handler, or answers in its place.
pub async fn guard(State(rule): State<Rule>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    match admit(&rule, &mut parts, body).await {
        Ok(body) => next.run(Request::from_parts(parts, body)).await,
        Err(Turned::Away(refusal)) => errors::answer(&refusal, rule.format, parts.uri.path()),
        Err(Turned::To(address)) => Redirect::to(&address).into_response(),
    }
}

enum Turned {
    Away(Refusal),
    To(String),
}

impl From<Refusal> for Turned {
    fn from(refusal: Refusal) -> Self {
        Self::Away(refusal)
    }
}

async fn admit(rule: &Rule, parts: &mut Parts, body: Body) -> Result<Body, Turned> {
    let source = source(parts);
    if parts.method != Method::GET && parts.method != Method::HEAD && !same_origin(&parts.headers) {
        return Err(Refusal::NotFound.into());
    }
    let session = session(rule, &parts.headers).await?;
    let body = take_form(parts, body, session.as_deref(), rule).await?;
    parts.extensions.insert(Source(source.clone()));
    parts.extensions.insert(Session(session.clone()));
    if !matches!(rule.access, Access::May(_)) {
        // Open pages look the same to everybody, but keep the navigation of whoever is signed in.
        if let Ok(viewer) = viewer(rule, parts, session.clone(), source.clone()).await {
            parts.extensions.insert(viewer);
        }
    }
    match rule.access {
        Access::Public => Ok(body),
        Access::FirstFactor => match session {
            Some(_) => Ok(body),
            None => Err(Turned::To("/sign-in".into())),
        },
        Access::May(action) => {
            let viewer = viewer(rule, parts, session, source).await?;
            match rule.state.service.authorise(&viewer.actor, action, "") {
                // The party that a document names is only known inside the act.
                Err(Refusal::NotFound) if depends_on_party(action) => {}
                // Pages that only an approver posts to are still read without stepping up.
                Err(Refusal::StepUpNeeded) if parts.method == Method::GET => {}
                Err(Refusal::StepUpNeeded) => return Err(Turned::To(step_up(parts))),
                refused => refused?,
            }
            parts.extensions.insert(viewer);
            Ok(body)
        }
    }
}

fn depends_on_party(action: Action) -> bool {
    matches!(action, Action::AnswerVariation | Action::SetInterval)
}

/// Where to give both factors again, and come back from.
fn step_up(parts: &Parts) -> String {
    let back = parts.headers.get(header::REFERER).and_then(|value| value.to_str().ok());
    let back = back.and_then(|back| back.parse::<axum::http::Uri>().ok());
    let back = back.and_then(|uri| uri.path_and_query().map(ToString::to_string)).unwrap_or("/".into());
    format!("/step-up?back={}", escape(&back))
}

/// Percent-escapes what stands in a query value.
pub fn escape(text: &str) -> String {
    use std::fmt::Write as _;
    text.bytes().fold(String::new(), |mut escaped, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            escaped.push(char::from(byte));
        } else {
            let _ = write!(escaped, "%{byte:02X}");
        }
        escaped
    })
}

async fn viewer(
    rule: &Rule,
    parts: &Parts,
    session: Option<Arc<OpenSession>>,
    source: String,
) -> Result<Viewer, Turned> {
    let service = &rule.state.service;
    let actor = match &session {
        Some(open) if !open.session.confirmed => return Err(Turned::To("/sign-in/code".into())),
        Some(open) => service.actor(open).ok_or(Turned::To("/no-role".into()))?,
        None => match token_actor(rule, &parts.headers).await? {
            Some(actor) => actor,
            None if rule.format == Format::Json => return Err(Refusal::SignedOut.into()),
            None => return Err(Turned::To(sign_in(parts))),
        },
    };
    let query = Fields::parse(parts.uri.query().unwrap_or("").as_bytes());
    Ok(Viewer {
        scope: service.authoriser.scope(&actor),
        actor,
        session,
        service: Arc::clone(service),
        format: rule.format,
        path: parts.uri.path().to_owned(),
        done: query.maybe("done").map(str::to_owned),
        source,
        request_id: service.chance.id().map(|id| format!("{id:032x}")).unwrap_or_default(),
    })
}

fn sign_in(parts: &Parts) -> String {
    let wanted = parts.uri.path_and_query().map_or("/", |wanted| wanted.as_str());
    if wanted == "/" || parts.method != Method::GET {
        "/sign-in".to_owned()
    } else {
        format!("/sign-in?back={}", escape(wanted))
    }
}

/// The actor of a bearer token whose one purpose this route serves.
async fn token_actor(rule: &Rule, headers: &HeaderMap) -> Result<Option<Actor>, Turned> {
    let Some(purpose) = rule.purpose else { return Ok(None) };
    let bearer = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let Some(secret) = bearer.and_then(|value| value.strip_prefix("Bearer ")) else { return Ok(None) };
    Ok(rule.state.service.token_actor(secret, purpose).await?)
}

async fn session(rule: &Rule, headers: &HeaderMap) -> Result<Option<Arc<OpenSession>>, Turned> {
    let Some(token) = cookie(headers, rule.state.settings.cookie_name()) else { return Ok(None) };
    Ok(rule.state.service.session(token).await?.map(Arc::new))
}

/// The value of a cookie.
pub fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let all = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    all.flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(known, value)| (known == name).then_some(value))
}

/// Forms may only be sent from our own pages: by what the browser says of the request's origin.
fn same_origin(headers: &HeaderMap) -> bool {
    let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(site) = header("sec-fetch-site") {
        return matches!(site, "same-origin" | "none");
    }
    match (header("origin"), header("host")) {
        (Some(origin), Some(host)) => {
            origin.split_once("://").is_some_and(|(_, authority)| authority == host)
        }
        // Programs with a token send neither; without a session there is nothing to forge.
        (None, _) => true,
        _ => false,
    }
}

/// Reads a form's body and checks its token, so that handlers see only fields of our own forms.
async fn take_form(
    parts: &mut Parts,
    body: Body,
    session: Option<&OpenSession>,
    rule: &Rule,
) -> Result<Body, Turned> {
    if parts.method != Method::POST {
        return Ok(body);
    }
    let kind = parts.headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    if kind.is_some_and(|kind| kind.starts_with("multipart/form-data")) {
        return Ok(body);
    }
    let bytes = to_bytes(body, LARGEST_FORM).await;
    let bytes =
        bytes.map_err(|_| Refusal::invalid("", "The form is too large. Shorten what you entered."))?;
    let fields = Fields::parse(&bytes);
    if let Some(open) = session {
        check_token(open, &fields)?;
    } else if rule.access != Access::Public {
        return Err(Turned::To("/sign-in".into()));
    }
    parts.extensions.insert(fields);
    Ok(Body::empty())
}

/// Refuses a form that does not carry its session's token.
pub fn check_token(open: &OpenSession, fields: &Fields) -> Result<(), Refusal> {
    let given = fields.text("form_token").as_bytes();
    if bool::from(given.ct_eq(open.session.csrf.as_bytes())) { Ok(()) } else { Err(Refusal::NotFound) }
}

fn source(parts: &Parts) -> String {
    let address = parts.extensions.get::<ConnectInfo<SocketAddr>>();
    address.map_or_else(|| "unknown".to_owned(), |ConnectInfo(address)| address.ip().to_string())
}

/// Answers addresses that no route has.
pub async fn no_such_page() -> Response {
    error_page(StatusCode::NOT_FOUND, &Refusal::NotFound).into_response()
}

impl<S: Send + Sync> axum::extract::FromRequestParts<S> for Session {
    type Rejection = StatusCode;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, StatusCode> {
        parts.extensions.get::<Self>().cloned().ok_or(StatusCode::INTERNAL_SERVER_ERROR)
    }
}

impl<S: Send + Sync> axum::extract::FromRequestParts<S> for Source {
    type Rejection = StatusCode;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, StatusCode> {
        parts.extensions.get::<Self>().cloned().ok_or(StatusCode::INTERNAL_SERVER_ERROR)
    }
}
