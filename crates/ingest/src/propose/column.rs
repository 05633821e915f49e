use crate::columns::fold;
use crate::profile::EMPTIES;
use crate::raw_row::{RawRow, Shape};
use crate::read::geojson::GEOMETRY;
use std::collections::HashSet;

/// One column of a sample: its name, its words, and what stands in its cells.
pub(crate) struct Column<'r> {
    pub index: usize,
    pub name: &'r str,
    /// The name's words in small letters: "Venue / Group" is venue, group; "GeoX" is geo, x, geox.
    pub words: Vec<String>,
    /// The cells that hold something.
    pub values: Vec<&'r str>,
    /// How many rows were looked at.
    pub rows: usize,
    /// Whether it stands for the geometries, and there are any.
    pub is_geometry: bool,
}

impl<'r> Column<'r> {
    /// A column of some rows.
    pub fn new(index: usize, name: &'r str, rows: &'r [RawRow]) -> Self {
        let says_nothing = |cell: &str| EMPTIES.iter().any(|empty| empty.eq_ignore_ascii_case(cell));
        let values =
            rows.iter().map(|row| row.cell(index).trim()).filter(|cell| !says_nothing(cell)).collect();
        let has_shape = |row: &RawRow| !matches!(row.shape, Shape::None | Shape::Null);
        let is_geometry = name == GEOMETRY && rows.iter().any(has_shape);
        Self { index, name, words: words(name), values, rows: rows.len(), is_geometry }
    }

    /// Whether the header has one of these words.
    pub fn says(&self, words: &[&str]) -> bool {
        self.words.iter().any(|word| words.contains(&word.as_str()))
    }

    /// How many cells are of a sort.
    pub fn count(&self, is: impl Fn(&str) -> bool) -> usize {
        self.values.iter().filter(|value| is(value)).count()
    }

    /// How many in a hundred cells are of a sort; none of none.
    pub fn percent(&self, is: impl Fn(&str) -> bool) -> usize {
        self.count(is) * 100 / self.values.len().max(1)
    }

    /// How many different values there are.
    pub fn distinct(&self) -> usize {
        self.values.iter().collect::<HashSet<_>>().len()
    }

    /// The length of a cell, in characters, on average.
    pub fn average_length(&self) -> usize {
        self.values.iter().map(|value| value.chars().count()).sum::<usize>() / self.values.len().max(1)
    }

    /// "96 of 100 cells are".
    pub fn so_many(&self, is: impl Fn(&str) -> bool) -> String {
        format!("{} of {} cells are", self.count(is), self.values.len())
    }

    /// The name as profiles find it.
    pub fn folded(&self) -> String {
        fold(self.name)
    }
}

fn words(name: &str) -> Vec<String> {
    let mut spaced = String::new();
    let mut before = ' ';
    for c in name.chars() {
        if c.is_uppercase() && before.is_lowercase() {
            spaced.push(' ');
        }
        spaced.push(if c.is_alphanumeric() { c } else { ' ' });
        before = c;
    }
    let mut words: Vec<String> = Vec::new();
    for word in spaced.to_lowercase().split_whitespace() {
        let bare = word.trim_end_matches(|c: char| c.is_ascii_digit());
        words.push(word.to_owned());
        // "sitename" is a site's name
        if let Some(what) = bare.strip_suffix("name").filter(|what| what.len() > 2) {
            words.extend([what.to_owned(), "name".to_owned()]);
        }
        let long = SHORT.iter().find(|(short, _)| *short == bare).map(|(_, long)| (*long).to_owned());
        words.extend(long);
    }
    words.extend(cut_short(name, &words));
    let whole = fold(name);
    if !words.contains(&whole) {
        words.push(whole);
    }
    words
}

/// What is cut short in headers, ten letters long in a Shapefile.
const SHORT: &[(&str, &str)] = &[
    ("nm", "name"),
    ("typ", "type"),
    ("cat", "category"),
    ("opn", "open"),
    ("hrs", "hours"),
    ("mngd", "managed"),
    ("cntct", "contact"),
    ("addr", "address"),
    ("desc", "description"),
    ("descr", "description"),
    ("tele", "telephone"),
    ("mob", "mobile"),
    ("acc", "access"),
    ("cap", "capacity"),
    ("sec", "secretary"),
    ("treas", "treasurer"),
    ("cont", "contact"),
];

/// The whole of the last word of a name that a Shapefile cut off after ten letters: `contact_ad` is an address.
fn cut_short(name: &str, words: &[String]) -> Option<String> {
    let last = words.last().filter(|_| name.chars().count() == 10 && name.contains('_'))?;
    let of_access =
        last == "a" && words.iter().any(|word| ["disabled", "wheelchair"].contains(&word.as_str()));
    if of_access {
        return Some("access".to_owned());
    }
    let whole = CUT.iter().find(|word| word.starts_with(last.as_str()) && word.len() > last.len())?;
    (last.len() > 1).then(|| (*whole).to_owned())
}

/// Words that stand at the end of headers, the likelier before those that begin alike.
const CUT: &[&str] = &[
    "name",
    "address",
    "phone",
    "email",
    "telephone",
    "mobile",
    "postcode",
    "number",
    "times",
    "type",
    "hours",
    "website",
    "access",
    "surveyed",
    "updated",
    "plots",
    "rent",
    "list",
    "description",
];

#[cfg(test)]
mod tests {
    use super::{cut_short, words};

    #[test]
    fn a_name_cut_off_after_ten_letters_is_made_whole() {
        for (name, whole) in [
            ("contact_ad", Some("address")),
            ("contact_ph", Some("phone")),
            ("contact_em", Some("email")),
            ("contact_na", Some("name")),
            ("nearest_po", Some("postcode")),
            ("disabled_a", Some("access")),
            ("last_surve", Some("surveyed")),
            ("contact_na_1", None),
            ("SITENAME_1", None),
            ("water_on_s", None),
        ] {
            let parts: Vec<String> = name.split('_').map(str::to_owned).collect();
            assert_eq!(cut_short(name, &parts).as_deref(), whole, "{name}");
        }
    }

    #[test]
    fn a_header_is_cut_into_words_and_short_ones_are_long() {
        assert_eq!(words("Venue / Group"), ["venue", "group", "venuegroup"]);
        assert_eq!(words("GeoX"), ["geo", "x", "geox"]);
        assert_eq!(words("SITENAME_1"), ["sitename", "site", "name", "1", "sitename1"]);
        assert_eq!(words("WARD_NM"), ["ward", "nm", "name", "wardnm"]);
        assert_eq!(words("name"), ["name"]);
        assert_eq!(words("sec_addr"), ["sec", "secretary", "addr", "address", "secaddr"]);
    }
}
