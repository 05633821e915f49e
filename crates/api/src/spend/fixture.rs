//! The fictional borough with some money, for tests of every route that speaks of it.

use crate::{AppState, Editors, router};
use app::money::{LadderOptions, Rules, allocate};
use app::{Live, StorePlace, import, open_store};
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use model::{
    AreaCode, Fingerprint, PartialDate, Payee, Pence, PopulationRecord, RecordKind, Source, SpendKind,
    SpendRecord, Standing, StatedPlace,
};
use serde_json::{Value, json};
use std::path::Path;
use std::sync::{Arc, OnceLock};
use store::{FileReport, Staged, Store};
use tower::ServiceExt;

/// The ward to which lines state that they go.
pub(crate) const WARD: &str = "E05999001";

/// How many small lines go there, so that its ledger has pages.
pub(crate) const SMALL: usize = 120;

const EDITOR: &str = "Bearer 0123456789abcdef";

/// An answer.
pub(crate) struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub text: String,
}

impl Answer {
    pub fn json(&self) -> Value {
        assert_eq!(self.status, StatusCode::OK, "{}", self.text);
        serde_json::from_str(&self.text).unwrap()
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// Its rows as a table, by column.
    pub fn rows(&self) -> Vec<std::collections::HashMap<String, String>> {
        csv::Reader::from_reader(self.text.trim_start_matches('\u{feff}').as_bytes())
            .deserialize()
            .map(Result::unwrap)
            .collect()
    }
}

pub(crate) fn get(address: &str) -> Answer {
    ask(with_money(), Request::get(address).body(Body::empty()).unwrap())
}

pub(crate) fn get_as(address: &str, name: &str, value: &str) -> Answer {
    ask(with_money(), Request::get(address).header(name, value).body(Body::empty()).unwrap())
}

/// As somebody who may change things, by any method.
pub(crate) fn send(method: &str, address: &str) -> Answer {
    let request = Request::builder().method(method).uri(address).header("authorization", EDITOR);
    ask(with_money(), request.body(Body::empty()).unwrap())
}

/// A change by somebody who may, in a store of its own.
pub(crate) fn change(method: &str, address: &str, headers: &[(&str, &str)], body: &Value) -> Answer {
    static LIVE: OnceLock<Arc<Live>> = OnceLock::new();
    let live = LIVE.get_or_init(|| borough("changes", |_| {}));
    let mut request = Request::builder().method(method).uri(address).header("authorization", EDITOR);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    ask(live, request.body(Body::from(body.to_string())).unwrap())
}

/// Of a store without money.
pub(crate) fn get_of_none(address: &str) -> Answer {
    static LIVE: OnceLock<Arc<Live>> = OnceLock::new();
    let live = LIVE.get_or_init(|| borough("no-money", |_| {}));
    ask(live, Request::get(address).body(Body::empty()).unwrap())
}

/// What answers for the borough with money.
pub(crate) fn state() -> AppState {
    state_of(with_money())
}

fn state_of(live: &Arc<Live>) -> AppState {
    AppState::new(live.clone(), None, Editors::new(["ann=0123456789abcdef"]).unwrap())
}

fn ask(live: &Arc<Live>, request: Request<Body>) -> Answer {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime.block_on(async {
        let response = router(state_of(live)).oneshot(request).await.unwrap();
        let (head, body) = response.into_parts();
        let body = to_bytes(body, 10_000_000).await.unwrap();
        Answer { status: head.status, headers: head.headers, text: String::from_utf8(body.to_vec()).unwrap() }
    })
}

fn with_money() -> &'static Arc<Live> {
    static LIVE: OnceLock<Arc<Live>> = OnceLock::new();
    LIVE.get_or_init(|| {
        borough("money", |store| {
            people(store);
            spend(store);
            allocate(store, &Rules::shipped(), LadderOptions::default()).unwrap();
        })
    })
}

fn borough(name: &str, fill: impl FnOnce(&dyn Store)) -> Arc<Live> {
    // Lines are read from the file, so it has to stay: beside the test program, where the next run replaces it.
    let folder = std::env::current_exe().unwrap().with_extension(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    let store = open_store(&StorePlace::File(folder.join("test.gpkg")), true).unwrap();
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data");
    for file in
        ["borough_2025.geojson", "wards_2025.geojson", "lsoas_2021.geojson", "postcodes.csv", "halls.csv"]
    {
        import(store.as_ref(), &data.join(file), &Default::default(), &()).unwrap();
    }
    fill(store.as_ref());
    Arc::new(Live::start(store).unwrap())
}

fn source(id: &str, kind: RecordKind) -> Source {
    Source {
        id: id.into(),
        title: format!("List of {id}"),
        publisher: Some("Wexmarsh Council".into()),
        licence: Some("OGL-UK-3.0".into()),
        attribution: None,
        kind,
        covers: vec![],
        area_names: Default::default(),
        as_of: None,
    }
}

fn staged<T>(values: Vec<T>, text: impl Fn(&T) -> String) -> Vec<Staged<T>> {
    let row = |(at, value): (usize, T)| Staged {
        line: at as u64 + 2,
        fingerprint: Fingerprint::of([text(&value).as_bytes()]),
        raw: json!({"Sealed": "only for who looks after the store"}).to_string(),
        value,
    };
    values.into_iter().enumerate().map(row).collect()
}

fn report(file: &str) -> FileReport {
    FileReport { file: file.into(), ..FileReport::default() }
}

/// Each small census area has a few people more than the one before.
fn people(store: &dyn Store) {
    let source = source("people", RecordKind::Population);
    let people = (1..=98).map(|n| PopulationRecord {
        source: "people".into(),
        area: AreaCode::parse(&format!("E01999{n:03}")).unwrap(),
        year: 2024,
        total: 1_000 + 10 * n,
        by_age: vec![],
        by_band: vec![],
    });
    let mut import = store.begin_import(&source).unwrap();
    import.populations(staged(people.collect(), |people| people.area.to_string())).unwrap();
    import.publish(&source, &report("people_2024.csv")).unwrap();
}

fn line(key: &str, pence: i64, date: &str, payee: &str, unit: &str) -> SpendRecord {
    SpendRecord {
        source: "wexmarsh-spend".into(),
        key: key.into(),
        kind: SpendKind::Payment,
        payer: "Wexmarsh Council".into(),
        payee: Payee { standing: Standing::Named, name: payee.into(), identifiers: vec![] },
        pence: Pence(pence),
        date: PartialDate::parse(date).unwrap(),
        unit: Some(unit.into()),
        category: None,
        purpose: None,
        is_capital: None,
        reference: None,
        places: vec![],
        payee_postcode: None,
    }
}

fn spend(store: &dyn Store) {
    let here = || vec![StatedPlace::Area(AreaCode::parse(WARD).unwrap())];
    let standing =
        |line: SpendRecord, standing| SpendRecord { payee: Payee { standing, ..line.payee.clone() }, ..line };
    let mut lines = vec![
        line("bins", 10_000_000, "2026-04-10", "Emptybins Ltd", "Waste collection"),
        line("credit", -5_000, "2026-04-11", "Emptybins Ltd", "Waste collection"),
        SpendRecord {
            places: here(),
            ..line("books", 50_000, "2026-05-02", "=Bookshop & Sons", "Libraries")
        },
        line("hall", 25_000, "2026-05-03", "Brindlehythe Neighbourhood Centre", "Adult social care"),
        standing(
            line("redacted", 7_000, "2026-05-04", "REDACTED", "Adult social care, Elm House"),
            Standing::Redacted,
        ),
        standing(line("withheld", 3_000, "2026-05-04", "A Person", "Waste collection"), Standing::Withheld),
        SpendRecord {
            purpose: Some("Placement at Hill House".into()),
            reference: Some("HH-1".into()),
            places: here(),
            ..line("home", 90_000, "2026-05-05", "Hill House Ltd", "Childrens homes")
        },
        line("odd", 1_100, "2026-05-06", "Xyzzy Ltd", "QQ XYZZY QQ"),
        line("year", 1_234, "2026", "Emptybins Ltd", "Waste collection"),
        SpendRecord {
            kind: SpendKind::Grant,
            places: here(),
            ..line("grant", 200_000, "2026-05-07", "Wexmarsh Friends", "Community grants")
        },
    ];
    lines.extend((0..SMALL).map(|n| SpendRecord {
        places: here(),
        ..line(&format!("small-{n}"), 100, "2026-05-08", &format!("Payee {n} Ltd"), "Parks")
    }));
    let source = source("wexmarsh-spend", RecordKind::Spend);
    let mut import = store.begin_import(&source).unwrap();
    import.spend(staged(lines, |line| format!("{line:?}"))).unwrap();
    import.publish(&source, &report("wexmarsh_spend_may_2026.csv")).unwrap();
}
