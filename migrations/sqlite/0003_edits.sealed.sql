-- What people decided, on top of what sources say. The rows of decided assets, here or in the GeoPackage, are as they
-- are with the decisions laid over them.

-- The decisions about an asset and what its source says beside them, a JSON object. As in the other tables, a row holds
-- from its revision until, and not including, "until".
CREATE TABLE sealed_decided (
  row      INTEGER PRIMARY KEY,
  id       TEXT    NOT NULL, -- the asset's
  decided  TEXT    NOT NULL,
  revision INTEGER NOT NULL,
  until    INTEGER
);
CREATE INDEX sealed_decided_by_id ON sealed_decided (id);
CREATE INDEX sealed_decided_over ON sealed_decided (until) WHERE until IS NOT NULL;

-- What happened to assets: edits, and imports that updated one. JSON objects.
CREATE TABLE sealed_history (
  row       INTEGER PRIMARY KEY,
  id        TEXT    NOT NULL, -- the asset's
  revision  INTEGER NOT NULL,
  happening TEXT    NOT NULL
);
CREATE INDEX sealed_history_by_id ON sealed_history (id, revision);

-- Edits that were named by whoever asked for them, so that asking twice does it once.
CREATE TABLE sealed_edit_keys (
  key      TEXT    NOT NULL PRIMARY KEY,
  content  BLOB    NOT NULL, -- fingerprint of the edit
  id       TEXT    NOT NULL, -- the asset's
  revision INTEGER NOT NULL  -- that it made
) WITHOUT ROWID;
