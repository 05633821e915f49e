-- What is needed to tell what has changed since a revision.

CREATE INDEX assets_by_revision ON assets (revision);
CREATE INDEX tombstones_by_revision ON tombstones (revision);

-- The publication that last changed areas, their names or postcodes. What changed before this migration is not known.
ALTER TABLE assetmap_store ADD COLUMN places_revision INTEGER NOT NULL DEFAULT 0;
UPDATE assetmap_store SET places_revision = revision;
