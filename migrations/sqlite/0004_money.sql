-- Public money: what was published, for whom people live where, and where it was placed.

-- One row a published line. Who is paid is named only where the name is an organisation's that the publisher left in.
CREATE TABLE spend (
  fid             INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  id              TEXT    NOT NULL, -- lasting, made of source and record_key
  kind            TEXT    NOT NULL, -- payment, card, grant, contract, budget
  payer           TEXT    NOT NULL, -- as published
  standing        TEXT    NOT NULL, -- of the payee: named, redacted, withheld
  payee           TEXT,             -- as published; NULL unless named, as are identifiers, purpose, reference, payee_postcode
  identifiers     TEXT,             -- GB-COH-01234567, joined by commas
  pence           INTEGER NOT NULL, -- a credit is below zero
  date            TEXT    NOT NULL, -- paid, awarded, signed: 2026-05-29, or as much of it as is known
  unit            TEXT,             -- who in the payer spends it, as published
  category        TEXT,             -- the sort of expense, as published
  purpose         TEXT,             -- what for, as published
  capital_revenue TEXT,             -- capital, revenue; NULL where the source does not say
  reference       TEXT,             -- the source's number for it
  places          TEXT,             -- that the source says it is for, joined by commas: area codes, postcodes, "lon lat"
  payee_postcode  TEXT,             -- where the payee's letters go
  source          TEXT    NOT NULL,
  record_key      TEXT    NOT NULL, -- unique within the source
  fingerprint     BLOB    NOT NULL, -- of the row as published
  run             INTEGER NOT NULL, -- the import that wrote this row
  line            INTEGER NOT NULL, -- in that import's file
  revision        INTEGER NOT NULL,
  withdrawn       INTEGER           -- the import that published its month again without it; NULL while it holds
);
CREATE UNIQUE INDEX spend_by_id ON spend (id);
CREATE INDEX spend_by_source ON spend (source, withdrawn);

-- How many people live in areas, as each source says.
CREATE TABLE populations (
  fid         INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  area        TEXT    NOT NULL, -- code
  year        INTEGER NOT NULL, -- of the estimate
  total       INTEGER NOT NULL,
  by_age      TEXT,             -- JSON: people aged 0, 1, 2 ...; the last is of that age and older
  source      TEXT    NOT NULL,
  fingerprint BLOB    NOT NULL,
  revision    INTEGER NOT NULL,
  UNIQUE (area, year, source)
);

-- One row a time that lines were placed. What it said can be told for ever: see placements.
CREATE TABLE allocations (
  allocation    INTEGER PRIMARY KEY NOT NULL,
  at            TEXT    NOT NULL, -- RFC 3339 in UTC
  revision      INTEGER NOT NULL, -- of the store, afterwards
  rules_version TEXT    NOT NULL,
  rules         TEXT    NOT NULL, -- the whole file of rules
  options       TEXT    NOT NULL, -- JSON
  lines         INTEGER NOT NULL,
  changed       INTEGER NOT NULL  -- lines that it placed otherwise than the one before, or for the first time
);

-- Weights by which money is shared out among areas. Named by their content, and never changed.
CREATE TABLE weight_sets (
  fid     INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  id      TEXT    NOT NULL UNIQUE,
  name    TEXT    NOT NULL, -- population, population 65-120 ...
  year    INTEGER NOT NULL,
  scope   TEXT    NOT NULL, -- codes of the areas that it is about, joined by commas
  weights TEXT    NOT NULL  -- JSON: {area code: weight}
);

-- Where a line's money goes, and by which rule, in the allocations from "since" until, and not including, "until". The
-- shares are made anew from this whenever they are asked for.
CREATE TABLE placements (
  fid        INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  spend_fid  INTEGER NOT NULL, -- spend.fid
  service    TEXT,             -- NULL where no rule maps the line to one
  class      TEXT    NOT NULL, -- service, capital, payroll, levy, treasury, transfer, unmapped
  mapped_by  TEXT,             -- the entry of the lookup
  method     TEXT    NOT NULL,
  rule       TEXT    NOT NULL,
  target     TEXT    NOT NULL, -- JSON
  weight_set TEXT,             -- weight_sets.id
  asset      TEXT,             -- who is paid, where that is an asset we hold: assets.id
  voluntary  BOOLEAN NOT NULL, -- whether who is paid is known for a voluntary organisation
  since      INTEGER NOT NULL,
  until      INTEGER           -- NULL while it holds
);
CREATE INDEX placements_by_spend ON placements (spend_fid, since);

INSERT INTO gpkg_contents (table_name, data_type, identifier, description, srs_id) VALUES
  ('spend',       'attributes', 'Public money', 'Payments, grants, contracts: one row a published line', NULL),
  ('populations', 'attributes', 'Populations',  'How many people live in areas', NULL),
  ('allocations', 'attributes', 'Allocations',  'When money was placed, and by which rules', NULL),
  ('weight_sets', 'attributes', 'Weights',      'Weights by which money is shared out among areas', NULL),
  ('placements',  'attributes', 'Placements',   'Where a line of public money goes, and by which rule', NULL);

-- The publication that last changed money, people or placements.
ALTER TABLE assetmap_store ADD COLUMN money_revision INTEGER NOT NULL DEFAULT 0;
