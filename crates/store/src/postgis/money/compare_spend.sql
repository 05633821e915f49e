-- A part of a month is published again when more than half of the lines that the store has of it are staged. Other parts
-- have no lines in common with it, and stay beside it.
CREATE TEMP TABLE spend_again AS
SELECT left(p.date, 7) AS month, coalesce(p.part, p.run) AS part
FROM assetmap.spend p LEFT JOIN stage_spend s ON s.id = p.id
WHERE p.source IN (SELECT DISTINCT source FROM stage_spend) AND p.withdrawn IS NULL
  AND left(p.date, 7) IN (SELECT DISTINCT left(date, 7) FROM stage_spend)
GROUP BY 1, 2 HAVING 2 * count(s.id) > count(*);
-- Staged lines that are new or different, or that come back. A new one belongs to the part of its month that is published
-- again, if one is; where several are, to the oldest.
CREATE TEMP TABLE spend_change AS
SELECT s.seq, s.id, coalesce(p.fid, s.number, store.last_spend + s.seq) AS fid, p.fid AS was_fid, p.withdrawn IS NOT NULL AS is_back,
       CASE WHEN p.fid IS NOT NULL AND p.withdrawn IS NULL THEN coalesce(p.part, p.run)
            ELSE coalesce(s.part, (SELECT min(a.part) FROM spend_again a WHERE a.month = left(s.date, 7))) END AS part
FROM stage_spend s
CROSS JOIN assetmap.store
LEFT JOIN assetmap.spend p ON p.id = s.id
WHERE p.fid IS NULL OR p.fingerprint <> s.fingerprint OR p.withdrawn IS NOT NULL;
ANALYZE spend_change;
-- What the store has of the parts that are published again and the file has not.
CREATE TEMP TABLE spend_gone AS
SELECT p.fid
FROM assetmap.spend p
JOIN spend_again a ON a.month = left(p.date, 7) AND a.part = coalesce(p.part, p.run)
LEFT JOIN stage_spend s ON s.id = p.id
WHERE p.source IN (SELECT DISTINCT source FROM stage_spend) AND p.withdrawn IS NULL AND s.id IS NULL;
-- Staged populations that are new or different.
CREATE TEMP TABLE population_change AS
SELECT s.area, s.year, s.source, p.area IS NOT NULL AS was
FROM stage_population s
LEFT JOIN assetmap.populations p USING (area, year, source)
WHERE p.area IS NULL OR p.fingerprint <> s.fingerprint
