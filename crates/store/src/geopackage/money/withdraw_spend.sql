-- What the store has of the parts that are published again and the file has not.
INSERT INTO stage.spend_gone (fid)
SELECT p.fid
FROM main.spend p
JOIN stage.spend_again a ON a.month = substr(p.date, 1, 7) AND a.part = coalesce(p.part, p.run)
LEFT JOIN stage.spend s ON s.id = p.id
WHERE p.source = ?1 AND p.withdrawn IS NULL AND s.id IS NULL
