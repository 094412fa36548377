//! The description holds together: every reference resolves, every path says who may ask and what may come back.

use std::collections::BTreeMap;

use super::*;

fn document() -> Value {
    of(&crate::routes::routes())
}

fn references(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                match value {
                    Value::String(target) if name == "$ref" => found.push(target.clone()),
                    value => references(value, found),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| references(item, found)),
        _ => {}
    }
}

#[test]
fn every_reference_resolves() {
    let document = document();
    let mut found = Vec::new();
    references(&document, &mut found);
    assert!(!found.is_empty());
    for target in found {
        let pointer = target.strip_prefix('#').expect("references stay in the document");
        assert!(document.pointer(pointer).is_some(), "{target} is not there");
    }
}

#[test]
fn every_path_says_who_may_ask_and_what_may_come_back() {
    let document = document();
    let schemes = document["components"]["securitySchemes"].as_object().unwrap();
    let paths = document["paths"].as_object().unwrap();
    assert!(paths.contains_key("/api") && paths.contains_key("/api/notices"));
    let mut ids = Vec::new();
    for (path, item) in paths {
        let operation = &item["get"];
        ids.push(operation["operationId"].as_str().unwrap());
        for choice in operation["security"].as_array().unwrap() {
            let known = choice.as_object().unwrap().keys().all(|name| schemes.contains_key(name));
            assert!(known, "{path} names a scheme that is not described: {choice}");
        }
        assert!(!operation["security"].as_array().unwrap().is_empty(), "{path}");
        for status in ["200", "401", "404", "503"] {
            assert!(operation["responses"].get(status).is_some(), "{path} lacks {status}");
        }
        let named = operation["parameters"].as_array().unwrap().len();
        assert_eq!(named, path.matches('{').count(), "{path} does not describe its parameters");
    }
    let all = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), all, "operation ids stand once");
}

#[test]
fn the_document_has_what_openapi_3_1_requires() {
    let document = document();
    assert_eq!(document["openapi"], "3.1.0");
    assert!(document["info"]["title"].is_string() && document["info"]["version"].is_string());
    for (name, scheme) in document["components"]["securitySchemes"].as_object().unwrap() {
        let complete = match scheme["type"].as_str() {
            Some("apiKey") => scheme["in"].is_string() && scheme["name"].is_string(),
            Some("http") => scheme["scheme"].is_string(),
            _ => false,
        };
        assert!(complete, "{name} is not a whole security scheme");
    }
    let plain = |name: &str| name.chars().all(|c| c.is_ascii_alphanumeric() || "._-".contains(c));
    for name in document["components"]["schemas"].as_object().unwrap().keys() {
        assert!(plain(name), "{name} is no name for a component");
    }
}

#[test]
fn two_views_of_one_name_are_the_same_view() {
    let mut schemas: BTreeMap<String, Value> = BTreeMap::new();
    for collect in crate::routes::routes().iter().filter_map(|route| route.json.as_ref()?.schema) {
        let mut collected = Vec::new();
        collect(&mut collected);
        for (name, schema) in collected {
            let schema = written(&schema);
            let known = schemas.entry(name.clone()).or_insert_with(|| schema.clone());
            assert_eq!(*known, schema, "two views are called {name}: rename one");
        }
    }
}
