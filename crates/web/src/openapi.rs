//! The description of the JSON interface (OpenAPI 3.1), made from the table of routes: what a page shows, its address
//! under `/api` answers.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use service::acts::TOKEN_PURPOSES;
use utoipa::openapi::{RefOr, Schema};

use crate::routes::{Route, public};

/// The routes of this area.
pub fn routes() -> Vec<Route> {
    vec![public("/api/openapi.json", show)]
}

async fn show() -> axum::Json<Value> {
    axum::Json(of(&crate::routes::routes()))
}

/// The description as text, for the copy in `docs/`.
pub fn document() -> String {
    let mut text = serde_json::to_string_pretty(&of(&crate::routes::routes()))
        .expect("a JSON value with text keys can always be written");
    text.push('\n');
    text
}

/// The description of these routes.
pub fn of(routes: &[Route]) -> Value {
    let mut schemas: BTreeMap<String, Value> = BTreeMap::from([("Error".to_owned(), error_schema())]);
    let mut paths: BTreeMap<String, Value> = BTreeMap::new();
    for route in routes {
        let Some(answered) = &route.json else { continue };
        let answer = answered.schema.map(|collect| {
            let mut collected = Vec::new();
            let name = collect(&mut collected);
            for (name, schema) in collected {
                schemas.insert(name, written(&schema));
            }
            json!({ "$ref": format!("#/components/schemas/{name}") })
        });
        let path = route.api_path();
        let operation = operation(&path, answered.purpose, answered.about, answer);
        paths.insert(path, json!({ "get": operation }));
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Headway",
            "description": "The notice, its duties and what came of them, as the pages show them. Every answer follows the role of whoever asks. Nothing can be changed here, and nothing about children is answered.",
            "version": env!("CARGO_PKG_VERSION"),
            "license": { "name": "MIT", "identifier": "MIT" },
        },
        "servers": [{ "url": "/", "description": "This installation" }],
        "paths": paths,
        "components": { "schemas": schemas, "securitySchemes": security_schemes(), "responses": responses() },
    })
}

fn written(schema: &RefOr<Schema>) -> Value {
    serde_json::to_value(schema).expect("a schema with text keys can always be written")
}

fn operation(path: &str, purpose: &str, about: &str, answer: Option<Value>) -> Value {
    let refused = |name: &str| json!({ "$ref": format!("#/components/responses/{name}") });
    json!({
        "operationId": operation_id(path),
        "summary": about,
        "parameters": parameters(path),
        "security": security(purpose),
        "responses": {
            "200": {
                "description": about,
                "content": { "application/json": { "schema": answer.unwrap_or_else(|| json!({})) } },
            },
            "401": refused("SignedOut"),
            "404": refused("NotFound"),
            "503": refused("Unavailable"),
        },
    })
}

fn operation_id(path: &str) -> String {
    let words = path.trim_start_matches("/api").split('/').filter(|word| !word.is_empty());
    let words: Vec<String> = words.map(|word| word.replace(['{', '}'], "")).collect();
    if words.is_empty() { "home".to_owned() } else { words.join("-") }
}

fn parameters(path: &str) -> Vec<Value> {
    let names = path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'));
    names
        .map(|name| json!({ "name": name, "in": "path", "required": true, "schema": { "type": "string" } }))
        .collect()
}

/// A session of somebody who may open the page, or a token of the one purpose that serves it.
fn security(purpose: &str) -> Value {
    if purpose.is_empty() {
        json!([{ "session": [] }])
    } else {
        json!([{ "session": [] }, { (token_scheme(purpose)): [] }])
    }
}

fn token_scheme(purpose: &str) -> String {
    format!("token-{purpose}")
}

fn security_schemes() -> Value {
    let mut schemes = BTreeMap::from([(
        "session".to_owned(),
        json!({
            "type": "apiKey",
            "in": "cookie",
            "name": "__Host-headway",
            "description": "The cookie of a session of both factors. A demonstration without TLS names it headway.",
        }),
    )]);
    for (purpose, words) in TOKEN_PURPOSES {
        let scheme = json!({
            "type": "http",
            "scheme": "bearer",
            "description": format!("A token for one purpose: {words}. Its owner makes it on their account page."),
        });
        schemes.insert(token_scheme(purpose), scheme);
    }
    json!(schemes)
}

fn responses() -> Value {
    let error = |description: &str| {
        json!({
            "description": description,
            "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Error" } } },
        })
    };
    json!({
        "SignedOut": error("Neither a session nor a token of the right purpose."),
        "NotFound": error("Not there, or not for this role: both look the same."),
        "Unavailable": error("Not possible just now; nothing was changed."),
    })
}

fn error_schema() -> Value {
    json!({
        "type": "object",
        "required": ["error", "what_to_do", "problems"],
        "properties": {
            "error": { "type": "string", "description": "What happened." },
            "what_to_do": { "type": "string", "description": "What to do about it." },
            "problems": {
                "type": "array",
                "description": "What is wrong with single fields.",
                "items": {
                    "type": "object",
                    "required": ["field", "message"],
                    "properties": { "field": { "type": "string" }, "message": { "type": "string" } },
                },
            },
        },
    })
}

#[cfg(test)]
mod tests;
