use super::asked::Asked;
use super::crs::{self, Crs};
use super::document::{Document, Part, Said, linked};
use super::landing::JSON_OR_HTML;
use super::link::Link;
use super::{datetime, sources};
use crate::AppState;
use crate::problem::Problem;
use crate::spend::usual_level;
use app::money::Ledger;
use atlas::{Atlas, Bbox};
use axum::extract::{Path, State};
use axum::response::Response;
use model::{Days, Kind, Level};
use serde_json::{Value, json};

/// The reference system of times.
const GREGORIAN: &str = "http://www.opengis.net/def/uom/ISO-8601/0/Gregorian";

/// What a collection holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Collection {
    /// Groups, buildings, or (`None`) both.
    Assets(Option<Kind>),
    /// The areas of a level.
    Areas(Level),
    /// What public money is spent in the areas of a level: this one, unless another is asked for.
    Spend(Level),
}

impl Collection {
    const ASSETS: [Self; 3] =
        [Self::Assets(None), Self::Assets(Some(Kind::Group)), Self::Assets(Some(Kind::Building))];

    /// Those that there are: the three of assets always, one for each level of which there is an area, and one of
    /// money where any is loaded.
    pub fn all(atlas: &Atlas, ledger: &Ledger) -> Vec<Self> {
        let of_areas = atlas.levels().into_iter().map(Self::Areas);
        Self::ASSETS.into_iter().chain(of_areas).chain(Self::of_money(atlas, ledger)).collect()
    }

    fn of_money(atlas: &Atlas, ledger: &Ledger) -> Option<Self> {
        usual_level(atlas).filter(|_| !ledger.is_empty()).map(Self::Spend)
    }

    pub fn find(atlas: &Atlas, ledger: &Ledger, id: &str) -> Result<Self, Problem> {
        let of_assets = Self::ASSETS.into_iter().find(|collection| collection.id() == id);
        let of_areas = || {
            let level = Level::all().find(|level| level.collection() == id)?;
            (!atlas.places_of(level).is_empty()).then_some(Self::Areas(level))
        };
        let of_money = || Self::of_money(atlas, ledger).filter(|collection| collection.id() == id);
        of_assets.or_else(of_areas).or_else(of_money).ok_or_else(|| {
            Problem::not_found(format!("there is no collection {id}; /ogc/collections lists them"))
        })
    }

    pub fn id(self) -> &'static str {
        match self {
            Self::Assets(None) => "assets",
            Self::Assets(Some(Kind::Group)) => "groups",
            Self::Assets(Some(Kind::Building)) => "buildings",
            Self::Areas(level) => level.collection(),
            Self::Spend(_) => "locality-spend",
        }
    }

    pub fn title(self) -> String {
        match self {
            Self::Assets(None) => "Groups and buildings".into(),
            Self::Assets(Some(Kind::Group)) => "Groups".into(),
            Self::Assets(Some(Kind::Building)) => "Buildings".into(),
            Self::Areas(level) => {
                let many = level.many();
                many[..1].to_uppercase() + &many[1..]
            }
            Self::Spend(_) => "Public money by area".into(),
        }
    }

    fn description(self) -> String {
        match self {
            Self::Assets(None) => "Everything that a community has: groups and buildings, as their publishers list them.".into(),
            Self::Assets(Some(Kind::Group)) => "Charities, clubs and other groups. Those known by a register's correspondence address only have no geometry.".into(),
            Self::Assets(Some(Kind::Building)) => "Halls, libraries, council property, land and other places.".into(),
            Self::Areas(level) => format!("Boundaries of {}, the finest that was loaded, with the numbers of groups and buildings inside.", level.many()),
            Self::Spend(level) => format!("What public money is spent in each area, in whole pence: located there or estimated (modelled), and per head for running services. Without level these are {}; without year the last financial year that is held whole, else the last. What is in no area is in /api/spend.", level.many()),
        }
    }

    pub fn count(self, atlas: &Atlas, ledger: &Ledger) -> u64 {
        match self {
            Self::Assets(None) => atlas.asset_count() as u64,
            Self::Assets(Some(kind)) => atlas.count_of(kind),
            Self::Areas(level) => atlas.places_of(level).len() as u64,
            Self::Spend(level) => ledger.areas(atlas, level) as u64,
        }
    }

    /// The box around it, a little larger, so that what lies on its edge is inside whatever the rounding.
    fn extent(self, atlas: &Atlas) -> Option<[f64; 4]> {
        let exact = match self {
            Self::Assets(_) => atlas.assets_bbox(),
            Self::Areas(level) | Self::Spend(level) => {
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

    /// From the first day that a feature's date spans to the last.
    fn days(self, atlas: &Atlas) -> Days {
        match self {
            Self::Assets(kind) => atlas.assets_days(kind),
            Self::Areas(level) | Self::Spend(level) => {
                let dates = atlas.places_of(level).iter().filter_map(|place| place.as_of);
                dates.map(Days::of).fold(Days::NONE, Days::joined)
            }
        }
    }

    fn describe(self, atlas: &Atlas, ledger: &Ledger, asked: &Asked) -> Value {
        let sources = sources::of(self, atlas);
        let mut description = json!({
            "id": self.id(),
            "title": self.title(),
            "description": self.description(),
            "itemType": "feature",
            "itemCount": self.count(atlas, ledger),
            "crs": crs::ALL.map(Crs::uri),
            "storageCrs": Crs::Grid.uri(),
            "attribution": sources::attribution(sources.iter().copied()),
            "sources": sources.iter().map(|source| sources::described(source, asked)).collect::<Vec<_>>(),
        });
        let mut extent = serde_json::Map::new();
        if let Some(bbox) = self.extent(atlas) {
            extent.insert("spatial".into(), json!({"bbox": [bbox], "crs": Crs::Crs84.uri()}));
        }
        if let Some(interval) = datetime::interval(self.days(atlas)) {
            extent.insert("temporal".into(), json!({"interval": [interval], "trs": GREGORIAN}));
        }
        if !extent.is_empty() {
            description["extent"] = extent.into();
        }
        description
    }

    /// The links of a collection to what it has.
    fn links(self, atlas: &Atlas, asked: &Asked) -> Vec<Link> {
        let path = format!("/ogc/collections/{}", self.id());
        let link = |rel, kind, title, end: &str| asked.link(rel, kind, title, &format!("{path}{end}"));
        let mut links = vec![
            link("items", "application/geo+json", "Its features", "/items"),
            link("items", "text/html", "Its features as pages", "/items?f=html"),
            link("items", "text/csv", "Its features as a table", "/items?f=csv"),
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
        links.extend(sources::licences(sources::of(self, atlas).into_iter()));
        links
    }
}

/// `GET /ogc/collections`
pub async fn list(State(state): State<AppState>, asked: Asked) -> Result<Response, Problem> {
    let (atlas, ledger) = (state.atlas(), state.live().ledger());
    let entry = |collection: Collection| {
        let path = format!("/ogc/collections/{}", collection.id());
        let mut links = vec![
            asked.link("self", "application/json", "This collection", &path),
            asked.link("alternate", "text/html", "This as a page", &format!("{path}?f=html")),
        ];
        links.extend(collection.links(&atlas, &asked));
        let mut description = collection.describe(&atlas, &ledger, &asked);
        description["links"] = json!(links);
        description
    };
    let collections: Vec<Value> = Collection::all(&atlas, &ledger).into_iter().map(entry).collect();
    let body = json!({"crs": crs::ALL.map(Crs::uri), "collections": collections});
    linked(&asked, JSON_OR_HTML, "The collections", body, Vec::new(), list_document)
}

fn list_document(body: &Value) -> Document {
    let row = |collection: &Value| {
        let id = collection["id"].as_str().unwrap_or_default();
        vec![
            Said::link(
                collection["title"].as_str().unwrap_or_default(),
                format!("/ogc/collections/{id}?f=html"),
            ),
            Said::value(&collection["id"]),
            Said::value(&collection["itemCount"]),
            Said::value(&collection["description"]),
            Said::link("Features", format!("/ogc/collections/{id}/items?f=html")),
        ]
    };
    let table = Part::Table {
        heading: "Collections".into(),
        columns: ["Title", "Id", "Features", "What it holds", "All of them"].map(str::to_owned).to_vec(),
        rows: body["collections"].as_array().into_iter().flatten().map(row).collect(),
    };
    Document::new("Collections", "Features of one kind each.")
        .below(&[("Data for programs", "/ogc")])
        .with(table)
        .with(Part::List { heading: "Reference systems".into(), entries: said_each(&body["crs"]) })
}

/// `GET /ogc/collections/{collection}`
pub async fn one(
    State(state): State<AppState>,
    Path(id): Path<String>,
    asked: Asked,
) -> Result<Response, Problem> {
    let (atlas, ledger) = (state.atlas(), state.live().ledger());
    let collection = Collection::find(&atlas, &ledger, &id)?;
    let (body, more) = (collection.describe(&atlas, &ledger, &asked), collection.links(&atlas, &asked));
    linked(&asked, JSON_OR_HTML, "This collection", body, more, one_document)
}

fn one_document(body: &Value) -> Document {
    let text = |name: &str| body[name].as_str().unwrap_or_default();
    let id = text("id");
    let row = |name: &str, value: &Value| (name.to_owned(), vec![Said::value(value)]);
    let entries = vec![
        Said::link("Its features", format!("/ogc/collections/{id}/items?f=html")),
        Said::link("The schema of its properties", format!("/ogc/collections/{id}/schema?f=html")),
        Said::link("What it can be filtered by", format!("/ogc/collections/{id}/queryables?f=html")),
    ];
    let mut facts = vec![
        row("Id", &body["id"]),
        row("Type of item", &body["itemType"]),
        row("Features", &body["itemCount"]),
        row("Reaches from west, south to east, north", &body["extent"]["spatial"]["bbox"][0]),
        row("Reference system of that", &body["extent"]["spatial"]["crs"]),
        row("Dates from, to", &body["extent"]["temporal"]["interval"][0]),
        row("Attribution", &body["attribution"]),
        row("Stored in", &body["storageCrs"]),
        ("Served in".to_owned(), said_each(&body["crs"])),
    ];
    facts.retain(|(_, values)| values.iter().any(|value| *value != Said::default()));
    let source = |source: &Value| {
        let cells =
            ["publisher", "as_of", "licence", "attribution", "covers"].map(|name| Said::value(&source[name]));
        let title = source["title"].as_str().unwrap_or_default();
        let id = source["id"].as_str().unwrap_or_default();
        [vec![Said::link(title, format!("/about#{id}"))], cells.to_vec()].concat()
    };
    let sources = Part::Table {
        heading: "Sources".into(),
        columns: ["Source", "Publisher", "Date", "Licence", "Attribution", "Covers"]
            .map(str::to_owned)
            .to_vec(),
        rows: body["sources"].as_array().into_iter().flatten().map(source).collect(),
    };
    Document::new(text("title"), text("description"))
        .below(&[("Data for programs", "/ogc"), ("Collections", "/ogc/collections")])
        .with(Part::List { heading: "What it has".into(), entries })
        .with(Part::Facts { heading: "About it".into(), rows: facts })
        .with(sources)
}

fn said_each(values: &Value) -> Vec<Said> {
    values.as_array().into_iter().flatten().map(Said::value).collect()
}
