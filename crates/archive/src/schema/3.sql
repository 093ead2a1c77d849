-- What linking keeps, so that new accounts touch only what they belong to. All of it follows from the accounts.

-- Accounts that are linked. `part` is what hangs together and is linked together; `print` is one for accounts that say the
-- same, of which one stands in the blocks (`posted`).
CREATE TABLE linking (
  number  INTEGER PRIMARY KEY,
  article TEXT NOT NULL,
  ordinal INTEGER NOT NULL,
  part    INTEGER NOT NULL,
  print   INTEGER NOT NULL,
  posted  INTEGER NOT NULL,
  UNIQUE (article, ordinal)
) STRICT;
CREATE INDEX linking_part ON linking(part);
CREATE INDEX linking_print ON linking(print);

-- Accounts by the keys under which others find them.
CREATE TABLE block (
  key     INTEGER NOT NULL,
  account INTEGER NOT NULL,
  PRIMARY KEY (key, account)
) STRICT, WITHOUT ROWID;

-- Ids that incidents had once, and the account that they were named after: it leads to the incident of today.
CREATE TABLE incident_past (
  id      TEXT PRIMARY KEY,
  article TEXT NOT NULL,
  ordinal INTEGER NOT NULL,
  now     TEXT              -- the incident that it led to when it ended; NULL if none
) STRICT, WITHOUT ROWID;

-- What became of incidents, in order: new, changed, joined (into `other`), gone.
CREATE TABLE incident_change (
  number   INTEGER PRIMARY KEY,
  time     TEXT NOT NULL,   -- RFC 3339, UTC
  incident TEXT NOT NULL,
  what     TEXT NOT NULL,
  other    TEXT
) STRICT;
CREATE INDEX incident_change_time ON incident_change(time);

-- Versions are asked for by the article that stands for them, incidents by country and day.
CREATE INDEX article_same ON article(same_as) WHERE same_as IS NOT NULL;
CREATE INDEX incident_country ON incident(country, last_day);
CREATE INDEX incident_last ON incident(last_day);
