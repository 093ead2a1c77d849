//! Sources, against real files and a small server: what can be read, and every way in which it cannot.

use archive::source::{Options, Origin, list};
use std::fs;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::os::unix::ffi::OsStringExt;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;
use std::time::{Duration, Instant};

fn names_and_codes(input: &Path) -> Vec<(String, String)> {
    let options = Options::default();
    let cut = input.to_string_lossy().len() + 1;
    let short = |o: &Origin| o.name.get(cut..).unwrap_or("").to_owned();
    list([input], &options)
        .map(|o| (short(&o), o.read(&options).map_or_else(|p| p.code, |b| format!("{} bytes", b.len()))))
        .collect()
}

fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    expected.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect()
}

#[test]
fn folders_are_walked_in_order_and_only_for_articles() {
    let dir = tempfile::tempdir().unwrap();
    fs::create_dir_all(dir.path().join("b/c")).unwrap();
    for (name, text) in [
        ("b/c/3.txt", "xyz"),
        ("b/2.html.gz", "xy"),
        ("a.jsonl", "{}"),
        ("b/style.css", "p{}"),
        (".hidden.txt", "x"),
        ("plain", "abcd"),
    ] {
        fs::write(dir.path().join(name), text).unwrap();
    }
    let expected = [("a.jsonl", "2 bytes"), ("b/2.html.gz", "2 bytes"), ("b/c/3.txt", "3 bytes"), ("plain", "4 bytes")];
    assert_eq!(names_and_codes(dir.path()), pairs(&expected));
}

#[test]
fn a_file_of_200_mb_is_named_and_not_read() {
    let dir = tempfile::tempdir().unwrap();
    fs::File::create(dir.path().join("big.txt")).unwrap().set_len(200 << 20).unwrap();
    fs::write(dir.path().join("small.txt"), "x").unwrap();
    assert_eq!(names_and_codes(dir.path()), pairs(&[("big.txt", "source/too-large"), ("small.txt", "1 bytes")]));
}

#[test]
fn a_large_file_of_records_comes_in_parts_that_end_at_line_ends() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("many.jsonl");
    let line = format!("{{\"text\":\"{}\"}}\n", "word ".repeat(2000));
    let all = line.repeat((20 << 20) / line.len());
    fs::write(&path, &all).unwrap();
    let options = Options::default();
    let parts: Vec<Origin> = list([&path], &options).collect();
    assert_eq!(parts.iter().map(|p| p.offset() > 0).collect::<Vec<_>>(), [false, true, true]);
    let mut joined = Vec::new();
    for p in &parts {
        let bytes = p.read(&options).unwrap();
        assert!(bytes.ends_with(b"\n"));
        joined.extend(bytes);
    }
    assert_eq!(joined, all.as_bytes());
}

#[test]
fn links_that_lead_back_or_nowhere_end() {
    let dir = tempfile::tempdir().unwrap();
    fs::create_dir(dir.path().join("a")).unwrap();
    fs::write(dir.path().join("a/1.txt"), "x").unwrap();
    symlink("..", dir.path().join("a/up")).unwrap();
    symlink("self.txt", dir.path().join("self.txt")).unwrap();
    symlink("gone.txt", dir.path().join("nowhere.txt")).unwrap();
    let expected = [
        ("a/1.txt", "1 bytes"),
        ("a/up", "source/loop"),
        ("nowhere.txt", "source/missing"),
        ("self.txt", "source/loop"),
    ];
    assert_eq!(names_and_codes(dir.path()), pairs(&expected));
}

#[test]
fn a_name_that_is_not_utf8_is_read_and_shown() {
    let dir = tempfile::tempdir().unwrap();
    let name = std::ffi::OsString::from_vec(b"bl\xe9ast.txt".to_vec());
    fs::write(dir.path().join(&name), "x").unwrap();
    assert_eq!(names_and_codes(dir.path()), pairs(&[("bl\u{fffd}ast.txt", "1 bytes")]));
}

#[test]
fn devices_pipes_and_sockets_are_passed_over() {
    let dir = tempfile::tempdir().unwrap();
    let _socket = std::os::unix::net::UnixListener::bind(dir.path().join("s.txt")).unwrap();
    assert_eq!(names_and_codes(dir.path()), pairs(&[("s.txt", "source/special")]));
    assert_eq!(names_and_codes(Path::new("/dev/null"))[0].1, "source/special");
}

/// Whoever may read everything (root) reads it; everybody else is told.
#[test]
fn a_folder_without_rights_is_named_and_the_rest_goes_on() {
    let dir = tempfile::tempdir().unwrap();
    fs::create_dir(dir.path().join("shut")).unwrap();
    fs::write(dir.path().join("shut/1.txt"), "x").unwrap();
    fs::write(dir.path().join("z.txt"), "x").unwrap();
    fs::set_permissions(dir.path().join("shut"), fs::Permissions::from_mode(0o0)).unwrap();
    let all_powerful = fs::read_dir(dir.path().join("shut")).is_ok();
    let found = names_and_codes(dir.path());
    fs::set_permissions(dir.path().join("shut"), fs::Permissions::from_mode(0o700)).unwrap();
    let first = if all_powerful { ("shut/1.txt", "1 bytes") } else { ("shut", "source/denied") };
    assert_eq!(found, pairs(&[first, ("z.txt", "1 bytes")]));
}

#[test]
fn what_is_not_there_is_said() {
    let options = Options::default();
    let all: Vec<_> =
        list(["/no/such/file.txt", "http://"], &options).map(|o| o.read(&options).unwrap_err().code).collect();
    assert_eq!(all, ["source/missing", "source/address"]);
}

/// A server on loopback that answers each connection with `answer(path)`.
fn server(answer: fn(&str, &mut TcpStream) -> std::io::Result<()>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let at = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            std::thread::spawn(move || {
                let mut stream = stream;
                let mut head = [0; 4096];
                let n = stream.read(&mut head).unwrap_or(0);
                let head = String::from_utf8_lossy(&head[..n]).into_owned();
                let path = head.split(' ').nth(1).unwrap_or("/").to_owned();
                let _ = answer(&path, &mut stream);
            });
        }
    });
    format!("http://{at}")
}

fn say(stream: &mut TcpStream, head: &str, body: &[u8]) -> std::io::Result<()> {
    write!(stream, "HTTP/1.1 {head}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", body.len())?;
    stream.write_all(body)
}

fn site(path: &str, stream: &mut TcpStream) -> std::io::Result<()> {
    match path {
        "/ok" => say(stream, "200 OK\r\nContent-Type: text/html; charset=utf-8", b"<p>words</p>"),
        "/moved" => say(stream, "302 Found\r\nLocation: /ok", b""),
        "/round" => say(stream, "302 Found\r\nLocation: /round", b""),
        "/gone" => say(stream, "404 Not Found\r\nContent-Type: text/html", b"no"),
        "/image" => say(stream, "200 OK\r\nContent-Type: image/png", b"png"),
        "/cyrillic" => say(stream, "200 OK\r\nContent-Type: text/plain; charset=koi8-r", b"\xf7\xda\xd2\xd9\xd7"),
        "/mislabelled" => say(stream, "200 OK\r\nContent-Type: text/plain; charset=koi8-r", "Kördag".as_bytes()),
        "/short" => write!(stream, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 1000\r\n\r\ntimeout"),
        "/damaged" => {
            say(stream, "200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip", b"\x1f\x8b\x08\0timeout")
        }
        "/huge" => {
            write!(stream, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 2147483648\r\n\r\nstart")
        }
        "/endless" => {
            write!(stream, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n")?;
            let block = vec![b'x'; 1 << 16];
            loop {
                stream.write_all(&block)?;
            }
        }
        "/slow" => {
            write!(stream, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 1000\r\n\r\n")?;
            for _ in 0..1000 {
                std::thread::sleep(Duration::from_millis(100));
                stream.write_all(b"x")?;
            }
            Ok(())
        }
        _ => say(stream, "500 Error", b""),
    }
}

#[test]
fn addresses_are_fetched_within_limits() {
    let base = server(site);
    let options =
        Options { allow_private: true, total: Duration::from_millis(1500), max_body: 4 << 20, ..Options::default() };
    let get = |path: &str| {
        let start = Instant::now();
        let origin = list([format!("{base}{path}")], &options).next().unwrap();
        let got = origin.read(&options).map_or_else(|p| p.code, |b| String::from_utf8(b).unwrap());
        assert!(start.elapsed() < Duration::from_secs(10), "{path}");
        got
    };
    assert_eq!(get("/ok"), "<p>words</p>");
    assert_eq!(get("/moved"), "<p>words</p>");
    assert_eq!(get("/round"), "source/redirects");
    assert_eq!(get("/gone"), "source/status");
    assert_eq!(get("/image"), "source/kind");
    assert_eq!(get("/huge"), "source/too-large");
    assert_eq!(get("/endless"), "source/too-large");
    assert_eq!(get("/slow"), "source/timeout");
    assert_eq!(get("/short"), "source/broken");
    assert_eq!(get("/damaged"), "source/broken");
    assert_eq!(get("/cyrillic"), "Взрыв");
    assert_eq!(get("/mislabelled"), "Kördag");
}

#[test]
fn this_machine_and_private_networks_are_refused() {
    let base = server(site);
    let options = Options { connect: Duration::from_secs(2), total: Duration::from_secs(3), ..Options::default() };
    let port = base.rsplit(':').next().unwrap();
    let forms = [
        format!("127.0.0.1:{port}"),
        format!("localhost:{port}"),
        format!("[::ffff:127.0.0.1]:{port}"),
        "10.0.0.1".into(),
        "169.254.169.254".into(),
        "[::1]".into(),
    ];
    for host in forms {
        let origin = list([format!("http://{host}/ok")], &options).next().unwrap();
        assert_eq!(origin.read(&options).unwrap_err().code, "source/private", "{host}");
    }
}

#[test]
fn an_address_where_nobody_answers_is_said() {
    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let options = Options { allow_private: true, ..Options::default() };
    let origin = list([format!("http://{closed}/")], &options).next().unwrap();
    assert_eq!(origin.read(&options).unwrap_err().code, "source/unreachable");
}
