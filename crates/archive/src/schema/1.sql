-- Version 1 of the archive. What was read is written once; incidents follow from it and can be rebuilt at any time.

-- One published text, with where each fact about it was found. A row is never changed, save `same_as`.
-- The id hashes `blocks` and `dateline` as well.
CREATE TABLE article (
  number          INTEGER PRIMARY KEY,
  id              TEXT NOT NULL UNIQUE,  -- blake3 of everything below up to `text`
  url             TEXT,
  url_basis       TEXT,
  outlet          TEXT,
  outlet_basis    TEXT,
  title           TEXT,
  title_basis     TEXT,
  byline          TEXT,
  byline_basis    TEXT,
  published       TEXT,                  -- EDTF
  published_time  TEXT,                  -- RFC 3339
  published_basis TEXT,
  agency          TEXT,
  agency_basis    TEXT,
  text            TEXT NOT NULL,
  text_hash       TEXT NOT NULL,
  blocks          TEXT NOT NULL,         -- JSON
  dateline        TEXT,                  -- JSON
  sketch          BLOB NOT NULL,         -- 64-bit numbers, little-endian
  source_chain    TEXT NOT NULL,         -- JSON: outlets that the story is taken from
  same_as         TEXT                   -- the id of the article that stands for this one; NULL if it stands for itself
) STRICT;
CREATE INDEX article_url ON article(url) WHERE url IS NOT NULL;
CREATE INDEX article_text ON article(text_hash);

-- Every file or address in which an article was found.
CREATE TABLE origin (
  article TEXT NOT NULL REFERENCES article(id),
  name    TEXT NOT NULL,
  PRIMARY KEY (article, name)
) STRICT, WITHOUT ROWID;

-- What one article says about one incident; `body` is the whole account as JSON, the other columns are for finding it.
CREATE TABLE account (
  article     TEXT NOT NULL REFERENCES article(id),
  ordinal     INTEGER NOT NULL,
  prominence  TEXT NOT NULL,
  kind        TEXT NOT NULL,
  stage       TEXT NOT NULL,
  date        TEXT,
  date_basis  TEXT,
  place       TEXT,
  city        TEXT,
  admin1      TEXT,
  country     TEXT,
  precision   TEXT,
  killed_low  INTEGER,
  killed_high INTEGER,
  body        TEXT NOT NULL,
  PRIMARY KEY (article, ordinal)
) STRICT, WITHOUT ROWID;

-- The words that each value of an account was read from: bytes of the article's text, half-open.
CREATE TABLE evidence (
  article TEXT NOT NULL,
  ordinal INTEGER NOT NULL,
  field   TEXT NOT NULL,
  item    INTEGER NOT NULL,  -- which value of the field, from 0
  part    INTEGER NOT NULL,  -- which of the value's spans, from 0
  start   INTEGER NOT NULL,
  "end"   INTEGER NOT NULL,
  rule    TEXT NOT NULL,
  PRIMARY KEY (article, ordinal, field, item, part),
  FOREIGN KEY (article, ordinal) REFERENCES account(article, ordinal)
) STRICT, WITHOUT ROWID;

-- Who says what in an article.
CREATE TABLE statement (
  article       TEXT NOT NULL REFERENCES article(id),
  ordinal       INTEGER NOT NULL,
  source        TEXT NOT NULL,  -- as printed, outermost last, joined with " < "
  cue_start     INTEGER NOT NULL,
  cue_end       INTEGER NOT NULL,
  content_start INTEGER NOT NULL,
  content_end   INTEGER NOT NULL,
  rule          TEXT NOT NULL,
  body          TEXT NOT NULL,
  PRIMARY KEY (article, ordinal)
) STRICT, WITHOUT ROWID;

-- One happening; `body` is the whole incident with its readings as JSON, the other columns are for finding it.
CREATE TABLE incident (
  id          TEXT PRIMARY KEY,
  date        TEXT,
  first_day   TEXT,
  last_day    TEXT,
  country     TEXT,
  place       TEXT,
  stage       TEXT,
  killed_low  INTEGER,
  killed_high INTEGER,
  disputed    INTEGER NOT NULL,
  articles    INTEGER NOT NULL,
  independent INTEGER NOT NULL,
  body        TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX incident_day ON incident(first_day, id);

CREATE TABLE incident_account (
  incident TEXT NOT NULL REFERENCES incident(id),
  position INTEGER NOT NULL,
  article  TEXT NOT NULL,
  ordinal  INTEGER NOT NULL,
  PRIMARY KEY (incident, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX incident_account_article ON incident_account(article, ordinal);

CREATE TABLE incident_kind (
  incident TEXT NOT NULL REFERENCES incident(id),
  kind     TEXT NOT NULL,
  PRIMARY KEY (incident, kind)
) STRICT, WITHOUT ROWID;

CREATE TABLE incident_actor (
  incident TEXT NOT NULL REFERENCES incident(id),
  actor    TEXT NOT NULL,  -- key in the actor list, or the folded name
  PRIMARY KEY (incident, actor)
) STRICT, WITHOUT ROWID;
CREATE INDEX incident_actor_actor ON incident_actor(actor);

-- What was wrong with an input.
CREATE TABLE problem (
  number INTEGER PRIMARY KEY,
  origin TEXT NOT NULL,
  offset INTEGER NOT NULL,  -- of the part, in a large file that is read in parts
  code   TEXT NOT NULL,
  start  INTEGER,
  "end"  INTEGER,
  detail TEXT NOT NULL
) STRICT;
CREATE INDEX problem_origin ON problem(origin);

-- Files and addresses that were read, with the hash of their bytes: what was read is not read again.
CREATE TABLE done (
  name   TEXT NOT NULL,
  offset INTEGER NOT NULL,
  hash   TEXT NOT NULL,
  PRIMARY KEY (name, offset)
) STRICT, WITHOUT ROWID;

-- `generation`: how many batches brought anything new. `linked`: the generation at which incidents were last linked; they
-- are stale while it is another. `writer`: who wrote last, or writes.
CREATE TABLE state (
  key   TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE VIRTUAL TABLE article_fts USING fts5(
  title, text, content = 'article', content_rowid = 'number', tokenize = 'unicode61 remove_diacritics 2'
);
CREATE TRIGGER article_found AFTER INSERT ON article BEGIN
  INSERT INTO article_fts(rowid, title, text) VALUES (new.number, new.title, new.text);
END;
