-- A part of a month is published again when more than half of the lines that the store has of it are staged. Other parts
-- have no lines in common with it, and stay beside it.
INSERT INTO stage.spend_again (month, part)
SELECT substr(p.date, 1, 7) AS month, coalesce(p.part, p.run) AS part
FROM main.spend p LEFT JOIN stage.spend s ON s.id = p.id
WHERE p.source = ?1 AND p.withdrawn IS NULL
  AND substr(p.date, 1, 7) IN (SELECT DISTINCT substr(date, 1, 7) FROM stage.spend)
GROUP BY 1, 2 HAVING 2 * count(s.id) > count(*)
