//! Money as rows and back: see [`crate::rows`].

use crate::rows::{Put, Take};
use crate::{Placed, StoreError, Weights};
use model::{
    AreaCode, AssetId, OrgId, PartialDate, Payee, Pence, PopulationRecord, Position, Postcode, SpendKind,
    SpendRecord, Standing, StatedPlace,
};

/// The columns of lines, in the order in which [`put_spend`] and [`take_spend`] go through them.
pub const SPEND: &str = "kind, payer, standing, payee, identifiers, pence, date, unit, category, purpose, \
     capital_revenue, reference, places, payee_postcode, source, record_key";

/// The number of columns in [`SPEND`].
pub const SPEND_WIDTH: usize = 16;

/// The columns of populations, as [`put_population`] and [`take_population`] go through them.
pub const POPULATION: &str = "area, year, total, by_age, by_band, source";

/// The number of columns in [`POPULATION`].
pub const POPULATION_WIDTH: usize = 6;

/// The columns of weights, as [`take_weights`] goes through them.
pub const WEIGHTS: &str = "id, name, year, scope, weights";

/// Weights from the columns of [`WEIGHTS`].
pub fn take_weights(row: &mut impl Take) -> Result<Weights, StoreError> {
    Ok(Weights {
        id: row.required()?,
        name: row.required()?,
        year: row.number()?,
        scope: row.areas()?,
        weights: row.word("list of weights", |json| serde_json::from_str(json).ok())?,
    })
}

/// The columns of placements, as [`take_placed`] goes through them.
pub const PLACED: &str = "service, class, mapped_by, method, rule, target, weight_set, asset, voluntary";

/// The number of columns in [`PLACED`].
pub const PLACED_WIDTH: usize = 9;

/// Writes the columns of [`SPEND`]: all that may tell who is paid only when the payee may be named.
pub fn put_spend<P: Put>(row: &mut P, spend: &SpendRecord) -> Result<(), P::Error> {
    let named = (spend.payee.standing == Standing::Named).then_some(());
    let if_named = |text: Option<&'_ str>| text.filter(|_| named.is_some()).map(str::to_owned);
    let places: Vec<String> = spend.places.iter().map(place_text).collect();
    let identifiers = spend.payee.identifiers.iter().filter(|_| named.is_some());
    row.text(Some(spend.kind.as_str()))?;
    row.text(Some(&spend.payer))?;
    row.text(Some(spend.payee.standing.as_str()))?;
    row.text(if_named(Some(&spend.payee.name)).as_deref())?;
    row.list(identifiers.map(OrgId::as_str))?;
    row.integer(spend.pence.0)?;
    row.date(Some(spend.date))?;
    row.text(spend.unit.as_deref())?;
    row.text(spend.category.as_deref())?;
    row.text(if_named(spend.purpose.as_deref()).as_deref())?;
    row.text(spend.is_capital.map(|is| if is { CAPITAL } else { REVENUE }))?;
    row.text(if_named(spend.reference.as_deref()).as_deref())?;
    row.list(places.iter().map(String::as_str))?;
    row.text(if_named(spend.payee_postcode.as_ref().map(Postcode::as_str)).as_deref())?;
    row.text(Some(&spend.source))?;
    row.text(Some(&spend.key))
}

/// A line from the columns of [`SPEND`].
pub fn take_spend(row: &mut impl Take) -> Result<SpendRecord, StoreError> {
    let kind = row.word("kind of spend", SpendKind::parse)?;
    let payer = row.required()?;
    let standing = row.word("standing of a payee", Standing::parse)?;
    let name = row.owned()?.unwrap_or_default();
    let identifiers = row.list("organisation identifier", |id| OrgId::parse(id).ok())?;
    Ok(SpendRecord {
        kind,
        payer,
        payee: Payee { standing, name, identifiers },
        pence: Pence(row.integer()?),
        date: row.word("date", |date| PartialDate::parse(date).ok())?,
        unit: row.owned()?,
        category: row.owned()?,
        purpose: row.owned()?,
        is_capital: row.parse("capital or revenue", is_capital)?,
        reference: row.owned()?,
        places: row.list("place", read_place)?,
        payee_postcode: row.postcode()?,
        source: row.required()?,
        key: row.required()?,
    })
}

const CAPITAL: &str = "capital";
const REVENUE: &str = "revenue";

fn is_capital(word: &str) -> Option<bool> {
    match word {
        CAPITAL => Some(true),
        REVENUE => Some(false),
        _ => None,
    }
}

fn place_text(place: &StatedPlace) -> String {
    match place {
        StatedPlace::Area(code) => code.to_string(),
        StatedPlace::Postcode(postcode) => postcode.as_str().to_owned(),
        StatedPlace::Point(position) => format!("{} {}", position.lon(), position.lat()),
    }
}

/// The reverse of [`place_text`]. No postcode is two numbers, and no area code a postcode.
fn read_place(text: &str) -> Option<StatedPlace> {
    if let Ok(code) = AreaCode::parse(text) {
        return Some(StatedPlace::Area(code));
    }
    if let Some((lon, lat)) = text.split_once(' ')
        && let (Ok(lon), Ok(lat)) = (lon.parse(), lat.parse())
    {
        return Position::new(lon, lat).ok().map(StatedPlace::Point);
    }
    Postcode::parse(text).ok().map(StatedPlace::Postcode)
}

/// Writes the columns of [`POPULATION`].
pub fn put_population<P: Put>(row: &mut P, people: &PopulationRecord) -> Result<(), P::Error> {
    let by_age = (!people.by_age.is_empty()).then(|| serde_json::json!(people.by_age).to_string());
    let by_band = (!people.by_band.is_empty()).then(|| serde_json::json!(people.by_band).to_string());
    row.text(Some(people.area.as_str()))?;
    row.number(people.year)?;
    row.integer(i64::from(people.total))?;
    row.json(by_age)?;
    row.json(by_band)?;
    row.text(Some(&people.source))
}

/// A population from the columns of [`POPULATION`].
pub fn take_population(row: &mut impl Take) -> Result<PopulationRecord, StoreError> {
    let area = row.word("area code", |code| AreaCode::parse(code).ok())?;
    let year = row.number()?;
    let total = row.integer()?;
    let by_age = row.parse("people by age", |json| serde_json::from_str(json).ok())?;
    let by_band = row.parse("people by band of ages", |json| serde_json::from_str(json).ok())?;
    Ok(PopulationRecord {
        source: row.required()?,
        area,
        year,
        total: u32::try_from(total).map_err(|_| StoreError::unreadable("population", &total.to_string()))?,
        by_age: by_age.unwrap_or_default(),
        by_band: by_band.unwrap_or_default(),
    })
}

/// Writes the columns of [`PLACED`].
pub fn put_placed<P: Put>(row: &mut P, placed: &Placed) -> Result<(), P::Error> {
    row.text(placed.service.as_deref())?;
    row.text(Some(&placed.class))?;
    row.text(placed.mapped_by.as_deref())?;
    row.text(Some(&placed.method))?;
    row.text(Some(&placed.rule))?;
    row.text(Some(&placed.target.to_string()))?;
    row.text(placed.weight_set.as_deref())?;
    row.text(placed.asset.map(|id| id.to_string()).as_deref())?;
    row.flag(placed.is_voluntary)
}

/// A placement from the columns of [`PLACED`]; `None` where the line has none.
pub fn take_placed(row: &mut impl Take) -> Result<Option<Placed>, StoreError> {
    let service = row.owned()?;
    let class = row.owned()?;
    let mapped_by = row.owned()?;
    let method = row.owned()?;
    let rule = row.owned()?;
    let target = row.parse("place of money", |json| serde_json::from_str(json).ok())?;
    let weight_set = row.owned()?;
    let asset = row.parse("asset id", AssetId::parse)?;
    let is_voluntary = row.flag_if_any()?.unwrap_or_default();
    let Some((((class, method), rule), target)) = class.zip(method).zip(rule).zip(target) else {
        return Ok(None);
    };
    Ok(Some(Placed { service, class, mapped_by, method, rule, target, weight_set, asset, is_voluntary }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_read_back_as_they_were() {
        let places = [
            StatedPlace::Area(AreaCode::parse("E05015239").unwrap()),
            StatedPlace::Postcode(Postcode::parse("M33 7ZF").unwrap()),
            StatedPlace::Point(Position::new(-2.3125, 53.4).unwrap()),
            StatedPlace::Point(Position::new(-2.0, 53.0).unwrap()),
        ];
        for place in places {
            assert_eq!(read_place(&place_text(&place)), Some(place));
        }
        assert_eq!(read_place("somewhere"), None);
    }
}
