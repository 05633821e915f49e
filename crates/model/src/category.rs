use serde::{Deserialize, Serialize};

/// One of the eight families of categories.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "the names and their plain-English titles stand in `Family::title`")]
pub enum Family {
    Community,
    Health,
    GreenSpace,
    Culture,
    Sport,
    Food,
    Education,
    Faith,
}

impl Family {
    /// All families, in the order in which they are listed.
    pub const ALL: [Family; 8] = [
        Self::Community,
        Self::Health,
        Self::GreenSpace,
        Self::Culture,
        Self::Sport,
        Self::Food,
        Self::Education,
        Self::Faith,
    ];

    /// The stable word used in data and addresses. It is also the id of the family's general category.
    pub fn id(self) -> &'static str {
        match self {
            Self::Community => "community",
            Self::Health => "health",
            Self::GreenSpace => "green_space",
            Self::Culture => "culture",
            Self::Sport => "sport",
            Self::Food => "food",
            Self::Education => "education",
            Self::Faith => "faith",
        }
    }

    /// In plain English.
    pub fn title(self) -> &'static str {
        match self {
            Self::Community => "Community and meeting places",
            Self::Health => "Health, care and support",
            Self::GreenSpace => "Green space and land",
            Self::Culture => "Arts, heritage and libraries",
            Self::Sport => "Sport and exercise",
            Self::Food => "Food, money and everyday help",
            Self::Education => "Learning, children and young people",
            Self::Faith => "Faith",
        }
    }

    /// The reverse of [`id`](Self::id).
    pub fn parse(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|f| f.id() == id)
    }

    /// The categories of this family.
    pub fn categories(self) -> CategorySet {
        Category::all().filter(|c| c.family() == self).collect()
    }
}

/// Where an asset of a category stands in a list that a person reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Listing {
    /// Something one can use or join: in the list at once.
    Usable,
    /// Parks, allotments, playgrounds: counted, and listed when opened.
    GreenSpace,
    /// Land and property without a public use: counted, and listed when opened.
    Land,
}

/// A category: an index into the built-in taxonomy. Ids are stable; new ones are added at the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Category(u8);

struct Row {
    id: &'static str,
    family: Family,
    listing: Listing,
    title: &'static str,
    /// Words (lower case, whole words, a trailing `*` for any ending) by which names and types are recognised.
    words: &'static [&'static str],
}

const fn row(
    id: &'static str,
    family: Family,
    listing: Listing,
    title: &'static str,
    words: &'static [&'static str],
) -> Row {
    Row { id, family, listing, title, words }
}

use Family::*;
use Listing::{GreenSpace as Green, Land, Usable};

/// The taxonomy. The place in this list is the category's number in stored bit sets: add at the end, never
/// reorder. Words name a category only when they say what the *thing* is.
#[rustfmt::skip]
static TAXONOMY: &[Row] = &[
    row("community", Community, Usable, "Other community activity", &["community", "residents", "tenants", "neighbourhood", "social club", "women's institute", "wi", "rotary", "lions club", "time bank", "men's shed", "round table"]),
    row("health", Health, Usable, "Other health and care", &["health*", "hospice", "hospital", "medical", "cancer", "carers", "dementia", "wellbeing", "disab*", "blind", "deaf", "nhs"]),
    row("green_space", GreenSpace, Green, "Other green space", &["green space", "greenspace", "open space", "conservation", "environment*"]),
    row("culture", Culture, Usable, "Other arts and heritage", &["arts", "culture", "cultural", "heritage", "festival", "history"]),
    row("sport", Sport, Usable, "Other sport and exercise", &["sport*", "fitness", "exercise", "athletic*"]),
    row("food", Food, Usable, "Other everyday help", &["relief of need", "relief in need", "poverty"]),
    row("education", Education, Usable, "Other learning and young people", &["education*", "training", "learning", "children", "pta", "parent teacher association", "scholarship*", "friends association"]),
    row("faith", Faith, Usable, "Other faith activity", &["religious", "christian", "muslim", "jewish", "hindu", "sikh", "buddhist", "catholic", "mission*", "ministr*"]),

    row("hall", Community, Usable, "Hall or meeting room", &["hall", "village hall", "public hall", "church hall", "parish hall", "memorial hall", "meeting room*", "assembly rooms", "function room*"]),
    row("community_centre", Community, Usable, "Community centre", &["community centre", "community center", "neighbourhood centre", "social centre", "centre for the community", "community house", "resource centre"]),
    row("community_hub", Community, Usable, "Community hub", &["community hub", "hub", "warm space", "family hub", "wellbeing hub"]),
    row("residents_group", Community, Usable, "Residents' group", &["residents' association", "residents association", "tenants' association", "tenants and residents", "neighbourhood forum", "neighbourhood watch", "civic society", "community association"]),
    row("volunteering", Community, Usable, "Volunteering and support for groups", &["volunteer*", "council for voluntary", "voluntary action", "community foundation"]),
    row("town_hall", Community, Usable, "Town hall or civic office", &["town hall", "civic centre", "council offices"]),
    row("post_office", Community, Usable, "Post office", &["post office"]),
    row("polling_station", Community, Usable, "Polling station", &["polling station"]),
    row("council_property", Community, Land, "Council property", &["depot", "offices", "office", "garage*", "shop", "shops", "unit", "units", "car park", "public convenience*", "toilets", "store", "substation", "premises"]),

    row("clinic", Health, Usable, "Clinic, surgery or pharmacy", &["clinic", "surgery", "medical centre", "health centre", "pharmacy", "gp"]),
    row("care_support", Health, Usable, "Care and support", &["day centre", "care centre", "support group", "age uk", "age concern", "bereavement", "carers centre", "stroke", "lunch and friendship"]),
    row("mental_health", Health, Usable, "Mental health", &["mental health", "mind in", "counselling", "samaritans"]),

    row("park", GreenSpace, Green, "Park or garden", &["park", "parks", "garden", "gardens", "recreation ground", "public park or garden"]),
    row("allotment", GreenSpace, Green, "Allotments", &["allotment*"]),
    row("playground", GreenSpace, Green, "Playground", &["playground", "play area", "play space"]),
    row("nature", GreenSpace, Green, "Nature and woodland", &["nature reserve", "woodland", "woods", "wildlife", "country park", "meadow*"]),
    row("cemetery", GreenSpace, Green, "Cemetery or churchyard", &["cemetery", "crematorium", "churchyard", "burial ground"]),
    row("land", GreenSpace, Land, "Land", &["land", "land at", "plot*", "verge", "memorial", "war memorial", "cenotaph", "clock", "grazing", "strip of land"]),

    row("library", Culture, Usable, "Library", &["library", "libraries", "archive*"]),
    row("museum", Culture, Usable, "Museum or gallery", &["museum", "gallery", "art gallery"]),
    row("theatre", Culture, Usable, "Theatre or arts venue", &["theatre", "arts centre", "cinema", "playhouse"]),
    row("arts_group", Culture, Usable, "Arts or music group", &["choir", "orchestra", "brass band", "band", "dramatic society", "drama", "music", "singers", "operatic", "dance", "theatre group", "arts group", "art group", "choral society", "film society"]),
    row("heritage_site", Culture, Usable, "Listed building or heritage site", &["listed building", "scheduled monument", "historic"]),

    row("leisure_centre", Sport, Usable, "Leisure centre or pool", &["leisure centre", "sports centre", "swimming pool", "pool", "gym", "health and fitness", "sports hall*", "sports village", "leisure"]),
    row("sports_club", Sport, Usable, "Sports club", &["football club", "fc", "cricket club", "rugby", "rufc", "tennis club", "bowling club", "bowls club", "bowling", "golf club", "hockey club", "lacrosse", "netball", "gymnastics", "boxing", "running club", "harriers", "cycling club", "swimming club", "judo", "karate", "martial arts", "taekwondo", "badminton", "squash", "rowing", "sports club", "athletics club", "table tennis", "football"]),
    row("sports_ground", Sport, Usable, "Pitch, court or ground", &["playing field*", "pitch", "pitches", "tennis court*", "bowling green", "sports ground", "pavilion", "playing pitch*", "stadium", "golf course", "mini golf"]),

    row("food_bank", Food, Usable, "Food bank or pantry", &["food bank", "foodbank", "food pantry", "pantry", "community fridge", "food club"]),
    row("lunch_club", Food, Usable, "Lunch club or community meal", &["lunch club", "luncheon club", "community kitchen", "community cafe", "soup kitchen", "community meal*"]),
    row("advice", Food, Usable, "Advice on money, rights and housing", &["citizens advice", "advice", "law centre", "credit union", "debt", "welfare", "refugee*"]),
    row("housing_help", Food, Usable, "Housing and homelessness", &["almshouse*", "homeless*", "housing", "shelter"]),
    row("market", Food, Usable, "Market", &["market"]),

    row("school", Education, Usable, "School or college", &["school", "schools", "college", "academy", "grammar", "primary school", "high school"]),
    row("nursery", Education, Usable, "Nursery or playgroup", &["nursery", "pre-school", "preschool", "pre school", "playgroup", "play group", "toddler*", "kindergarten", "childcare", "creche"]),
    row("childrens_centre", Education, Usable, "Children's or family centre", &["children's centre", "childrens centre", "family centre", "sure start"]),
    row("youth_group", Education, Usable, "Youth group", &["scout*", "guides", "girlguiding", "brownies", "cubs", "youth club", "youth centre", "youth", "young people", "cadets", "boys brigade", "boys' brigade", "girls' brigade", "after-school club", "woodcraft folk"]),
    row("adult_learning", Education, Usable, "Adult learning", &["adult learning", "adult education", "u3a", "university of the third age", "workers' educational"]),

    row("place_of_worship", Faith, Usable, "Place of worship", &["church", "chapel", "mosque", "masjid", "synagogue", "temple", "gurdwara", "cathedral", "methodist", "baptist", "parish of", "parochial church council", "pcc", "congregation", "quaker", "friends meeting house", "kingdom hall", "hebrew"]),
];

impl Category {
    /// The whole taxonomy, in the order of its numbers.
    pub fn all() -> impl Iterator<Item = Category> {
        (0..TAXONOMY.len()).map(|i| Category(i as u8))
    }

    /// By its id: `library`.
    pub fn parse(id: &str) -> Option<Self> {
        TAXONOMY.iter().position(|row| row.id == id).map(|i| Category(i as u8))
    }

    fn row(self) -> &'static Row {
        &TAXONOMY[usize::from(self.0)]
    }

    /// Its place in the taxonomy, from 0.
    pub fn place(self) -> usize {
        usize::from(self.0)
    }

    /// The stable word used in data and addresses.
    pub fn id(self) -> &'static str {
        self.row().id
    }

    /// In plain English.
    pub fn title(self) -> &'static str {
        self.row().title
    }

    /// Its family.
    pub fn family(self) -> Family {
        self.row().family
    }

    /// Where its assets stand in a list.
    pub fn listing(self) -> Listing {
        self.row().listing
    }

    /// The words and phrases by which it is recognised in names: lower case, a trailing `*` for any ending.
    pub fn words(self) -> &'static [&'static str] {
        self.row().words
    }

    /// The category that a text names, by the longest word or phrase of the taxonomy found in it ("church hall"
    /// is a hall, not a church). `None` when no word is known. Good for names and types, not for long prose.
    pub fn named_in(text: &str) -> Option<Self> {
        let text = plain(text);
        let mut best: Option<(usize, Category)> = None;
        for category in Self::all() {
            for word in category.row().words {
                let longer = best.is_none_or(|(length, _)| word.len() > length);
                if longer && holds_word(&text, word) {
                    best = Some((word.len(), category));
                }
            }
        }
        best.map(|(_, category)| category)
    }
}

/// Lower case, curly apostrophes straightened, everything but letters, digits, `'` and `-` a blank.
fn plain(text: &str) -> String {
    text.chars()
        .flat_map(char::to_lowercase)
        .map(|c| match c {
            '\u{2019}' | '\u{2018}' | '`' => '\'',
            c if c.is_alphanumeric() || c == '\'' || c == '-' => c,
            _ => ' ',
        })
        .collect()
}

/// Whether `word` stands in `text` with no letter before or after; a trailing `*` allows any ending.
fn holds_word(text: &str, word: &str) -> bool {
    let (stem, any_ending) = match word.strip_suffix('*') {
        Some(stem) => (stem, true),
        None => (word, false),
    };
    text.match_indices(stem).any(|(at, found)| {
        let before = text[..at].chars().next_back();
        let after = text[at + found.len()..].chars().next();
        before.is_none_or(|c| !c.is_alphanumeric())
            && (any_ending || after.is_none_or(|c| !c.is_alphanumeric()))
    })
}

/// A set of categories, as bits: category number *n* is bit *n*.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct CategorySet(u64);

const _: () = assert!(TAXONOMY.len() <= 64, "a CategorySet has 64 bits");

impl CategorySet {
    /// The empty set.
    pub const EMPTY: Self = Self(0);

    /// The bits.
    pub fn bits(self) -> u64 {
        self.0
    }

    /// From stored bits; bits of categories that this version does not know are dropped.
    pub fn from_bits(bits: u64) -> Self {
        Self(bits & (u64::MAX >> (64 - TAXONOMY.len())))
    }

    /// Adds one.
    pub fn insert(&mut self, category: Category) {
        self.0 |= 1 << category.0;
    }

    /// Whether a category is in it.
    pub fn contains(self, category: Category) -> bool {
        self.0 & (1 << category.0) != 0
    }

    /// Whether the two have a category in common.
    pub fn intersects(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Everything in either.
    pub fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether nothing is in it.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The categories, in the order of the taxonomy.
    pub fn iter(self) -> impl Iterator<Item = Category> {
        let mut left = self.0;
        std::iter::from_fn(move || {
            let first = (left != 0).then(|| left.trailing_zeros())?;
            left &= left - 1;
            Some(Category(first as u8))
        })
    }

    /// Where an asset with these categories stands in a list: usable if any of them is (or none is known).
    pub fn listing(self) -> Listing {
        self.iter().map(Category::listing).min().unwrap_or(Usable)
    }

    /// A set from what a person or a program asks for: ids of categories and of families (a family stands for all
    /// its categories), separated by commas.
    ///
    /// # Errors
    /// The first word that is neither.
    pub fn parse_query(list: &str) -> Result<Self, String> {
        list.split(',').map(str::trim).filter(|word| !word.is_empty()).try_fold(Self::EMPTY, |set, word| {
            let family = Family::parse(word).map(Family::categories);
            let one = Category::parse(word).map(|c| [c].into_iter().collect());
            family.or(one).map(|found: CategorySet| set.union(found)).ok_or_else(|| word.to_owned())
        })
    }
}

impl FromIterator<Category> for CategorySet {
    fn from_iter<I: IntoIterator<Item = Category>>(categories: I) -> Self {
        let mut set = Self::EMPTY;
        for category in categories {
            set.insert(category);
        }
        set
    }
}

impl Serialize for CategorySet {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_seq(self.iter().map(Category::id))
    }
}

impl<'de> Deserialize<'de> for CategorySet {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let ids = Vec::<String>::deserialize(d)?;
        Ok(ids.iter().filter_map(|id| Category::parse(id)).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(text: &str) -> &'static str {
        Category::named_in(text).map_or("-", Category::id)
    }

    #[test]
    fn the_longest_phrase_names_the_category() {
        for (text, id) in [
            ("St Mary's Church Hall", "hall"),
            ("ST MARY’S CHURCH, SALE", "place_of_worship"),
            ("Sale West Community Centre", "community_centre"),
            ("Land at Stokoe Avenue", "land"),
            ("Trafford Foodbank", "food_bank"),
            ("1st Timperley Scouts", "youth_group"),
            ("Altrincham Town Hall", "town_hall"),
            ("Longford Park", "park"),
            ("The Hope Centre", "-"),
            ("Parkway Circle", "-"),
        ] {
            assert_eq!(named(text), id, "{text}");
        }
    }

    #[test]
    fn there_are_eight_families_and_each_has_its_general_category() {
        for family in Family::ALL {
            assert_eq!(Category::parse(family.id()).map(Category::family), Some(family));
        }
        let ids: std::collections::HashSet<_> = Category::all().map(Category::id).collect();
        assert_eq!(ids.len(), TAXONOMY.len());
    }

    #[test]
    fn a_query_may_name_families_and_categories() {
        let set = CategorySet::parse_query("hall, faith").unwrap();
        assert!(set.contains(Category::parse("hall").unwrap()));
        assert!(set.contains(Category::parse("place_of_worship").unwrap()));
        assert!(!set.contains(Category::parse("library").unwrap()));
        assert_eq!(CategorySet::parse_query("hall,nonsense"), Err("nonsense".into()));
    }

    #[test]
    fn a_set_survives_storage() {
        let set = CategorySet::parse_query("hall,library").unwrap();
        assert_eq!(CategorySet::from_bits(set.bits()), set);
        let json = serde_json::to_string(&set).unwrap();
        assert_eq!(json, r#"["hall","library"]"#);
        assert_eq!(serde_json::from_str::<CategorySet>(&json).unwrap(), set);
    }

    #[test]
    fn one_usable_category_makes_an_asset_usable() {
        assert_eq!(CategorySet::parse_query("park").unwrap().listing(), Listing::GreenSpace);
        assert_eq!(CategorySet::parse_query("land,hall").unwrap().listing(), Listing::Usable);
        assert_eq!(CategorySet::EMPTY.listing(), Listing::Usable);
    }
}
