//! What was not loaded, so that "nothing loaded" never looks like "nothing there".

use crate::pages::ask::Ask;
use crate::pages::words;
use atlas::{Atlas, Gap, KindCoverage, LocalityIx};

/// One thing to know about what the list can't know.
#[derive(Debug, PartialEq)]
pub(in crate::pages) struct Statement {
    pub text: String,
    /// Whether something is missing, not only unsure.
    pub is_gap: bool,
}

/// What to say for an area and a distance, for the kinds that are asked for.
pub(super) fn statements(atlas: &Atlas, area: LocalityIx, ask: &Ask) -> Vec<Statement> {
    let coverage = atlas.coverage(area, f64::from(ask.within_m));
    let kinds = coverage.kinds.iter().filter(|of| ask.kind.is_none_or(|kind| kind == of.kind));
    kinds.flat_map(|of| statements_of(of, has_source(atlas, of), ask.within_m > 0)).collect()
}

fn has_source(atlas: &Atlas, of: &KindCoverage) -> bool {
    use model::{Kind, RecordKind};
    atlas.sources().iter().any(|source| match source.kind {
        RecordKind::Asset => true,
        RecordKind::Group => of.kind == Kind::Group,
        RecordKind::Building => of.kind == Kind::Building,
        RecordKind::Area | RecordKind::Postcode => false,
    })
}

fn statements_of(of: &KindCoverage, has_source: bool, has_surroundings: bool) -> Vec<Statement> {
    let things = words::many_of(Some(of.kind));
    let gap = |text| Statement { text, is_gap: true };
    let mut said = Vec::new();
    if !has_source {
        return vec![gap(format!(
            "No list of {things} was loaded at all. An empty list here does not mean that there are none."
        ))];
    }
    if of.share_not_loaded > 0.0 {
        let place = if has_surroundings { "this area and its surroundings" } else { "this area" };
        let parts: Vec<String> = of.gaps.iter().map(gap_words).collect();
        let parts = match &parts[..] {
            [_] if of.gaps[0].area.is_none() => ".".to_owned(),
            parts => format!(": {}.", parts.join(", ")),
        };
        said.push(gap(format!(
            "For {} of {place} no list of {things} was loaded{parts}",
            words::percent(of.share_not_loaded)
        )));
    }
    if !of.unstated.is_empty() {
        let titles: Vec<String> = of.unstated.iter().map(|title| format!("“{title}”")).collect();
        let verb = if titles.len() == 1 { "does" } else { "do" };
        said.push(Statement {
            text: format!(
                "{} {verb} not say which area {} of {things} covers.",
                words::and(&titles),
                if titles.len() == 1 { "its list" } else { "their list" }
            ),
            is_gap: false,
        });
    }
    said
}

fn gap_words(gap: &Gap) -> String {
    let name = gap.area.as_ref().map_or("outside all loaded areas", |(_, name)| name.as_str());
    format!("{name} {}", words::percent(gap.share))
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::Kind;

    fn said(share: f64, gaps: &[(&str, f64)], unstated: &[&str], has_source: bool) -> Vec<String> {
        let area = |name: &str| (!name.is_empty()).then(|| ("E0".to_owned(), name.to_owned()));
        let of = KindCoverage {
            kind: Kind::Building,
            share_not_loaded: share,
            gaps: gaps.iter().map(|(name, share)| Gap { area: area(name), share: *share }).collect(),
            unstated: unstated.iter().map(|title| (*title).to_owned()).collect(),
        };
        statements_of(&of, has_source, true).into_iter().map(|statement| statement.text).collect()
    }

    #[test]
    fn what_was_not_loaded_is_said() {
        assert_eq!(
            said(0.41, &[("Manchester", 0.3), ("Salford", 0.11)], &[], true),
            [
                "For 41% of this area and its surroundings no list of buildings was loaded: Manchester 30%, Salford 11%."
            ]
        );
        assert_eq!(
            said(0.2, &[("", 0.2)], &[], true),
            ["For 20% of this area and its surroundings no list of buildings was loaded."]
        );
        assert_eq!(
            said(0.0, &[], &["Halls"], true),
            ["“Halls” does not say which area its list of buildings covers."]
        );
        assert!(
            said(1.0, &[("", 1.0)], &[], false)[0].starts_with("No list of buildings was loaded at all.")
        );
        assert!(said(0.0, &[], &[], true).is_empty());
    }
}
