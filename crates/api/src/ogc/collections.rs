use super::crs::{self, Crs};
use super::landing::only_f;
use crate::AppState;
use crate::base_url::BaseUrl;
use crate::problem::Problem;
use atlas::{Atlas, Bbox};
use axum::Json;
use axum::extract::{Path, RawQuery, State};
use axum::http::HeaderMap;
use model::{Kind, Level};
use serde_json::{Value, json};

/// What a collection holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Collection {
    /// Groups, buildings, or (`None`) both.
    Assets(Option<Kind>),
    /// The areas of a level.
    Areas(Level),
}

impl Collection {
    /// Those that this atlas has: the three of assets always, and one for each level of which there is an area.
    pub fn all(atlas: &Atlas) -> Vec<Self> {
        let assets = [None, Some(Kind::Group), Some(Kind::Building)].map(Self::Assets);
        assets.into_iter().chain(atlas.levels().into_iter().map(Self::Areas)).collect()
    }

    pub fn find(atlas: &Atlas, id: &str) -> Result<Self, Problem> {
        Self::all(atlas).into_iter().find(|collection| collection.id() == id).ok_or_else(|| {
            Problem::not_found(format!("there is no collection {id}; /ogc/collections lists them"))
        })
    }

    pub fn id(self) -> &'static str {
        match self {
            Self::Assets(None) => "assets",
            Self::Assets(Some(Kind::Group)) => "groups",
            Self::Assets(Some(Kind::Building)) => "buildings",
            Self::Areas(level) => level.collection(),
        }
    }

    fn title(self) -> String {
        match self {
            Self::Assets(None) => "Groups and buildings".into(),
            Self::Assets(Some(Kind::Group)) => "Groups".into(),
            Self::Assets(Some(Kind::Building)) => "Buildings".into(),
            Self::Areas(level) => {
                let many = level.many();
                many[..1].to_uppercase() + &many[1..]
            }
        }
    }

    fn description(self) -> String {
        match self {
            Self::Assets(None) => "Everything that a community has: groups and buildings, as their publishers list them.".into(),
            Self::Assets(Some(Kind::Group)) => "Charities, clubs and other groups. Those known by a register's correspondence address only have no geometry.".into(),
            Self::Assets(Some(Kind::Building)) => "Halls, libraries, council property, land and other places.".into(),
            Self::Areas(level) => format!("Boundaries of {}, the finest that was loaded, with the numbers of groups and buildings inside.", level.many()),
        }
    }

    pub fn count(self, atlas: &Atlas) -> u64 {
        match self {
            Self::Assets(None) => atlas.asset_count() as u64,
            Self::Assets(Some(kind)) => atlas.count_of(kind),
            Self::Areas(level) => atlas.places_of(level).len() as u64,
        }
    }

    /// The box around it, a little larger, so that what lies on its edge is inside whatever the rounding.
    fn extent(self, atlas: &Atlas) -> Option<[f64; 4]> {
        let exact = match self {
            Self::Assets(_) => atlas.assets_bbox(),
            Self::Areas(level) => {
                atlas.places_of(level).iter().fold(Bbox::EMPTY, |all, place| all.joined(&place.bbox()))
            }
        };
        const PAD: f64 = 0.001;
        (!exact.is_empty()).then(|| {
            let down = |n: f64| ((n - PAD) * 1e4).floor() / 1e4;
            let up = |n: f64| ((n + PAD) * 1e4).ceil() / 1e4;
            [down(exact.west), down(exact.south), up(exact.east), up(exact.north)]
        })
    }

    fn describe(self, atlas: &Atlas, base: &BaseUrl) -> Value {
        let path = format!("/ogc/collections/{}", self.id());
        let link = |rel: &str, kind: &str, title: &str, end: &str| json!({"rel": rel, "type": kind, "title": title, "href": base.link(&format!("{path}{end}"))});
        let mut links = vec![
            link("self", "application/json", "This collection", ""),
            link("items", "application/geo+json", "Its features", "/items"),
            link("describedby", "application/schema+json", "The schema of its features", "/feature-schema"),
            link(
                "http://www.opengis.net/def/rel/ogc/1.0/schema",
                "application/schema+json",
                "The schema of its properties",
                "/schema",
            ),
            link(
                "http://www.opengis.net/def/rel/ogc/1.0/queryables",
                "application/schema+json",
                "What it can be filtered by",
                "/queryables",
            ),
        ];
        links.extend(self.licences(atlas));
        let mut description = json!({
            "id": self.id(),
            "title": self.title(),
            "description": self.description(),
            "itemType": "feature",
            "itemCount": self.count(atlas),
            "crs": crs::ALL.map(Crs::uri),
            "storageCrs": Crs::Grid.uri(),
            "links": links,
        });
        if let Some(extent) = self.extent(atlas) {
            description["extent"] = json!({"spatial": {"bbox": [extent], "crs": Crs::Crs84.uri()}});
        }
        description
    }

    /// A link to each licence that a source of the collection has.
    fn licences(self, atlas: &Atlas) -> Vec<Value> {
        let known = |licence: &str| match licence {
            "OGL-UK-3.0" => {
                Some("https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/")
            }
            "CC-BY-4.0" => Some("https://creativecommons.org/licenses/by/4.0/"),
            "ODbL-1.0" => Some("https://opendatacommons.org/licenses/odbl/1-0/"),
            _ => None,
        };
        let mut licences: Vec<&str> = atlas.sources().iter().filter_map(|s| s.licence.as_deref()).collect();
        licences.sort_unstable();
        licences.dedup();
        let link = |licence: &str| {
            Some(json!({"rel": "license", "type": "text/html", "title": licence, "href": known(licence)?}))
        };
        licences.into_iter().filter_map(link).collect()
    }
}

/// `GET /ogc/collections`
pub async fn list(
    State(state): State<AppState>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Json<Value>, Problem> {
    only_f(query.as_deref())?;
    let (atlas, base) = (state.atlas(), state.base_url(&headers));
    let collections: Vec<Value> =
        Collection::all(&atlas).into_iter().map(|c| c.describe(&atlas, &base)).collect();
    let this = json!({"rel": "self", "type": "application/json", "title": "The collections", "href": base.link("/ogc/collections")});
    Ok(Json(json!({"links": [this], "crs": crs::ALL.map(Crs::uri), "collections": collections})))
}

/// `GET /ogc/collections/{collection}`
pub async fn one(
    State(state): State<AppState>,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Json<Value>, Problem> {
    only_f(query.as_deref())?;
    let atlas = state.atlas();
    Ok(Json(Collection::find(&atlas, &id)?.describe(&atlas, &state.base_url(&headers))))
}
