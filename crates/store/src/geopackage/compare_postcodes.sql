-- Staged postcodes that are new or different.
INSERT INTO stage.postcode_change (postcode, was_fid)
SELECT s.postcode, p.fid
FROM stage.postcode s
LEFT JOIN main.postcodes p ON p.postcode = s.postcode AND p.source = ?1
WHERE p.fid IS NULL OR p.fingerprint <> s.fingerprint
