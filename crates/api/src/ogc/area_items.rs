//! Items whose geometry is an area: boundaries, and the money that is spent inside them.

use super::asked::{Asked, Format};
use super::collections::Collection;
use super::items::{Sheet, Start, Turns, table_response};
use super::query::Common;
use super::{csv, cursor, geojson, schema};
use crate::AppState;
use crate::params::Params;
use crate::problem::Problem;
use crate::spend::{Money, read, strict};
use app::money::{Ask, Class, Spending};
use atlas::{Atlas, Bbox, Place};
use axum::response::Response;
use model::{Days, Level};
use serde_json::{Value, json};
use std::collections::HashMap;

/// The boundaries of a level.
pub(super) fn areas(atlas: &Atlas, of: Collection, level: Level, asked: &Asked) -> Result<Response, Problem> {
    let mut params = Params::parse(asked.query.as_deref())?;
    let common = Common::take(&mut params, asked)?;
    let wanted = ["area_id", "code", "name", "vintage", "source"].map(|name| (name, params.take(name)));
    let part_of = params.take("part_of");
    params.finish()?;
    let is_wanted = |place: &&Place| {
        let vintage = place.vintage().to_string();
        let own = [&place.id, place.code(), &place.name, vintage.as_str(), &place.source];
        let in_area = |code: &String| {
            let ix = atlas.locality(&place.id).expect("it is one of this atlas");
            atlas.part_of(ix).iter().any(|(of, _)| of == code)
        };
        wanted.iter().zip(own).all(|((_, value), own)| value.as_deref().is_none_or(|value| value == own))
            && part_of.as_ref().is_none_or(in_area)
    };
    let places = atlas.places_of(level).iter().filter(is_wanted).collect();
    answer(atlas, of, asked, &common, places, |place| geojson::place_properties(atlas, place))
}

/// What is spent in the areas of a level.
pub(super) async fn spend(
    state: &AppState,
    money: Money,
    of: Collection,
    asked: &Asked,
) -> Result<Response, Problem> {
    let atlas = &money.atlas;
    let mut params = Params::parse(asked.query.as_deref())?;
    let common = Common::take(&mut params, asked)?;
    let ask = strict(read(&mut params, atlas))?;
    let wanted = ["area_id", "code", "name"].map(|name| params.take(name));
    params.finish()?;
    let spending = money.spending(state, &ask).await??;
    let said = properties(&money, &ask, &spending);
    let is_wanted = |place: &&Place| {
        let own = [&place.id, place.code(), &place.name];
        wanted.iter().zip(own).all(|(value, own)| value.as_deref().is_none_or(|value| value == own))
    };
    let places = said.keys().map(|ix| atlas.place(*ix));
    let mut places: Vec<&Place> = places.filter(is_wanted).collect();
    places.sort_by_key(order);
    answer(atlas, of, asked, &common, places, |place| {
        let ix = atlas.locality(&place.id).expect("it is one of this atlas");
        said.get(&ix).cloned().unwrap_or_default()
    })
}

/// What each area's feature says, by the area's newest boundary.
pub(super) fn properties(money: &Money, ask: &Ask, spending: &Spending) -> HashMap<u32, Value> {
    let atlas = &money.atlas;
    let allocation = money.ledger.allocation.as_ref().map(|allocation| allocation.allocation);
    let of_area = |area: &app::money::AreaSpend| {
        let ix = atlas.locality(area.code.as_str())?;
        let place = atlas.place(ix);
        let mut said = json!({
            "area_id": place.id,
            "level": spending.level.as_str(),
            "year": spending.year.map(|year| year.to_string()),
            "months_held": spending.months.len(),
            "basis": spending.basis.as_str(),
            "payer": ask.payer,
            "service": ask.service,
            "class": ask.class.map(Class::as_str),
            "allocation": allocation,
            "source": place.source,
        });
        if let (Value::Object(said), Value::Object(own)) = (&mut said, area.to_json()) {
            said.extend(own);
        }
        Some((ix, said))
    };
    spending.areas.iter().filter_map(of_area).collect()
}

fn order(place: &&Place) -> (String, model::Vintage) {
    (place.code().to_owned(), place.vintage())
}

/// A page of areas, in the order of code and vintage, and so of the id.
fn answer(
    atlas: &Atlas,
    of: Collection,
    asked: &Asked,
    common: &Common,
    mut matching: Vec<&Place>,
    say: impl Fn(&Place) -> Value,
) -> Result<Response, Problem> {
    let after = common.cursor.as_deref().map(cursor::read_text).transpose();
    let after = after.map_err(|why| Problem::bad_request(format!("cursor: {why}")))?;
    let boxes = common.bbox.map(|asked| asked.lonlat_parts());
    let in_a_box = |place: &Place| boxes.as_ref().is_none_or(|all| all.iter().any(|b| touches(place, *b)));
    // What has no date may be of any.
    let of_days = |place: &Place, days: Days| place.as_of.is_none_or(|date| Days::of(date).meets(days));
    matching.retain(|place| {
        common.ids.as_ref().is_none_or(|ids| ids.contains(&place.id))
            && common.days.is_none_or(|days| of_days(place, days))
            && in_a_box(place)
    });
    let matched = matching.len() as u64;
    if common.hits_only {
        let sheet = Sheet::hits(of, matched, common.crs);
        return Ok(sheet.respond(atlas, asked, common.format, &Turns::default()));
    }
    let first = after.as_ref().map_or(common.offset, |id| {
        let at = atlas.locality(id).map(|ix| atlas.place(ix));
        at.map_or(matching.len(), |last| matching.partition_point(|place| order(place) <= order(&last)))
    });
    let cursor_at = |end: usize| cursor::write_text(&matching[end - 1].id);
    let before = match after.is_some() {
        true if first > common.limit => Some(Start::After(cursor_at(first - common.limit))),
        true => (first > 0).then_some(Start::First),
        false => Start::before_offset(first, common.limit),
    };
    let page: Vec<&Place> = matching.iter().skip(first).take(common.limit).copied().collect();
    let next = |written: usize| {
        let end = first + written;
        (written > 0 && end < matching.len()).then(|| cursor_at(end))
    };
    if common.format == Format::Csv {
        let turns = Turns { before, next: next(page.len()) };
        let table = csv::areas(atlas, &page, &schema::properties_of(of), say);
        return Ok(table_response(asked, of, table, matched, page.len(), &turns));
    }
    let mut sheet = Sheet::new(of, matched, common.crs, 1 << 16);
    for place in page {
        sheet.separate();
        geojson::write_place(&mut sheet.text, place, say(place), common.crs);
        if sheet.is_full() {
            break;
        }
    }
    let turns = Turns { before, next: next(sheet.returned) };
    Ok(sheet.respond(atlas, asked, common.format, &turns))
}

fn touches(place: &Place, bbox: Bbox) -> bool {
    place.bbox().overlaps(&bbox) && place.touches_box(&bbox)
}
