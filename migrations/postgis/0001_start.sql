-- The PostgreSQL home: what is public in the schema assetmap, for assetmap and for analysts alike; what is not in the
-- schema sealed. The columns of assets, localities, postcodes and sources are those of the GeoPackage.
-- Text that is compared or sorted by the program is COLLATE "C", so that every home puts it in the same order.

CREATE SCHEMA assetmap;
COMMENT ON SCHEMA assetmap IS 'What a community has: everything here is public. Kept by assetmap; read it, do not write to it';

CREATE SCHEMA sealed;
COMMENT ON SCHEMA sealed IS 'What assetmap knows and is not public: hidden and staff records, correspondence postcodes, rows as published';

-- What is public --------------------------------------------------------------------------------------------------

CREATE TABLE assetmap.sources (
  id          text COLLATE "C" PRIMARY KEY,
  title       text   NOT NULL,
  publisher   text,
  licence     text,
  attribution text,
  kind        text   NOT NULL,
  covers      text[] NOT NULL,
  area_names  jsonb,
  as_of       text,
  records     bigint NOT NULL,
  revision    bigint NOT NULL
);
COMMENT ON TABLE  assetmap.sources IS 'Where facts come from: one published series of files a row';
COMMENT ON COLUMN assetmap.sources.id IS 'Short and stable, such as trafford-libraries';
COMMENT ON COLUMN assetmap.sources.title IS 'As a person would call it';
COMMENT ON COLUMN assetmap.sources.publisher IS 'Who published it';
COMMENT ON COLUMN assetmap.sources.licence IS 'Its licence, an SPDX identifier where there is one: OGL-UK-3.0';
COMMENT ON COLUMN assetmap.sources.attribution IS 'The words that the licence wants to be shown';
COMMENT ON COLUMN assetmap.sources.kind IS 'What its records are: group, building, asset (both), area, postcode';
COMMENT ON COLUMN assetmap.sources.covers IS 'Codes of the areas that it covers completely; empty when it does not say';
COMMENT ON COLUMN assetmap.sources.area_names IS 'Names of areas that it mentions: {code: name}';
COMMENT ON COLUMN assetmap.sources.as_of IS 'The date that it speaks of: 2023, 2023-04 or 2023-04-30';
COMMENT ON COLUMN assetmap.sources.records IS 'How many public records it has';
COMMENT ON COLUMN assetmap.sources.revision IS 'The publication that last changed this row';

CREATE TABLE assetmap.runs (
  run       bigint PRIMARY KEY,
  source    text   NOT NULL,
  at        timestamptz(3) NOT NULL,
  revision  bigint NOT NULL,
  file      text   NOT NULL,
  profile   text   NOT NULL,
  sha256    text   NOT NULL,
  read      bigint NOT NULL,
  created   bigint NOT NULL,
  updated   bigint NOT NULL,
  unchanged bigint NOT NULL,
  merged    bigint NOT NULL,
  rejected  bigint NOT NULL,
  reasons   jsonb  NOT NULL
);
COMMENT ON TABLE  assetmap.runs IS 'Past imports, one row a file that was published; read = created + updated + unchanged + merged + rejected';
COMMENT ON COLUMN assetmap.runs.run IS 'Its number, from 1';
COMMENT ON COLUMN assetmap.runs.source IS 'The source that the file is of';
COMMENT ON COLUMN assetmap.runs.at IS 'When it was published';
COMMENT ON COLUMN assetmap.runs.revision IS 'The revision of the store afterwards';
COMMENT ON COLUMN assetmap.runs.file IS 'The file''s name';
COMMENT ON COLUMN assetmap.runs.profile IS 'The profile that read it';
COMMENT ON COLUMN assetmap.runs.sha256 IS 'SHA-256 of its bytes';
COMMENT ON COLUMN assetmap.runs.read IS 'Rows in the file';
COMMENT ON COLUMN assetmap.runs.created IS 'Rows whose key was new';
COMMENT ON COLUMN assetmap.runs.updated IS 'Rows whose content changed';
COMMENT ON COLUMN assetmap.runs.unchanged IS 'Rows that were there already, the same';
COMMENT ON COLUMN assetmap.runs.merged IS 'Rows folded into another row of the file';
COMMENT ON COLUMN assetmap.runs.rejected IS 'Rows that were not loaded';
COMMENT ON COLUMN assetmap.runs.reasons IS 'Why not, most frequent first: [["why", how often], ...]';

CREATE TABLE assetmap.assets (
  fid              bigint PRIMARY KEY,
  id               uuid   NOT NULL,
  kind             text   NOT NULL,
  name             text   NOT NULL,
  summary          text,
  categories       text[] NOT NULL,
  address          text,
  postcode         text,
  postcode_text    text,
  uprn             text,
  website          text,
  email            text,
  phone            text,
  opening_hours    text,
  facilities       jsonb,
  serves           text[] NOT NULL,
  identifiers      text[] NOT NULL,
  status           text   NOT NULL,
  as_of            text,
  position_quality text,
  source           text   NOT NULL,
  record_key       text   NOT NULL,
  own_lon          double precision,
  own_lat          double precision,
  geom             geometry(Point, 4326),
  fingerprint      bytea  NOT NULL,
  run              bigint NOT NULL,
  line             bigint NOT NULL,
  revision         bigint NOT NULL
);
CREATE UNIQUE INDEX assets_by_id ON assetmap.assets (id);
CREATE INDEX assets_by_geom ON assetmap.assets USING gist (geom);
COMMENT ON TABLE  assetmap.assets IS 'Groups and buildings: what the community has';
COMMENT ON COLUMN assetmap.assets.fid IS 'A number for GIS programs; what lasts is id';
COMMENT ON COLUMN assetmap.assets.id IS 'Lasting, made of source and record_key; the same in every store';
COMMENT ON COLUMN assetmap.assets.kind IS 'group or building';
COMMENT ON COLUMN assetmap.assets.name IS 'Its name';
COMMENT ON COLUMN assetmap.assets.summary IS 'What it does or is, in the source''s words';
COMMENT ON COLUMN assetmap.assets.categories IS 'Ids of categories: hall, library, park ...';
COMMENT ON COLUMN assetmap.assets.address IS 'A public address in one line, without the postcode';
COMMENT ON COLUMN assetmap.assets.postcode IS 'The postcode of the place itself';
COMMENT ON COLUMN assetmap.assets.postcode_text IS 'What the source gives in place of a full postcode';
COMMENT ON COLUMN assetmap.assets.uprn IS 'Unique property reference number; text, because zeros may lead it';
COMMENT ON COLUMN assetmap.assets.website IS 'Its website';
COMMENT ON COLUMN assetmap.assets.email IS 'The organisation''s mailbox';
COMMENT ON COLUMN assetmap.assets.phone IS 'The organisation''s telephone number';
COMMENT ON COLUMN assetmap.assets.opening_hours IS 'Opening hours or meeting times, as published';
COMMENT ON COLUMN assetmap.assets.facilities IS 'What it has and costs: [{"label": ..., "value": ...}, ...]';
COMMENT ON COLUMN assetmap.assets.serves IS 'Codes of the areas that it works across';
COMMENT ON COLUMN assetmap.assets.identifiers IS 'Register numbers: GB-CHC-1234567';
COMMENT ON COLUMN assetmap.assets.status IS 'open or closed';
COMMENT ON COLUMN assetmap.assets.as_of IS 'When the source last confirmed it: 2023, 2023-04 or 2023-04-30; never the day of the import';
COMMENT ON COLUMN assetmap.assets.position_quality IS 'How geom was found: surveyed, uprn, postcode, locality';
COMMENT ON COLUMN assetmap.assets.source IS 'Which source says so: sources.id';
COMMENT ON COLUMN assetmap.assets.record_key IS 'The source''s own key, unique within it';
COMMENT ON COLUMN assetmap.assets.own_lon IS 'The source''s own longitude, WGS84 degrees; NULL when it gives none';
COMMENT ON COLUMN assetmap.assets.own_lat IS 'The source''s own latitude';
COMMENT ON COLUMN assetmap.assets.geom IS 'Where it is, as well as the loaded postcodes tell; NULL when nothing says where';
COMMENT ON COLUMN assetmap.assets.fingerprint IS 'Of the row as published, to see what changed';
COMMENT ON COLUMN assetmap.assets.run IS 'The import that wrote this row: runs.run';
COMMENT ON COLUMN assetmap.assets.line IS 'The line in that import''s file, from 1';
COMMENT ON COLUMN assetmap.assets.revision IS 'The publication that last changed this row';

CREATE TABLE assetmap.localities (
  fid         bigint  PRIMARY KEY,
  id          uuid    NOT NULL,
  locality    text    NOT NULL,
  level       text    NOT NULL,
  code        text    NOT NULL,
  vintage     integer NOT NULL,
  name        text    NOT NULL,
  parents     text[]  NOT NULL,
  source      text    COLLATE "C" NOT NULL,
  record_key  text    NOT NULL,
  as_of       text,
  geom        geometry(MultiPolygon, 4326) NOT NULL,
  fingerprint bytea   NOT NULL,
  run         bigint  NOT NULL,
  line        bigint  NOT NULL,
  revision    bigint  NOT NULL
);
CREATE UNIQUE INDEX localities_by_id ON assetmap.localities (id);
CREATE INDEX localities_by_geom ON assetmap.localities USING gist (geom);
COMMENT ON TABLE  assetmap.localities IS 'Wards and other areas, as each source drew them; the view areas has each once';
COMMENT ON COLUMN assetmap.localities.fid IS 'A number for GIS programs; what lasts is id';
COMMENT ON COLUMN assetmap.localities.id IS 'Of the source''s record';
COMMENT ON COLUMN assetmap.localities.locality IS 'Of the area, code and vintage: E05015239-2023';
COMMENT ON COLUMN assetmap.localities.level IS 'ward, lsoa, msoa, district ...';
COMMENT ON COLUMN assetmap.localities.code IS 'E05015239, or source and slug where there is no national code';
COMMENT ON COLUMN assetmap.localities.vintage IS 'The year of the boundaries; codes are used again in later years';
COMMENT ON COLUMN assetmap.localities.name IS 'Its name';
COMMENT ON COLUMN assetmap.localities.parents IS 'Codes of the areas that it is part of, as the source says';
COMMENT ON COLUMN assetmap.localities.source IS 'Which source drew it: sources.id';
COMMENT ON COLUMN assetmap.localities.record_key IS 'The source''s own key, unique within it';
COMMENT ON COLUMN assetmap.localities.as_of IS 'The source''s own date';
COMMENT ON COLUMN assetmap.localities.geom IS 'Its boundary';
COMMENT ON COLUMN assetmap.localities.fingerprint IS 'Of the row as published, to see what changed';
COMMENT ON COLUMN assetmap.localities.run IS 'The import that wrote this row: runs.run';
COMMENT ON COLUMN assetmap.localities.line IS 'The line in that import''s file, from 1';
COMMENT ON COLUMN assetmap.localities.revision IS 'The publication that last changed this row';

CREATE TABLE assetmap.postcodes (
  postcode    text    COLLATE "C" NOT NULL,
  source      text    COLLATE "C" NOT NULL,
  lon         double precision,
  lat         double precision,
  geom        geometry(Point, 4326) GENERATED ALWAYS AS (ST_SetSRID(ST_MakePoint(lon, lat), 4326)) STORED,
  ward        text,
  district    text,
  lsoa        text,
  msoa        text,
  terminated  boolean NOT NULL,
  fingerprint bytea   NOT NULL,
  revision    bigint  NOT NULL
);
CREATE UNIQUE INDEX postcodes_by_postcode ON assetmap.postcodes (postcode, source);
CREATE INDEX postcodes_by_geom ON assetmap.postcodes USING gist (geom);
COMMENT ON TABLE  assetmap.postcodes IS 'Postcodes, as each directory knows them';
COMMENT ON COLUMN assetmap.postcodes.postcode IS 'In capitals with one blank: M33 7ZF';
COMMENT ON COLUMN assetmap.postcodes.source IS 'Which directory says so: sources.id';
COMMENT ON COLUMN assetmap.postcodes.lon IS 'Longitude of the middle of its addresses, WGS84 degrees';
COMMENT ON COLUMN assetmap.postcodes.lat IS 'Latitude of it';
COMMENT ON COLUMN assetmap.postcodes.geom IS 'The same as a point';
COMMENT ON COLUMN assetmap.postcodes.ward IS 'Code of its ward';
COMMENT ON COLUMN assetmap.postcodes.district IS 'Code of its district or borough';
COMMENT ON COLUMN assetmap.postcodes.lsoa IS 'Code of its lower layer super output area';
COMMENT ON COLUMN assetmap.postcodes.msoa IS 'Code of its middle layer super output area';
COMMENT ON COLUMN assetmap.postcodes.terminated IS 'Whether it is not in use any more';
COMMENT ON COLUMN assetmap.postcodes.fingerprint IS 'Of the row as published, to see what changed';
COMMENT ON COLUMN assetmap.postcodes.revision IS 'The publication that last changed this row';

CREATE TABLE assetmap.tombstones (
  id       uuid   PRIMARY KEY,
  revision bigint NOT NULL
);
COMMENT ON TABLE  assetmap.tombstones IS 'Assets that were public once and are not any more';
COMMENT ON COLUMN assetmap.tombstones.id IS 'Which: it was assets.id';
COMMENT ON COLUMN assetmap.tombstones.revision IS 'The publication that took it away';

-- Questions that are asked often ----------------------------------------------------------------------------------

CREATE VIEW assetmap.areas AS
SELECT DISTINCT ON (locality) locality, level, code, vintage, name, parents, source, as_of, geom
FROM assetmap.localities
ORDER BY locality, ST_NPoints(geom) DESC, source;
COMMENT ON VIEW   assetmap.areas IS 'Each area once, with the finest boundary that any source drew of it';
COMMENT ON COLUMN assetmap.areas.locality IS 'Code and vintage: E05015239-2023';
COMMENT ON COLUMN assetmap.areas.level IS 'ward, lsoa, msoa, district ...';
COMMENT ON COLUMN assetmap.areas.code IS 'E05015239';
COMMENT ON COLUMN assetmap.areas.vintage IS 'The year of the boundaries';
COMMENT ON COLUMN assetmap.areas.name IS 'Its name';
COMMENT ON COLUMN assetmap.areas.parents IS 'Codes of the areas that it is part of, as the source says';
COMMENT ON COLUMN assetmap.areas.source IS 'The source of its boundary';
COMMENT ON COLUMN assetmap.areas.as_of IS 'The source''s own date';
COMMENT ON COLUMN assetmap.areas.geom IS 'Its boundary';

CREATE VIEW assetmap.assets_by_ward AS
SELECT w.code AS ward, w.name AS ward_name, w.vintage,
       a.id, a.kind, a.name, a.categories, a.status, a.position_quality, a.source, a.as_of, a.geom
FROM assetmap.areas w
JOIN assetmap.assets a ON ST_Covers(w.geom, a.geom)
WHERE w.level = 'ward';
COMMENT ON VIEW   assetmap.assets_by_ward IS 'Which assets lie in which ward: a row for each vintage of wards that is loaded. One that lies on the edge of two wards is in both';
COMMENT ON COLUMN assetmap.assets_by_ward.ward IS 'Code of the ward';
COMMENT ON COLUMN assetmap.assets_by_ward.ward_name IS 'Name of the ward';
COMMENT ON COLUMN assetmap.assets_by_ward.vintage IS 'The year of the ward''s boundary';
COMMENT ON COLUMN assetmap.assets_by_ward.id IS 'assets.id';
COMMENT ON COLUMN assetmap.assets_by_ward.kind IS 'group or building';
COMMENT ON COLUMN assetmap.assets_by_ward.name IS 'Name of the asset';
COMMENT ON COLUMN assetmap.assets_by_ward.categories IS 'Ids of categories: hall, library, park ...';
COMMENT ON COLUMN assetmap.assets_by_ward.status IS 'open or closed';
COMMENT ON COLUMN assetmap.assets_by_ward.position_quality IS 'How geom was found: surveyed, uprn, postcode, locality';
COMMENT ON COLUMN assetmap.assets_by_ward.source IS 'Which source says so';
COMMENT ON COLUMN assetmap.assets_by_ward.as_of IS 'When the source last confirmed it';
COMMENT ON COLUMN assetmap.assets_by_ward.geom IS 'Where the asset is';

CREATE VIEW assetmap.assets_by_code AS
SELECT l.code, l.level, l.vintage, 'inside' AS relation,
       a.id, a.kind, a.name, a.categories, a.status, a.source, a.as_of, a.geom
FROM assetmap.areas l
JOIN assetmap.assets a ON ST_Covers(l.geom, a.geom)
UNION ALL
SELECT served.code, NULL, NULL, 'serves',
       a.id, a.kind, a.name, a.categories, a.status, a.source, a.as_of, a.geom
FROM assetmap.assets a CROSS JOIN unnest(a.serves) AS served (code);
COMMENT ON VIEW   assetmap.assets_by_code IS 'Which assets lie in an area of any level, and which say that they work across it';
COMMENT ON COLUMN assetmap.assets_by_code.code IS 'Code of the area';
COMMENT ON COLUMN assetmap.assets_by_code.level IS 'ward, lsoa, msoa, district ...; NULL for serves';
COMMENT ON COLUMN assetmap.assets_by_code.vintage IS 'The year of the boundary; NULL for serves';
COMMENT ON COLUMN assetmap.assets_by_code.relation IS 'inside or serves';
COMMENT ON COLUMN assetmap.assets_by_code.id IS 'assets.id';
COMMENT ON COLUMN assetmap.assets_by_code.kind IS 'group or building';
COMMENT ON COLUMN assetmap.assets_by_code.name IS 'Name of the asset';
COMMENT ON COLUMN assetmap.assets_by_code.categories IS 'Ids of categories: hall, library, park ...';
COMMENT ON COLUMN assetmap.assets_by_code.status IS 'open or closed';
COMMENT ON COLUMN assetmap.assets_by_code.source IS 'Which source says so';
COMMENT ON COLUMN assetmap.assets_by_code.as_of IS 'When the source last confirmed it';
COMMENT ON COLUMN assetmap.assets_by_code.geom IS 'Where the asset is';

CREATE VIEW assetmap.counts_by_ward AS
SELECT ward, ward_name, vintage, kind, count(*) AS assets
FROM assetmap.assets_by_ward
GROUP BY ward, ward_name, vintage, kind;
COMMENT ON VIEW   assetmap.counts_by_ward IS 'How many assets lie in each ward, by kind. A ward without a row has none that was loaded, which is not to say that it has none: see sources.covers';
COMMENT ON COLUMN assetmap.counts_by_ward.ward IS 'Code of the ward';
COMMENT ON COLUMN assetmap.counts_by_ward.ward_name IS 'Name of the ward';
COMMENT ON COLUMN assetmap.counts_by_ward.vintage IS 'The year of the ward''s boundary';
COMMENT ON COLUMN assetmap.counts_by_ward.kind IS 'group or building';
COMMENT ON COLUMN assetmap.counts_by_ward.assets IS 'How many';

-- What is not public ----------------------------------------------------------------------------------------------

CREATE TABLE sealed.assets (LIKE assetmap.assets INCLUDING COMMENTS);
ALTER TABLE sealed.assets DROP COLUMN fid;
ALTER TABLE sealed.assets ADD COLUMN visibility text NOT NULL CHECK (visibility IN ('staff', 'hidden'));
ALTER TABLE sealed.assets ADD COLUMN correspondence text;
ALTER TABLE sealed.assets ADD PRIMARY KEY (id);
CREATE INDEX assets_by_source ON sealed.assets (source);
COMMENT ON TABLE  sealed.assets IS 'Hidden and staff records, whole; none of them is in assetmap.assets';
COMMENT ON COLUMN sealed.assets.visibility IS 'Who may see it: staff or hidden (nobody)';
COMMENT ON COLUMN sealed.assets.correspondence IS 'Postcode where letters reach it';

CREATE TABLE sealed.correspondence (
  fid      bigint PRIMARY KEY,
  postcode text   NOT NULL
);
COMMENT ON TABLE  sealed.correspondence IS 'Where letters reach public assets: perhaps a trustee''s home. It says in which ward something is registered and nothing more';
COMMENT ON COLUMN sealed.correspondence.fid IS 'Whose: assetmap.assets.fid';
COMMENT ON COLUMN sealed.correspondence.postcode IS 'The postcode of letters';

CREATE TABLE sealed.raw_rows (
  layer text   NOT NULL,
  id    uuid   NOT NULL,
  raw   json   NOT NULL
);
CREATE UNIQUE INDEX raw_rows_by_id ON sealed.raw_rows (id, layer);
COMMENT ON TABLE  sealed.raw_rows IS 'Rows of assets (hidden ones too) and areas as published; their file and line stand with the asset or area';
COMMENT ON COLUMN sealed.raw_rows.layer IS 'assets or localities';
COMMENT ON COLUMN sealed.raw_rows.id IS 'The id of the asset or locality';
COMMENT ON COLUMN sealed.raw_rows.raw IS 'The row, column by column, as it was in the file';

-- What assetmap needs to run --------------------------------------------------------------------------------------

CREATE TABLE assetmap.store (
  only_row       boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  store          uuid    NOT NULL DEFAULT gen_random_uuid(),
  revision       bigint  NOT NULL DEFAULT 0,
  relocation_due boolean NOT NULL DEFAULT false,
  last_asset     bigint  NOT NULL DEFAULT 0,
  last_locality  bigint  NOT NULL DEFAULT 0
);
INSERT INTO assetmap.store DEFAULT VALUES;
COMMENT ON TABLE  assetmap.store IS 'The state of the store; one row. Who publishes holds a lock on it until the end';
COMMENT ON COLUMN assetmap.store.only_row IS 'Always true';
COMMENT ON COLUMN assetmap.store.store IS 'The store''s lasting name';
COMMENT ON COLUMN assetmap.store.revision IS 'Publications so far; without gaps';
COMMENT ON COLUMN assetmap.store.relocation_due IS 'Whether postcodes changed since assets were last given their positions';
COMMENT ON COLUMN assetmap.store.last_asset IS 'The last fid that was given to an asset; none is given twice';
COMMENT ON COLUMN assetmap.store.last_locality IS 'The last fid that was given to a locality';

CREATE FUNCTION assetmap.grant_roles() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  wanted text;
BEGIN
  FOREACH wanted IN ARRAY ARRAY['assetmap_app', 'assetmap_analyst'] LOOP
    BEGIN
      IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = wanted) THEN
        EXECUTE pg_catalog.format('CREATE ROLE %I NOLOGIN', wanted);
      END IF;
    EXCEPTION WHEN insufficient_privilege OR duplicate_object OR unique_violation THEN
      NULL; -- an administrator may make them, or somebody has just done so
    END;
  END LOOP;
  IF EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = 'assetmap_app') THEN
    GRANT USAGE ON SCHEMA assetmap, sealed TO assetmap_app;
    GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA assetmap, sealed TO assetmap_app;
    REVOKE INSERT, UPDATE, DELETE ON assetmap.migrations FROM assetmap_app;
  END IF;
  IF EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = 'assetmap_analyst') THEN
    GRANT USAGE ON SCHEMA assetmap TO assetmap_analyst;
    GRANT SELECT ON ALL TABLES IN SCHEMA assetmap TO assetmap_analyst;
  END IF;
END;
$$;
REVOKE ALL ON FUNCTION assetmap.grant_roles() FROM PUBLIC;
COMMENT ON FUNCTION assetmap.grant_roles() IS 'Makes the roles assetmap_app and assetmap_analyst if it may, and gives those that exist their rights. Runs after every migration; to be run again when somebody else has made the roles';
