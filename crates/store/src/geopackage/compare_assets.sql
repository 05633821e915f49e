-- Staged assets that are new or different. A row is the same when its fingerprint is; but its position may have been
-- found by newer postcodes, and a rule may have changed who may see it.
INSERT INTO stage.asset_change (seq, fid, was_fid, was_row, leaves)
SELECT s.seq,
       iif(s.visibility = 'public', coalesce(a.fid, ?1 + s.seq), NULL),
       a.fid,
       h.row,
       a.geom IS NOT NULL AND (s.visibility <> 'public' OR a.geom IS NOT s.geom)
FROM stage.asset s
LEFT JOIN main.assets a ON a.id = s.id
LEFT JOIN sealed.sealed_assets h ON h.id = s.id AND h.until IS NULL
WHERE s.seq IN (SELECT seq FROM stage.differs)
   OR NOT (a.fid IS NOT NULL AND s.visibility = 'public' AND a.fingerprint = s.fingerprint
           AND a.position_quality IS s.position_quality AND a.geom IS s.geom)
  AND NOT (h.row IS NOT NULL AND s.visibility = h.visibility AND h.fingerprint = s.fingerprint
           AND h.position_quality IS s.position_quality AND h.geom IS s.geom)
