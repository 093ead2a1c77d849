//! Files as a browser sends them, into a folder of their own.

use crate::demo::EXAMPLES;
use crate::serve::fail::Fail;
use crate::serve::query::flag;
use axum::extract::Multipart;
use axum::extract::multipart::{Field, MultipartError};
use axum::http::StatusCode;
use std::path::{Component, Path, PathBuf};
use tempfile::TempDir;
use tokio::fs::OpenOptions;
use tokio::io::AsyncWriteExt;

/// The largest upload, in bytes: as large as the largest file that is read.
pub(crate) const MOST: usize = 1 << 30;
/// Most files of one upload.
const FILES: usize = 50_000;

/// What was sent.
pub(crate) struct Received {
    pub(crate) folder: TempDir,
    pub(crate) files: usize,
    pub(crate) skip: bool,
}

/// Writes what is sent into a folder that only this user may look into.
pub(crate) async fn receive(mut form: Multipart) -> Result<Received, Fail> {
    let failed = |e: std::io::Error| Fail::internal(format!("the files cannot be put down: {e}"));
    let folder = TempDir::with_prefix("khabar-").map_err(failed)?;
    let (mut files, mut skip) = (0, false);
    while let Some(mut field) = form.next_field().await.map_err(broken)? {
        if field.file_name().is_none() {
            if field.name() == Some("skip") {
                skip = flag("skip", &field.text().await.map_err(broken)?)?;
            }
            continue;
        }
        files += 1;
        if files > FILES {
            return Err(Fail::of(StatusCode::PAYLOAD_TOO_LARGE));
        }
        let name = name(&field)?;
        let path = free(&folder.path().join(&name));
        let put = async {
            if let Some(above) = path.parent() {
                tokio::fs::create_dir_all(above).await?;
            }
            OpenOptions::new().write(true).create_new(true).open(&path).await
        };
        let mut file =
            put.await.map_err(|e| Fail::wrong(format!("a file cannot be named `{}`: {e}", name.display())))?;
        while let Some(part) = field.chunk().await.map_err(broken)? {
            file.write_all(&part).await.map_err(failed)?;
        }
        file.flush().await.map_err(failed)?;
    }
    if files == 0 {
        return Err(Fail::wrong("no file was sent; send files as multipart/form-data"));
    }
    Ok(Received { folder, files, skip })
}

/// Puts the invented examples down as if they were sent.
pub(crate) fn examples() -> Result<Received, Fail> {
    let failed = |e: std::io::Error| Fail::internal(format!("the files cannot be put down: {e}"));
    let folder = TempDir::with_prefix("khabar-").map_err(failed)?;
    let mut files = 0;
    for file in EXAMPLES.files() {
        std::fs::write(folder.path().join(file.path()), file.contents()).map_err(failed)?;
        files += 1;
    }
    Ok(Received { folder, files, skip: false })
}

fn broken(e: MultipartError) -> Fail {
    if e.status() == StatusCode::PAYLOAD_TOO_LARGE { Fail::of(e.status()) } else { Fail::wrong(e.body_text()) }
}

/// The name of a file with the folders that it came in. *Errors*: one that leads out of the folder.
fn name(field: &Field<'_>) -> Result<PathBuf, Fail> {
    let sent = field.file_name().unwrap_or_default();
    let path = PathBuf::from(sent.replace('\\', "/"));
    let plain = |c: &Component<'_>| match c {
        Component::Normal(part) => part.len() <= 200 && !part.to_string_lossy().chars().any(char::is_control),
        Component::CurDir => true,
        _ => false,
    };
    let parts: Vec<Component<'_>> = path.components().collect();
    let named = parts.iter().any(|c| matches!(c, Component::Normal(_)));
    if !named || parts.len() > 32 || !parts.iter().all(plain) {
        return Err(Fail::wrong(format!("`{}` is no name of a file", crate::screen::plain(sent))));
    }
    Ok(parts.into_iter().filter(|c| matches!(c, Component::Normal(_))).collect())
}

/// The path, or one beside it that nothing bears yet: `a.txt`, `a (2).txt`.
fn free(path: &Path) -> PathBuf {
    let (stem, ending) = (path.file_stem().unwrap_or_default(), path.extension());
    let numbered = |n: usize| {
        let mut name = format!("{} ({n})", stem.to_string_lossy());
        if let Some(e) = ending {
            name += &format!(".{}", e.to_string_lossy());
        }
        path.with_file_name(name)
    };
    let mut out = path.to_owned();
    let mut n = 2;
    while out.exists() && n < 1_000 {
        out = numbered(n);
        n += 1;
    }
    out
}
