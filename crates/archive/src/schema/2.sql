-- What people decided. Rows are added and never changed: what is taken back is taken back by a row of its own.
CREATE TABLE decision (
  id   TEXT PRIMARY KEY,  -- hash of the rest
  time TEXT NOT NULL,     -- RFC 3339, UTC
  who  TEXT NOT NULL,
  act  TEXT NOT NULL,     -- merge, split, correct, ...
  body TEXT NOT NULL      -- all of it as JSON
) STRICT, WITHOUT ROWID;
CREATE INDEX decision_act ON decision(act);
CREATE TRIGGER decision_stays BEFORE UPDATE ON decision BEGIN
  SELECT RAISE(ABORT, 'decisions never change');
END;
CREATE TRIGGER decision_remains BEFORE DELETE ON decision BEGIN
  SELECT RAISE(ABORT, 'decisions are never deleted');
END;

-- Incidents are made anew: they are kept in another form, and follow from other weights.
DELETE FROM state WHERE key = 'linked';
