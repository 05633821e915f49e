use atlas::{Atlas, Breakdown, Gap};
use model::Kind;
use serde::Serialize;
use serde_json::json;

/// What an answer to the area question says beside its features: how many by relation, kind and category, and for
/// which part nothing was loaded.
pub(super) fn members(
    atlas: &Atlas,
    area: u32,
    within_m: f64,
    kind: Option<Kind>,
    breakdown: &Breakdown,
) -> Vec<(&'static str, String)> {
    let place = atlas.place(area);
    let [relations, kinds, categories] =
        [counts_of(breakdown.relations()), counts_of(breakdown.kinds()), counts_of(breakdown.categories())];
    vec![
        (
            "locality",
            json!({"id": place.id, "code": place.code(), "name": place.name, "within_m": within_m})
                .to_string(),
        ),
        ("counts", format!(r#"{{"relation":{relations},"kind":{kinds},"category":{categories}}}"#)),
        ("not_loaded", not_loaded(atlas, area, within_m, kind)),
    ]
}

/// As a JSON object; the words are plain.
fn counts_of(counts: impl Iterator<Item = (&'static str, u64)>) -> String {
    let members: Vec<String> = counts.map(|(word, count)| format!("\"{word}\":{count}")).collect();
    format!("{{{}}}", members.join(","))
}

/// The part of an area and its surroundings for which no list of a kind was loaded.
#[derive(Serialize)]
struct NotLoaded<'a> {
    kind: &'static str,
    share: f64,
    parts: Vec<Part<'a>>,
    sources_that_do_not_say: &'a [String],
}

#[derive(Serialize)]
struct Part<'a> {
    code: Option<&'a str>,
    name: Option<&'a str>,
    share: f64,
}

fn not_loaded(atlas: &Atlas, area: u32, within_m: f64, kind: Option<Kind>) -> String {
    let coverage = atlas.coverage(area, within_m);
    let kinds = coverage.kinds.iter().filter(|of| kind.is_none_or(|kind| kind == of.kind));
    let all: Vec<NotLoaded> = kinds
        .map(|of| NotLoaded {
            kind: of.kind.as_str(),
            share: rounded(of.share_not_loaded),
            parts: of.gaps.iter().map(Part::of).collect(),
            sources_that_do_not_say: &of.unstated,
        })
        .collect();
    serde_json::to_string(&all).expect("text is JSON")
}

impl<'a> Part<'a> {
    fn of(gap: &'a Gap) -> Self {
        let (code, name) = gap.area.as_ref().map(|(code, name)| (code.as_str(), name.as_str())).unzip();
        Self { code, name, share: rounded(gap.share) }
    }
}

fn rounded(share: f64) -> f64 {
    (share * 1000.0).round() / 1000.0
}
