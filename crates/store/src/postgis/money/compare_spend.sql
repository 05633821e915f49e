-- Staged lines that are new or different, or that come back.
CREATE TEMP TABLE spend_change AS
SELECT s.seq, s.id, coalesce(p.fid, s.number, store.last_spend + s.seq) AS fid, p.fid AS was_fid, p.withdrawn IS NOT NULL AS is_back
FROM stage_spend s
CROSS JOIN assetmap.store
LEFT JOIN assetmap.spend p ON p.id = s.id
WHERE p.fid IS NULL OR p.fingerprint <> s.fingerprint OR p.withdrawn IS NOT NULL;
ANALYZE spend_change;
-- A month of an earlier file is published again when more than half of the lines that it has of it are staged. Parts of a
-- month have no lines in common, and stay beside each other.
CREATE TEMP TABLE spend_gone AS
WITH known AS (
  SELECT p.fid, p.run, left(p.date, 7) AS month, s.seq
  FROM assetmap.spend p LEFT JOIN stage_spend s ON s.id = p.id
  WHERE p.source IN (SELECT DISTINCT source FROM stage_spend) AND p.withdrawn IS NULL
    AND left(p.date, 7) IN (SELECT DISTINCT left(date, 7) FROM stage_spend)
),
again AS (
  SELECT run, month FROM known GROUP BY run, month HAVING 2 * count(seq) > count(*)
)
SELECT fid FROM known JOIN again USING (run, month) WHERE seq IS NULL;
-- Staged populations that are new or different.
CREATE TEMP TABLE population_change AS
SELECT s.area, s.year, s.source, p.area IS NOT NULL AS was
FROM stage_population s
LEFT JOIN assetmap.populations p USING (area, year, source)
WHERE p.area IS NULL OR p.fingerprint <> s.fingerprint
