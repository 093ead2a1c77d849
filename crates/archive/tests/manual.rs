//! The page on the archive names every table and column, and its questions run.

use archive::{Archive, Options};

fn page() -> String {
    std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/archive.md")).unwrap()
}

fn database() -> (tempfile::TempDir, rusqlite::Connection) {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("khabar.db");
    drop(Archive::create(&file, &Options::default()).unwrap());
    let conn = rusqlite::Connection::open(&file).unwrap();
    (dir, conn)
}

#[test]
fn every_table_is_named() {
    let (_dir, conn) = database();
    let sql = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'article_fts_%' AND name NOT LIKE 'sqlite_%'";
    let mut find = conn.prepare(sql).unwrap();
    let tables: Vec<String> = find.query_map([], |r| r.get(0)).unwrap().map(Result::unwrap).collect();
    assert!(tables.len() > 10);
    for table in tables {
        assert!(page().contains(&format!("| `{table}` |")), "docs/archive.md does not name `{table}`");
    }
}

#[test]
fn every_question_runs() {
    let (_dir, conn) = database();
    let page = page();
    let questions: Vec<&str> = page.split("```sql\n").skip(1).map(|q| q.split("```").next().unwrap()).collect();
    assert!(questions.len() >= 2);
    for q in questions {
        conn.prepare(q).unwrap_or_else(|e| panic!("{e}: {q}"));
    }
}
