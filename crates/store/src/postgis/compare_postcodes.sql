-- Staged postcodes that are new or different.
CREATE TEMP TABLE postcode_change AS
SELECT s.postcode, s.source, p.postcode IS NOT NULL AS was
FROM stage_postcode s
LEFT JOIN assetmap.postcodes p ON p.postcode = s.postcode AND p.source = s.source
WHERE p.postcode IS NULL OR p.fingerprint <> s.fingerprint;
ANALYZE postcode_change
