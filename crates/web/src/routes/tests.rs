//! Guards over the whole table of routes and every template: what must hold of pages that nobody has written yet.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use service::{Action, Role};

use super::*;
use crate::trial::Trial;

#[test]
fn every_route_stands_once_and_says_its_method() {
    let mut seen = BTreeSet::new();
    for route in routes() {
        assert!(route.method == "GET" || route.method == "POST", "{route:?}");
        assert!(seen.insert((route.method, route.path)), "{route:?} stands twice");
        assert!(route.json.is_none() || route.method == "GET", "{route:?}: only pages answer as JSON");
    }
}

/// Routes that anybody may open. A new one is a decision: it is added here with its reason.
const PUBLIC: [&str; 8] = [
    "/sign-in",                    // the way in
    "/invitation/{secret}",        // for who holds the secret
    "/feeds/{secret}/headway.ics", // for who holds the secret
    "/help",
    "/glossary",
    "/accessibility",    // the law asks for it
    "/privacy",          // the law asks for it
    "/api/openapi.json", // describes, answers no record
];

#[test]
fn only_known_routes_are_open_to_everybody() {
    let open: BTreeSet<&str> =
        routes().iter().filter(|route| route.access == Access::Public).map(|route| route.path).collect();
    assert_eq!(open, BTreeSet::from(PUBLIC));
}

#[test]
fn what_only_a_reader_may_do_is_never_sent_as_a_form() {
    let reading = |action: Action| action.name().starts_with("View") || action == Action::SearchProgramme;
    for route in routes().iter().filter(|route| route.method == "POST") {
        if let Access::May(action) = route.access {
            assert!(!reading(action), "{route:?} changes something under an action of reading");
        }
    }
}

#[test]
fn tokens_have_a_purpose_that_people_can_choose() {
    let known: BTreeSet<&str> = service::acts::TOKEN_PURPOSES.iter().map(|(purpose, _)| *purpose).collect();
    for json in routes().iter().filter_map(|route| route.json.as_ref()) {
        assert!(json.purpose.is_empty() || known.contains(json.purpose), "{}", json.purpose);
    }
}

/// Pages whose JSON names no view yet. The list may only shrink: add `.answers::<View>()` to the route.
const WITHOUT_SCHEMA: [&str; 0] = [];

#[test]
fn every_json_answer_names_its_view() {
    let unnamed = |route: &&Route| route.json.as_ref().is_some_and(|json| json.schema.is_none());
    let found: BTreeSet<&str> = routes().iter().filter(unnamed).map(|route| route.path).collect();
    assert_eq!(found, BTreeSet::from(WITHOUT_SCHEMA));
}

/// Opens every page without parameters as every role: none fails, none changes anything.
#[tokio::test]
async fn opening_pages_changes_nothing_and_never_fails() {
    let trial = Trial::new().await;
    let before = trial.state.service.store.log_size().await.unwrap();
    for route in routes().iter().filter(|route| route.method == "GET" && !route.path.contains('{')) {
        for role in Role::ALL {
            let answer = trial.get(Some(role), route.path).await;
            assert!(!answer.status.is_server_error(), "{route:?} fails for the {}", role.name());
        }
        let answer = trial.get(None, route.path).await;
        assert!(!answer.status.is_server_error(), "{route:?} fails for who is signed out");
    }
    assert_eq!(trial.state.service.store.log_size().await.unwrap(), before);
}

/// Without a session every route but the open ones leads to signing in, and its JSON says "signed out".
#[tokio::test]
async fn nothing_opens_without_a_session() {
    let trial = Trial::new().await;
    for route in routes().iter().filter(|route| route.access != Access::Public) {
        let path = route.path.replace("{id}", &"0".repeat(32)).replace(['{', '}'], "");
        let answer = trial.ask(route.method, &path, None, "").await;
        assert_eq!(answer.status, 303, "{route:?}");
        assert!(answer.location.starts_with("/sign-in"), "{route:?} leads to {}", answer.location);
        if route.json.is_some() {
            let path = if path == "/" { "/api".to_owned() } else { format!("/api{path}") };
            assert_eq!(trial.ask("GET", &path, None, "").await.status, 401, "{path}");
        }
    }
}

/// A role that may not do what a route asks for gets the same page as for an address that does not exist.
#[tokio::test]
async fn a_role_without_leave_sees_no_page() {
    let trial = Trial::new().await;
    let absent = trial.get(Some(Role::SocialWorker), "/no-such-page").await;
    let in_order = |role, action| {
        let circumstances = service::Circumstances {
            account: service::Account::Active,
            grant: service::GrantStatus::Current,
            second_factor: true,
            stepped_up: true,
            same_council: true,
            sealed: false,
        };
        trial.state.service.authoriser.allows(role, action, circumstances, "")
    };
    for route in routes().iter().filter(|route| route.method == "GET" && !route.path.contains('{')) {
        let Access::May(action) = route.access else { continue };
        for role in Role::ALL.into_iter().filter(|role| !in_order(*role, action)) {
            let answer = trial.get(Some(role), route.path).await;
            assert_eq!(answer.status, 404, "{route:?} opens for the {}", role.name());
            assert_eq!(answer.body, absent.body, "{route:?} tells the {} more than nothing", role.name());
        }
    }
}

/// A form without its session's token does nothing, whatever it says.
#[tokio::test]
async fn a_form_without_its_token_is_refused() {
    let trial = Trial::new().await;
    for route in routes().iter().filter(|route| route.method == "POST" && route.access != Access::Public) {
        let path = route.path.replace("{id}", &"0".repeat(32)).replace(['{', '}'], "");
        let session = trial.session(Role::ProgrammeManager, true).await;
        let answer = trial.ask("POST", &path, Some(&session), "form_token=forged").await;
        assert_eq!(answer.status, 404, "{route:?}");
    }
}

fn files(folder: &Path, kind: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder of the project") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(files(&path, kind));
        } else if path.extension().is_some_and(|extension| extension == kind) {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn in_crate(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// Each element of a template that opens with these letters, as written up to its `>`.
fn elements<'a>(template: &'a str, open: &str) -> Vec<(usize, &'a str)> {
    let starts = template.match_indices(open).map(|(at, _)| at);
    starts.map(|at| (at, &template[at..at + template[at..].find('>').unwrap_or(0)])).collect()
}

#[test]
fn every_form_that_changes_something_carries_its_token() {
    // Parts print the forms that pages put into them, token included.
    let parts = in_crate("templates/components");
    for file in files(&in_crate("templates"), "html").iter().filter(|file| !file.starts_with(&parts)) {
        let template = std::fs::read_to_string(file).unwrap();
        for (at, form) in elements(&template, "<form") {
            if !form.to_lowercase().contains("method=\"post\"") {
                continue;
            }
            let rest = &template[at..];
            let body = &rest[..rest.find("</form>").expect("a form ends")];
            // A form may take its hidden fields from a partial; each of those carries the token.
            let carried = body.contains("token_field()") || body.contains("_hidden_partial.html\"");
            assert!(carried, "a form in {} lacks frame.token_field()", file.display());
        }
    }
}

#[test]
fn every_partial_of_hidden_fields_carries_the_token() {
    for file in files(&in_crate("templates"), "html") {
        if file.to_string_lossy().ends_with("_hidden_partial.html") {
            let template = std::fs::read_to_string(&file).unwrap();
            assert!(template.contains("token_field()"), "{} lacks frame.token_field()", file.display());
        }
    }
}

#[test]
fn every_field_written_out_in_a_template_has_a_label() {
    for file in files(&in_crate("templates"), "html") {
        // Parts get their label from the struct that they print; their markup is compared with the published one.
        if file.to_string_lossy().contains("templates/components/") {
            continue;
        }
        let template = std::fs::read_to_string(&file).unwrap();
        for (_, field) in ["<input", "<select", "<textarea"].iter().flat_map(|open| elements(&template, open))
        {
            if field.contains("type=\"hidden\"") {
                continue;
            }
            let id = field.split("id=\"").nth(1).and_then(|rest| rest.split('"').next());
            let labelled = id.is_some_and(|id| template.contains(&format!("for=\"{id}\"")));
            assert!(
                labelled || field.contains("aria-label"),
                "a field in {} has no label: {field}",
                file.display()
            );
        }
    }
}

#[test]
fn no_template_holds_style_or_script_or_prints_words_unescaped() {
    for file in files(&in_crate("templates"), "html") {
        let template = std::fs::read_to_string(&file).unwrap();
        for banned in ["<style", " style=", "onclick=", "onsubmit=", "javascript:", "|safe"] {
            assert!(!template.contains(banned), "{} holds {banned}", file.display());
        }
    }
}

/// Pages that no test renders yet. The list may only shrink.
const WITHOUT_SAMPLE: [&str; 1] = ["pages/notices/new.html"];

#[test]
fn every_page_has_a_test_in_its_file() {
    let sources: Vec<String> = files(&in_crate("src/pages"), "rs")
        .iter()
        .map(|file| std::fs::read_to_string(file).unwrap())
        .collect();
    let pages = in_crate("templates");
    let templates: Vec<String> = files(&in_crate("templates/pages"), "html")
        .iter()
        .map(|file| std::fs::read_to_string(file).unwrap())
        .collect();
    let mut missing = BTreeSet::new();
    for file in files(&in_crate("templates/pages"), "html") {
        let name = file.strip_prefix(&pages).unwrap().to_string_lossy().into_owned();
        let bound: Vec<&String> =
            sources.iter().filter(|source| source.contains(&format!("\"{name}\""))).collect();
        let included = templates.iter().any(|template| template.contains(&format!("include \"{name}\"")));
        assert!(!bound.is_empty() || included, "no page is bound to {name}");
        if !included && !bound.iter().any(|source| source.contains("#[cfg(test)]")) {
            missing.insert(name);
        }
    }
    assert_eq!(missing, WITHOUT_SAMPLE.iter().map(ToString::to_string).collect());
}
