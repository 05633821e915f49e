-- What is needed to tell what has changed since a revision.

CREATE INDEX assets_by_revision ON assetmap.assets (revision);
CREATE INDEX tombstones_by_revision ON assetmap.tombstones (revision);

-- What changed before this migration is not known.
ALTER TABLE assetmap.store ADD COLUMN places_revision bigint NOT NULL DEFAULT 0;
UPDATE assetmap.store SET places_revision = revision;
COMMENT ON COLUMN assetmap.store.places_revision IS 'The publication that last changed areas, their names or postcodes';
