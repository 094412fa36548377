//! What every handler has at hand.

use std::sync::Arc;

use axum::extract::FromRef;
use service::Service;

/// The application's state.
#[derive(Clone, Debug)]
pub struct AppState {
    /// The service.
    pub service: Arc<Service>,
    /// How pages are served.
    pub settings: Arc<Settings>,
}

/// How pages are served.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Whether cookies are marked Secure and named `__Host-`; off only for a demonstration on the loopback address.
    pub secure: bool,
    /// The address people use, without a slash at the end; feeds and invitations print it.
    pub public_address: String,
    /// Whether this is the demonstration: every page says so, and the second factor's code is shown to whoever signs in.
    pub demonstration: bool,
    /// Reads uploaded documents in a limited process of its own.
    pub reader: documents::worker::Worker,
    /// Reads uploaded extracts in a limited process of its own.
    pub extracts: service::ExtractReader,
}

impl Settings {
    /// The name of the session cookie.
    pub fn cookie_name(&self) -> &'static str {
        if self.secure { "__Host-headway" } else { "headway" }
    }
}

impl FromRef<AppState> for Arc<Service> {
    fn from_ref(state: &AppState) -> Self {
        Arc::clone(&state.service)
    }
}
