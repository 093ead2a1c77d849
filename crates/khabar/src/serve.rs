//! `khabar serve`: the web page and the HTTP interface.
//!
//! Modules in reading order: what is shared ([`state`]), the table of addresses ([`app`]), who may ask what ([`guard`]), what is
//! embedded ([`assets`]), what an address asks for ([`query`]), what comes in and goes out ([`answer`]), the interface for
//! programs ([`api`]), reading in the background ([`jobs`]), what happens meanwhile ([`live`]), the pages for people
//! ([`page`]), and what goes wrong ([`fail`]).

mod answer;
mod api;
mod app;
mod assets;
mod fail;
mod guard;
mod jobs;
mod live;
mod page;
mod query;
mod state;
mod tiles;
pub(crate) mod user;

#[cfg(test)]
mod tests;

use crate::cli::ActorsArg;
use crate::end::{End, Misuse};
use crate::open;
use anyhow::Context;
use archive::{Archive, Options};
use clap::Args;
use guard::Users;
use std::io::Write;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};

/// Show the archive as a web page, on this machine only
///
/// The page and its interface for programs (/api/v1) are for this machine alone, unless --listen and --users say otherwise;
/// nothing is fetched from elsewhere. An archive that does not exist is made. Ctrl-C ends it.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  khabar serve                       the archive khabar.db, at an address that is printed
  khabar serve region.db --open      and open it in the browser
  khabar serve --port 8080
  khabar serve --listen 10.0.0.5:8080 --users users.txt

`khabar user` makes the file of users; docs/serving.md tells how to serve others.")]
pub(crate) struct Serve {
    /// The archive file
    #[arg(value_name = "ARCHIVE", env = "KHABAR_ARCHIVE", default_value = "khabar.db")]
    archive: PathBuf,
    /// The port to listen on; 0 takes a free one
    #[arg(long, value_name = "PORT", default_value_t = 7878)]
    port: u16,
    /// Listen at this address and port instead, for other machines; needs --users
    #[arg(long, value_name = "ADDRESS:PORT", conflicts_with = "port", requires = "users")]
    listen: Option<SocketAddr>,
    /// Let in only those whom this file names, as `khabar user` writes it
    #[arg(long, value_name = "FILE")]
    users: Option<PathBuf>,
    /// Draw maps on tiles of this server: https://tiles.example/{z}/{x}/{y}.png. Browsers then fetch them from there
    #[arg(long, value_name = "URL")]
    tiles: Option<tiles::Tiles>,
    /// Open the page in the browser
    #[arg(long)]
    open: bool,
    #[command(flatten)]
    actors: ActorsArg,
}

impl Serve {
    pub(crate) fn run(self) -> anyhow::Result<End> {
        let actors = open::actors(&self.actors)?;
        let users = self.users.as_deref().map(users).transpose()?;
        let mut archive = match self.archive.exists() {
            true => Archive::open(&self.archive, &Options::default())?,
            false => Archive::create(&self.archive, &Options::default())?,
        };
        if archive.is_stale()? && !archive.is_read_only() {
            archive.relink()?;
        }
        if archive.is_read_only() {
            anstream::eprintln!("khabar: the archive cannot be written; it can be looked at");
        }
        let state = state::State::new(archive, actors, users, self.tiles);
        live::watch(&state)?;
        let address = self.listen.unwrap_or(SocketAddr::from((Ipv4Addr::LOCALHOST, self.port)));
        let runtime = tokio::runtime::Runtime::new().context("the server cannot be started")?;
        let served = runtime.block_on(async {
            let listener = tokio::net::TcpListener::bind(address)
                .await
                .with_context(|| format!("{address} cannot be listened on; choose another with --port, or --port 0"))?;
            let page = format!("http://{}/", listener.local_addr()?);
            writeln!(std::io::stdout(), "Khabar is at {page} (Ctrl-C ends it)")?;
            if self.open && webbrowser::open(&page).is_err() {
                anstream::eprintln!("khabar: no browser could be opened; open {page} yourself");
            }
            let end = {
                let state = state.clone();
                async move {
                    tokio::signal::ctrl_c().await.unwrap_or(());
                    // Listeners would listen for ever.
                    state.live.tell(live::News::End);
                }
            };
            let app = app::router(state.clone()).into_make_service_with_connect_info::<SocketAddr>();
            axum::serve(listener, app).with_graceful_shutdown(end).await?;
            Ok(End::Done)
        });
        // What is being read is committed as far as it was begun.
        state.jobs.end();
        served
    }
}

/// Who may log in.
fn users(file: &Path) -> anyhow::Result<Users> {
    let misuse = |what: String| Misuse(format!("{}: {what}", file.display()));
    let text = std::fs::read_to_string(file).map_err(|e| misuse(format!("the users cannot be read: {e}")))?;
    let users: Users = text.parse().map_err(misuse)?;
    if users.is_empty() {
        return Err(misuse("there is no user; `khabar user` makes one".into()).into());
    }
    Ok(users)
}
