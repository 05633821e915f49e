//! The filters beside the list, each with the number that choosing it gives.

use super::{Answer, Kept};
use crate::pages::ask::{Ask, Shelf, category_words, holds_family, is_general};
use crate::pages::words;
use model::{Category, CategorySet, Family, Kind};

/// One of several to choose.
pub(in crate::pages) struct Choice {
    pub value: String,
    pub title: String,
    pub count: String,
    pub is_chosen: bool,
}

/// A family and those of its categories that occur.
pub(in crate::pages) struct FamilyView {
    pub title: &'static str,
    /// The whole family; absent where one of its categories says the same.
    pub all: Option<Choice>,
    pub categories: Vec<Choice>,
}

/// Everything, groups, buildings: counted with the chosen categories.
pub(super) fn kinds(answer: &Answer, ask: &Ask) -> Vec<Choice> {
    let fits = |kept: &&Kept| {
        ask.categories.is_empty() || ask.categories.intersects(answer.atlas.asset_categories(kept.hit.asset))
    };
    let choice = |kind: Option<Kind>, title: &str| Choice {
        value: kind.map_or("", Kind::as_str).to_owned(),
        title: title.to_owned(),
        count: tally(
            answer
                .all
                .iter()
                .filter(fits)
                .filter(|kept| kind.is_none_or(|kind| answer.atlas.asset_kind(kept.hit.asset) == kind)),
        ),
        is_chosen: kind == ask.kind,
    };
    vec![choice(None, "Both"), choice(Some(Kind::Group), "Groups"), choice(Some(Kind::Building), "Buildings")]
}

/// The families that occur, counted with the chosen kind.
pub(super) fn families(answer: &Answer, ask: &Ask) -> Vec<FamilyView> {
    Family::ALL.into_iter().filter_map(|family| family_view(answer, ask, family)).collect()
}

/// The chosen categories or families by title, each with the address of the list without it.
pub(super) fn chosen(ask: &Ask) -> Vec<(&'static str, String)> {
    let words = category_words(ask.categories);
    let set_of = |words: &[&str]| CategorySet::parse_query(&words.join(",")).unwrap_or_default();
    let title = |word: &str| {
        let family = Family::parse(word).map(Family::title);
        family.or_else(|| Category::parse(word).map(Category::title)).unwrap_or_default()
    };
    let without = |word: &str| -> String {
        let others: Vec<&str> = words.iter().copied().filter(|other| *other != word).collect();
        Ask { categories: set_of(&others), ..ask.clone() }.link()
    };
    words.iter().map(|word| (title(word), without(word))).collect()
}

fn family_view(answer: &Answer, ask: &Ask, family: Family) -> Option<FamilyView> {
    let of_kind = |kept: &&Kept| ask.kind.is_none_or(|kind| answer.atlas.asset_kind(kept.hit.asset) == kind);
    let all_chosen = holds_family(ask.categories, family);
    let set = family.categories();
    let in_family = |kept: &&Kept| set.intersects(answer.atlas.asset_categories(kept.hit.asset));
    let occurs = answer.all.iter().filter(of_kind).any(|kept| in_family(&kept));
    if !occurs && !ask.categories.intersects(set) {
        return None;
    }
    let choice = |category: Category| {
        let has = |kept: &&Kept| answer.atlas.asset_categories(kept.hit.asset).contains(category);
        let is_chosen = !all_chosen && ask.categories.contains(category);
        let occurs = answer.all.iter().filter(of_kind).any(|kept| has(&kept));
        (occurs || is_chosen).then(|| Choice {
            value: category.id().to_owned(),
            title: category.title().to_owned(),
            count: tally(answer.all.iter().filter(of_kind).filter(has)),
            is_chosen,
        })
    };
    let all = Choice {
        value: family.id().to_owned(),
        title: "All of these".to_owned(),
        count: tally(answer.all.iter().filter(of_kind).filter(in_family)),
        is_chosen: all_chosen,
    };
    let categories: Vec<Choice> =
        set.iter().filter(|category| !is_general(*category)).filter_map(choice).collect();
    let says_the_same = matches!(&categories[..], [one] if one.count == all.count) && !all_chosen;
    Some(FamilyView { title: family.title(), all: (!says_the_same).then_some(all), categories })
}

/// How long the list becomes; where nothing is left in it, how many the groups below it hold.
fn tally<'a>(kept: impl Iterator<Item = &'a Kept>) -> String {
    let (listed, below): (Vec<&Kept>, Vec<&Kept>) = kept.partition(|kept| kept.shelf == Shelf::List);
    match (listed.len(), below.len()) {
        (0, 1..) => format!("0, and {} below", words::number(below.len())),
        (listed, _) => words::number(listed),
    }
}
