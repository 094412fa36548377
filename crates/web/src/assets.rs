//! Style sheets and scripts, built into the program and served under an address that changes with their content.
//!
//! All files share one version, so that a script can import its neighbour by a relative address.

use std::sync::OnceLock;

use axum::Router;
use axum::extract::Path;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use rust_embed::RustEmbed;
use sha2::{Digest, Sha256};

const FOR_A_YEAR: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
const ASK_EACH_TIME: HeaderValue = HeaderValue::from_static("no-cache");

#[derive(RustEmbed)]
#[folder = "assets"]
struct Assets;

/// The address of a style sheet or script, for instance `headway.css`.
pub fn url(name: &str) -> String {
    format!("/assets/{}/{name}", version())
}

/// The routes that serve them. They need no sign-in and hold nothing of any council.
pub fn routes<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new().route("/assets/{version}/{name}", get(serve))
}

async fn serve(Path((asked_version, name)): Path<(String, String)>) -> Response {
    let (Some(kind), Some(file)) = (kind_of(&name), Assets::get(&name)) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let mut headers = HeaderMap::new();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    // A page of the previous release may ask for its own version from a node that already runs this one.
    let keep = if asked_version == version() { FOR_A_YEAR } else { ASK_EACH_TIME };
    headers.insert(header::CACHE_CONTROL, keep);
    (headers, file.data).into_response()
}

/// The types that are served; anything else in the folder (licences aside) is for developers.
fn kind_of(name: &str) -> Option<&'static str> {
    match name.rsplit_once('.')?.1 {
        "css" => Some("text/css; charset=utf-8"),
        "js" => Some("text/javascript; charset=utf-8"),
        "svg" => Some("image/svg+xml"),
        "txt" => Some("text/plain; charset=utf-8"),
        _ => None,
    }
}

fn version() -> &'static str {
    static VERSION: OnceLock<String> = OnceLock::new();
    VERSION.get_or_init(|| {
        let mut names: Vec<_> = Assets::iter().filter(|name| kind_of(name).is_some()).collect();
        names.sort();
        let mut hash = Sha256::new();
        for name in names {
            hash.update(name.as_bytes());
            hash.update(Assets::get(&name).map(|file| file.data).unwrap_or_default());
        }
        hash.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::{Body, to_bytes};
    use axum::http::Request;
    use tower::ServiceExt;

    async fn asked(address: &str) -> Response {
        let request = Request::get(address).body(Body::empty()).unwrap();
        routes::<()>().oneshot(request).await.unwrap()
    }

    fn text_of(name: &str) -> String {
        String::from_utf8(Assets::get(name).unwrap().data.into_owned()).unwrap()
    }

    #[tokio::test]
    async fn a_style_sheet_is_kept_by_the_browser_for_a_year() {
        let answer = asked(&url("headway.css")).await;
        assert_eq!(answer.status(), StatusCode::OK);
        assert_eq!(answer.headers()[header::CACHE_CONTROL], FOR_A_YEAR);
        assert_eq!(answer.headers()[header::CONTENT_TYPE], "text/css; charset=utf-8");
        assert!(!to_bytes(answer.into_body(), usize::MAX).await.unwrap().is_empty());
    }

    #[tokio::test]
    async fn a_page_of_another_release_still_finds_its_style_sheet_but_does_not_keep_it() {
        let answer = asked("/assets/0123456789abcdef/headway.css").await;
        assert_eq!(answer.status(), StatusCode::OK);
        assert_eq!(answer.headers()[header::CACHE_CONTROL], ASK_EACH_TIME);
    }

    #[tokio::test]
    async fn files_for_developers_and_unknown_names_are_not_served() {
        for name in ["vendor.mjs", "missing.css", "..%2FCargo.toml", "no-ending"] {
            let answer = asked(&format!("/assets/{}/{name}", version())).await;
            assert_eq!(answer.status(), StatusCode::NOT_FOUND, "{name}");
        }
    }

    #[test]
    fn nothing_of_the_government_brand_is_shipped() {
        let sheets = [text_of("govuk-frontend.css"), text_of("moj-frontend.css"), text_of("headway.css")];
        for banned in ["GDS Transport", "@font-face", "crest", "#1d70b8", "url("] {
            assert!(!sheets.iter().any(|sheet| sheet.contains(banned)), "{banned}");
        }
    }

    #[test]
    fn nothing_is_fetched_from_elsewhere() {
        for name in Assets::iter().filter(|name| name.ends_with(".css") || name.ends_with(".js")) {
            let text = text_of(&name);
            assert!(!name.ends_with(".css") || !text.contains("@import"), "{name}");
            assert!(!text.contains("fetch(") && !text.contains("XMLHttpRequest"), "{name}");
        }
    }
}
