use crate::{AssetIx, Atlas, LocalityIx};
use model::{Level, Postcode};

/// Something found by what a person typed.
#[derive(Debug, Clone, PartialEq)]
pub enum Found {
    /// An area.
    Area(LocalityIx),
    /// A postcode, and the ward that it lies in where one is loaded.
    Postcode(Postcode, Option<LocalityIx>),
    /// A group or building.
    Asset(AssetIx),
}

impl Atlas {
    /// Areas, postcodes and assets whose name, code or postcode fits a text, best first: the postcode or code itself,
    /// then areas (names that start so before names that hold it; wards first), then assets by name.
    pub fn find(&self, text: &str, limit: usize) -> Vec<Found> {
        let wanted = folded(text);
        if wanted.is_empty() {
            return Vec::new();
        }
        let mut found = Vec::new();
        if let Ok(postcode) = Postcode::parse(text)
            && let Some(place) = self.postcode(&postcode)
        {
            let by_position = place.position.and_then(|p| self.locality_at(p, Level::Ward));
            let by_code = || self.localities.find(self.localities.codes.code(place.ward?));
            found.push(Found::Postcode(postcode, by_position.or_else(by_code)));
        }
        found.extend(self.areas_named(&wanted).into_iter().map(Found::Area));
        if found.len() < limit {
            found.extend(self.assets_named(&wanted, limit - found.len()).into_iter().map(Found::Asset));
        }
        found.truncate(limit);
        found
    }

    fn areas_named(&self, wanted: &str) -> Vec<LocalityIx> {
        let mut ranked: Vec<_> = self
            .places()
            .iter()
            .enumerate()
            .filter_map(|(ix, place)| {
                let rank =
                    if folded(place.code()) == *wanted { Some(0) } else { fit(&folded(&place.name), wanted) };
                let newest = std::cmp::Reverse(place.vintage());
                Some((
                    rank?,
                    place.level() != Level::Ward,
                    place.level(),
                    newest,
                    &place.name,
                    ix as LocalityIx,
                ))
            })
            .collect();
        ranked.sort();
        ranked.into_iter().map(|(.., ix)| ix).collect()
    }

    fn assets_named(&self, wanted: &str, limit: usize) -> Vec<AssetIx> {
        let mut ranked: Vec<_> = (0..self.asset_count() as AssetIx)
            .filter_map(|ix| {
                let name = String::from_utf8_lossy(self.asset_feature(ix).escaped_name());
                Some((fit(&folded(&name), wanted)?, ix))
            })
            .collect();
        ranked.sort_unstable();
        ranked.into_iter().take(limit).map(|(_, ix)| ix).collect()
    }
}

/// How well a name fits, best 0; `None` when it does not.
fn fit(name: &str, wanted: &str) -> Option<u8> {
    if name == wanted {
        Some(0)
    } else if name.starts_with(wanted) {
        Some(1)
    } else if name.match_indices(wanted).any(|(at, _)| name[..at].ends_with(' ')) {
        Some(2)
    } else if wanted.len() >= 3 && name.contains(wanted) {
        Some(3)
    } else {
        None
    }
}

/// Lower case; `&` is "and"; apostrophes and dots fall away; anything else that is no letter or digit is one blank.
fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().flat_map(char::to_lowercase) {
        match c {
            '&' => out.push_str(" and "),
            '\'' | '\u{2019}' | '.' => {}
            c if c.is_alphanumeric() => out.push(c),
            _ => out.push(' '),
        }
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}
