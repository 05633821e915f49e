-- Council spending comes month by month, a month sometimes in parts, and each of these corrected again and again. What a
-- correction brings belongs to the part that it corrects, so that the next correction can take it back.
ALTER TABLE spend ADD COLUMN part INTEGER; -- the import that first brought this part of the month; NULL where that is run
