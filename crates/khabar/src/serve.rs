//! `khabar serve`: the web page and the HTTP interface.
//!
//! Modules in reading order: what is shared ([`state`]), the table of addresses ([`app`]), what is embedded ([`assets`]), what
//! an address asks for ([`query`]), the interface for programs ([`api`]), the pages for people ([`page`]), and what goes wrong
//! ([`fail`]).

mod answer;
mod api;
mod app;
mod assets;
mod fail;
mod page;
mod query;
mod state;

use crate::cli::ActorsArg;
use crate::end::End;
use crate::open;
use anyhow::Context;
use archive::{Archive, Options};
use clap::Args;
use std::io::Write;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;

/// Show the archive as a web page, on this machine only
///
/// The page and its interface for programs (/api/v1) are for this machine alone; nothing is fetched from elsewhere. An archive
/// that does not exist is made. Ctrl-C ends it.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  khabar serve                       the archive khabar.db, at an address that is printed
  khabar serve region.db --open      and open it in the browser
  khabar serve --port 8080")]
pub(crate) struct Serve {
    /// The archive file
    #[arg(value_name = "ARCHIVE", env = "KHABAR_ARCHIVE", default_value = "khabar.db")]
    archive: PathBuf,
    /// The port to listen on; 0 takes a free one
    #[arg(long, value_name = "PORT", default_value_t = 7878)]
    port: u16,
    /// Open the page in the browser
    #[arg(long)]
    open: bool,
    #[command(flatten)]
    actors: ActorsArg,
}

impl Serve {
    pub(crate) fn run(self) -> anyhow::Result<End> {
        let actors = open::actors(&self.actors)?;
        let mut archive = Archive::create(&self.archive, &Options::default())?;
        if archive.is_stale()? {
            archive.relink()?;
        }
        let state = state::State::new(archive, actors);
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, self.port));
        let runtime = tokio::runtime::Runtime::new().context("the server cannot be started")?;
        runtime.block_on(async {
            let listener = tokio::net::TcpListener::bind(address)
                .await
                .with_context(|| format!("{address} cannot be listened on; choose another with --port, or --port 0"))?;
            let page = format!("http://{}/", listener.local_addr()?);
            writeln!(std::io::stdout(), "Khabar is at {page} (Ctrl-C ends it)")?;
            if self.open && webbrowser::open(&page).is_err() {
                anstream::eprintln!("khabar: no browser could be opened; open {page} yourself");
            }
            let end = async { tokio::signal::ctrl_c().await.unwrap_or(()) };
            axum::serve(listener, app::router(state)).with_graceful_shutdown(end).await?;
            Ok(End::Done)
        })
    }
}
