-- The GeoPackage: everything that is public, for assetmap and for QGIS alike. Nothing sealed is ever written here.

PRAGMA application_id = 1196444487; -- 'GPKG'
PRAGMA user_version = 10300;        -- GeoPackage 1.3

-- What the GeoPackage standard asks for -------------------------------------------------------------------------

CREATE TABLE gpkg_spatial_ref_sys (
  srs_name                 TEXT    NOT NULL,
  srs_id                   INTEGER NOT NULL PRIMARY KEY,
  organization             TEXT    NOT NULL,
  organization_coordsys_id INTEGER NOT NULL,
  definition               TEXT    NOT NULL,
  description              TEXT
);

INSERT INTO gpkg_spatial_ref_sys VALUES
  ('Undefined Cartesian SRS', -1, 'NONE', -1, 'undefined', 'undefined Cartesian coordinate reference system'),
  ('Undefined geographic SRS', 0, 'NONE', 0, 'undefined', 'undefined geographic coordinate reference system'),
  ('WGS 84 geodetic', 4326, 'EPSG', 4326,
   'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AXIS["Latitude",NORTH],AXIS["Longitude",EAST],AUTHORITY["EPSG","4326"]]',
   'longitude/latitude coordinates in decimal degrees on the WGS 84 spheroid');

CREATE TABLE gpkg_contents (
  table_name  TEXT     NOT NULL PRIMARY KEY,
  data_type   TEXT     NOT NULL,
  identifier  TEXT     UNIQUE,
  description TEXT     DEFAULT '',
  last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
  min_x       DOUBLE,
  min_y       DOUBLE,
  max_x       DOUBLE,
  max_y       DOUBLE,
  srs_id      INTEGER,
  CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id)
);

CREATE TABLE gpkg_geometry_columns (
  table_name         TEXT    NOT NULL,
  column_name        TEXT    NOT NULL,
  geometry_type_name TEXT    NOT NULL,
  srs_id             INTEGER NOT NULL,
  z                  TINYINT NOT NULL,
  m                  TINYINT NOT NULL,
  CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name),
  CONSTRAINT uk_gc_table_name UNIQUE (table_name),
  CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents (table_name),
  CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id)
);

-- What assetmap knows -------------------------------------------------------------------------------------------

-- Where facts come from. Lists are joined by commas.
CREATE TABLE sources (
  fid         INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  id          TEXT    NOT NULL UNIQUE,
  title       TEXT    NOT NULL,
  publisher   TEXT,
  licence     TEXT,
  attribution TEXT,
  kind        TEXT    NOT NULL, -- group, building, asset, area, postcode
  covers      TEXT,             -- codes of the areas that it covers completely
  area_names  TEXT,             -- JSON: {code: name} of areas that it mentions
  as_of       TEXT,             -- 2023, 2023-04 or 2023-04-30
  records     INTEGER NOT NULL, -- public ones
  revision    INTEGER NOT NULL
);

-- One row an import that was published.
CREATE TABLE runs (
  run       INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  source    TEXT    NOT NULL,
  at        TEXT    NOT NULL, -- RFC 3339 in UTC
  revision  INTEGER NOT NULL, -- of the store, afterwards
  file      TEXT    NOT NULL,
  profile   TEXT    NOT NULL,
  sha256    TEXT    NOT NULL,
  read      INTEGER NOT NULL,
  created   INTEGER NOT NULL,
  updated   INTEGER NOT NULL,
  unchanged INTEGER NOT NULL,
  merged    INTEGER NOT NULL,
  rejected  INTEGER NOT NULL,
  reasons   TEXT    NOT NULL  -- JSON: [["why", how often], ...]
);

-- Groups and buildings. Longitude and latitude are WGS84; geom is where it is, as well as the loaded postcodes
-- tell, own_lon and own_lat are the source's own coordinates.
CREATE TABLE assets (
  fid              INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  id               TEXT    NOT NULL,
  kind             TEXT    NOT NULL, -- group, building
  name             TEXT    NOT NULL,
  summary          TEXT,
  categories       TEXT,             -- ids, joined by commas
  address          TEXT,
  postcode         TEXT,
  postcode_text    TEXT,             -- what the source gives in place of a full postcode
  uprn             TEXT,
  website          TEXT,
  email            TEXT,
  phone            TEXT,
  opening_hours    TEXT,
  facilities       TEXT,             -- JSON: [{"label": ..., "value": ...}, ...]
  serves           TEXT,             -- area codes, joined by commas
  identifiers      TEXT,             -- GB-CHC-1234567, joined by commas
  status           TEXT    NOT NULL, -- open, closed
  as_of            TEXT,             -- when the source last confirmed it: 2023, 2023-04 or 2023-04-30
  position_quality TEXT,             -- surveyed, uprn, postcode, locality
  source           TEXT    NOT NULL,
  record_key       TEXT    NOT NULL, -- unique within the source
  own_lon          DOUBLE,
  own_lat          DOUBLE,
  fingerprint      BLOB    NOT NULL, -- of the row as published
  run              INTEGER NOT NULL, -- the import that wrote this row
  line             INTEGER NOT NULL, -- in that import's file
  revision         INTEGER NOT NULL,
  geom             POINT
);
CREATE UNIQUE INDEX assets_by_id ON assets (id);

-- Areas, as each source drew them.
CREATE TABLE localities (
  fid         INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  id          TEXT    NOT NULL UNIQUE, -- of the source's record
  locality    TEXT    NOT NULL,        -- of the area: code and vintage
  level       TEXT    NOT NULL,
  code        TEXT    NOT NULL,
  vintage     INTEGER NOT NULL,        -- the year of the boundaries
  name        TEXT    NOT NULL,
  parents     TEXT,                    -- area codes, joined by commas
  source      TEXT    NOT NULL,
  record_key  TEXT    NOT NULL,
  as_of       TEXT,
  fingerprint BLOB    NOT NULL,
  run         INTEGER NOT NULL,
  line        INTEGER NOT NULL,
  revision    INTEGER NOT NULL,
  geom        MULTIPOLYGON NOT NULL
);

-- Postcodes, as each directory knows them.
CREATE TABLE postcodes (
  fid         INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  postcode    TEXT    NOT NULL,
  source      TEXT    NOT NULL,
  lon         DOUBLE,
  lat         DOUBLE,
  ward        TEXT,
  district    TEXT,
  lsoa        TEXT,
  msoa        TEXT,
  terminated  BOOLEAN NOT NULL,
  fingerprint BLOB    NOT NULL,
  revision    INTEGER NOT NULL,
  UNIQUE (postcode, source)
);

-- Assets that were public once and are not any more, by the revision that took them away.
CREATE TABLE tombstones (
  id       TEXT    NOT NULL PRIMARY KEY,
  revision INTEGER NOT NULL
) WITHOUT ROWID;

INSERT INTO gpkg_contents (table_name, data_type, identifier, description, srs_id) VALUES
  ('assets',     'features',   'Assets',     'Groups and buildings: what the community has', 4326),
  ('localities', 'features',   'Localities', 'Wards and other areas, as each source drew them', 4326),
  ('sources',    'attributes', 'Sources',    'Where the facts come from, and their licences', NULL),
  ('postcodes',  'attributes', 'Postcodes',  'Postcodes with their wards', NULL),
  ('runs',       'attributes', 'Imports',    'What was imported when', NULL);

INSERT INTO gpkg_geometry_columns VALUES
  ('assets',     'geom', 'POINT',        4326, 0, 0),
  ('localities', 'geom', 'MULTIPOLYGON', 4326, 0, 0);

-- What assetmap needs to run ------------------------------------------------------------------------------------

-- 1 only inside a transaction of assetmap's own, so that the triggers refuse everyone else.
CREATE TABLE assetmap_guard (open INTEGER NOT NULL);
INSERT INTO assetmap_guard VALUES (0);

-- The store's lasting name, a random UUID that its sealed twin has too; its revision; whether postcodes changed since
-- assets were last given their positions; and whether rows that were public once may still stand between the rows.
CREATE TABLE assetmap_store (
  store          TEXT    NOT NULL,
  revision       INTEGER NOT NULL,
  relocation_due BOOLEAN NOT NULL,
  scrub_due      BOOLEAN NOT NULL
);
INSERT INTO assetmap_store VALUES (
  lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-a'
        || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6))),
  0, 0, 0
);
