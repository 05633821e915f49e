-- The sealed twin: what is known and not public. A row holds from its revision until, and not including, the
-- revision in "until"; NULL is for ever. The twin is committed before the GeoPackage, whose revision says what holds.

CREATE TABLE sealed_store (
  store    TEXT    NOT NULL, -- the GeoPackage's
  revision INTEGER NOT NULL, -- of the newest rows here
  pruned   INTEGER NOT NULL  -- rows that held only before this revision are gone
);

-- Hidden and staff records, whole. Columns as in the GeoPackage's assets.
CREATE TABLE sealed_assets (
  row              INTEGER PRIMARY KEY,
  id               TEXT    NOT NULL,
  visibility       TEXT    NOT NULL, -- staff, hidden
  correspondence   TEXT,
  kind             TEXT    NOT NULL,
  name             TEXT    NOT NULL,
  summary          TEXT,
  categories       TEXT,
  address          TEXT,
  postcode         TEXT,
  postcode_text    TEXT,
  uprn             TEXT,
  website          TEXT,
  email            TEXT,
  phone            TEXT,
  opening_hours    TEXT,
  facilities       TEXT,
  serves           TEXT,
  identifiers      TEXT,
  status           TEXT    NOT NULL,
  as_of            TEXT,
  position_quality TEXT,
  source           TEXT    NOT NULL,
  record_key       TEXT    NOT NULL,
  own_lon          DOUBLE,
  own_lat          DOUBLE,
  fingerprint      BLOB    NOT NULL,
  line             INTEGER NOT NULL,
  geom             BLOB,
  raw              TEXT    NOT NULL, -- the row as published, a JSON object
  run              INTEGER NOT NULL,
  revision         INTEGER NOT NULL,
  until            INTEGER
);
CREATE INDEX sealed_assets_by_id ON sealed_assets (id);
CREATE INDEX sealed_assets_by_source ON sealed_assets (source);
CREATE INDEX sealed_assets_over ON sealed_assets (until) WHERE until IS NOT NULL;

-- Where letters reach public assets, by their fid.
CREATE TABLE sealed_correspondence (
  fid      INTEGER NOT NULL,
  revision INTEGER NOT NULL,
  postcode TEXT    NOT NULL,
  until    INTEGER,
  PRIMARY KEY (fid, revision)
) WITHOUT ROWID;
CREATE INDEX sealed_correspondence_over ON sealed_correspondence (until) WHERE until IS NOT NULL;

-- The rows of public assets and of areas as published, JSON objects. A row that no longer holds is in sealed_raw_over,
-- so that closing many does not write them all again.
CREATE TABLE sealed_raw (
  row      INTEGER PRIMARY KEY,
  layer    TEXT    NOT NULL, -- assets, localities
  fid      INTEGER NOT NULL, -- in that table
  run      INTEGER NOT NULL,
  line     INTEGER NOT NULL,
  revision INTEGER NOT NULL,
  raw      TEXT    NOT NULL
);
CREATE INDEX sealed_raw_by_fid ON sealed_raw (layer, fid);

CREATE TABLE sealed_raw_over (
  row   INTEGER PRIMARY KEY,
  until INTEGER NOT NULL
);
