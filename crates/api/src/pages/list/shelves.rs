//! The answer about an area, sorted into the list and the groups below it.

use crate::pages::ask::{Ask, Shelf};
use crate::pages::facts::{Facts, Row};
use crate::pages::hire;
use crate::pages::meeting::Meeting;
use crate::pages::words;
use atlas::{AssetIx, Atlas, Filter, Hit, LocalityIx, Relation};
use model::{Answer as Says, Kind, Listing, Status};
use std::collections::BTreeMap;

/// As long as a list is before it is asked for in full.
const CUT: usize = 50;

/// A group below the list.
pub(in crate::pages) struct ShelfView {
    pub word: &'static str,
    pub title: String,
    pub explanation: Option<&'static str>,
    pub is_open: bool,
    /// Entries under a heading of their own; one without a heading where there is nothing to tell apart.
    pub parts: Vec<Part>,
    pub show_all: Option<(String, String)>,
}

/// Some entries of a group.
pub(in crate::pages) struct Part {
    pub heading: Option<String>,
    pub rows: Vec<Row>,
}

/// A hit, and the shelf that it stands on.
#[derive(Clone, Copy)]
pub(in crate::pages) struct Kept {
    pub hit: Hit,
    pub shelf: Shelf,
}

/// Everything that an area question finds, whatever the filters say, and what they let through.
pub(in crate::pages) struct Answer<'a> {
    pub atlas: &'a Atlas,
    area: LocalityIx,
    ask: Ask,
    /// Without the filters by kind and category: for the counts beside them.
    pub all: Vec<Kept>,
    shelves: BTreeMap<Shelf, Vec<Hit>>,
    /// From where distances are told, and by which the list is sorted.
    pub meeting: Option<Meeting>,
    /// Why there is none, where one was asked for.
    pub no_meeting: Option<String>,
    /// How many of the list no source says enough about.
    pub unknown: usize,
}

impl<'a> Answer<'a> {
    pub fn of(atlas: &'a Atlas, area: LocalityIx, ask: &Ask) -> Self {
        let hits = atlas.around(area, f64::from(ask.within_m), &Filter::default());
        let mut all: Vec<Kept> =
            hits.into_iter().map(|hit| Kept { hit, shelf: shelf_of(atlas, &hit) }).collect();
        let unknown = keep_fitting(atlas, ask, &mut all);
        let (meeting, no_meeting) = match Meeting::of(atlas, ask) {
            Ok(meeting) => (meeting, None),
            Err(why) => (None, Some(why)),
        };
        let mut shelves: BTreeMap<Shelf, Vec<Hit>> = BTreeMap::new();
        for kept in all.iter().filter(|kept| lets_through(atlas, ask, kept.hit.asset)) {
            shelves.entry(kept.shelf).or_default().push(kept.hit);
        }
        for hits in shelves.values_mut() {
            sort(atlas, hits, meeting.as_ref());
        }
        Self { atlas, area, ask: ask.clone(), all, shelves, meeting, no_meeting, unknown }
    }

    /// The answer to another question about the same area.
    pub fn wider(&self, ask: &Ask) -> Self {
        Self::of(self.atlas, self.area, ask)
    }

    /// What stands on a shelf, in the order of the page.
    pub fn shelf(&self, shelf: Shelf) -> &[Hit] {
        self.shelves.get(&shelf).map_or(&[], Vec::as_slice)
    }

    pub fn inside_count(&self) -> usize {
        self.shelf(Shelf::List).iter().filter(|hit| hit.relation == Some(Relation::Inside)).count()
    }

    /// The part of a shelf that the page shows.
    fn shown(&self, shelf: Shelf) -> &[Hit] {
        let hits = self.shelf(shelf);
        let cut = if self.ask.all.contains(shelf) { hits.len() } else { CUT.min(hits.len()) };
        &hits[..cut]
    }

    fn rows<'h>(&self, hits: impl Iterator<Item = &'h Hit>) -> Vec<Row> {
        let from = |asset| self.meeting.as_ref().map(|meeting| meeting.label(self.atlas, asset));
        hits.map(|hit| Row {
            from: from(hit.asset),
            ..Row::new(self.atlas, hit.asset, Some(&self.ask), self.why(hit))
        })
        .collect()
    }

    /// What and where "Show all" is, when a shelf is cut.
    pub fn show_all(&self, shelf: Shelf) -> Option<(String, String)> {
        let total = self.shelf(shelf).len();
        (self.shown(shelf).len() < total).then(|| {
            let mut ask = Ask { all: self.ask.all.with(shelf), ..self.ask.clone() };
            if shelf != Shelf::List {
                ask.show = ask.show.with(shelf);
            }
            (format!("Show all {}", words::number(total)), ask.link())
        })
    }

    /// Whether a shelf is open: because someone opened it, or because filters leave the list itself empty.
    fn is_open(&self, shelf: Shelf) -> bool {
        let list_is_empty = self.ask.is_filtered() && self.shelf(Shelf::List).is_empty();
        shelf == Shelf::List || self.ask.show.contains(shelf) || (list_is_empty && shelf == Shelf::Green)
    }

    /// What the map shows: exactly what the list and the open groups show, where its place is known.
    pub fn on_map(&self) -> impl Iterator<Item = (Shelf, &Hit)> {
        let open = Shelf::ALL.into_iter().filter(|shelf| self.is_open(*shelf));
        open.flat_map(|shelf| self.shown(shelf).iter().map(move |hit| (shelf, hit)))
            .filter(|(_, hit)| self.atlas.asset_position(hit.asset).is_some())
    }

    /// The groups below the list that hold anything.
    pub fn shelf_views(&self) -> Vec<ShelfView> {
        let shelves = Shelf::ALL.into_iter().filter(|shelf| *shelf != Shelf::List);
        shelves.filter(|shelf| !self.shelf(*shelf).is_empty()).map(|shelf| self.shelf_view(shelf)).collect()
    }

    fn shelf_view(&self, shelf: Shelf) -> ShelfView {
        ShelfView {
            word: shelf.word(),
            title: self.title(shelf),
            explanation: explanation(shelf),
            is_open: self.is_open(shelf),
            parts: self.parts(shelf),
            show_all: self.show_all(shelf),
        }
    }

    fn title(&self, shelf: Shelf) -> String {
        let hits = self.shelf(shelf);
        let n = hits.len();
        let verb = |one: &'static str, many: &'static str| if n == 1 { one } else { many };
        let things = words::count_of(n, self.kind_of(hits));
        match shelf {
            Shelf::List => things,
            Shelf::Across => {
                format!("{things} also {} across {}", verb("works", "work"), self.via_names(hits))
            }
            Shelf::Registered => format!(
                "{} {} registered here, which doesn’t mean {} here",
                words::number(n),
                verb("is", "are"),
                verb("it works", "they work")
            ),
            Shelf::Green => words::count(n, "park or other green space", "parks and other green spaces"),
            Shelf::Land => {
                words::count(n, "piece of land or council property", "pieces of land and council property")
            }
            Shelf::Closed => format!("{things} closed or no longer active"),
        }
    }

    /// The kind of all of them, when they have the same.
    fn kind_of(&self, hits: &[Hit]) -> Option<Kind> {
        let mut kinds = hits.iter().map(|hit| self.atlas.asset_kind(hit.asset));
        let first = kinds.next()?;
        kinds.all(|kind| kind == first).then_some(first)
    }

    fn via_names(&self, hits: &[Hit]) -> String {
        let names: Vec<String> = self.by_via(hits).into_iter().map(|(name, _)| name).collect();
        match names.len() {
            0..=3 => model::listed(&names),
            n => format!("{n} areas"),
        }
    }

    /// By the name of the area through which they serve, the most frequent first.
    fn by_via<'h>(&self, hits: &'h [Hit]) -> Vec<(String, Vec<&'h Hit>)> {
        let mut parts: BTreeMap<String, Vec<&Hit>> = BTreeMap::new();
        for hit in hits {
            let name = hit.via.map_or("a larger area", |via| self.atlas.via_name(via));
            parts.entry(name.to_owned()).or_default().push(hit);
        }
        let mut parts: Vec<_> = parts.into_iter().collect();
        parts.sort_by_key(|(_, hits)| std::cmp::Reverse(hits.len()));
        parts
    }

    /// The entries of a shelf that the page shows, with headings where there are several sorts.
    pub fn parts(&self, shelf: Shelf) -> Vec<Part> {
        match shelf {
            Shelf::List => self.inside_and_near(),
            Shelf::Across => self.across(),
            _ => vec![Part { heading: None, rows: self.rows(self.shown(shelf).iter()) }],
        }
    }

    fn inside_and_near(&self) -> Vec<Part> {
        if let Some(meeting) = &self.meeting {
            let heading = format!("Nearest to {} first", meeting.postcode);
            let part = Part { heading: Some(heading), rows: self.rows(self.shown(Shelf::List).iter()) };
            return if part.rows.is_empty() { Vec::new() } else { vec![part] };
        }
        let name = &self.atlas.place(self.area).name;
        let is_inside = |hit: &&Hit| hit.relation == Some(Relation::Inside);
        let (inside, near): (Vec<&Hit>, Vec<&Hit>) = self.shown(Shelf::List).iter().partition(is_inside);
        [(format!("Inside {name}"), inside), (format!("Near {name}, nearest first"), near)]
            .into_iter()
            .filter(|(_, hits)| !hits.is_empty())
            .map(|(heading, hits)| Part { heading: Some(heading), rows: self.rows(hits.into_iter()) })
            .collect()
    }

    fn across(&self) -> Vec<Part> {
        let parts = self.by_via(self.shown(Shelf::Across));
        let several = parts.len() > 1;
        let part = |(name, hits): (String, Vec<&Hit>)| Part {
            heading: several.then(|| format!("Across {name}")),
            rows: self.rows(hits.into_iter()),
        };
        parts.into_iter().map(part).collect()
    }

    /// Why something is in the answer, in words.
    pub fn why(&self, hit: &Hit) -> String {
        let name = &self.atlas.place(self.area).name;
        match (hit.relation, hit.distance_m) {
            (Some(Relation::Inside), _) => format!("Inside {name}"),
            (Some(Relation::Near), Some(metres)) => {
                format!("{} from the edge of {name}", words::distance(metres))
            }
            (Some(Relation::Serves), _) => {
                format!("Works across {}", hit.via.map_or("a larger area", |via| self.atlas.via_name(via)))
            }
            (Some(Relation::Registered), _) => format!("Registered in {name}. Where it works is not known"),
            _ => String::new(),
        }
    }
}

fn shelf_of(atlas: &Atlas, hit: &Hit) -> Shelf {
    match (atlas.asset_status(hit.asset), hit.relation, atlas.asset_listing(hit.asset)) {
        (Status::Closed, ..) => Shelf::Closed,
        (_, Some(Relation::Serves), _) => Shelf::Across,
        (_, Some(Relation::Registered), _) => Shelf::Registered,
        (_, _, Listing::Usable) => Shelf::List,
        (_, _, Listing::GreenSpace) => Shelf::Green,
        (_, _, Listing::Land) => Shelf::Land,
    }
}

fn lets_through(atlas: &Atlas, ask: &Ask, asset: AssetIx) -> bool {
    ask.kind.is_none_or(|kind| atlas.asset_kind(asset) == kind)
        && (ask.categories.is_empty() || ask.categories.intersects(atlas.asset_categories(asset)))
}

/// Leaves only what a hirer asks for. What no source says enough about stays when it is asked for too; gives how
/// many of the list that is, of those that the other filters let through.
fn keep_fitting(atlas: &Atlas, ask: &Ask, all: &mut Vec<Kept>) -> usize {
    let mut unknown = 0;
    if ask.is_for_hire() {
        all.retain(|kept| match hire::fits(&Facts::of(atlas, kept.hit.asset), ask) {
            Says::Yes => true,
            Says::No => false,
            Says::Unknown => {
                let counts = kept.shelf == Shelf::List && lets_through(atlas, ask, kept.hit.asset);
                unknown += usize::from(counts);
                ask.with_unknown
            }
        });
    }
    unknown
}

/// By distance from the meeting place, where there is one. Else inside ones first, by name; then near ones, by
/// distance; then others, by name.
fn sort(atlas: &Atlas, hits: &mut [Hit], meeting: Option<&Meeting>) {
    if let Some(meeting) = meeting {
        hits.sort_by_cached_key(|hit| {
            let metres = meeting.metres_to(atlas, hit.asset).map_or(u64::MAX, f64::to_bits);
            (metres, atlas.asset_name(hit.asset).to_lowercase(), hit.asset)
        });
        return;
    }
    hits.sort_by_cached_key(|hit| {
        let metres = match hit.relation {
            Some(Relation::Near) => hit.distance_m.unwrap_or(0.0).to_bits(),
            _ => 0,
        };
        (hit.relation, metres, atlas.asset_name(hit.asset).to_lowercase(), hit.asset)
    });
}

fn explanation(shelf: Shelf) -> Option<&'static str> {
    match shelf {
        Shelf::Across => Some(
            "They work across an area that this one is part of. Their own place may be elsewhere or not known.",
        ),
        Shelf::Registered => Some(
            "A register gives only an address for letters. It can be a home or an accountant’s office, so it is not shown.",
        ),
        Shelf::Land => Some("Listed by its owner, without a public use that we know of."),
        Shelf::Closed => Some("Their source says that they have closed or are no longer active."),
        Shelf::List | Shelf::Green => None,
    }
}
