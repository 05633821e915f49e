//! The parameters of an `items` request, read and checked.

use super::asked::{Asked, Format, HTML, Offer};
use super::crs::{AskedBox, Crs};
use super::{cursor, datetime};
use crate::params::{Params, numbers};
use crate::problem::Problem;
use atlas::{Atlas, Filter, Key, Query, Region, feature};
use model::{AssetId, CategorySet, Days, Kind, Position, Status};

pub(super) const DEFAULT_LIMIT: usize = 1_000;
pub(super) const MAX_LIMIT: usize = 10_000;

/// No one asks for what is further away than this.
const FURTHEST_M: f64 = 100_000.0;

/// A page for people is shorter.
const DEFAULT_LIMIT_HTML: usize = 50;

/// How features are offered.
pub(super) const ITEMS: &[Offer] = &[(Format::Json, "application/geo+json"), HTML, (Format::Csv, "text/csv")];

/// What every `items` request may say, whatever the collection holds.
#[derive(Debug, Clone)]
pub(super) struct Common {
    pub format: Format,
    pub limit: usize,
    pub offset: usize,
    pub cursor: Option<String>,
    pub crs: Crs,
    pub bbox: Option<AskedBox>,
    pub days: Option<Days>,
    /// Only how many there are.
    pub hits_only: bool,
    pub ids: Option<Vec<String>>,
}

impl Common {
    pub fn take(params: &mut Params, asked: &Asked) -> Result<Self, Problem> {
        let whole = |text: &str| text.parse::<usize>().map_err(|_| "this is not a whole number".to_owned());
        let limit = params.take_as("limit", |text| match whole(text)? {
            0 => Err("the least is 1".into()),
            n => Ok(n.min(MAX_LIMIT)),
        })?;
        let bbox_crs = params.take_as("bbox-crs", Crs::parse)?.unwrap_or(Crs::Crs84);
        let format = asked.format(params, ITEMS)?;
        let default = if format == Format::Html { DEFAULT_LIMIT_HTML } else { DEFAULT_LIMIT };
        let common = Self {
            format,
            limit: limit.unwrap_or(default),
            offset: params.take_as("offset", offset)?.unwrap_or(0),
            cursor: params.take("cursor"),
            crs: params.take_as("crs", Crs::parse)?.unwrap_or(Crs::Crs84),
            bbox: params.take_as("bbox", |text| AskedBox::new(bbox_crs, &numbers(text)?))?,
            days: params.take_as("datetime", datetime::parse)?,
            hits_only: params.take_as("resultType", hits_only)?.unwrap_or(false),
            ids: params.take("ids").map(|ids| ids.split(',').map(|id| id.trim().to_owned()).collect()),
        };
        if common.offset > 0 && common.cursor.is_some() {
            return Err(Problem::bad_request("cursor and offset exclude each other"));
        }
        Ok(common)
    }
}

fn hits_only(text: &str) -> Result<bool, String> {
    match text {
        "hits" => Ok(true),
        "results" => Ok(false),
        _ => Err("there are results and hits".into()),
    }
}

/// So far nobody counts; what lies further is reached by next links.
const FURTHEST_OFFSET: usize = 10_000_000;

fn offset(text: &str) -> Result<usize, String> {
    let offset = text.parse().ok().filter(|n| *n <= FURTHEST_OFFSET);
    offset.ok_or_else(|| format!("this is not a whole number from 0 to {FURTHEST_OFFSET}"))
}

/// A request for assets.
#[derive(Debug, Clone)]
pub(super) struct AssetsRequest {
    pub common: Common,
    pub query: Query,
    pub after: Option<Key>,
}

impl AssetsRequest {
    /// `kind` is that of the collection, if it holds only one.
    pub fn parse(atlas: &Atlas, kind: Option<Kind>, asked: &Asked) -> Result<Self, Problem> {
        let mut params = Params::parse(asked.query.as_deref())?;
        let common = Common::take(&mut params, asked)?;
        let after = common.cursor.as_deref().map(cursor::read_key).transpose();
        let after = after.map_err(|why| Problem::bad_request(format!("cursor: {why}")))?;
        let region = region(atlas, &mut params)?;
        let mut filter = filter(kind, &mut params)?;
        filter.days = common.days;
        filter.ids = common.ids.as_deref().map(asset_ids);
        params.finish()?;
        let bbox = common.bbox.map(|asked| asked.lonlat());
        Ok(Self { query: Query { filter, region, bbox }, common, after })
    }
}

/// Those that can be ids of assets, in order.
fn asset_ids(texts: &[String]) -> Vec<u128> {
    let mut ids: Vec<u128> =
        texts.iter().filter_map(|text| AssetId::parse(text)).map(|id| id.as_u128()).collect();
    ids.sort_unstable();
    ids
}

fn region(atlas: &Atlas, params: &mut Params) -> Result<Region, Problem> {
    let locality = params.take_as("locality", |id| {
        atlas
            .locality(id)
            .ok_or_else(|| "no area with this code is loaded; /api/search?q= finds areas".to_owned())
    })?;
    let within_m = params.take_as("within_m", metres)?;
    let near = params.take_as("near", near)?;
    match (locality, near, within_m) {
        (Some(_), Some(_), _) => Err(Problem::bad_request("locality and near exclude each other")),
        (Some(area), None, within_m) => Ok(Region::Around { area, within_m: within_m.unwrap_or(0.0) }),
        (None, Some((point, radius)), None) => Ok(Region::Near { point, within_m: radius }),
        (None, Some((point, None)), within_m) => Ok(Region::Near { point, within_m }),
        (None, Some((_, Some(_))), Some(_)) => {
            Err(Problem::bad_request("the distance stands twice: in near and in within_m"))
        }
        (None, None, Some(_)) => {
            Err(Problem::bad_request("within_m needs a locality or near to measure from"))
        }
        (None, None, None) => Ok(Region::Everywhere),
    }
}

fn metres(text: &str) -> Result<f64, String> {
    let metres = text.parse::<f64>().ok().filter(|m| (0.0..=FURTHEST_M).contains(m));
    metres.ok_or_else(|| format!("this is not a distance in metres from 0 to {FURTHEST_M}"))
}

fn near(text: &str) -> Result<(Position, Option<f64>), String> {
    let numbers = numbers(text)?;
    let (lon, lat, radius) = match numbers[..] {
        [lon, lat] => (lon, lat, None),
        [lon, lat, radius] => (lon, lat, Some(metres(&radius.to_string())?)),
        _ => return Err("this takes longitude,latitude and perhaps metres".into()),
    };
    Ok((Position::new(lon, lat).map_err(|e| e.to_string())?, radius))
}

fn filter(collection: Option<Kind>, params: &mut Params) -> Result<Filter, Problem> {
    let asked = params.take_as("kind", kinds)?.flatten();
    let kind = match (collection, asked) {
        (Some(of_collection), Some(asked)) if of_collection != asked => {
            return Err(Problem::bad_request(format!(
                "this collection holds {}s only",
                of_collection.as_str()
            )));
        }
        (of_collection, asked) => of_collection.or(asked),
    };
    let category = |text: &str| {
        CategorySet::parse_query(text)
            .map_err(|word| format!("there is no category {word}; /api/categories lists them"))
    };
    let status = |text: &str| Status::parse(text).ok_or_else(|| "there are open and closed".to_owned());
    let mut filter = Filter {
        kind,
        categories: params.take_as("category", category)?,
        status: params.take_as("status", status)?,
        ..Filter::default()
    };
    let by_column = ["kind", "category", "status"];
    for property in feature::PROPERTIES.iter().filter(|p| p.queryable && !by_column.contains(&p.name)) {
        if let Some(text) = params.take(property.name) {
            filter.equal.push((property.name, text));
        }
    }
    Ok(filter)
}

/// `group`, `building`, or both: then no kind is asked for.
fn kinds(text: &str) -> Result<Option<Kind>, String> {
    let kind = |word: &str| {
        Kind::parse(word.trim()).ok_or_else(|| format!("{word:?} is neither group nor building"))
    };
    let mut kinds: Vec<Kind> = text.split(',').map(kind).collect::<Result<_, _>>()?;
    kinds.sort();
    kinds.dedup();
    Ok(if let [one] = kinds[..] { Some(one) } else { None })
}
