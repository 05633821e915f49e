-- Sources that say how many people live in areas by bands of ages.

ALTER TABLE assetmap.populations ADD COLUMN by_band jsonb;
COMMENT ON COLUMN assetmap.populations.by_band IS '[{from, to, people}]: people by bands of ages, both ages among them; to is 120 where a band is open. NULL when single years are known, or no ages';
