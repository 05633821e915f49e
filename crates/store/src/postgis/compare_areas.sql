-- Staged areas that are new or different.
CREATE TEMP TABLE area_change AS
SELECT s.seq, s.id, coalesce(l.fid, store.last_locality + s.seq) AS fid, l.fid AS was_fid
FROM stage_area s
CROSS JOIN assetmap.store
LEFT JOIN assetmap.localities l ON l.id = s.id
WHERE l.fid IS NULL OR l.fingerprint <> s.fingerprint;
ANALYZE area_change
