use serde::{Deserialize, Serialize};

/// What kind of area a locality is. The order is from the smallest to the largest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// Census output area.
    OutputArea,
    /// Lower layer super output area.
    Lsoa,
    /// Polling district.
    PollingDistrict,
    /// Drawn or combined by hand, or by a council, without a national code: a neighbourhood, a ward forum.
    Neighbourhood,
    /// Civil parish or community.
    Parish,
    /// Electoral ward.
    Ward,
    /// County electoral division.
    Division,
    /// Middle layer super output area.
    Msoa,
    /// Westminster constituency.
    Constituency,
    /// Local authority district: unitary, metropolitan, non-metropolitan or London borough.
    District,
    /// County.
    County,
    /// Combined authority.
    CombinedAuthority,
    /// Integrated care board.
    IntegratedCareBoard,
    /// English region.
    Region,
    /// Country.
    Country,
}

/// Everything that is said of a level, on one line each: level, data word, ONS column stem, entity prefixes,
/// collection, one, many.
type Row =
    (Level, &'static str, &'static str, &'static [&'static str], &'static str, &'static str, &'static str);

#[rustfmt::skip]
const LEVELS: &[Row] = &[
    (Level::OutputArea, "output-area", "OA", &["E00", "W00"], "output-areas", "output area", "output areas"),
    (Level::Lsoa, "lsoa", "LSOA", &["E01", "W01"], "lsoas", "LSOA", "LSOAs"),
    (Level::PollingDistrict, "polling-district", "PD", &[], "polling-districts", "polling district", "polling districts"),
    (Level::Neighbourhood, "neighbourhood", "", &[], "neighbourhoods", "neighbourhood", "neighbourhoods"),
    (Level::Parish, "parish", "PAR", &["E04", "W04", "E43"], "parishes", "parish", "parishes"),
    (Level::Ward, "ward", "WD", &["E05", "W05", "S13", "N08"], "wards", "ward", "wards"),
    (Level::Division, "division", "CED", &["E58"], "divisions", "county division", "county divisions"),
    (Level::Msoa, "msoa", "MSOA", &["E02", "W02"], "msoas", "MSOA", "MSOAs"),
    (Level::Constituency, "constituency", "PCON", &["E14", "W07", "S14", "N05"], "constituencies", "constituency", "constituencies"),
    (Level::District, "district", "LAD", &["E06", "E07", "E08", "E09", "W06", "S12", "N09"], "districts", "district", "districts"),
    (Level::County, "county", "CTY", &["E10"], "counties", "county", "counties"),
    (Level::CombinedAuthority, "combined-authority", "CAUTH", &["E47"], "combined-authorities", "combined authority", "combined authorities"),
    (Level::IntegratedCareBoard, "integrated-care-board", "ICB", &["E54"], "integrated-care-boards", "integrated care board", "integrated care boards"),
    (Level::Region, "region", "RGN", &["E12"], "regions", "region", "regions"),
    (Level::Country, "country", "CTRY", &["E92", "W92", "S92", "N92", "K04", "K03", "K02"], "countries", "country", "countries"),
];

impl Level {
    /// All levels, smallest first.
    pub fn all() -> impl Iterator<Item = Level> {
        LEVELS.iter().map(|row| row.0)
    }

    fn row(self) -> &'static Row {
        LEVELS.iter().find(|row| row.0 == self).expect("every level has its row")
    }

    /// The word used in data: `ward`, `lsoa`, `output-area`.
    pub fn as_str(self) -> &'static str {
        self.row().1
    }

    /// The stem of ONS column names: `WD` of `WD25CD`.
    pub fn column_stem(self) -> &'static str {
        self.row().2
    }

    /// The collection in the OGC API that holds areas of this level: `wards`.
    pub fn collection(self) -> &'static str {
        self.row().4
    }

    /// In a sentence, one: `ward`.
    pub fn one(self) -> &'static str {
        self.row().5
    }

    /// In a sentence, many: `wards`.
    pub fn many(self) -> &'static str {
        self.row().6
    }

    /// The reverse of [`as_str`](Self::as_str).
    pub fn parse(word: &str) -> Option<Self> {
        LEVELS.iter().find(|row| row.1 == word).map(|row| row.0)
    }

    /// By the stem of an ONS column name, in any case; `PARNCP` is a parish and `UTLA` a district.
    pub fn of_column_stem(stem: &str) -> Option<Self> {
        match stem.to_ascii_uppercase().as_str() {
            "" => None,
            "PARNCP" => Some(Self::Parish),
            "UTLA" => Some(Self::District),
            stem => LEVELS.iter().find(|row| row.2 == stem).map(|row| row.0),
        }
    }

    /// By the first three characters of an area code.
    pub fn of_entity(prefix: &str) -> Option<Self> {
        LEVELS.iter().find(|row| row.3.contains(&prefix)).map(|row| row.0)
    }
}
