-- The staging file's tables. What is compared comes first and the long row as published last. That no asset is given
-- twice is checked when all are there: ids come in no order, and an index of a million would be written many times over.

CREATE TABLE stage.asset (
  seq              INTEGER PRIMARY KEY,
  id               TEXT NOT NULL,
  half             INTEGER NOT NULL, -- of the id: enough to find those that may be double, and fast to sort
  visibility       TEXT NOT NULL,
  fingerprint      BLOB NOT NULL,
  position_quality TEXT,
  geom             BLOB,
  correspondence   TEXT,
  line             INTEGER NOT NULL,
  kind, name, summary, categories, address, postcode, postcode_text, uprn, website, email, phone, opening_hours,
  facilities, serves, identifiers, status, as_of, source, record_key, own_lon, own_lat,
  raw              TEXT NOT NULL
);

CREATE TABLE stage.area (
  seq              INTEGER PRIMARY KEY,
  id               TEXT NOT NULL UNIQUE,
  fingerprint      BLOB NOT NULL,
  line             INTEGER NOT NULL,
  locality, level, code, vintage, name, parents, source, record_key, as_of,
  raw              TEXT NOT NULL,
  geom             BLOB NOT NULL
);

CREATE TABLE stage.postcode (
  postcode         TEXT NOT NULL PRIMARY KEY,
  fingerprint      BLOB NOT NULL,
  lon, lat, ward, district, lsoa, msoa, terminated
) WITHOUT ROWID;

CREATE TABLE stage.spend (
  seq              INTEGER PRIMARY KEY,
  id               TEXT NOT NULL UNIQUE,
  fingerprint      BLOB NOT NULL,
  line             INTEGER NOT NULL,
  kind, payer, standing, payee, identifiers, pence, date, unit, category, purpose, capital_revenue, reference, places,
  payee_postcode, source, record_key,
  raw              TEXT NOT NULL
);

CREATE TABLE stage.population (
  area             TEXT NOT NULL,
  year             INTEGER NOT NULL,
  fingerprint      BLOB NOT NULL,
  total, by_age, by_band, source,
  PRIMARY KEY (area, year)
) WITHOUT ROWID;

-- What publication does with a staged asset that is new or different; the others are not in it.
CREATE TABLE stage.asset_change (
  seq      INTEGER PRIMARY KEY, -- of the staged row
  fid      INTEGER,             -- it will have among public assets; NULL when it will not be public
  was_fid  INTEGER,             -- it has among public assets; NULL when it is not public
  was_row  INTEGER,             -- it has among sealed assets; NULL when it is not there
  leaves   INTEGER NOT NULL     -- whether a public position goes away
);

-- Staged assets of which people decided something and whose source says something else than before, by seq.
CREATE TABLE stage.differs (seq INTEGER PRIMARY KEY);

CREATE TABLE stage.area_change (
  seq      INTEGER PRIMARY KEY,
  fid      INTEGER NOT NULL,
  was_fid  INTEGER
);

CREATE TABLE stage.postcode_change (
  postcode TEXT NOT NULL PRIMARY KEY,
  was_fid  INTEGER
) WITHOUT ROWID;

CREATE TABLE stage.spend_change (
  seq      INTEGER PRIMARY KEY,
  fid      INTEGER NOT NULL,
  was_fid  INTEGER,
  is_back  INTEGER NOT NULL, -- whether it was withdrawn before
  part     INTEGER -- the part of its month to which it belongs; NULL for one that this file begins
);

-- Parts of months that this file publishes again.
CREATE TABLE stage.spend_again (
  month TEXT NOT NULL,
  part  INTEGER NOT NULL,
  PRIMARY KEY (month, part)
) WITHOUT ROWID;

-- Lines that an earlier file of the source had and that this one, which publishes their month again, has no more.
CREATE TABLE stage.spend_gone (fid INTEGER PRIMARY KEY);

CREATE TABLE stage.population_change (
  area     TEXT NOT NULL,
  year     INTEGER NOT NULL,
  was_fid  INTEGER,
  PRIMARY KEY (area, year)
) WITHOUT ROWID;
