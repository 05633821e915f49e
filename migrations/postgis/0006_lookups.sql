-- A lookup says what areas are part of, and draws none: its rows have an empty boundary, and are no areas by themselves.

CREATE OR REPLACE VIEW assetmap.areas AS
SELECT DISTINCT ON (locality) locality, level, code, vintage, name, parents, source, as_of, geom
FROM assetmap.localities
WHERE NOT ST_IsEmpty(geom)
ORDER BY locality, ST_NPoints(geom) DESC, source;
COMMENT ON COLUMN assetmap.localities.geom IS 'Its boundary; empty where the source is a lookup, which only says what the area is part of';
