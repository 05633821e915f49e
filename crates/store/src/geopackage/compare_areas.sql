-- Staged areas that are new or different.
INSERT INTO stage.area_change (seq, fid, was_fid)
SELECT s.seq, coalesce(l.fid, ?1 + s.seq), l.fid
FROM stage.area s
LEFT JOIN main.localities l ON l.id = s.id
WHERE l.fid IS NULL OR l.fingerprint <> s.fingerprint
