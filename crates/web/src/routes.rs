//! Every route of the application in one table, each naming who may use it. Pages answer as JSON too, under `/api`.

use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::routing::{MethodRouter, get, post};
use service::Action;
use utoipa::ToSchema;
use utoipa::openapi::{RefOr, Schema};

use crate::guard::{Access, Rule, guard};
use crate::pages;
use crate::state::AppState;
use crate::viewer::Format;

/// One route.
pub struct Route {
    /// Its path, as axum writes it.
    pub path: &'static str,
    /// Who may use it.
    pub access: Access,
    /// `GET` or `POST`.
    pub method: &'static str,
    /// For pages that answer as JSON too: the purpose a token needs, and what the answer is.
    pub json: Option<Json>,
    handler: MethodRouter<AppState>,
}

/// How a page answers as JSON.
#[derive(Clone, Copy, Debug)]
pub struct Json {
    /// The purpose a token must have; empty where only a session may read it.
    pub purpose: &'static str,
    /// What it is, in a sentence, for the description of the interface.
    pub about: &'static str,
    /// Gathers the schemas of the view it answers and gives the view's name, once the route names its view.
    pub schema: Option<CollectSchemas>,
}

/// Gathers the schemas of a view and of everything in it, and gives the view's name.
pub type CollectSchemas = fn(&mut Vec<(String, RefOr<Schema>)>) -> String;

fn collect<V: ToSchema>(schemas: &mut Vec<(String, RefOr<Schema>)>) -> String {
    schemas.push((V::name().into_owned(), V::schema()));
    V::schemas(schemas);
    V::name().into_owned()
}

impl std::fmt::Debug for Route {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {} ({:?})", self.method, self.path, self.access)
    }
}

impl Route {
    fn json(mut self, purpose: &'static str, about: &'static str) -> Self {
        self.json = Some(Json { purpose, about, schema: None });
        self
    }

    /// Names the view that the page answers as JSON, for the description of the interface.
    pub fn answers<V: ToSchema>(mut self) -> Self {
        if let Some(json) = &mut self.json {
            json.schema = Some(collect::<V>);
        }
        self
    }

    /// Where the page answers as JSON.
    pub fn api_path(&self) -> String {
        if self.path == "/" { "/api".to_owned() } else { format!("/api{}", self.path) }
    }
}

/// The routes. One line a page or form.
pub fn routes() -> Vec<Route> {
    let mut routes = Vec::new();
    routes.extend(pages::duties::routes());
    routes.extend(pages::entry::routes());
    routes.extend(pages::home::routes());
    routes.extend(pages::plan::routes());
    routes.extend(pages::account::routes());
    routes.extend(pages::people::routes());
    routes.extend(pages::records::routes());
    routes.extend(pages::search::routes());
    routes.extend(pages::help::routes());
    routes.extend(pages::feeds::routes());
    routes.extend(pages::meetings::routes());
    routes.extend(pages::intervention::routes());
    routes.extend(pages::notices::routes());
    routes.extend(pages::practice::routes());
    routes.extend(crate::openapi::routes());
    routes
}

/// A page that anybody may open.
pub fn public<H, T>(path: &'static str, handler: H) -> Route
where
    H: axum::handler::Handler<T, AppState>,
    T: 'static,
{
    Route { path, access: Access::Public, method: "GET", json: None, handler: get(handler) }
}

/// A form that anybody may send.
pub fn public_form<H, T>(path: &'static str, handler: H) -> Route
where
    H: axum::handler::Handler<T, AppState>,
    T: 'static,
{
    Route { path, access: Access::Public, method: "POST", json: None, handler: post(handler) }
}

/// A page for those whose role may do this.
pub fn page<H, T>(path: &'static str, action: Action, handler: H) -> Route
where
    H: axum::handler::Handler<T, AppState>,
    T: 'static,
{
    Route { path, access: Access::May(action), method: "GET", json: None, handler: get(handler) }
}

/// A page that answers as JSON too, to sessions and to tokens of this purpose.
pub fn page_and_json<H, T>(
    path: &'static str,
    action: Action,
    (purpose, about): (&'static str, &'static str),
    handler: H,
) -> Route
where
    H: axum::handler::Handler<T, AppState>,
    T: 'static,
{
    page(path, action, handler).json(purpose, about)
}

/// A form for those whose role may do this.
pub fn form<H, T>(path: &'static str, action: Action, handler: H) -> Route
where
    H: axum::handler::Handler<T, AppState>,
    T: 'static,
{
    Route { path, access: Access::May(action), method: "POST", json: None, handler: post(handler) }
}

/// A page or form for those who gave the first factor.
pub fn half_signed_in(path: &'static str, method: &'static str, handler: MethodRouter<AppState>) -> Route {
    Route { path, access: Access::FirstFactor, method, json: None, handler }
}

/// The router: every route behind its guard.
pub fn router(state: &AppState) -> Router {
    let mut router: Router<AppState> = Router::new();
    for route in routes() {
        if let Some(json) = route.json {
            let purpose = Some(json.purpose).filter(|purpose| !purpose.is_empty());
            let api = guarded(state, &route, purpose, Format::Json);
            router = router.route(&route.api_path(), api);
        }
        let html = guarded(state, &route, None, Format::Html);
        router = router.route(route.path, html);
    }
    router.with_state(state.clone())
}

fn guarded(
    state: &AppState,
    route: &Route,
    purpose: Option<&'static str>,
    format: Format,
) -> MethodRouter<AppState> {
    let rule = Rule { access: route.access, purpose, format, state: state.clone() };
    route.handler.clone().layer(from_fn_with_state(rule, guard))
}

#[cfg(test)]
mod tests;
