//! Taking incidents and decisions elsewhere: files to download, written while they are sent.

use crate::serve::answer::{Asks, At};
use crate::serve::fail::Fail;
use crate::serve::query::Asked;
use crate::serve::state::Shared;
use crate::{export, json};
use archive::{Archive, Filter, Options};
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use incident::Rules;
use std::io;
use std::path::Path;
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;

/// What is sent at a time.
const PIECE: usize = 64 << 10;

/// Incidents that pass the filters, or all decisions, as a file
///
/// csv: a row an incident, as `khabar export csv`. jsonl: an object a line, as `khabar export jsonl`. decisions: a decision a
/// line, as `khabar decisions export`; filters do not matter to it.
#[utoipa::path(get, path = "/export/{format}", tag = "imports",
    params(("format" = inline(Format), Path, description = "the form"), Asked),
    responses((status = 200, description = "the file",
        content((String = "text/csv"), (String = "application/x-ndjson")))))]
pub(crate) async fn download(
    State(state): State<Shared>,
    At(format): At<String>,
    Asks(asked): Asks<Asked>,
) -> Result<Response, Fail> {
    let (format, kind, name) = match format.as_str() {
        "csv" => (Format::Csv, "text/csv; charset=utf-8", "incidents.csv"),
        "jsonl" => (Format::Jsonl, "application/x-ndjson", "incidents.jsonl"),
        "decisions" => (Format::Decisions, "application/x-ndjson", "decisions.jsonl"),
        other => {
            return Err(Fail::missing(format!("there is no export `{other}`; there are csv, jsonl and decisions")));
        }
    };
    let filter = asked.filter(&state)?;
    let (send, receive) = mpsc::channel(4);
    let file = state.file().to_owned();
    // On a thread and a connection of its own: it lasts as long as whoever receives it takes.
    std::thread::spawn(move || {
        if let Err(e) = write(&file, format, &filter, &send) {
            // What was sent cannot be taken back; a body that breaks off says that it is not whole.
            let _ = send.blocking_send(Err(e));
        }
    });
    let body = Body::from_stream(ReceiverStream::new(receive));
    let disposition = format!("attachment; filename=\"{name}\"");
    Ok(([(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, disposition)], body).into_response())
}

/// The form of an export.
#[derive(Debug, Clone, Copy, utoipa::ToSchema)]
#[schema(rename_all = "lowercase")]
enum Format {
    Csv,
    Jsonl,
    Decisions,
}

type Sender = mpsc::Sender<Result<Bytes, io::Error>>;

fn write(file: &Path, format: Format, filter: &Filter, send: &Sender) -> io::Result<()> {
    let archive = Archive::open(file, &Options::default()).map_err(io::Error::other)?;
    let mut piece: Vec<u8> = Vec::new();
    let mut put = |bytes: &[u8], last: bool| {
        piece.extend_from_slice(bytes);
        if piece.is_empty() || (piece.len() < PIECE && !last) {
            return Ok(());
        }
        // Whoever received it has gone.
        send.blocking_send(Ok(Bytes::from(std::mem::take(&mut piece)))).map_err(|_| io::ErrorKind::BrokenPipe.into())
    };
    match format {
        Format::Decisions => put(archive.export_decisions().map_err(io::Error::other)?.as_bytes(), false)?,
        Format::Csv => export::records(&archive, filter, &Rules::default(), |bytes| put(&bytes, false))
            .map_err(io::Error::other)??,
        Format::Jsonl => archive
            .incidents(filter, |whole| put(json::line(&json::Happening::new(&whole))?.as_bytes(), false))
            .map_err(io::Error::other)??,
    }
    put(&[], true)
}
