-- Council spending comes month by month, a month sometimes in parts, and each of these corrected again and again. What a
-- correction brings belongs to the part that it corrects, so that the next correction can take it back.
ALTER TABLE assetmap.spend ADD COLUMN part bigint;
COMMENT ON COLUMN assetmap.spend.part IS 'The import that first brought this part of its month; null where that is run';
