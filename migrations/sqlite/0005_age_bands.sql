-- Sources that say how many people live in areas by bands of ages.
ALTER TABLE populations ADD COLUMN by_band TEXT; -- JSON: [{from, to, people}], both ages among them; to is 120 where a band is open
