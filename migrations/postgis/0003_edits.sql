-- What people decided, on top of what sources say. The rows of decided assets, in either schema, are as they are with the
-- decisions laid over them. Who decided what is not public.

CREATE TABLE sealed.decided (
  id       uuid   PRIMARY KEY,
  decided  json   NOT NULL,
  revision bigint NOT NULL
);
COMMENT ON TABLE  sealed.decided IS 'Assets about which people decided something';
COMMENT ON COLUMN sealed.decided.id IS 'The asset''s: assets.id';
COMMENT ON COLUMN sealed.decided.decided IS 'What its source says now, what people say of which fields, and whether it is retired';
COMMENT ON COLUMN sealed.decided.revision IS 'The publication that last changed this row';

CREATE TABLE sealed.history (
  id        uuid   NOT NULL,
  revision  bigint NOT NULL,
  happening json   NOT NULL,
  PRIMARY KEY (id, revision)
);
COMMENT ON TABLE  sealed.history IS 'What happened to assets: edits, and imports that updated one';
COMMENT ON COLUMN sealed.history.id IS 'The asset''s: assets.id';
COMMENT ON COLUMN sealed.history.revision IS 'The publication in which it happened';
COMMENT ON COLUMN sealed.history.happening IS 'When, by whom, why, and each field before and after';

CREATE TABLE sealed.edit_keys (
  key      text COLLATE "C" PRIMARY KEY,
  content  bytea  NOT NULL,
  id       uuid   NOT NULL,
  revision bigint NOT NULL
);
COMMENT ON TABLE  sealed.edit_keys IS 'Edits that were named by whoever asked for them, so that asking twice does it once';
COMMENT ON COLUMN sealed.edit_keys.key IS 'The name';
COMMENT ON COLUMN sealed.edit_keys.content IS 'Fingerprint of the edit';
COMMENT ON COLUMN sealed.edit_keys.id IS 'The asset that it was about: assets.id';
COMMENT ON COLUMN sealed.edit_keys.revision IS 'The publication that it made';
