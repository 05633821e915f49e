-- A month of an earlier file is published again when more than half of the lines that it has of it are staged. Parts of a
-- month have no lines in common, and stay beside each other.
INSERT INTO stage.spend_gone (fid)
WITH months AS (
  SELECT DISTINCT substr(date, 1, 7) AS month FROM stage.spend
),
known AS (
  SELECT p.fid, p.run, substr(p.date, 1, 7) AS month, s.seq
  FROM main.spend p LEFT JOIN stage.spend s ON s.id = p.id
  WHERE p.source = ?1 AND p.withdrawn IS NULL AND substr(p.date, 1, 7) IN (SELECT month FROM months)
),
again AS (
  SELECT run, month FROM known GROUP BY run, month HAVING 2 * count(seq) > count(*)
)
SELECT fid FROM known JOIN again USING (run, month) WHERE seq IS NULL
