//! `headway serve`: the web application and its JSON interface over an installation.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Context as _, Result};
use clap::Args;
use service::Service;
use tokio::net::TcpListener;
use web::state::{AppState, Settings};

use crate::installation::{self, Layout};

/// Serves the web application and the JSON interface.
#[derive(Args)]
#[command(
    after_help = "Example:\n  headway serve --data /srv/headway --listen 127.0.0.1:8080 --address https://headway.example.gov.uk"
)]
pub struct ServeCommand {
    /// The folder of the installation.
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// The PostgreSQL database, or @FILE that holds its address; the folder then holds keys and attachments only.
    #[arg(long, value_name = "URL")]
    database_url: Option<String>,
    /// The address to listen on.
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// The address people use, behind the proxy that speaks TLS.
    #[arg(long, value_name = "URL")]
    address: Option<String>,
    /// Serve plain HTTP on the loopback address without Secure cookies; for trying it out only.
    #[arg(long)]
    insecure_loopback: bool,
}

impl ServeCommand {
    /// Serves until told to stop.
    pub fn run(self) -> ExitCode {
        match installation::run(self.serve()) {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => installation::refused(&error),
        }
    }

    async fn serve(self) -> Result<()> {
        start_logging();
        if self.insecure_loopback && !self.listen.ip().is_loopback() {
            anyhow::bail!(
                "--insecure-loopback is for the loopback address only, and {} is not one: put a proxy that speaks TLS in \
                 front and leave the option out",
                self.listen
            );
        }
        let service = installation::open(self.data.as_deref(), self.database_url.as_deref()).await?;
        let listener = listen(self.listen).await?;
        let local = listener.local_addr()?;
        let address = self.address.unwrap_or_else(|| format!("http://{local}"));
        let settings = Settings {
            secure: !self.insecure_loopback,
            public_address: address.trim_end_matches('/').to_owned(),
            reader: documents::worker::Worker::of_this_program()?,
            extracts: Layout::chosen(self.data.as_deref())?.extract_reader()?,
            demonstration: false,
        };
        println!("Headway listens on http://{local}; people use {}", settings.public_address);
        serve_on(listener, service, settings).await
    }
}

/// Opens the port, or says what to do when it is taken.
pub async fn listen(address: SocketAddr) -> Result<TcpListener> {
    TcpListener::bind(address).await.with_context(|| {
        format!("cannot listen on {address}: is another program using it? Name another with --listen")
    })
}

/// Serves a service on a listener until the program is told to stop, then closes the store.
pub async fn serve_on(listener: TcpListener, service: Arc<Service>, settings: Settings) -> Result<()> {
    let state = AppState { service: Arc::clone(&service), settings: Arc::new(settings) };
    let application = web::application::application(&state);
    let application = application.into_make_service_with_connect_info::<SocketAddr>();
    axum::serve(listener, application).with_graceful_shutdown(told_to_stop()).await?;
    service.store.close().await;
    Ok(())
}

async fn told_to_stop() {
    let interrupt = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        let terminate = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate());
        match terminate {
            Ok(mut terminate) => tokio::select! { _ = interrupt => {}, _ = terminate.recv() => {} },
            Err(_) => drop(interrupt.await),
        }
    }
    #[cfg(not(unix))]
    drop(interrupt.await);
}

/// Messages to standard error; `HEADWAY_LOG` chooses how many.
pub fn start_logging() {
    let filter = tracing_subscriber::EnvFilter::try_from_env("HEADWAY_LOG")
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("warn"));
    let _already = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).try_init();
}
