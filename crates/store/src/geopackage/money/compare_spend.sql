-- Staged lines that are new or different, or that come back.
INSERT INTO stage.spend_change (seq, fid, was_fid, is_back)
SELECT s.seq, coalesce(p.fid, ?1 + s.seq), p.fid, p.withdrawn IS NOT NULL
FROM stage.spend s
LEFT JOIN main.spend p ON p.id = s.id
WHERE p.fid IS NULL OR p.fingerprint <> s.fingerprint OR p.withdrawn IS NOT NULL
