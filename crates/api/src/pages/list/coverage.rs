//! What was not loaded, so that "nothing loaded" never looks like "nothing there".

use crate::pages::ask::Ask;
use crate::pages::facts::source_title;
use crate::pages::words;
use atlas::{Atlas, Gap, KindCoverage, LocalityIx};
use model::Kind;

/// One thing to know about what the list can't know.
#[derive(Debug, PartialEq)]
pub(in crate::pages) struct Statement {
    pub text: String,
    /// Whether something is missing, not only unsure.
    pub is_gap: bool,
}

/// What to say for an area and a distance, for the kinds that are asked for; what is missing comes first.
pub(super) fn statements(atlas: &Atlas, area: LocalityIx, ask: &Ask) -> Vec<Statement> {
    let coverage = atlas.coverage(area, f64::from(ask.within_m));
    let kinds = coverage.kinds.iter().filter(|of| ask.kind.is_none_or(|kind| kind == of.kind));
    let place = if ask.within_m > 0 { "this area and its surroundings" } else { "this area" };
    let mut said: Vec<Statement> =
        kinds.flat_map(|of| statements_of(of, &Sources::of(atlas, of.kind), place)).collect();
    said.sort_by_key(|statement| !statement.is_gap);
    said
}

/// The sources of a kind.
#[derive(Default)]
struct Sources {
    /// How many there are.
    count: usize,
    /// Titles of those that do not say which area they cover.
    unstated: Vec<String>,
}

impl Sources {
    fn of(atlas: &Atlas, kind: Kind) -> Self {
        let mut sources = Self::default();
        for source in atlas.sources() {
            let is_of_kind = source.kind.may_hold(kind);
            sources.count += usize::from(is_of_kind);
            if is_of_kind && source.covers.is_empty() {
                sources.unstated.push(source_title(atlas, &source.id));
            }
        }
        sources
    }
}

fn statements_of(of: &KindCoverage, sources: &Sources, place: &str) -> Vec<Statement> {
    let things = words::many_of(Some(of.kind));
    let gap = |text| Statement { text, is_gap: true };
    if sources.count == 0 {
        return vec![gap(format!(
            "No list of {things} was loaded at all. An empty list here does not mean that there are none."
        ))];
    }
    if sources.unstated.len() == sources.count {
        return vec![gap(format!(
            "For how much of {place} {things} were loaded is not known. No list says which area it covers: {}.",
            sources.unstated.join(", ")
        ))];
    }
    let mut said = Vec::new();
    if of.share_not_loaded > 0.0 {
        let parts: Vec<String> = of.gaps.iter().map(gap_words).collect();
        let parts = match &of.gaps[..] {
            [Gap { area: None, .. }] => String::new(),
            _ => format!(": {}", parts.join(", ")),
        };
        let share = words::percent(of.share_not_loaded);
        said.push(gap(format!("For {share} of {place} no list of {things} was loaded{parts}.")));
    }
    let lists = match &sources.unstated[..] {
        [] => return said,
        [one] => format!("This list does not say which area it covers, so {things} may be missing: {one}."),
        many => format!(
            "{} lists do not say which area they cover, so {things} may be missing: {}.",
            many.len(),
            many.join(", ")
        ),
    };
    said.push(Statement { text: lists, is_gap: false });
    said
}

fn gap_words(gap: &Gap) -> String {
    let name = gap.area.as_ref().map_or("outside all loaded areas", |(_, name)| name.as_str());
    format!("{name} {}", words::percent(gap.share))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(share: f64, gaps: &[(&str, f64)], unstated: &[&str], count: usize) -> Vec<String> {
        let area = |name: &str| (!name.is_empty()).then(|| ("E0".to_owned(), name.to_owned()));
        let of = KindCoverage {
            kind: Kind::Building,
            share_not_loaded: share,
            gaps: gaps.iter().map(|(name, share)| Gap { area: area(name), share: *share }).collect(),
            unstated: Vec::new(),
        };
        let unstated = unstated.iter().map(|title| (*title).to_owned()).collect();
        statements_of(&of, &Sources { count, unstated }, "this area and its surroundings")
            .into_iter()
            .map(|statement| statement.text)
            .collect()
    }

    #[test]
    fn what_was_not_loaded_is_said() {
        assert_eq!(
            said(0.41, &[("Manchester", 0.3), ("Salford", 0.11)], &[], 2),
            [
                "For 41% of this area and its surroundings no list of buildings was loaded: Manchester 30%, Salford 11%."
            ]
        );
        assert_eq!(
            said(0.2, &[("", 0.2)], &[], 2),
            ["For 20% of this area and its surroundings no list of buildings was loaded."]
        );
        assert_eq!(
            said(0.0, &[], &["Halls"], 2),
            ["This list does not say which area it covers, so buildings may be missing: Halls."]
        );
        assert!(said(1.0, &[("", 1.0)], &[], 0)[0].starts_with("No list of buildings was loaded at all."));
        assert_eq!(
            said(1.0, &[("Anyborough", 1.0)], &["Halls", "Clubs"], 2),
            ["For how much of this area and its surroundings buildings were loaded is not known. \
                 No list says which area it covers: Halls, Clubs."]
        );
        assert!(said(0.0, &[], &[], 2).is_empty());
    }
}
