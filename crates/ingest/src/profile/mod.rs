//! What the columns of a published file mean, as TOML. `profiles/README.md` documents the format for people.

mod area;
mod blanks;
mod category;
mod choose;
mod closed;
mod consent;
mod group;
mod headless;
mod labels;
mod mistakes;
mod parse;
mod position;
mod shipped;
mod spend_kind;
mod stated_places;
mod text;
mod unread;
mod when;

pub(crate) use area::AreaColumns;
pub(crate) use blanks::{BLANK, no_blanks};
pub(crate) use category::CategoryRule;
pub(crate) use choose::{Known, choose};
pub(crate) use closed::Closed;
pub(crate) use consent::{Agreed, Consent};
pub(crate) use group::Group;
pub(crate) use headless::Headless;
pub(crate) use labels::{LABELS, label_of, plain};
pub(crate) use mistakes::mistakes;
pub(crate) use position::PositionColumns;
pub(crate) use spend_kind::KindRule;
pub(crate) use stated_places::PlaceColumns;
pub(crate) use text::{EMPTIES, OneOrMore, Piece, Text, pieces};
pub(crate) use when::{AreasFrom, Context, DateFrom, Given, Money};

pub use parse::ProfileError;

use model::{Level, RecordKind};
use serde::Deserialize;
use std::collections::BTreeMap;

/// What a line of money can't be without, each by any of its fields.
pub(crate) const NEEDED_OF_MONEY: [&[&str]; 3] = [&["payee", "individual"], &["amount"], &["date", "year"]];

/// What the columns of a published file mean.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    id: String,
    title: String,
    pub(crate) record: RecordKind,
    #[serde(flatten)]
    pub(crate) given: Given,
    /// Header names that must all be there; a list within stands for any one of its names.
    #[serde(rename = "match", default)]
    pub(crate) required: Vec<OneOrMore>,
    /// Header names of which none may be there.
    #[serde(default)]
    pub(crate) unless: Vec<String>,
    /// Whether it is for anything of its kind, and so gives way to every other profile.
    #[serde(default)]
    pub(crate) general: bool,
    /// Words in a file's name that make this profile the likelier one.
    #[serde(default)]
    pub(crate) file_name: Vec<String>,
    /// Words of which one must stand in the file's name: the columns alone would fit too much.
    #[serde(default)]
    pub(crate) called: Vec<String>,
    /// What a file without column names has in its columns.
    pub(crate) headless: Option<Headless>,
    /// The rows that are wanted; without it all are.
    #[serde(default)]
    pub(crate) only: Vec<Closed>,
    /// Rows that become one record.
    pub(crate) group: Option<Group>,
    /// Names for rows that have none: templates, of which the first that can be filled is taken.
    #[serde(default)]
    pub(crate) unnamed: Vec<String>,
    /// Whether columns whose headers mean a usual facility are taken without being named.
    #[serde(default)]
    pub(crate) usual_facilities: bool,
    /// What differs by the file's name.
    #[serde(default)]
    pub(crate) when: Vec<when::When>,
    /// The columns that make a row's key, or several such lists, of which the first that is complete is taken.
    #[serde(default)]
    pub(crate) key: text::Key,
    /// Whether postcodes in the key are compared however they are spaced.
    #[serde(default)]
    pub(crate) tidy_keys: bool,
    #[serde(default)]
    pub(crate) fields: BTreeMap<String, Text>,
    #[serde(default)]
    pub(crate) category: CategoryRule,
    #[serde(default)]
    pub(crate) facilities: Vec<(String, OneOrMore)>,
    #[serde(default)]
    pub(crate) identifiers: Vec<text::Identifier>,
    #[serde(default)]
    pub(crate) position: PositionColumns,
    #[serde(default)]
    pub(crate) area: AreaColumns,
    /// What sort of lines a file of money has.
    #[serde(default)]
    pub(crate) kind: KindRule,
    /// The places that lines of money are for.
    #[serde(default)]
    pub(crate) places: PlaceColumns,
    #[serde(default)]
    pub(crate) closed: Vec<Closed>,
    #[serde(default)]
    pub(crate) consent: Consent,
    #[serde(default)]
    pub(crate) correspondence: bool,
    #[serde(default = "text::usual_empties")]
    pub(crate) empties: Vec<String>,
    /// What it was parsed from.
    #[serde(skip)]
    toml: String,
}

impl Profile {
    /// A profile from TOML.
    ///
    /// # Errors
    /// When it is not TOML, a name in it is not known, or something that every profile needs is missing.
    ///
    /// ```
    /// let halls = ingest::Profile::parse(r#"
    ///     id = "our-halls"
    ///     title = "Halls that we know"
    ///     record = "building"
    ///     match = ["hall", "post code"]
    ///     key = ["hall"]
    ///     [fields]
    ///     name = "hall"
    ///     postcode = "post code"
    /// "#)?;
    /// assert_eq!(halls.id(), "our-halls");
    /// # Ok::<(), ingest::ProfileError>(())
    /// ```
    pub fn parse(toml_text: &str) -> Result<Self, ProfileError> {
        Ok(Self { toml: toml_text.to_owned(), ..parse::parse(toml_text)? })
    }

    /// The text that it was parsed from, to start another one.
    pub fn toml(&self) -> &str {
        &self.toml
    }

    /// The profiles that assetmap brings along.
    pub fn shipped() -> &'static [Profile] {
        shipped::all()
    }

    /// Its short name: `--profile` takes it.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Whether it is for anything of its kind, whatever the columns are called.
    pub fn is_general(&self) -> bool {
        self.general
    }

    /// What it is for.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// What is given for a file of this name: the profile's own, with what its conditions change.
    pub(crate) fn given_for(&self, file: &crate::file_name::FileName) -> Given {
        let mut given = self.given.clone();
        for condition in self.when.iter().filter(|condition| condition.holds(file)) {
            given.change_to(&condition.given);
        }
        given
    }

    /// The columns that must be there: those of `match`, and for money any of those of the payee, the amount and
    /// the date.
    pub(crate) fn wanted(&self) -> Vec<Vec<&str>> {
        let listed = self.required.iter().map(|any| any.names().iter().map(String::as_str).collect());
        let of_money = NEEDED_OF_MONEY.iter().filter(|_| self.record == RecordKind::Spend).map(|fields| {
            fields.iter().filter_map(|field| self.fields.get(*field)).flat_map(Text::columns).collect()
        });
        listed.chain(of_money).filter(|names: &Vec<&str>| !names.is_empty()).collect()
    }

    /// The level of areas without a code.
    pub(crate) fn level_without_code(&self, file: &crate::file_name::FileName) -> Level {
        self.given_for(file).level.unwrap_or(Level::Neighbourhood)
    }
}
