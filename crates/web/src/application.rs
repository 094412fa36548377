//! The whole application: routes behind their guard, assets, and the headers that every answer carries.

use std::time::Duration;

use axum::Router;
use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::Response;
use axum::routing::get;

use crate::state::AppState;
use crate::{assets, guard, routes};

const CONTENT_POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; \
    form-action 'self'; frame-ancestors 'none'; base-uri 'none'; font-src 'none'; connect-src 'none'";

/// The application over a state.
pub fn application(state: &AppState) -> Router {
    Router::new()
        .merge(routes::router(state))
        .merge(assets::routes())
        .route("/healthy", get(|| async { "ok" }))
        .fallback(guard::no_such_page)
        .layer(from_fn_with_state(state.clone(), headers))
        .layer(from_fn(quickly))
        .layer(axum::extract::DefaultBodyLimit::disable())
}

/// Puts the headers on that keep pages out of frames, caches and other sites' hands.
async fn headers(
    axum::extract::State(state): axum::extract::State<AppState>,
    request: Request,
    next: Next,
) -> Response {
    let asset = request.uri().path().starts_with("/assets/");
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let mut set = |name: HeaderName, value: &'static str| {
        headers.insert(name, HeaderValue::from_static(value));
    };
    set(header::CONTENT_SECURITY_POLICY, CONTENT_POLICY);
    set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(header::REFERRER_POLICY, "same-origin");
    set(header::X_FRAME_OPTIONS, "DENY");
    set(HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    set(HeaderName::from_static("cross-origin-resource-policy"), "same-origin");
    set(HeaderName::from_static("permissions-policy"), "camera=(), microphone=(), geolocation=()");
    if state.settings.secure {
        set(header::STRICT_TRANSPORT_SECURITY, "max-age=31536000; includeSubDomains");
    }
    if !asset {
        set(header::CACHE_CONTROL, "no-store");
    }
    response
}

/// No page takes longer than this; an upload's reading has its own, shorter limit.
const LONGEST: Duration = Duration::from_secs(30);

async fn quickly(request: Request, next: Next) -> Response {
    match tokio::time::timeout(LONGEST, next.run(request)).await {
        Ok(response) => response,
        Err(_) => {
            let refusal =
                service::Refusal::Unavailable("This took too long, so it was stopped. Try again.".into());
            axum::response::IntoResponse::into_response(crate::errors::error_page(
                axum::http::StatusCode::SERVICE_UNAVAILABLE,
                &refusal,
            ))
        }
    }
}
