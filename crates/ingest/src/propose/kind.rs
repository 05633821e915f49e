use super::choice::Choice;
use super::{Column, Field};
use crate::file_name::FileName;
use model::RecordKind;

const GROUPS: &[&str] = &[
    "group",
    "groups",
    "club",
    "clubs",
    "organisation",
    "organisations",
    "charity",
    "charities",
    "society",
    "association",
];

/// Groups or places, by the words of the file's name and of the columns.
pub(super) fn kind(file: &FileName, columns: &[Column<'_>], choice: &Choice) -> RecordKind {
    let says = |at: &usize| columns[*at].says(GROUPS) && !columns[*at].says(PLACES);
    let by_file = GROUPS.iter().any(|word| file.holds(word));
    if by_file || choice.all(Field::Name).iter().any(says) { RecordKind::Group } else { RecordKind::Building }
}

/// Words of a header that name places.
const PLACES: &[&str] = &[
    "venue", "hall", "building", "site", "centre", "library", "church", "school", "property", "park", "hub",
    "premises",
];

/// Whether some header says that the rows are places.
pub(super) fn says_places(columns: &[Column<'_>]) -> bool {
    columns.iter().any(|column| column.says(PLACES) && !column.says(GROUPS))
}
