-- Staged populations that are new or different.
INSERT INTO stage.population_change (area, year, was_fid)
SELECT s.area, s.year, p.fid
FROM stage.population s
LEFT JOIN main.populations p ON p.area = s.area AND p.year = s.year AND p.source = ?1
WHERE p.fid IS NULL OR p.fingerprint <> s.fingerprint
