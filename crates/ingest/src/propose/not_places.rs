use super::money::is_of_contracts;
use super::{Column, evidence};
use crate::Refusal;
use model::{AreaCode, OrgId};

/// What a table is that holds neither places nor shapes; `None` when it may hold some.
pub(crate) fn not_places(columns: &[Column<'_>]) -> Option<Refusal> {
    let names = |found: &[&Column<'_>]| {
        let names: Vec<String> = found.iter().take(4).map(|c| c.name.chars().take(40).collect()).collect();
        names.join(", ")
    };
    let filled: Vec<&Column<'_>> = columns.iter().filter(|column| !column.values.is_empty()).collect();
    let of = |is: &dyn Fn(&Column<'_>) -> bool| -> Vec<&Column<'_>> {
        filled.iter().copied().filter(|column| is(column)).collect()
    };
    let areas = of(&|column| column.percent(|value| AreaCode::parse(value).is_ok()) >= 80);
    let registers = of(&|column| column.percent(|value| OrgId::parse(value).is_ok()) >= 80);
    let money = of(&|column| column.says(MONEY));
    let figures = of(&|column| column.says(FIGURES));
    let placed = of(&|column| evidence::is_coordinate(column));
    let addressed = of(&|column| column.says(&["address", "postcode", "street", "telephone", "email"]));
    if registers.len() >= 2 && money.is_empty() {
        return Some(Refusal::of_file(
            "lookup-table",
            format!(
                "the file is a lookup table: it matches the ids of registers to one another ({}), and holds no places",
                names(&registers)
            ),
            "Import the list of the groups themselves.",
        ));
    }
    if !money.is_empty() && placed.is_empty() {
        return Some(super::money::incomplete(columns, &names(&money)));
    }
    if !addressed.is_empty() {
        return None;
    }
    match areas[..] {
        [] => code_list(&filled),
        [first, ..] if !figures.is_empty() => Some(Refusal::of_file(
            "figures-for-areas",
            format!(
                "the file has figures for areas ({}: {}), not places, boundaries or how many people live there",
                first.name,
                indicator(&filled).unwrap_or_else(|| names(&figures))
            ),
            "Import the boundaries of these areas as GeoJSON. Of figures numbers of people are read: they need a column \
             `area_code`, a column `population` or `all_ages` with ages `0`, `1`, `2` …, and a column `year`.",
        )),
        [first, ..] if placed.len() >= 2 => Some(Refusal::of_file(
            "points-for-areas",
            format!(
                "the file has one point for each area ({}), not its boundary: a point can't contain anything",
                first.name
            ),
            "Import the boundaries of these areas as GeoJSON.",
        )),
        _ => Some(Refusal::of_file(
            "lookup-table",
            format!(
                "the file is a lookup table of areas ({}): it holds neither places nor boundaries",
                names(&areas)
            ),
            "Import the boundaries of these areas as GeoJSON. A lookup of LSOAs and wards is read when its file's name \
             says `best fit` or `lookup`.",
        )),
    }
}

/// What the only indicator of a tidy list is, in its own words: `Population aged 0-15 years, Percentage`.
fn indicator(filled: &[&Column<'_>]) -> Option<String> {
    let only = |word| {
        let column = filled.iter().find(|column| column.says(&[word]) && column.distinct() == 1)?;
        Some(column.values[0].chars().take(100).collect::<String>())
    };
    let indicator = only("indicator")?;
    Some(only("measure").map_or_else(|| indicator.clone(), |measure| format!("{indicator}, {measure}")))
}

const MONEY: &[&str] = &[
    "amount",
    "supplier",
    "gross",
    "net",
    "beneficiary",
    "payee",
    "contractor",
    "vendor",
    "creditor",
    "spend",
];
const FIGURES: &[&str] = &[
    "value",
    "score",
    "rank",
    "electors",
    "population",
    "measure",
    "indicator",
    "count",
    "percentage",
    "rate",
    "sex",
];

/// Codes and what they stand for.
fn code_list(filled: &[&Column<'_>]) -> Option<Refusal> {
    let has = |words: &[&str]| filled.iter().any(|column| column.says(words));
    let codes = has(&["code", "section", "indicator"]) && has(&["title", "name", "description"]);
    (codes && filled.len() <= 8).then(|| {
        Refusal::of_file(
            "code-list",
            "the file is a list of codes and what they stand for, not of places",
            "Import the list in which the codes are used.",
        )
    })
}

/// Whether a table that no profile knows is a list of payments whose columns have other names.
pub(crate) fn is_money(columns: &[Column<'_>]) -> bool {
    let refusal = not_places(columns);
    refusal.is_some_and(|refusal| refusal.finding.rule == "not-spending") && !is_of_contracts(columns)
}
