-- Incidents of a country, or since a day, are found without looking through all others: what filters ask for stands in the
-- index. That of first days alone is the beginning of `incident_brief`.
DROP INDEX incident_country;
DROP INDEX incident_last;
DROP INDEX incident_day;
CREATE INDEX incident_country ON incident(country, last_day, first_day, id, disputed, kinds);
CREATE INDEX incident_last ON incident(last_day, first_day, id, country, disputed, kinds);
