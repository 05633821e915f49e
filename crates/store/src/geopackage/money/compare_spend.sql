-- Staged lines that are new or different, or that come back. A new one belongs to the part of its month that is published
-- again, if one is; where several are, to the oldest.
INSERT INTO stage.spend_change (seq, fid, was_fid, is_back, part)
SELECT s.seq, coalesce(p.fid, ?1 + s.seq), p.fid, p.withdrawn IS NOT NULL,
       CASE WHEN p.fid IS NOT NULL AND p.withdrawn IS NULL THEN coalesce(p.part, p.run)
            ELSE (SELECT min(a.part) FROM stage.spend_again a WHERE a.month = substr(s.date, 1, 7)) END
FROM stage.spend s
LEFT JOIN main.spend p ON p.id = s.id
WHERE p.fid IS NULL OR p.fingerprint <> s.fingerprint OR p.withdrawn IS NOT NULL
