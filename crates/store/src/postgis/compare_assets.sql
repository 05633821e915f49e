-- Staged assets that are new or different. A row is the same when its fingerprint is; but its position may have been
-- found by newer postcodes, and a rule may have changed who may see it.
CREATE TEMP TABLE asset_change AS
SELECT s.seq, s.id,
       CASE WHEN s.visibility = 'public' THEN coalesce(a.fid, store.last_asset + s.seq) END AS fid, -- among public assets; NULL when it will not be public
       a.fid AS was_fid,               -- NULL when it is not public
       h.id IS NOT NULL AS was_sealed
FROM stage_asset s
CROSS JOIN assetmap.store
LEFT JOIN assetmap.assets a ON a.id = s.id
LEFT JOIN sealed.assets h ON h.id = s.id
WHERE s.seq IN (SELECT seq FROM differs)
   OR NOT (a.fid IS NOT NULL AND s.visibility = 'public' AND a.fingerprint = s.fingerprint
           AND a.position_quality IS NOT DISTINCT FROM s.position_quality AND a.geom IS NOT DISTINCT FROM s.geom)
  AND NOT (h.id IS NOT NULL AND s.visibility = h.visibility AND h.fingerprint = s.fingerprint
           AND h.position_quality IS NOT DISTINCT FROM s.position_quality AND h.geom IS NOT DISTINCT FROM s.geom);
ANALYZE asset_change
