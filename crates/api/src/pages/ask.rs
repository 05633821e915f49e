//! What a list is asked. The address holds the whole state of the page, and this is the one reader and writer of it
//! here; `web/src/state.ts` is its twin in the browser.

use super::address;
use super::picks::Picks;
use model::{Category, CategorySet, Family, Kind, Postcode, WeekPart};

/// How far people may choose to look, metres. Others can be asked for in the address.
pub(super) const DISTANCES: [u32; 8] = [0, 400, 800, 1200, 1600, 2000, 3000, 5000];

/// A ten-minute walk, in round figures.
pub(super) const USUAL_DISTANCE: u32 = 800;

/// Distances are right to 0.1 % so far, and further is no neighbourhood.
const FURTHEST: u32 = 50_000;

/// A part of the answer that is opened or shown in full on its own. The order is that of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Shelf {
    /// Open and usable, inside or near: the list itself.
    List,
    /// Works across the area.
    Across,
    /// Registered in the area, and nothing else known.
    Registered,
    /// Green space, inside or near.
    Green,
    /// Land and council property, inside or near.
    Land,
    /// Closed.
    Closed,
}

impl Shelf {
    pub const ALL: [Shelf; 6] =
        [Self::List, Self::Across, Self::Registered, Self::Green, Self::Land, Self::Closed];

    /// The word in the address.
    pub fn word(self) -> &'static str {
        match self {
            Self::List => "list",
            Self::Across => "across",
            Self::Registered => "registered",
            Self::Green => "green",
            Self::Land => "land",
            Self::Closed => "closed",
        }
    }
}

/// Some shelves.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Shelves(u8);

impl Shelves {
    pub fn contains(self, shelf: Shelf) -> bool {
        self.0 & (1 << shelf as u8) != 0
    }

    pub fn with(self, shelf: Shelf) -> Self {
        Self(self.0 | 1 << shelf as u8)
    }

    fn words(self) -> String {
        let words = Shelf::ALL.into_iter().filter(|shelf| self.contains(*shelf)).map(Shelf::word);
        words.collect::<Vec<_>>().join(",")
    }

    /// Words that name no shelf are passed over: they only say what is opened.
    fn read(words: &str) -> Self {
        let shelf = |word: &str| Shelf::ALL.into_iter().find(|shelf| shelf.word() == word.trim());
        words.split(',').filter_map(shelf).fold(Self::default(), Self::with)
    }
}

/// What a list is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Ask {
    /// Id or code of an area; empty on the start page.
    pub area: String,
    /// How far from its edge, metres.
    pub within_m: u32,
    /// Only this kind.
    pub kind: Option<Kind>,
    /// Only these categories; empty for all.
    pub categories: CategorySet,
    /// Only places with step-free access.
    pub step_free: bool,
    /// Only what is open in this part of the week.
    pub open: Option<WeekPart>,
    /// Of those two also what no source says.
    pub with_unknown: bool,
    /// Nearest to this postcode first: as typed, in its usual form where it has one.
    pub from_postcode: String,
    /// The shortlist.
    pub picks: Picks,
    /// Groups that are open.
    pub show: Shelves,
    /// Lists that are not cut.
    pub all: Shelves,
}

/// What was read from an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Read {
    /// The question.
    pub ask: Ask,
    /// What someone searches for.
    pub q: String,
    /// Whether an area was named at all.
    pub levels: Vec<String>,
    /// What was not understood, and what is answered instead.
    pub misread: Vec<String>,
}

impl Ask {
    /// The usual question about an area.
    pub fn about(area: &str) -> Self {
        Self {
            area: area.to_owned(),
            within_m: USUAL_DISTANCE,
            kind: None,
            categories: CategorySet::EMPTY,
            step_free: false,
            open: None,
            with_unknown: false,
            from_postcode: String::new(),
            picks: Picks::default(),
            show: Shelves::default(),
            all: Shelves::default(),
        }
    }

    /// Reads an address's query. Nothing in it is an error: what can't be understood is said and left out.
    pub fn read(query: &str) -> Read {
        let mut read =
            Read { ask: Self::about(""), q: String::new(), levels: Vec::new(), misread: Vec::new() };
        let mut order = Picks::default();
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            let value = value.trim();
            match &*name {
                "area" => read.ask.area = value.chars().take(200).collect(),
                "q" => read.q = value.chars().take(200).collect(),
                "within" if !value.is_empty() => read.within(value),
                "kind" if !value.is_empty() && value != "all" => read.kind(value),
                "category" => value.split(',').for_each(|word| read.category(word)),
                "access" if !value.is_empty() => read.access(value),
                "open" if !value.is_empty() => read.open(value),
                "unknown" => read.ask.with_unknown = value == "include",
                "from_postcode" => read.ask.from_postcode = postcode(value),
                "pick" => read.pick(value),
                // A form sends what is ticked in the order of its list; the shortlist has an order of its own.
                "order" => drop(order.read(value)),
                "show" => read.ask.show = Shelves(read.ask.show.0 | Shelves::read(value).0),
                "all" => {
                    read.ask.all = Shelves(read.ask.all.0 | Shelves::read(value).0);
                    read.levels.extend(value.split(',').map(str::to_owned));
                }
                _ => {}
            }
        }
        read.ask.picks.in_order_of(&order);
        read
    }

    /// The query that says the same, in one form only.
    pub fn query(&self) -> String {
        let mut parts =
            vec![format!("area={}", address::value(&self.area)), format!("within={}", self.within_m)];
        if let Some(kind) = self.kind {
            parts.push(format!("kind={}", kind.as_str()));
        }
        for (name, words) in [
            ("category", category_words(self.categories).join(",")),
            ("access", if self.step_free { STEP_FREE.to_owned() } else { String::new() }),
            ("open", self.open.map_or_else(String::new, |part| part.as_str().to_owned())),
            ("unknown", if self.with_unknown { "include".to_owned() } else { String::new() }),
            ("from_postcode", address::value(&self.from_postcode)),
            ("pick", self.picks.words()),
            ("show", self.show.words()),
            ("all", self.all.words()),
        ] {
            if !words.is_empty() {
                parts.push(format!("{name}={words}"));
            }
        }
        parts.join("&")
    }

    /// The list's address.
    pub fn link(&self) -> String {
        format!("/?{}", self.query())
    }

    /// The shortlist's address, in one of its forms: `/shortlist`, `/shortlist.xlsx`.
    pub fn shortlist(&self, form: &str) -> String {
        format!("/shortlist{form}?{}", self.query())
    }

    /// Whether anything but the area and the distance narrows the answer.
    pub fn is_filtered(&self) -> bool {
        self.kind.is_some() || !self.categories.is_empty() || self.is_for_hire()
    }

    /// Whether it asks what a hirer asks.
    pub fn is_for_hire(&self) -> bool {
        self.step_free || self.open.is_some()
    }

    /// Without filters, and with everything folded up again.
    pub fn unfiltered(&self) -> Self {
        Self {
            within_m: self.within_m,
            from_postcode: self.from_postcode.clone(),
            picks: self.picks.clone(),
            ..Self::about(&self.area)
        }
    }
}

/// The one word that `access` takes.
pub(super) const STEP_FREE: &str = "step-free";

/// In its usual form, or as it was typed.
fn postcode(text: &str) -> String {
    Postcode::parse(text).map_or_else(|_| text.chars().take(20).collect(), |postcode| postcode.to_string())
}

impl Read {
    fn within(&mut self, value: &str) {
        match value.parse::<u32>() {
            Ok(metres) if metres <= FURTHEST => self.ask.within_m = metres,
            Ok(_) => {
                self.ask.within_m = FURTHEST;
                self.misread.push(format!("{value} metres is too far. The list goes to 50 kilometres."));
            }
            Err(_) => self
                .misread
                .push(format!("“{value}” is not a distance in metres. The list goes to 800 metres.")),
        }
    }

    fn kind(&mut self, value: &str) {
        // Both kinds together are no filter.
        let kinds: Vec<_> = value.split(',').map(|word| (word, Kind::parse(word.trim()))).collect();
        for (word, kind) in &kinds {
            match kind {
                Some(_) if kinds.len() > 1 => {}
                Some(kind) => self.ask.kind = Some(*kind),
                None => {
                    self.misread.push(format!("“{word}” is neither group nor building. The list shows both."))
                }
            }
        }
    }

    fn access(&mut self, value: &str) {
        match value {
            STEP_FREE => self.ask.step_free = true,
            _ => self.misread.push(format!("“{value}” is no kind of access. The list shows all places.")),
        }
    }

    fn open(&mut self, value: &str) {
        self.ask.open = WeekPart::parse(value);
        if self.ask.open.is_none() {
            self.misread.push(format!("“{value}” is no part of the week. The list shows all times."));
        }
    }

    fn pick(&mut self, value: &str) {
        if let Err(why) = self.ask.picks.read(value) {
            self.misread.push(why);
        }
    }

    fn category(&mut self, word: &str) {
        match CategorySet::parse_query(word) {
            Ok(set) => self.ask.categories = self.ask.categories.union(set),
            Err(word) => self.misread.push(format!("There is no category “{word}”. It is left out.")),
        }
    }
}

/// The words for a set: a family's where all of it is in the set.
pub(super) fn category_words(set: CategorySet) -> Vec<&'static str> {
    let mut words = Vec::new();
    for family in Family::ALL {
        if holds_family(set, family) {
            words.push(family.id());
        } else {
            // A family's general category has the family's own word and so can't stand alone.
            let chosen = set.iter().filter(|c| c.family() == family && !is_general(*c));
            words.extend(chosen.map(Category::id));
        }
    }
    words
}

/// Whether all of a family is in a set.
pub(super) fn holds_family(set: CategorySet, family: Family) -> bool {
    family.categories().iter().all(|category| set.contains(category))
}

/// Whether it is the one for whatever has no closer name in its family.
pub(super) fn is_general(category: Category) -> bool {
    category.id() == category.family().id()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn again(query: &str) -> String {
        Ask::read(query).ask.query()
    }

    #[test]
    fn an_address_says_the_same_when_written_again() {
        for query in [
            "area=E05015239-2023&within=800",
            "area=E05015239-2023&within=0&kind=building&category=hall,library&show=across,green&all=list",
            "area=our-wards:st+mary%27s+%26+co-2023&within=1250&category=faith",
            "area=E1&within=800&access=step-free&open=weekday-evening&unknown=include&from_postcode=M31+4FL&pick=b,a&show=green",
        ] {
            assert_eq!(again(query), query);
        }
    }

    #[test]
    fn forms_repeat_names_and_leave_values_empty() {
        assert_eq!(
            again("area=E1&within=&kind=&category=library&category=hall&category="),
            "area=E1&within=800&category=hall,library"
        );
        assert_eq!(again("area=E1&kind=all"), "area=E1&within=800");
        assert_eq!(again("area=E1&kind=group,building"), "area=E1&within=800");
        assert_eq!(again("area=E1&category=place_of_worship,faith"), "area=E1&within=800&category=faith");
    }

    #[test]
    fn ticks_in_a_form_keep_the_order_of_the_shortlist() {
        assert_eq!(again("area=E1&order=c,a&pick=a&pick=b&pick=c"), "area=E1&within=800&pick=c,a,b");
        assert_eq!(
            again("area=E1&access=&open=&from_postcode=m314fl"),
            "area=E1&within=800&from_postcode=M31+4FL"
        );
        assert_eq!(Ask::read("area=E1&pick=!&open=noon&access=lift").misread.len(), 3);
    }

    #[test]
    fn what_is_not_understood_is_said() {
        let read = Ask::read("area=E1&within=far&kind=shop&category=hall,nonsense&show=what");
        assert_eq!(read.ask.query(), "area=E1&within=800&category=hall");
        assert_eq!(read.misread.len(), 3);
        assert_eq!(again("area=E1&within=99999999"), "area=E1&within=50000");
    }
}
