//! Walking from page to page: every asset once, whatever the question, the limit and what is written meanwhile.

use crate::common::{asset, country, name_of};
use atlas::{Atlas, Filter, Key, Previous, Query, Region};
use model::{Asset, Days, Kind, PartialDate, Position};
use proptest::prelude::*;
use std::collections::BTreeSet;

fn walk(atlas: &Atlas, query: &Query, limit: usize) -> Vec<u32> {
    let (mut found, mut after) = (Vec::new(), None);
    loop {
        let page = atlas.page(query, after, limit);
        assert!(page.hits.len() <= limit);
        found.extend(page.hits.iter().map(|hit| hit.asset));
        match page.next {
            Some(next) => after = Some(next),
            None => {
                assert_eq!(found.len() as u64, page.matched);
                return found;
            }
        }
    }
}

/// The pages from the last back to the first, in the order in which they are read.
fn walk_back(atlas: &Atlas, query: &Query, limit: usize) -> Vec<Vec<u32>> {
    let mut page = atlas.page(query, None, limit);
    while let Some(next) = page.next {
        page = atlas.page(query, Some(next), limit);
    }
    let mut pages = Vec::new();
    loop {
        pages.insert(0, page.hits.iter().map(|hit| hit.asset).collect());
        page = match page.previous {
            Previous::None => return pages,
            Previous::Start => atlas.page(query, None, limit),
            Previous::After(key) => atlas.page(query, Some(key), limit),
        };
    }
}

/// Places on a coarse lattice, so that many coincide and many are equally far; some have none.
fn assets() -> impl Strategy<Value = Vec<Asset>> {
    let place = proptest::option::weighted(0.9, (0..9i32, 0..5i32));
    proptest::collection::vec((place, any::<bool>()), 0..60).prop_map(|rows| {
        let made = rows.into_iter().enumerate().map(|(i, (place, group))| {
            let kind = if group { Kind::Group } else { Kind::Building };
            let at = place.map(|(x, y)| (-2.0 + 0.01 * f64::from(x), 53.0 + 0.005 * f64::from(y)));
            asset(&format!("a{i}"), kind, if i % 3 == 0 { "hall" } else { "park" }, at)
        });
        made.collect()
    })
}

fn atlas_of<'a>(assets: impl IntoIterator<Item = &'a Asset>) -> Atlas {
    let mut builder = country();
    assets.into_iter().for_each(|asset| builder.asset(asset));
    builder.build(1)
}

fn queries(atlas: &Atlas) -> Vec<Query> {
    let point = Position::new(-1.97, 53.005).expect("a position");
    let area = atlas.locality("E05000002").expect("a ward");
    let regions = [
        Region::Everywhere,
        Region::Around { area, within_m: 700.0 },
        Region::Near { point, within_m: None },
        Region::Near { point, within_m: Some(1_500.0) },
    ];
    let boxes = [None, Some(atlas::Bbox::new(-1.99, 53.0, -1.95, 53.01))];
    let filters = [
        Filter::default(),
        Filter { kind: Some(Kind::Group), ..Filter::default() },
        Filter { equal: vec![("category", "hall".into())], ..Filter::default() },
    ];
    let each = regions.into_iter().flat_map(|region| boxes.map(|bbox| (region, bbox)));
    each.flat_map(|(region, bbox)| filters.clone().map(|filter| Query { filter, region, bbox })).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn pages_of_any_size_make_up_the_whole(assets in assets(), limit in 1usize..9) {
        let atlas = atlas_of(&assets);
        for query in queries(&atlas) {
            let whole = walk(&atlas, &query, 10_000);
            prop_assert_eq!(&whole, &walk(&atlas, &query, limit), "{:?}", query);
            let back = walk_back(&atlas, &query, limit);
            prop_assert!(back.iter().rev().skip(1).all(|page| page.len() == limit), "{:?}", query);
            prop_assert_eq!(&whole, &back.concat(), "{:?}", query);
            let different: BTreeSet<_> = whole.iter().collect();
            prop_assert_eq!(different.len(), whole.len());
        }
    }

    #[test]
    fn filters_say_the_same_as_a_look_at_each_asset(assets in assets()) {
        let atlas = atlas_of(&assets);
        for query in queries(&atlas).into_iter().filter(|q| q.region == Region::Everywhere) {
            let found: BTreeSet<String> =
                walk(&atlas, &query, 7).into_iter().map(|a| name_of(&atlas, a)).collect();
            let fits = |asset: &&Asset| {
                let inside = |b: atlas::Bbox| {
                    asset.located.is_none_or(|l| b.contains(geo_types::Point::new(l.position.lon(), l.position.lat())))
                };
                query.bbox.is_none_or(inside)
                    && query.filter.kind.is_none_or(|kind| kind == asset.record.kind)
                    && query.filter.equal.iter().all(|(_, text)| asset.record.categories.iter().any(|c| c.id() == text))
            };
            let wanted: BTreeSet<String> = assets.iter().filter(fits).map(|a| a.record.name.clone()).collect();
            prop_assert_eq!(found, wanted, "{:?}", query);
        }
    }

    /// Assets come and go between the pages; those that are left alone are met exactly once.
    #[test]
    fn a_walk_meets_what_is_left_alone_once(assets in assets(), limit in 1usize..9, fate in proptest::collection::vec(0..3u8, 60)) {
        let stays = |i: usize| fate[i % fate.len()] == 0;
        let before = atlas_of(assets.iter().enumerate().filter(|(i, _)| fate[i % fate.len()] != 1).map(|(_, a)| a));
        let after = atlas_of(assets.iter().enumerate().filter(|(i, _)| fate[i % fate.len()] != 2).map(|(_, a)| a));
        for query in queries(&before) {
            let (mut met, mut key): (Vec<String>, Option<Key>) = (Vec::new(), None);
            for turn in 0.. {
                let atlas = if turn % 2 == 0 { &before } else { &after };
                let page = atlas.page(&query, key, limit);
                met.extend(page.hits.iter().map(|hit| name_of(atlas, hit.asset)));
                key = page.next;
                if key.is_none() {
                    break;
                }
            }
            let whole = walk(&before, &query, 10_000).into_iter().map(|a| name_of(&before, a));
            let names: BTreeSet<String> = whole.collect();
            for (i, asset) in assets.iter().enumerate().filter(|(i, _)| stays(*i)) {
                let times = met.iter().filter(|name| **name == asset.record.name).count();
                let wanted = usize::from(names.contains(&asset.record.name));
                prop_assert_eq!(times, wanted, "a{} in {:?}", i, query);
            }
        }
    }
}

#[test]
fn a_text_in_a_name_is_not_mistaken_for_a_property() {
    let mut builder = country();
    builder.asset(&asset(r#"x","postcode":"M1 1AA"#, Kind::Building, "hall", None));
    let mut real = asset("real", Kind::Building, "hall", None);
    real.record.postcode = model::Postcode::parse("M1 1AA").ok();
    builder.asset(&real);
    let atlas = builder.build(1);
    let filter = Filter { equal: vec![("postcode", "M1 1AA".into())], ..Filter::default() };
    let found = walk(&atlas, &Query { filter, ..Query::default() }, 10);
    assert_eq!(found.iter().map(|a| name_of(&atlas, *a)).collect::<Vec<_>>(), ["real"]);
}

#[test]
fn a_date_is_met_by_what_shares_a_day_or_states_none() {
    let mut builder = country();
    for (name, date) in
        [("y", Some("2023")), ("m", Some("2023-04")), ("d", Some("2023-04-30")), ("none", None)]
    {
        let mut made = asset(name, Kind::Building, "hall", None);
        made.record.as_of = date.and_then(|text| PartialDate::parse(text).ok());
        builder.asset(&made);
    }
    let atlas = builder.build(1);
    let of = |text: &str| Days::of(PartialDate::parse(text).expect("a date"));
    let check = |days: Days, wanted: &str| {
        let filter = Filter { days: Some(days), ..Filter::default() };
        let found = walk(&atlas, &Query { filter, ..Query::default() }, 2);
        let mut names: Vec<String> = found.iter().map(|asset| name_of(&atlas, *asset)).collect();
        names.sort();
        assert_eq!(names.join(" "), wanted, "{days:?}");
    };
    check(of("2023-04-30"), "d m none y");
    check(of("2023-04-29"), "m none y");
    check(of("2023-05"), "none y");
    check(of("2022"), "none");
    check(Days { first: i32::MIN, last: of("2023-01-01").last }, "none y");
    check(Days { first: of("2023-04-30").first, last: i32::MAX }, "d m none y");
    assert_eq!(atlas.assets_days(None), of("2023"));
    assert!(atlas.assets_days(Some(Kind::Group)).is_empty());
}
