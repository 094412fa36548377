//! Who looks at a page: the signed-in actor, their scope and the programme they may see. Only the guard makes one.

use std::sync::Arc;

use askama::Template;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use service::{Actor, IdempotencyKey, Programme, Refusal, Service};
use store::{OpenSession, Scope};

use crate::components::{Breadcrumbs, Link, NavigationItem, NotificationBanner, SubNavigation};
use crate::done;
use crate::layout::{CouncilName, Frame, HandlingMark, SearchBox, SignedIn};

/// Whether a page answers as HTML or as JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// For people.
    Html,
    /// For programs, under `/api`.
    Json,
}

/// The signed-in person in front of a page.
#[derive(Clone, Debug)]
pub struct Viewer {
    /// Who acts, in which role.
    pub actor: Actor,
    /// What they may see.
    pub scope: Scope,
    /// Their session; none for tokens.
    pub session: Option<Arc<OpenSession>>,
    /// The service.
    pub service: Arc<Service>,
    /// How to answer.
    pub format: Format,
    /// The path asked for.
    pub path: String,
    /// The code of what was just done, from the address.
    pub done: Option<String>,
    /// Where the request came from.
    pub source: String,
    /// The request's id.
    pub request_id: String,
}

/// The six areas of the service navigation; those without an address come with later parts of the product.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Area {
    /// What needs me.
    Home,
    /// Notices, duties, calendar, coverage.
    Duties,
    /// Meetings and their cadence.
    Board,
    /// Loads, figures, exceptions, standards.
    Practice,
    /// Everything else: account, people, help.
    None,
}

impl Viewer {
    /// The programme of the viewer's council, as new as their session has seen.
    pub async fn programme(&self) -> Result<Arc<Programme>, Refusal> {
        self.service.programme(&self.scope, self.actor.generation).await
    }

    /// Whether the viewer may do something; pages show no button that would be refused.
    pub fn may(&self, action: service::Action) -> bool {
        self.may_as(action, "")
    }

    /// Whether the viewer may do something that depends on the party a document names.
    pub fn may_as(&self, action: service::Action, approver: &str) -> bool {
        !matches!(
            self.service.authorise(&self.actor, action, approver),
            Err(Refusal::NotFound | Refusal::SignedOut)
        )
    }

    /// The frame of a page of an area, with everything that every page carries.
    pub fn frame(&self, heading: impl std::fmt::Display, area: Area) -> Frame {
        Frame {
            signed_in: Some(SignedIn {
                name: self.actor.name.clone(),
                role: Some(self.actor.role.title()),
                account_href: "/account".to_owned(),
                sign_out_action: "/sign-out".to_owned(),
            }),
            areas: self.areas(area),
            handling: HandlingMark::OfficialSensitive,
            search: self
                .may(service::Action::SearchProgramme)
                .then(|| SearchBox { action: "/search".to_owned(), words: String::new() }),
            form_token: Some(self.actor.csrf.clone()),
            act_key: self.service.chance.secret().ok(),
            banner: self.done.as_deref().and_then(done::message).map(NotificationBanner::success),
            ..Frame::new(heading)
        }
    }

    /// The areas of the programme, those that are open to the viewer as links.
    fn areas(&self, current: Area) -> Vec<NavigationItem> {
        let areas = [
            ("Home", "/", Area::Home, true),
            ("Duties and plan", "/duties", Area::Duties, self.may(service::Action::ViewDuty)),
            ("Board", "/meetings", Area::Board, self.may(service::Action::ViewMeetings)),
            ("Practice and data", "/scorecard", Area::Practice, self.may(service::Action::ViewFigures)),
        ];
        let open = areas.into_iter().filter(|(.., may)| *may).map(|(words, href, area, _)| {
            let item = NavigationItem::new(words, href);
            if area == current { item.active() } else { item }
        });
        let later = ["Audit and voice", "Reviews and reports"];
        let later = later.into_iter().filter(|_| self.may(service::Action::ViewDuty));
        open.chain(later.map(NavigationItem::closed)).collect()
    }

    /// The frame of a page about the programme: with its council, its day and its audience.
    pub fn programme_frame(
        &self,
        programme: &Programme,
        heading: impl std::fmt::Display,
        area: Area,
    ) -> Frame {
        Frame {
            council: CouncilName { name: programme.council.name.clone(), logo: None },
            as_at: Some(vocabulary::date::day_in_words(programme.as_at)),
            audience: Some("People with a role in this improvement programme".to_owned()),
            ..self.frame(heading, area)
        }
    }

    /// Answers a page: as HTML, or its view as JSON under `/api`.
    pub fn show(&self, page: &impl Template, view: &impl serde::Serialize) -> Response {
        self.show_with(StatusCode::OK, page, view)
    }

    /// Answers a page whose form has problems.
    pub fn show_problems(&self, page: &impl Template, view: &impl serde::Serialize) -> Response {
        self.show_with(StatusCode::UNPROCESSABLE_ENTITY, page, view)
    }

    fn show_with(&self, status: StatusCode, page: &impl Template, view: &impl serde::Serialize) -> Response {
        match self.format {
            Format::Json => (status, axum::Json(view)).into_response(),
            Format::Html => match page.render() {
                Ok(html) => (status, Html(html)).into_response(),
                Err(error) => {
                    tracing::error!(%error, path = %self.path, "a page could not be rendered");
                    StatusCode::INTERNAL_SERVER_ERROR.into_response()
                }
            },
        }
    }

    /// Sends the browser on after something was done; `code` names the message of `done::message`.
    pub fn after(&self, path: &str, code: &str) -> Response {
        let join = if path.contains('?') { '&' } else { '?' };
        Redirect::to(&format!("{path}{join}done={code}")).into_response()
    }

    /// Answers a file to keep, and records that it was taken out before it leaves.
    pub async fn export(&self, kind: &str, name: &str, bytes: Vec<u8>) -> Result<Response, Refusal> {
        self.record_access("exported", name).await?;
        let disposition = format!("attachment; filename=\"{name}\"");
        Ok(([(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, disposition)], bytes)
            .into_response())
    }

    /// Writes down whose records are about to be shown, one row a child; when it cannot be written, nothing is shown.
    ///
    /// `what` is shown of them beside class C3 and, for those who may read sealed records, C5.
    pub async fn read_children<'c>(
        &self,
        purpose: &str,
        route: &str,
        what: &[&str],
        children: impl IntoIterator<Item = &'c str>,
    ) -> Result<(), Refusal> {
        let children: Vec<vocabulary::id::ChildId> =
            children.into_iter().filter_map(vocabulary::id::ChildId::parse).collect();
        let sealed = self.scope.allows(store::DataClass::SealedChildren).then_some("C5");
        let classes: Vec<&str> = std::iter::once("C3").chain(what.iter().copied()).chain(sealed).collect();
        let showing =
            service::Showing { purpose, classes: &classes.join(", "), route, request_id: &self.request_id };
        self.service.record_child_reads(&self.actor, &showing, &children).await
    }

    /// Writes an entry of the access log; when it cannot be written, nothing is shown.
    pub async fn record_access(&self, what: &str, thing: &str) -> Result<(), Refusal> {
        let entry = store::AccessEntry {
            at: self.service.clock.now(),
            person: Some(self.actor.person),
            role: self.actor.role.name().to_owned(),
            council: Some(self.actor.council),
            what: what.to_owned(),
            route: self.path.clone(),
            thing: thing.to_owned(),
            source: self.source.clone(),
            request_id: self.request_id.clone(),
        };
        let mut transaction = self.service.store.begin().await?;
        transaction.record_access(&entry).await?;
        transaction.commit().await?;
        Ok(())
    }

    /// Performs an act under the key that the form carried.
    pub async fn perform<A: service::Act>(
        &self,
        fields: &crate::fields::Fields,
        act: A,
    ) -> Result<A::Outcome, Refusal> {
        // A page holds several forms under one key, so the key of an act is the page's key and what the form says.
        let contents = serde_json::to_string(&act).unwrap_or_default();
        let key = match fields.text("act_key") {
            "" => self.service.chance.secret()?,
            page => service::hash_of(&format!("{page} {} {contents}", A::KIND)),
        };
        self.service.perform(&self.actor, &IdempotencyKey(key), act).await
    }
}

/// The breadcrumbs of a page: home, then the pages above it.
pub fn breadcrumbs(above: &[(&str, &str)]) -> Option<Breadcrumbs> {
    let home = std::iter::once(Link::new("Home", "/"));
    let above = above.iter().map(|(words, href)| Link::new(*words, href));
    Some(Breadcrumbs::new(home.chain(above).collect::<Vec<_>>()))
}

/// The pages of the area "Duties and plan", with the one shown marked.
pub fn duties_navigation(current: &str) -> Option<SubNavigation> {
    let pages = [
        ("Notices", "/notices"),
        ("Duties", "/duties"),
        ("Plan", "/plan"),
        ("Calendar", "/calendar"),
        ("Coverage", "/coverage"),
        ("Variations", "/variations"),
        ("Partners", "/partners"),
        ("Escalation and lifting", "/intervention"),
        ("History", "/history"),
    ];
    let link = |(words, href): (&'static str, &'static str)| {
        let link = Link::new(words, href);
        if href == current { link.current() } else { link }
    };
    Some(SubNavigation::new("Duties and plan", pages.map(link)))
}

/// Whoever opens a page that needs no role: the viewer when one is fully signed in, else nobody.
#[derive(Clone, Debug)]
pub struct Guest(pub Option<Viewer>);

impl<S: Send + Sync> FromRequestParts<S> for Guest {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        Ok(Self(parts.extensions.get::<Viewer>().cloned()))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Viewer {
    type Rejection = StatusCode;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, StatusCode> {
        // The guard puts it there for every route that asks for an action; a route that does not has no viewer.
        parts.extensions.get::<Self>().cloned().ok_or(StatusCode::INTERNAL_SERVER_ERROR)
    }
}
