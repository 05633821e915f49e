-- Public money: what was published, how many people live where, and where the money was placed.

CREATE TABLE assetmap.spend (
  fid             bigint PRIMARY KEY,
  id              uuid   NOT NULL,
  kind            text   NOT NULL,
  payer           text   NOT NULL,
  standing        text   NOT NULL,
  payee           text,
  identifiers     text[] NOT NULL,
  pence           bigint NOT NULL,
  date            text   NOT NULL,
  unit            text,
  category        text,
  purpose         text,
  capital_revenue text,
  reference       text,
  places          text[] NOT NULL,
  payee_postcode  text,
  source          text   NOT NULL,
  record_key      text   NOT NULL,
  fingerprint     bytea  NOT NULL,
  run             bigint NOT NULL,
  line            bigint NOT NULL,
  revision        bigint NOT NULL,
  withdrawn       bigint
);
CREATE UNIQUE INDEX spend_by_id ON assetmap.spend (id);
CREATE INDEX spend_by_source ON assetmap.spend (source, withdrawn);
COMMENT ON TABLE  assetmap.spend IS 'Payments, grants, contracts: one row a published line. Who is paid is named only where the name is an organisation''s that the publisher left in';
COMMENT ON COLUMN assetmap.spend.fid IS 'A number for GIS programs; what lasts is id';
COMMENT ON COLUMN assetmap.spend.id IS 'Lasting, made of source and record_key; the same in every store';
COMMENT ON COLUMN assetmap.spend.kind IS 'payment, card, grant, contract or budget';
COMMENT ON COLUMN assetmap.spend.payer IS 'The body that pays, as published';
COMMENT ON COLUMN assetmap.spend.standing IS 'Of the payee: named, redacted (by the publisher) or withheld (it looks like a private person)';
COMMENT ON COLUMN assetmap.spend.payee IS 'Who is paid, as published; NULL unless named, as are identifiers, purpose, reference and payee_postcode';
COMMENT ON COLUMN assetmap.spend.identifiers IS 'The payee''s register numbers: GB-COH-01234567';
COMMENT ON COLUMN assetmap.spend.pence IS 'How much, in pence; a credit is below zero';
COMMENT ON COLUMN assetmap.spend.date IS 'When it was paid, awarded or signed: 2026-05-29, or as much of it as is known';
COMMENT ON COLUMN assetmap.spend.unit IS 'Who in the payer spends it, as published: a department, a service, a cost centre';
COMMENT ON COLUMN assetmap.spend.category IS 'The sort of expense, as published';
COMMENT ON COLUMN assetmap.spend.purpose IS 'What for, as published';
COMMENT ON COLUMN assetmap.spend.capital_revenue IS 'capital or revenue; NULL where the source does not say';
COMMENT ON COLUMN assetmap.spend.reference IS 'The source''s number for the transaction or award';
COMMENT ON COLUMN assetmap.spend.places IS 'The places that the source says it is for: area codes, postcodes, or longitude and latitude with a blank between';
COMMENT ON COLUMN assetmap.spend.payee_postcode IS 'Where the payee''s letters go';
COMMENT ON COLUMN assetmap.spend.source IS 'Which source says so: sources.id';
COMMENT ON COLUMN assetmap.spend.record_key IS 'Unique within the source';
COMMENT ON COLUMN assetmap.spend.fingerprint IS 'Of the row as published, to see what changed';
COMMENT ON COLUMN assetmap.spend.run IS 'The import that wrote this row: runs.run';
COMMENT ON COLUMN assetmap.spend.line IS 'The line in that import''s file, from 1';
COMMENT ON COLUMN assetmap.spend.revision IS 'The publication that last changed this row';
COMMENT ON COLUMN assetmap.spend.withdrawn IS 'The import that published its month again without it: runs.run; NULL while it holds';

CREATE TABLE assetmap.populations (
  area        text    NOT NULL,
  year        integer NOT NULL,
  total       bigint  NOT NULL,
  by_age      jsonb,
  source      text    COLLATE "C" NOT NULL,
  fingerprint bytea   NOT NULL,
  revision    bigint  NOT NULL,
  UNIQUE (area, year, source)
);
COMMENT ON TABLE  assetmap.populations IS 'How many people live in areas, as each source says';
COMMENT ON COLUMN assetmap.populations.area IS 'Code of the area';
COMMENT ON COLUMN assetmap.populations.year IS 'The year of the estimate';
COMMENT ON COLUMN assetmap.populations.total IS 'All ages together';
COMMENT ON COLUMN assetmap.populations.by_age IS 'People aged 0, 1, 2 ...; the last is of that age and older. NULL when only the total is known';
COMMENT ON COLUMN assetmap.populations.source IS 'Which source says so: sources.id';
COMMENT ON COLUMN assetmap.populations.fingerprint IS 'Of the row as published, to see what changed';
COMMENT ON COLUMN assetmap.populations.revision IS 'The publication that last changed this row';

CREATE TABLE assetmap.allocations (
  allocation    bigint PRIMARY KEY,
  at            timestamptz(3) NOT NULL,
  revision      bigint NOT NULL,
  rules_version text   NOT NULL,
  rules         text   NOT NULL,
  options       json   NOT NULL,
  lines         bigint NOT NULL,
  changed       bigint NOT NULL
);
COMMENT ON TABLE  assetmap.allocations IS 'When money was placed, and by which rules. What each said can be told for ever: see placements';
COMMENT ON COLUMN assetmap.allocations.allocation IS 'Its number, from 1';
COMMENT ON COLUMN assetmap.allocations.at IS 'When';
COMMENT ON COLUMN assetmap.allocations.revision IS 'The revision of the store afterwards';
COMMENT ON COLUMN assetmap.allocations.rules_version IS 'The version that the rules give themselves';
COMMENT ON COLUMN assetmap.allocations.rules IS 'The whole file of rules';
COMMENT ON COLUMN assetmap.allocations.options IS 'Which methods were on';
COMMENT ON COLUMN assetmap.allocations.lines IS 'How many lines it placed';
COMMENT ON COLUMN assetmap.allocations.changed IS 'Lines that it placed otherwise than the one before, or for the first time';

CREATE TABLE assetmap.weight_sets (
  id      text    COLLATE "C" PRIMARY KEY,
  name    text    NOT NULL,
  year    integer NOT NULL,
  scope   text[]  NOT NULL,
  weights json    NOT NULL
);
COMMENT ON TABLE  assetmap.weight_sets IS 'Weights by which money is shared out among areas. Named by their content, and never changed';
COMMENT ON COLUMN assetmap.weight_sets.id IS 'Made of the content';
COMMENT ON COLUMN assetmap.weight_sets.name IS 'population, population 65-120 ...';
COMMENT ON COLUMN assetmap.weight_sets.year IS 'Of the figures';
COMMENT ON COLUMN assetmap.weight_sets.scope IS 'Codes of the areas that it is about';
COMMENT ON COLUMN assetmap.weight_sets.weights IS '{area code: weight}';

CREATE TABLE assetmap.placements (
  spend_fid  bigint NOT NULL,
  service    text,
  class      text   NOT NULL,
  mapped_by  text,
  method     text   NOT NULL,
  rule       text   NOT NULL,
  target     json   NOT NULL,
  weight_set text,
  asset      text,
  voluntary  boolean NOT NULL,
  since      bigint NOT NULL,
  until      bigint
);
CREATE INDEX placements_by_spend ON assetmap.placements (spend_fid, since);
COMMENT ON TABLE  assetmap.placements IS 'Where a line''s money goes, and by which rule, in the allocations from since until, and not including, until. Shares are made anew from this whenever they are asked for';
COMMENT ON COLUMN assetmap.placements.spend_fid IS 'The line: spend.fid';
COMMENT ON COLUMN assetmap.placements.service IS 'The plain service; NULL where no rule maps the line to one';
COMMENT ON COLUMN assetmap.placements.class IS 'service, capital, payroll, levy, treasury, transfer or unmapped';
COMMENT ON COLUMN assetmap.placements.mapped_by IS 'The entry of the lookup that says so';
COMMENT ON COLUMN assetmap.placements.method IS 'How the place was found';
COMMENT ON COLUMN assetmap.placements.rule IS 'The rule that says so';
COMMENT ON COLUMN assetmap.placements.target IS 'The place or places';
COMMENT ON COLUMN assetmap.placements.weight_set IS 'weight_sets.id, where the money is shared out by weights';
COMMENT ON COLUMN assetmap.placements.asset IS 'Who is paid, where that is an asset we hold: assets.id';
COMMENT ON COLUMN assetmap.placements.voluntary IS 'Whether who is paid is known for a voluntary organisation';
COMMENT ON COLUMN assetmap.placements.since IS 'The first allocation that says so: allocations.allocation';
COMMENT ON COLUMN assetmap.placements.until IS 'The first one that says something else; NULL while it holds';

ALTER TABLE assetmap.store ADD COLUMN last_spend bigint NOT NULL DEFAULT 0;
ALTER TABLE assetmap.store ADD COLUMN money_revision bigint NOT NULL DEFAULT 0;
COMMENT ON COLUMN assetmap.store.last_spend IS 'The last fid that was given to a line of spend; none is given twice';
COMMENT ON COLUMN assetmap.store.money_revision IS 'The publication that last changed money, people or placements';
COMMENT ON TABLE  sealed.raw_rows IS 'Rows of assets (hidden ones too), areas and spend as published; their file and line stand with the asset, area or line';
COMMENT ON COLUMN sealed.raw_rows.layer IS 'assets, localities or spend';

-- The newest of what happened is asked for at every start.
CREATE INDEX history_by_revision ON sealed.history (revision);
