-- What a list, a map or a chart shows of an incident, beside its body, which is long and is left unread.
ALTER TABLE incident ADD COLUMN kinds TEXT;      -- kinds that accounts name, the most often named first, parted by spaces
ALTER TABLE incident ADD COLUMN actors TEXT;     -- a line each: key, tab, the longest name as printed
ALTER TABLE incident ADD COLUMN disputes TEXT;   -- disputed fields, parted by spaces
ALTER TABLE incident ADD COLUMN latitude REAL;   -- of the chosen place, where the gazetteer knows it
ALTER TABLE incident ADD COLUMN longitude REAL;
ALTER TABLE incident ADD COLUMN precision TEXT;  -- of the chosen place
ALTER TABLE incident ADD COLUMN weakest REAL;    -- the lowest score, in log-odds, of a join that linking made by itself

-- All of these in one index, in the order of days, so that looking through all incidents never meets a body.
CREATE INDEX incident_brief ON incident(
  first_day, last_day, id, country, disputed, killed_low, killed_high, articles, independent, date, place, stage, kinds,
  actors, disputes, latitude, longitude, precision
);
CREATE INDEX incident_weakest ON incident(weakest, id) WHERE weakest IS NOT NULL;

-- Incidents are made anew, to fill these columns.
DELETE FROM state WHERE key = 'linked';
