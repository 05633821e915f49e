//! Every route of the pages, in process, on the fictional borough.

use crate::AppState;
use app::{Live, StorePlace, import, open_store};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use tower::ServiceExt;

/// An answer: status, headers of interest, text.
struct Answer {
    status: StatusCode,
    kind: String,
    location: String,
    policy: String,
    cached: String,
    text: String,
}

fn ask(address: &str) -> Answer {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime.block_on(async {
        let request = Request::get(address).body(Body::empty()).unwrap();
        let response = pages().oneshot(request).await.unwrap();
        let header = |name| {
            let value = response.headers().get(name).and_then(|value| value.to_str().ok());
            value.unwrap_or_default().to_owned()
        };
        Answer {
            status: response.status(),
            kind: header(header::CONTENT_TYPE),
            location: header(header::LOCATION),
            policy: header(header::CONTENT_SECURITY_POLICY),
            cached: header(header::CACHE_CONTROL),
            text: String::from_utf8(to_bytes(response.into_body(), 10_000_000).await.unwrap().to_vec())
                .unwrap(),
        }
    })
}

/// The pages over a store with wards and halls, made once.
fn pages() -> Router {
    static LIVE: OnceLock<Arc<Live>> = OnceLock::new();
    let live = LIVE.get_or_init(|| {
        let folder = std::env::temp_dir().join(format!("assetmap-pages-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let live =
            Live::start(open_store(&StorePlace::File(folder.join("test.gpkg")), true).unwrap()).unwrap();
        for file in ["wards_2025.geojson", "postcodes.csv", "halls.csv"] {
            import(live.store(), &data(file), &Default::default(), &()).unwrap();
        }
        live.refresh().unwrap();
        // The open file lives on without its name.
        let _ = std::fs::remove_dir_all(folder);
        Arc::new(live)
    });
    crate::pages::routes().with_state(AppState::new(live.clone(), None, crate::Editors::default()))
}

fn data(file: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data").join(file)
}

/// The first address in a page that starts so.
fn first_link(page: &Answer, start: &str) -> String {
    let from = page.text.find(&format!("href=\"{start}")).unwrap_or_else(|| panic!("no link {start}")) + 6;
    let address = &page.text[from..from + page.text[from..].find('"').unwrap()];
    address.replace("&#38;", "&")
}

#[test]
fn one_can_walk_from_the_start_to_an_asset_and_back() {
    let start = ask("/");
    assert_eq!((start.status, start.kind.as_str()), (StatusCode::OK, "text/html; charset=utf-8"));
    assert!(start.text.contains("lang=\"en-GB\"") && start.text.contains("Skip to main content"));
    let list = ask(&first_link(&start, "/?area="));
    assert!(list.text.contains("in and near"), "{}", list.text);
    let asset = ask(&first_link(&list, "/asset/"));
    assert!(asset.text.contains("Not known, ask") && asset.text.contains("Grid reference"), "{}", asset.text);
    let back = first_link(&asset, "/?area=");
    assert!(ask(&back).text.contains("in and near"));
    let area = ask(&first_link(&list, "/area/"));
    assert!(
        area.text.contains("application/geo+json") && area.text.contains("/ogc/collections/wards/items/")
    );
    assert!(ask("/about").text.contains("Where this comes from"));
}

#[test]
fn postcodes_and_names_lead_to_an_area() {
    let start = ask("/");
    let area = first_link(&start, "/?area=");
    let code = area.trim_start_matches("/?area=").split('&').next().unwrap();
    let found = ask(&format!("/?q={code}&within=400"));
    assert_eq!((found.status, found.location), (StatusCode::SEE_OTHER, format!("/?area={code}&within=400")));
    let nothing = ask("/?q=qqqq");
    assert!(nothing.text.contains("Nothing found for “qqqq”") && nothing.text.contains("What to try"));
}

#[test]
fn what_is_not_there_is_a_page_with_a_search_box() {
    for address in
        ["/nope", "/area/E0", "/asset/1", "/asset/00000000-0000-0000-0000-000000000000", "/?area=E0"]
    {
        let answer = ask(address);
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{address}");
        assert!(answer.text.contains("Page not found") && answer.text.contains("name=\"q\""), "{address}");
    }
    assert_eq!(ask("/api/map?area=E0").kind, "application/problem+json");
    assert_eq!(ask("/assets/nope.js").status, StatusCode::NOT_FOUND);
    assert_eq!(ask("/assets/../../Cargo.toml").status, StatusCode::NOT_FOUND);
}

#[test]
fn nothing_runs_that_does_not_come_from_here() {
    let area = first_link(&ask("/"), "/?area=");
    for address in ["/", &area, "/about", "/nope", "/?q=hall"] {
        let answer = ask(address);
        assert!(
            answer.policy.contains("script-src 'self'") && !answer.policy.contains("unsafe"),
            "{address}"
        );
        assert!(!answer.text.contains(" style=") && !answer.text.contains("<style"), "{address}");
        assert!(!answer.text.contains(" onclick=") && !answer.text.contains("<script>"), "{address}");
    }
}

#[test]
fn only_an_embedded_area_may_stand_in_a_frame() {
    let start = ask("/");
    let area = first_link(&start, "/?area=").replace("/?area=", "").split('&').next().unwrap().to_owned();
    let embed = ask(&format!("/embed/area/{area}?within=800"));
    assert_eq!(embed.status, StatusCode::OK);
    assert!(embed.policy.contains("frame-ancestors *") && !embed.policy.contains("script-src"));
    for address in ["/", &format!("/area/{area}"), "/shortlist", "/embed/area/E0", "/embed/nope"] {
        assert!(ask(address).policy.contains("frame-ancestors 'none'"), "{address}");
    }
    assert!(ask(&format!("/area/{area}")).text.contains("&#60;iframe src="));
}

#[test]
fn a_shortlist_is_a_page_a_file_and_a_spreadsheet() {
    let area = first_link(&ask("/"), "/?area=");
    let list = ask(&area).text;
    let values: Vec<&str> =
        list.split("id=\"pick-").skip(1).take(6).filter_map(|s| s.split('"').next()).collect();
    let query = format!("{}&pick={}", area.trim_start_matches("/?"), values.join(","));
    let page = ask(&format!("/shortlist?{query}"));
    assert!(page.text.contains(&format!("Shortlist: {} place", values.len())), "{}", page.text);
    let file = ask(&format!("/shortlist.html?{query}"));
    assert!(
        file.kind.starts_with("text/html") && file.text.contains("<svg") && file.text.contains("<style>")
    );
    assert!(!file.text.contains("<script") && !file.text.contains("src="), "it needs nothing from here");
    assert!(!file.text.contains("href=\"/"), "its links are whole");
    assert_eq!(ask("/list.xlsx?area=E0").status, StatusCode::NOT_FOUND);
}

#[test]
fn where_it_comes_from_counts_rows() {
    let about = ask("/about").text;
    assert!(about.contains("Rows loaded") && about.contains("All 85 rows"), "{about}");
    assert!(about.contains("halls.csv, loaded "));
}

#[test]
fn the_map_has_the_area_its_neighbours_and_the_assets_of_the_list() {
    let area = first_link(&ask("/"), "/?area=");
    let map = ask(&area.replacen("/?", "/api/map?", 1));
    let map: serde_json::Value = serde_json::from_str(&map.text).unwrap();
    assert_eq!(map["area"]["geometry"]["type"], "MultiPolygon");
    assert!(!map["neighbours"]["features"].as_array().unwrap().is_empty());
    let assets = map["assets"]["features"].as_array().unwrap();
    let list = ask(&area).text;
    assert!(!assets.is_empty());
    for asset in assets {
        assert!(list.contains(&format!("data-id=\"{}\"", asset["id"].as_str().unwrap())));
    }
}

#[test]
fn built_files_are_kept_for_ever_and_pages_are_not() {
    let start = ask("/");
    assert_eq!(start.cached, "no-cache");
    if !start.text.contains("/assets/") {
        println!("skipped: web/ was not built");
        return;
    }
    let style = ask(&first_link(&start, "/assets/"));
    assert_eq!(style.kind, "text/css");
    assert!(style.cached.contains("immutable"));
    assert_eq!(ask("/favicon.svg").kind, "image/svg+xml");
}
