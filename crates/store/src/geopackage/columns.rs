//! Records as rows and back. Lists are one text, joined by commas; a comma within an item is written `%2C`.

use super::blob;
use crate::StoreError;
use model::{
    AreaCode, AssetRecord, Category, CategorySet, Facility, Fingerprint, Kind, Level, LocalityKey,
    LocalityRecord, Located, OrgId, PartialDate, Position, PositionQuality, Postcode, PostcodeRecord,
    RecordKind, Source, Status, Uprn, Vintage, Visibility,
};
use rusqlite::{Row, Statement, params};
use std::borrow::Cow;

/// The columns that assets have in every table that holds them, in the order in which [`read_asset`] takes them
/// and [`stage_asset`] gives them.
pub const ASSET: &str = "kind, name, summary, categories, address, postcode, postcode_text, uprn, website, email, \
     phone, opening_hours, facilities, serves, identifiers, status, as_of, position_quality, source, record_key, \
     own_lon, own_lat, geom";

/// The number of columns in [`ASSET`].
pub const ASSET_WIDTH: usize = 23;

/// The columns of areas, in the order in which [`read_locality`] takes them and [`stage_locality`] gives them.
pub const LOCALITY: &str = "locality, level, code, vintage, name, parents, source, record_key, as_of, geom";

/// The columns of postcodes, in the order in which [`read_postcode`] takes them and [`stage_postcode`] gives them.
pub const POSTCODE: &str = "postcode, lon, lat, ward, district, lsoa, msoa, terminated";

/// The columns of sources, in the order in which [`read_source`] takes them.
pub const SOURCE: &str = "id, title, publisher, licence, attribution, kind, covers, area_names, as_of";

/// What stands before the columns of a staged row: its line, its fingerprint and the row as published.
pub struct Staging<'a> {
    pub line: u64,
    pub fingerprint: Fingerprint,
    pub raw: &'a str,
}

/// Runs an insert of id, half, visibility, correspondence, line, fingerprint, raw and [`ASSET`].
pub fn stage_asset(
    insert: &mut Statement<'_>,
    row: &Staging<'_>,
    asset: &AssetRecord,
    located: Option<Located>,
) -> rusqlite::Result<usize> {
    let categories: Vec<&str> = asset.categories.iter().map(Category::id).collect();
    let facilities = (!asset.facilities.is_empty())
        .then(|| serde_json::to_string(&asset.facilities).expect("labels and values are text"));
    let id = asset.id();
    insert.execute(params![
        id.to_string(),
        id.as_u128() as i64,
        asset.visibility.as_str(),
        asset.correspondence.as_ref().map(Postcode::as_str),
        row.line,
        row.fingerprint.0,
        row.raw,
        asset.kind.as_str(),
        asset.name,
        asset.summary,
        join(categories),
        asset.address,
        asset.postcode.as_ref().map(Postcode::as_str),
        asset.postcode_text,
        asset.uprn.as_ref().map(Uprn::as_str),
        asset.website,
        asset.email,
        asset.phone,
        asset.opening_hours,
        facilities,
        join(asset.serves.iter().map(AreaCode::as_str)),
        join(asset.identifiers.iter().map(OrgId::as_str)),
        asset.status.as_str(),
        asset.as_of.map(|d| d.to_string()),
        located.map(|l| l.quality.as_str()),
        asset.source,
        asset.key,
        asset.position.map(Position::lon),
        asset.position.map(Position::lat),
        located.map(|l| blob::point(l.position)),
    ])
}

/// An asset from the columns of [`ASSET`], the first of which is number `at`.
pub fn read_asset(row: &Row<'_>, at: usize) -> Result<(AssetRecord, Option<Located>), StoreError> {
    let mut cells = Cells { row, at };
    let kind = cells.word("kind", Kind::parse)?;
    let name = cells.required()?;
    let summary = cells.text()?;
    let categories: CategorySet =
        cells.str()?.into_iter().flat_map(|ids| ids.split(',')).filter_map(Category::parse).collect();
    let address = cells.text()?;
    let postcode = cells.parse("postcode", |t| Postcode::parse(t).ok())?;
    let postcode_text = cells.text()?;
    let uprn = cells.parse("UPRN", |t| Uprn::parse(t).ok())?;
    let website = cells.text()?;
    let email = cells.text()?;
    let phone = cells.text()?;
    let opening_hours = cells.text()?;
    let facilities: Vec<Facility> =
        cells.parse("list of facilities", |json| serde_json::from_str(json).ok())?.unwrap_or_default();
    let serves = cells.list("area code", |code| AreaCode::parse(code).ok())?;
    let identifiers = cells.list("organisation identifier", |id| OrgId::parse(id).ok())?;
    let status = cells.word("status", Status::parse)?;
    let as_of = cells.date()?;
    let quality = cells.parse("position quality", PositionQuality::parse)?;
    let source = cells.required()?;
    let key = cells.required()?;
    let position = cells.position()?;
    let point =
        cells.blob()?.map(|b| blob::read_point(b).ok_or_else(|| StoreError::unreadable("point", "geom")));
    let located = point.transpose()?.zip(quality).map(|(position, quality)| Located { position, quality });
    let record = AssetRecord {
        source,
        key,
        kind,
        visibility: Visibility::Public,
        name,
        summary,
        categories,
        address,
        postcode,
        postcode_text,
        uprn,
        position,
        correspondence: None,
        website,
        email,
        phone,
        opening_hours,
        facilities,
        serves,
        identifiers,
        status,
        as_of,
    };
    Ok((record, located))
}

/// Runs an insert of id, line, fingerprint, raw and [`LOCALITY`].
pub fn stage_locality(
    insert: &mut Statement<'_>,
    row: &Staging<'_>,
    area: &LocalityRecord,
) -> rusqlite::Result<usize> {
    insert.execute(params![
        model::AssetId::of(&area.source, &area.key).to_string(),
        row.line,
        row.fingerprint.0,
        row.raw,
        area.locality.id(),
        area.locality.level.as_str(),
        area.locality.code,
        area.locality.vintage.year(),
        area.name,
        join(area.parents.iter().map(AreaCode::as_str)),
        area.source,
        area.key,
        area.as_of.map(|d| d.to_string()),
        blob::multi_polygon(&area.boundary),
    ])
}

/// An area from the columns of [`LOCALITY`].
pub fn read_locality(row: &Row<'_>) -> Result<LocalityRecord, StoreError> {
    let mut cells = Cells { row, at: 0 };
    let _id = cells.str()?;
    let level = cells.word("level", Level::parse)?;
    let code = cells.required()?;
    let year: u16 = cells.number()?;
    let vintage = Vintage::from_year(year)
        .ok_or_else(|| StoreError::unreadable("year of boundaries", &year.to_string()))?;
    Ok(LocalityRecord {
        locality: LocalityKey { level, code, vintage },
        name: cells.required()?,
        parents: cells.list("area code", |code| AreaCode::parse(code).ok())?,
        source: cells.required()?,
        key: cells.required()?,
        as_of: cells.date()?,
        boundary: cells
            .blob()?
            .and_then(blob::read_multi_polygon)
            .ok_or_else(|| StoreError::unreadable("boundary", "geom"))?,
    })
}

/// Runs an insert of fingerprint and [`POSTCODE`].
pub fn stage_postcode(
    insert: &mut Statement<'_>,
    fingerprint: Fingerprint,
    postcode: &PostcodeRecord,
) -> rusqlite::Result<usize> {
    insert.execute(params![
        fingerprint.0,
        postcode.postcode.as_str(),
        postcode.position.map(Position::lon),
        postcode.position.map(Position::lat),
        postcode.ward.as_ref().map(AreaCode::as_str),
        postcode.district.as_ref().map(AreaCode::as_str),
        postcode.lsoa.as_ref().map(AreaCode::as_str),
        postcode.msoa.as_ref().map(AreaCode::as_str),
        postcode.terminated,
    ])
}

/// A postcode from the columns of [`POSTCODE`].
pub fn read_postcode(row: &Row<'_>) -> Result<PostcodeRecord, StoreError> {
    let mut cells = Cells { row, at: 0 };
    let postcode = cells.parse("postcode", |t| Postcode::parse(t).ok())?;
    Ok(PostcodeRecord {
        postcode: postcode.ok_or_else(|| StoreError::unreadable("postcode", ""))?,
        position: cells.position()?,
        ward: cells.area()?,
        district: cells.area()?,
        lsoa: cells.area()?,
        msoa: cells.area()?,
        terminated: cells.number()?,
    })
}

/// A source from the columns of [`SOURCE`].
pub fn read_source(row: &Row<'_>) -> Result<Source, StoreError> {
    let mut cells = Cells { row, at: 0 };
    Ok(Source {
        id: cells.required()?,
        title: cells.required()?,
        publisher: cells.text()?,
        licence: cells.text()?,
        attribution: cells.text()?,
        kind: cells.word("kind of source", RecordKind::parse)?,
        covers: cells.list("area code", |code| AreaCode::parse(code).ok())?,
        area_names: cells
            .parse("list of area names", |json| serde_json::from_str(json).ok())?
            .unwrap_or_default(),
        as_of: cells.date()?,
    })
}

/// A list as one text; `None` when it is empty.
pub fn join<'a>(items: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let mut list = String::new();
    for item in items {
        if !list.is_empty() {
            list.push(',');
        }
        match item.contains([',', '%']) {
            true => list.push_str(&item.replace('%', "%25").replace(',', "%2C")),
            false => list.push_str(item),
        }
    }
    (!list.is_empty()).then_some(list)
}

/// An item of a list as it was before [`join`].
fn plain(item: &str) -> Cow<'_, str> {
    match item.contains('%') {
        true => item.replace("%2C", ",").replace("%25", "%").into(),
        false => item.into(),
    }
}

/// The cells of a row, one after another.
struct Cells<'a> {
    row: &'a Row<'a>,
    at: usize,
}

impl<'a> Cells<'a> {
    fn next(&mut self) -> Result<rusqlite::types::ValueRef<'a>, StoreError> {
        let cell = self.row.get_ref(self.at).map_err(|e| StoreError::unreadable("row", &e.to_string()))?;
        self.at += 1;
        Ok(cell)
    }

    fn str(&mut self) -> Result<Option<&'a str>, StoreError> {
        self.next()?.as_str_or_null().map_err(|e| StoreError::unreadable("text", &e.to_string()))
    }

    fn blob(&mut self) -> Result<Option<&'a [u8]>, StoreError> {
        self.next()?.as_blob_or_null().map_err(|e| StoreError::unreadable("geometry", &e.to_string()))
    }

    fn text(&mut self) -> Result<Option<String>, StoreError> {
        Ok(self.str()?.map(str::to_owned))
    }

    fn required(&mut self) -> Result<String, StoreError> {
        self.text()?.ok_or_else(|| StoreError::unreadable("text", ""))
    }

    fn number<N: rusqlite::types::FromSql>(&mut self) -> Result<N, StoreError> {
        let cell = self.next()?;
        N::column_result(cell).map_err(|e| StoreError::unreadable("number", &e.to_string()))
    }

    fn parse<T>(&mut self, what: &str, parse: impl Fn(&str) -> Option<T>) -> Result<Option<T>, StoreError> {
        self.str()?.map(|text| parse(text).ok_or_else(|| StoreError::unreadable(what, text))).transpose()
    }

    fn word<T>(&mut self, what: &str, parse: impl Fn(&str) -> Option<T>) -> Result<T, StoreError> {
        self.parse(what, parse)?.ok_or_else(|| StoreError::unreadable(what, ""))
    }

    fn list<T>(&mut self, what: &str, parse: impl Fn(&str) -> Option<T>) -> Result<Vec<T>, StoreError> {
        let items = self.str()?.into_iter().flat_map(|list| list.split(','));
        items.map(|item| parse(&plain(item)).ok_or_else(|| StoreError::unreadable(what, item))).collect()
    }

    fn area(&mut self) -> Result<Option<AreaCode>, StoreError> {
        self.parse("area code", |code| AreaCode::parse(code).ok())
    }

    fn date(&mut self) -> Result<Option<PartialDate>, StoreError> {
        self.parse("date", |date| PartialDate::parse(date).ok())
    }

    fn position(&mut self) -> Result<Option<Position>, StoreError> {
        let (lon, lat): (Option<f64>, Option<f64>) = (self.number()?, self.number()?);
        let position = lon.zip(lat).map(|(lon, lat)| Position::new(lon, lat));
        position.transpose().map_err(|e| StoreError::unreadable("position", &e.to_string()))
    }
}
