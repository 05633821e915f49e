//! A start from a snapshot says what a start from the store says, and a snapshot that is not right is never used.

use app::{
    Action, Edit, Live, Options, Snapshot, StartedFrom, StorePlace, import, open_store, relocate_if_due,
};
use atlas::{Atlas, Query, Region};
use model::{AssetId, Fields, Position};
use std::path::{Path, PathBuf};

/// A borough in a store in a folder of its own, which goes with it.
struct Borough {
    folder: PathBuf,
}

const FILES: [&str; 5] =
    ["wards_2025.geojson", "borough_2025.geojson", "postcodes.csv", "halls.csv", "community_groups.csv"];

impl Borough {
    fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("assetmap-snapshot-{}-{name}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("a temporary folder");
        let borough = Self { folder };
        FILES.iter().for_each(|file| borough.import(file));
        borough
    }

    fn place(&self) -> StorePlace {
        self.folder.join("store.gpkg").to_str().expect("a plain path").parse().expect("a place")
    }

    fn file(&self) -> PathBuf {
        self.place().usual_snapshot().expect("beside the store")
    }

    fn import(&self, file: &str) {
        self.import_file(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data").join(file));
    }

    fn import_file(&self, file: &Path) {
        let store = open_store(&self.place(), true).expect("a store");
        let options = Options { this_year: 2025, ..Options::default() };
        import(store.as_ref(), file, &options, &()).expect("it can be read");
        relocate_if_due(store.as_ref()).expect("places");
    }

    fn cold(&self) -> Live {
        Live::start(open_store(&self.place(), false).expect("a store")).expect("it can be read")
    }

    fn start(&self) -> Live {
        let store = open_store(&self.place(), false).expect("a store");
        Live::start_with(store, Some(Snapshot::new(self.file()))).expect("it can be read")
    }

    /// Starts and stops, so that there is a snapshot.
    fn with_snapshot(name: &str) -> Self {
        let borough = Self::new(name);
        borough.start().keep_snapshot_at_end().expect("it can be kept");
        assert!(borough.file().is_file());
        borough
    }

    /// Starts, and gives what it started from; it says the same as a start from the store.
    fn started_from(&self) -> StartedFrom {
        let live = self.start();
        assert_eq!(said(&live.atlas()), said(&self.cold().atlas()));
        live.started_from()
    }
}

impl Drop for Borough {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.folder).ok();
    }
}

/// What an atlas says of everything, whatever the slots in which it keeps it.
fn said(atlas: &Atlas) -> Vec<String> {
    let point = Position::new(-1.55, 52.19).expect("a position");
    let areas = 0..atlas.places().len() as u32;
    let mut regions = vec![Region::Everywhere, Region::Near { point, within_m: None }];
    regions.extend(areas.clone().map(|area| Region::Around { area, within_m: 500.0 }));
    let mut said = vec![format!("{} {} {:?}", atlas.revision(), atlas.asset_count(), atlas.sources())];
    for region in regions {
        let page = atlas.page(&Query { region, ..Query::default() }, None, 10_000);
        for hit in &page.hits {
            let mut text = Vec::new();
            atlas.asset_feature(hit.asset).write(&mut text);
            said.push(format!("{} {:?} {:?}", String::from_utf8_lossy(&text), hit.relation, hit.distance_m));
        }
        said.push(format!("of {} {:?}", page.matched, page.breakdown));
    }
    for area in areas {
        said.push(format!("{} {:?} {:?}", atlas.place(area).id, atlas.part_of(area), atlas.counts(area)));
    }
    said
}

fn done(live: &Live, action: impl FnOnce(AssetId, u64) -> Action) {
    let id = live.atlas().asset_id(0);
    let expected = live.store().asset(id).expect("asked").expect("it is there").revision;
    let edit = Edit { action: action(id, expected), by: "ann".into(), reason: None, key: None };
    live.edit(&edit).expect("it is saved");
}

fn change(live: &Live, summary: &str) {
    let fields = Fields::new([("summary".to_owned(), summary.into())].into()).expect("it may be changed");
    done(live, |id, expected| Action::Change { id, expected, fields });
}

fn holds(file: &Path, text: &str) -> bool {
    let bytes = std::fs::read(file).unwrap_or_default();
    bytes.windows(text.len()).any(|part| part == text.as_bytes())
}

#[test]
fn a_second_start_is_from_the_snapshot_and_says_the_same() {
    let borough = Borough::new("second");
    assert_eq!(borough.started_from(), StartedFrom::Store);
    assert!(!borough.file().exists(), "only the server's rounds and its end write it");
    borough.start().keep_snapshot().expect("it can be kept");
    assert_eq!(borough.started_from(), StartedFrom::Snapshot);
    assert_eq!(borough.started_from(), StartedFrom::Snapshot);
    let left: Vec<_> =
        std::fs::read_dir(&borough.folder).expect("a folder").flatten().map(|e| e.file_name()).collect();
    assert!(left.iter().all(|name| !name.to_string_lossy().contains(".new-")), "{left:?}");
}

#[test]
#[cfg(unix)]
fn only_its_owner_reads_it() {
    use std::os::unix::fs::PermissionsExt;
    let borough = Borough::with_snapshot("owner");
    assert_eq!(borough.file().metadata().expect("it is there").permissions().mode() & 0o777, 0o600);
}

#[test]
fn what_was_published_while_nobody_served_is_taken_in() {
    let borough = Borough::with_snapshot("published");
    let list = borough.folder.join("rooms.csv");
    let row = "1,Ash Rooms,building,-1.55,52.19,Rooms for hire,hall,";
    std::fs::write(&list, format!("id,name,kind,longitude,latitude,description,category,tags\n{row}\n"))
        .expect("written");
    borough.import_file(&list);
    assert_eq!(borough.started_from(), StartedFrom::Snapshot);
    // New areas are read anew.
    borough.import("lsoas_2021.geojson");
    assert_eq!(borough.started_from(), StartedFrom::Store);
}

#[test]
fn an_edit_while_nobody_served_is_taken_in() {
    let borough = Borough::with_snapshot("edited");
    let other = borough.cold();
    change(&other, "With a stage");
    assert_eq!(borough.started_from(), StartedFrom::Snapshot);
    assert!(!borough.file().exists(), "what the entry said before is not kept");
}

#[test]
fn what_is_taken_away_leaves_the_disk_before_it_leaves_the_answers() {
    let borough = Borough::with_snapshot("hidden");
    let live = borough.start();
    change(&live, "Said of nothing else");
    live.keep_snapshot_at_end().expect("it can be kept");
    let id = live.atlas().asset_id(0);
    assert_eq!(live.atlas().asset_count(), borough.cold().atlas().asset_count());
    assert!(holds(&borough.file(), "Said of nothing else"));
    done(&live, |id, expected| Action::Retire { id, expected });
    assert!(live.atlas().asset(id).is_none() && !borough.file().exists());
    live.keep_snapshot_at_end().expect("it can be kept");
    assert!(borough.file().exists() && !holds(&borough.file(), "Said of nothing else"));
    drop(live);
    assert_eq!(borough.started_from(), StartedFrom::Snapshot);
}

#[test]
fn another_store_of_the_same_revision_is_not_answered_for() {
    let (one, other) = (Borough::with_snapshot("one"), Borough::with_snapshot("other"));
    std::fs::copy(one.file(), other.file()).expect("copied");
    assert_eq!(other.started_from(), StartedFrom::Store);
}

#[test]
fn a_copy_of_the_files_that_went_its_own_way_is_another_store() {
    let borough = Borough::with_snapshot("copy");
    let files = ["gpkg", "sealed"].map(|extension| borough.folder.join("store").with_extension(extension));
    let kept = files.clone().map(|file| std::fs::read(file).expect("read"));
    let go_on = |summary: &str| {
        let live = borough.start();
        change(&live, summary);
        live.keep_snapshot_at_end().expect("it can be kept");
    };
    go_on("One way");
    for (file, bytes) in files.iter().zip(&kept) {
        std::fs::write(file, bytes).expect("put back");
    }
    let snapshot = std::fs::read(borough.file()).expect("read");
    std::thread::sleep(std::time::Duration::from_millis(5));
    go_on("Another way");
    std::fs::write(borough.file(), snapshot).expect("put back");
    assert_eq!(borough.started_from(), StartedFrom::Store);
}

#[test]
fn what_is_not_as_it_was_written_is_not_used() {
    let borough = Borough::with_snapshot("damaged");
    let whole = std::fs::read(borough.file()).expect("read");
    let truth = said(&borough.cold().atlas());
    let refused = |bytes: &[u8], what: &str| {
        std::fs::write(borough.file(), bytes).expect("written");
        let live = borough.start();
        assert_eq!(live.started_from(), StartedFrom::Store, "{what}");
        assert_eq!(said(&live.atlas()), truth, "{what}");
    };
    for length in
        [0, 1, 7, 8, 11, 12, 100, 4_095, 4_096, 4_097, whole.len() / 2, whole.len() - 4, whole.len() - 1]
    {
        refused(&whole[..length], &format!("{length} of {} bytes", whole.len()));
    }
    refused(&[&whole[..], &[0]].concat(), "a byte too much");
    for at in (0..24).map(|n| n * (whole.len() - 1) / 23).chain([3, 9, 40, 4_090, 4_099]) {
        let mut bytes = whole.clone();
        bytes[at] ^= 1 << (at % 8);
        refused(&bytes, &format!("a bit of byte {at}"));
    }
    let mut swapped = whole.clone();
    let (first, second) = (4_096..4_600, 4_600..5_104);
    swapped[first.clone()].copy_from_slice(&whole[second.clone()]);
    swapped[second].copy_from_slice(&whole[first]);
    refused(&swapped, "two parts changed places");
    std::fs::write(borough.file(), &whole).expect("written");
    assert_eq!(borough.started_from(), StartedFrom::Snapshot);
}
