//! Records as rows and back, the same columns in the same order in every home. How a cell is kept is the home's own
//! matter: it writes through [`Put`] and reads through [`Take`].

use crate::StoreError;
use geo_types::MultiPolygon;
use model::{
    AreaCode, AssetRecord, Category, CategorySet, Facility, Kind, Level, LocalityKey, LocalityRecord,
    Located, OrgId, PartialDate, Position, PositionQuality, Postcode, PostcodeRecord, RecordKind, Source,
    Status, Uprn, Vintage, Visibility,
};

/// The columns of assets, in the order in which [`take_asset`] and [`put_asset`] go through them.
pub const ASSET: &str = "kind, name, summary, categories, address, postcode, postcode_text, uprn, website, email, \
     phone, opening_hours, facilities, serves, identifiers, status, as_of, position_quality, source, record_key, \
     own_lon, own_lat, geom";

/// The number of columns in [`ASSET`].
pub const ASSET_WIDTH: usize = 23;

/// The columns of areas, as [`take_locality`] and [`put_locality`] go through them.
pub const LOCALITY: &str = "locality, level, code, vintage, name, parents, source, record_key, as_of, geom";

/// The number of columns in [`LOCALITY`].
pub const LOCALITY_WIDTH: usize = 10;

/// The columns of postcodes, as [`take_postcode`] and [`put_postcode`] go through them.
pub const POSTCODE: &str = "postcode, lon, lat, ward, district, lsoa, msoa, terminated";

/// The number of columns in [`POSTCODE`].
pub const POSTCODE_WIDTH: usize = 8;

/// The columns of sources, as [`take_source`] and [`put_source`] go through them.
pub const SOURCE: &str = "id, title, publisher, licence, attribution, kind, covers, area_names, as_of";

/// The number of columns in [`SOURCE`].
pub const SOURCE_WIDTH: usize = 9;

/// `a, b` as `table.a, table.b`.
pub fn of(table: &str, columns: &str) -> String {
    columns.split(", ").map(|column| format!("{table}.{column}")).collect::<Vec<_>>().join(", ")
}

/// For an upsert: each of the columns becomes the new row's.
pub fn set_excluded(columns: &str) -> String {
    columns.split(", ").map(|column| format!("{column} = excluded.{column}")).collect::<Vec<_>>().join(", ")
}

/// A row that is being written, one cell after another.
pub trait Put {
    /// Why a cell cannot be written.
    type Error;

    fn text(&mut self, text: Option<&str>) -> Result<(), Self::Error>;
    fn list<'a>(&mut self, items: impl IntoIterator<Item = &'a str>) -> Result<(), Self::Error>;
    fn json(&mut self, json: Option<String>) -> Result<(), Self::Error>;
    fn number(&mut self, number: u16) -> Result<(), Self::Error>;
    fn integer(&mut self, number: i64) -> Result<(), Self::Error>;
    fn degrees(&mut self, degrees: Option<f64>) -> Result<(), Self::Error>;
    fn flag(&mut self, flag: bool) -> Result<(), Self::Error>;
    fn point(&mut self, position: Option<Position>) -> Result<(), Self::Error>;
    fn shape(&mut self, shape: &MultiPolygon<f64>) -> Result<(), Self::Error>;

    /// Longitude, then latitude.
    fn position(&mut self, position: Option<Position>) -> Result<(), Self::Error> {
        self.degrees(position.map(Position::lon))?;
        self.degrees(position.map(Position::lat))
    }

    fn date(&mut self, date: Option<PartialDate>) -> Result<(), Self::Error> {
        self.text(date.map(|d| d.to_string()).as_deref())
    }

    fn area(&mut self, code: Option<&AreaCode>) -> Result<(), Self::Error> {
        self.text(code.map(AreaCode::as_str))
    }
}

/// A row that is being read, one cell after another.
pub trait Take {
    fn text(&mut self) -> Result<Option<&str>, StoreError>;
    fn number(&mut self) -> Result<u16, StoreError>;
    fn integer(&mut self) -> Result<i64, StoreError>;
    fn degrees(&mut self) -> Result<Option<f64>, StoreError>;
    fn flag_if_any(&mut self) -> Result<Option<bool>, StoreError>;
    fn point(&mut self) -> Result<Option<Position>, StoreError>;
    fn shape(&mut self) -> Result<MultiPolygon<f64>, StoreError>;

    /// The items of a list; an item that can't be parsed is an error.
    fn list<T>(&mut self, what: &str, parse: impl Fn(&str) -> Option<T>) -> Result<Vec<T>, StoreError>;

    fn owned(&mut self) -> Result<Option<String>, StoreError> {
        Ok(self.text()?.map(str::to_owned))
    }

    fn required(&mut self) -> Result<String, StoreError> {
        self.owned()?.ok_or_else(|| StoreError::unreadable("text", ""))
    }

    fn parse<T>(&mut self, what: &str, parse: impl Fn(&str) -> Option<T>) -> Result<Option<T>, StoreError> {
        self.text()?.map(|text| parse(text).ok_or_else(|| StoreError::unreadable(what, text))).transpose()
    }

    fn word<T>(&mut self, what: &str, parse: impl Fn(&str) -> Option<T>) -> Result<T, StoreError> {
        self.parse(what, parse)?.ok_or_else(|| StoreError::unreadable(what, ""))
    }

    fn flag(&mut self) -> Result<bool, StoreError> {
        self.flag_if_any()?.ok_or_else(|| StoreError::unreadable("flag", ""))
    }

    fn postcode(&mut self) -> Result<Option<Postcode>, StoreError> {
        self.parse("postcode", |text| Postcode::parse(text).ok())
    }

    fn area(&mut self) -> Result<Option<AreaCode>, StoreError> {
        self.parse("area code", |code| AreaCode::parse(code).ok())
    }

    fn areas(&mut self) -> Result<Vec<AreaCode>, StoreError> {
        self.list("area code", |code| AreaCode::parse(code).ok())
    }

    fn date(&mut self) -> Result<Option<PartialDate>, StoreError> {
        self.parse("date", |date| PartialDate::parse(date).ok())
    }

    fn position(&mut self) -> Result<Option<Position>, StoreError> {
        let (lon, lat) = (self.degrees()?, self.degrees()?);
        let position = lon.zip(lat).map(|(lon, lat)| Position::new(lon, lat));
        position.transpose().map_err(|e| StoreError::unreadable("position", &e.to_string()))
    }
}

/// Writes the columns of [`ASSET`].
pub fn put_asset<P: Put>(row: &mut P, asset: &AssetRecord, located: Option<Located>) -> Result<(), P::Error> {
    let facilities = (!asset.facilities.is_empty())
        .then(|| serde_json::to_string(&asset.facilities).expect("labels and values are text"));
    row.text(Some(asset.kind.as_str()))?;
    row.text(Some(&asset.name))?;
    row.text(asset.summary.as_deref())?;
    row.list(asset.categories.iter().map(Category::id))?;
    row.text(asset.address.as_deref())?;
    row.text(asset.postcode.as_ref().map(Postcode::as_str))?;
    row.text(asset.postcode_text.as_deref())?;
    row.text(asset.uprn.as_ref().map(Uprn::as_str))?;
    row.text(asset.website.as_deref())?;
    row.text(asset.email.as_deref())?;
    row.text(asset.phone.as_deref())?;
    row.text(asset.opening_hours.as_deref())?;
    row.json(facilities)?;
    row.list(asset.serves.iter().map(AreaCode::as_str))?;
    row.list(asset.identifiers.iter().map(OrgId::as_str))?;
    row.text(Some(asset.status.as_str()))?;
    row.date(asset.as_of)?;
    row.text(located.map(|l| l.quality.as_str()))?;
    row.text(Some(&asset.source))?;
    row.text(Some(&asset.key))?;
    row.position(asset.position)?;
    row.point(located.map(|l| l.position))
}

/// A public asset from the columns of [`ASSET`].
pub fn take_asset(row: &mut impl Take) -> Result<(AssetRecord, Option<Located>), StoreError> {
    let kind = row.word("kind", Kind::parse)?;
    let name = row.required()?;
    let summary = row.owned()?;
    // A category that a later version has dropped is left out.
    let categories: CategorySet =
        row.list("category", |id| Some(Category::parse(id)))?.into_iter().flatten().collect();
    let address = row.owned()?;
    let postcode = row.postcode()?;
    let postcode_text = row.owned()?;
    let uprn = row.parse("UPRN", |t| Uprn::parse(t).ok())?;
    let website = row.owned()?;
    let email = row.owned()?;
    let phone = row.owned()?;
    let opening_hours = row.owned()?;
    let facilities: Vec<Facility> =
        row.parse("list of facilities", |json| serde_json::from_str(json).ok())?.unwrap_or_default();
    let serves = row.areas()?;
    let identifiers = row.list("organisation identifier", |id| OrgId::parse(id).ok())?;
    let status = row.word("status", Status::parse)?;
    let as_of = row.date()?;
    let quality = row.parse("position quality", PositionQuality::parse)?;
    let source = row.required()?;
    let key = row.required()?;
    let position = row.position()?;
    let located = row.point()?.zip(quality).map(|(position, quality)| Located { position, quality });
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

/// Writes the columns of [`LOCALITY`].
pub fn put_locality<P: Put>(row: &mut P, area: &LocalityRecord) -> Result<(), P::Error> {
    row.text(Some(&area.locality.id()))?;
    row.text(Some(area.locality.level.as_str()))?;
    row.text(Some(&area.locality.code))?;
    row.number(area.locality.vintage.year())?;
    row.text(Some(&area.name))?;
    row.list(area.parents.iter().map(AreaCode::as_str))?;
    row.text(Some(&area.source))?;
    row.text(Some(&area.key))?;
    row.date(area.as_of)?;
    row.shape(&area.boundary)
}

/// An area from the columns of [`LOCALITY`].
pub fn take_locality(row: &mut impl Take) -> Result<LocalityRecord, StoreError> {
    let _id = row.text()?;
    let level = row.word("level", Level::parse)?;
    let code = row.required()?;
    let year = row.number()?;
    let vintage = Vintage::from_year(year)
        .ok_or_else(|| StoreError::unreadable("year of boundaries", &year.to_string()))?;
    Ok(LocalityRecord {
        locality: LocalityKey { level, code, vintage },
        name: row.required()?,
        parents: row.areas()?,
        source: row.required()?,
        key: row.required()?,
        as_of: row.date()?,
        boundary: row.shape()?,
    })
}

/// Writes the columns of [`POSTCODE`].
pub fn put_postcode<P: Put>(row: &mut P, postcode: &PostcodeRecord) -> Result<(), P::Error> {
    row.text(Some(postcode.postcode.as_str()))?;
    row.position(postcode.position)?;
    row.area(postcode.ward.as_ref())?;
    row.area(postcode.district.as_ref())?;
    row.area(postcode.lsoa.as_ref())?;
    row.area(postcode.msoa.as_ref())?;
    row.flag(postcode.terminated)
}

/// A postcode from the columns of [`POSTCODE`].
pub fn take_postcode(row: &mut impl Take) -> Result<PostcodeRecord, StoreError> {
    Ok(PostcodeRecord {
        postcode: row.postcode()?.ok_or_else(|| StoreError::unreadable("postcode", ""))?,
        position: row.position()?,
        ward: row.area()?,
        district: row.area()?,
        lsoa: row.area()?,
        msoa: row.area()?,
        terminated: row.flag()?,
    })
}

/// Writes the columns of [`SOURCE`].
pub fn put_source<P: Put>(row: &mut P, source: &Source) -> Result<(), P::Error> {
    let area_names = (!source.area_names.is_empty())
        .then(|| serde_json::to_string(&source.area_names).expect("codes and names are text"));
    row.text(Some(&source.id))?;
    row.text(Some(&source.title))?;
    row.text(source.publisher.as_deref())?;
    row.text(source.licence.as_deref())?;
    row.text(source.attribution.as_deref())?;
    row.text(Some(source.kind.as_str()))?;
    row.list(source.covers.iter().map(AreaCode::as_str))?;
    row.json(area_names)?;
    row.date(source.as_of)
}

/// A source from the columns of [`SOURCE`].
pub fn take_source(row: &mut impl Take) -> Result<Source, StoreError> {
    Ok(Source {
        id: row.required()?,
        title: row.required()?,
        publisher: row.owned()?,
        licence: row.owned()?,
        attribution: row.owned()?,
        kind: row.word("kind of source", RecordKind::parse)?,
        covers: row.areas()?,
        area_names: row
            .parse("list of area names", |json| serde_json::from_str(json).ok())?
            .unwrap_or_default(),
        as_of: row.date()?,
    })
}
