use super::{AreasFrom, DateFrom, Given, Profile, label_of, pieces};
use crate::columns::Columns;
use model::RecordKind;

impl Profile {
    /// The columns of a file that nothing in the profile reads. Of areas and postcodes none: their codes and names are
    /// found by form, and the rest is not theirs to show.
    pub(crate) fn unread(&self, given: &Given, columns: &Columns) -> Vec<usize> {
        if matches!(self.record, RecordKind::Area | RecordKind::Postcode | RecordKind::Population) {
            return Vec::new();
        }
        let read: Vec<usize> = self.names(given).iter().flat_map(|name| columns.find_all(name)).collect();
        let is_usual = |i: &usize| self.usual_facilities && label_of(&columns.names()[*i]).is_some();
        (0..columns.len()).filter(|i| !read.contains(i) && !is_usual(i)).collect()
    }

    /// Every column that the profile names.
    fn names<'a>(&'a self, given: &'a Given) -> Vec<&'a str> {
        let mut names: Vec<&str> = vec![crate::read::geojson::GEOMETRY];
        names.extend(self.fields.values().flat_map(super::Text::columns));
        names.extend(self.required.iter().flat_map(|any| any.names()).map(String::as_str));
        names.extend(self.key.lists().iter().flat_map(|list| list.iter()).map(String::as_str));
        names.extend(self.category.columns());
        names.extend(self.category.has.iter().map(|has| has.column.as_str()));
        names.extend(self.position.columns().map(String::as_str));
        names.extend(self.kind.columns().chain(self.places.columns()).map(String::as_str));
        names.extend(self.facilities.iter().flat_map(|(_, any)| any.names()).map(String::as_str));
        names.extend(self.identifiers.iter().map(|id| id.column.as_str()));
        names.extend(self.closed.iter().chain(&self.only).map(|mark| mark.column.as_str()));
        let consent = [&self.consent.contact, &self.consent.public];
        names.extend(consent.into_iter().flatten().map(|agreed| agreed.column.as_str()));
        if let Some(group) = &self.group {
            names.extend(group.by.iter().map(String::as_str));
            let templates = group.columns.values().flat_map(|any| any.names());
            names.extend(templates.flat_map(|text| pieces(text)).filter_map(super::Piece::column));
        }
        names.extend(self.unnamed.iter().flat_map(|text| pieces(text)).filter_map(super::Piece::column));
        for areas in [&given.serves, &given.covers].into_iter().flatten() {
            if let AreasFrom::Columns { columns } = areas {
                names.extend(columns.iter().map(String::as_str));
            }
        }
        if let Some(DateFrom::Column { column }) = &given.as_of {
            names.extend(column.names().iter().map(String::as_str));
        }
        names
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::file_name::FileName;

    #[test]
    fn what_nothing_in_a_profile_names_is_unread() {
        let text = "id = \"x\"\ntitle = \"X\"\nrecord = \"building\"\nkey = [\"Ref\"]\nusual_facilities = true\n\
            facilities = [[\"Room\", \"Room\"]]\n[fields]\nname = \"Venue\"\nsummary = { template = \"{Kind}\" }\n";
        let profile = Profile::parse(text).expect("a profile");
        let columns = Columns::new(
            ["Ref", "Venue", "Kind", "Room", "Capacity", "Colour", "geometry"].map(String::from),
        );
        let unread = profile.unread(&profile.given_for(&FileName::new("x.csv")), &columns);
        assert_eq!(unread, [5]);
    }
}
