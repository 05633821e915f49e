//! An atlas that was written and read again says what it said before.

use crate::changes::{answer, any_asset, built, found};
use crate::common::{WARDS, area, country};
use atlas::snapshot::{SECTIONS, read};
use atlas::{Atlas, Query, Region};
use model::{Asset, AssetId, Kind, Level, Locality, Position};
use proptest::prelude::*;
use std::collections::{BTreeMap, HashMap};
use std::io::{Error, Result};

fn written(atlas: &Atlas) -> HashMap<&'static str, Vec<u8>> {
    let write = |section: &atlas::snapshot::Section| {
        let mut bytes = Vec::new();
        section.write(atlas, &mut bytes).expect("memory can be written to");
        (section.name, bytes)
    };
    SECTIONS.iter().map(write).collect()
}

fn read_again(sections: &HashMap<&'static str, Vec<u8>>, revision: u64) -> Result<Atlas> {
    read(revision, |name| {
        let bytes = sections.get(name).ok_or_else(|| Error::other("no such section"))?;
        Ok((&bytes[..], bytes.len() as u64))
    })
}

/// What an atlas says of many things.
fn said(atlas: &Atlas) -> Vec<String> {
    let point = Position::new(-1.97, 53.004).expect("a position");
    let mut regions = vec![Region::Everywhere, Region::Near { point, within_m: None }];
    let areas = 0..atlas.places().len() as u32;
    regions.extend(areas.clone().map(|area| Region::Around { area, within_m: 700.0 }));
    let mut said = Vec::new();
    for region in regions {
        said.extend(answer(atlas, &Query { region, ..Query::default() }, 7));
    }
    for asset in 0..atlas.asset_count() as u32 {
        let mut text = Vec::new();
        atlas.asset_feature(asset).write(&mut text);
        said.push(String::from_utf8(text).expect("JSON is text"));
        said.push(format!("{:?} {:?}", atlas.asset_days(asset), atlas.asset(atlas.asset_id(asset))));
    }
    for area in areas {
        let place = atlas.place(area);
        said.push(format!("{} {} {:?} {:?}", place.id, place.name, place.boundary, place.inside));
        said.push(format!(
            "{:?} {:?} {:?} {:?}",
            atlas.part_of(area),
            atlas.counted_with(area).collect::<Vec<_>>(),
            atlas.counts(area),
            atlas.wards_today(area)
        ));
    }
    for text in ["elm hall", "oak", "ward 2", "westshire", "eastshire", "librry"] {
        said.push(format!("{:?} {:?}", found(atlas, text), atlas.find(text, 9)));
    }
    said.push(format!("{:?} {:?}", atlas.sources(), Kind::ALL.map(|kind| atlas.count_of(kind))));
    said
}

#[test]
fn what_a_lookup_says_is_kept() {
    let mut builder = country();
    builder.locality(area(Level::Lsoa, "E01000001", "Small", -2.0, -1.99, &[]));
    let lookup = area(Level::Lsoa, "E01000001", "Small", 0.0, 1.0, &[WARDS[1]]);
    builder.locality(Locality { boundary: geo_types::MultiPolygon(vec![]), ..lookup });
    let atlas = builder.build(1);
    let again = read_again(&written(&atlas), 1).expect("what was written can be read");
    let small = again.locality("E01000001").expect("an area");
    assert_eq!(again.counted_with(small).collect::<Vec<_>>(), [WARDS[1]]);
    assert_eq!(said(&again), said(&atlas));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_was_written_says_the_same(assets in proptest::collection::vec(any_asset(), 0..60)) {
        let assets: BTreeMap<AssetId, Asset> = assets.into_iter().map(|asset| (asset.id, asset)).collect();
        let atlas = built(&assets);
        let again = read_again(&written(&atlas), atlas.revision()).expect("what was written can be read");
        prop_assert_eq!(again.revision(), atlas.revision());
        prop_assert_eq!(said(&again), said(&atlas));
    }

    /// Checksums stand before this, so it only has to end well: with an error, or with an atlas.
    #[test]
    fn other_bytes_are_no_panic(
        assets in proptest::collection::vec(any_asset(), 0..9),
        section in 0..SECTIONS.len(),
        at in any::<prop::sample::Index>(),
        to in any::<u8>(),
        cut in any::<bool>(),
    ) {
        let assets: BTreeMap<AssetId, Asset> = assets.into_iter().map(|asset| (asset.id, asset)).collect();
        let mut sections = written(&built(&assets));
        let bytes = sections.get_mut(SECTIONS[section].name).expect("a section");
        let at = at.index(bytes.len());
        bytes[at] = to;
        if cut {
            bytes.truncate(at);
            prop_assert!(read_again(&sections, 1).is_err());
        } else {
            let _ = read_again(&sections, 1);
        }
    }
}
