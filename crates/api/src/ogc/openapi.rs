use super::asked::{Asked, Format, HTML, Offer};
use super::collections::Collection;
use super::crs::{self, Crs};
use super::document::{self, Document, Part, Said};
use super::landing::OPENAPI;
use super::query::{DEFAULT_LIMIT, MAX_LIMIT};
use super::schema;
use crate::AppState;
use crate::problem::Problem;
use axum::extract::State;
use axum::response::Response;
use serde_json::{Map, Value, json};

/// `GET /ogc/api`: OpenAPI 3.0.3, which is what the clients read, with a literal path for each collection.
pub async fn openapi(State(state): State<AppState>, asked: Asked) -> Result<Response, Problem> {
    let format = asked.only_format(OPENAPI_OR_HTML)?;
    let collections = Collection::all(&state.atlas(), &state.live().ledger());
    let description = document(&collections, &asked.address("/ogc"));
    let links = asked.own_links(format, OPENAPI_OR_HTML, "This description");
    Ok(document::answer(format, OPENAPI_OR_HTML, &description, &links, page))
}

const OPENAPI_OR_HTML: &[Offer] = &[(Format::Json, OPENAPI), HTML];

fn page(description: &Value) -> Document {
    let said = |value: &Value| Said::value(value);
    let named = |parameter: &Value| {
        let reference = parameter["$ref"].as_str().and_then(|at| at.rsplit('/').next());
        reference.or(parameter["name"].as_str()).unwrap_or_default().to_owned()
    };
    let path = |(path, item): (&String, &Value)| {
        let get = &item["get"];
        let parameters: Vec<String> = get["parameters"].as_array().into_iter().flatten().map(named).collect();
        let href = (!path.contains('{')).then(|| format!("/ogc{path}?f=html"));
        let first = href.map_or_else(|| Said::text(path), |href| Said::link(path, href));
        vec![first, said(&get["summary"]), Said::text(parameters.join(", "))]
    };
    let paths = Part::Table {
        heading: "Addresses".into(),
        columns: ["Address", "What", "Parameters"].map(str::to_owned).to_vec(),
        rows: description["paths"].as_object().into_iter().flatten().map(path).collect(),
    };
    let parameter = |(key, parameter): (&String, &Value)| {
        let cells = [&parameter["name"], &parameter["description"], &parameter["schema"]].map(said);
        [vec![Said::text(key)], cells.to_vec()].concat()
    };
    let parameters = Part::Table {
        heading: "Parameters".into(),
        columns: ["Key", "Name", "What", "Values"].map(str::to_owned).to_vec(),
        rows: description["components"]["parameters"]
            .as_object()
            .into_iter()
            .flatten()
            .map(parameter)
            .collect(),
    };
    let info = &description["info"];
    let rows = vec![
        ("Version".to_owned(), vec![said(&info["version"])]),
        ("Server".to_owned(), vec![said(&description["servers"][0]["url"])]),
        ("OpenAPI".to_owned(), vec![said(&description["openapi"])]),
    ];
    Document::new("The API's description", info["description"].as_str().unwrap_or_default())
        .below(&[("Data for programs", "/ogc")])
        .with(Part::Facts { heading: "About it".into(), rows })
        .with(paths)
        .with(parameters)
}

fn document(collections: &[Collection], root: &str) -> Value {
    let mut paths = Map::new();
    let mut path = |path: &str, operation: Value| paths.insert(path.to_owned(), json!({"get": operation}));
    path("/", plain("landing", "Landing page", "application/json"));
    path("/conformance", plain("conformance", "What the API conforms to", "application/json"));
    path("/api", plain("api", "This description", OPENAPI));
    path("/collections", plain("collections", "The collections", "application/json"));
    for collection in collections {
        let id = collection.id();
        let at = format!("/collections/{id}");
        path(&at, plain(&format!("describe-{id}"), "A collection", "application/json"));
        for (end, title) in [
            ("queryables", "What it can be filtered by"),
            ("schema", "The schema of its properties"),
            ("feature-schema", "The schema of its features"),
        ] {
            path(&format!("{at}/{end}"), plain(&format!("{end}-{id}"), title, "application/schema+json"));
        }
        path(&format!("{at}/items"), items(*collection));
        path(&format!("{at}/items/{{featureId}}"), item(*collection));
    }
    json!({
        "openapi": "3.0.3",
        "info": {
            "title": "assetmap",
            "description": "What a community has: groups, buildings and the areas they are in, near and serve. Coordinates are WGS84 longitude, latitude unless crs says otherwise; distances are metres on the ellipsoid.",
            "version": env!("CARGO_PKG_VERSION"),
            "license": {"name": "MIT OR Apache-2.0"}
        },
        "servers": [{"url": root}],
        "paths": paths,
        "components": {"parameters": parameters(), "responses": responses()},
    })
}

fn plain(id: &str, summary: &str, kind: &str) -> Value {
    json!({
        "operationId": id,
        "summary": summary,
        "parameters": [{"$ref": "#/components/parameters/f"}],
        "responses": {
            "200": {"description": summary, "content": {kind: {"schema": {"type": "object"}}, "text/html": {"schema": {"type": "string"}}}},
            "400": {"$ref": "#/components/responses/Problem"},
            "404": {"$ref": "#/components/responses/Problem"},
        }
    })
}

fn items(collection: Collection) -> Value {
    let shared = ["fItems", "limit", "cursor", "offset", "bbox", "bbox-crs", "datetime", "crs", "ids"];
    let own: &[&str] = match collection {
        Collection::Assets(_) => &["locality", "within_m", "near"],
        Collection::Areas(_) | Collection::Spend(_) => &[],
    };
    let by_name =
        shared.iter().chain(own).map(|name| json!({"$ref": format!("#/components/parameters/{name}")}));
    let properties = schema::queryable(collection).map(|property| {
        let kind = if property.name == "vintage" { schema::type_of(property) } else { json!({"type": "string"}) };
        json!({
            "name": property.name, "in": "query", "required": false, "style": "form", "explode": false,
            "description": format!("Only features where this is exactly so. {}", property.description), "schema": kind
        })
    });
    // One client looks for this one here, and for how it is written.
    let result_type = json!({
        "name": "resultType", "in": "query", "required": false,
        "description": "hits: only how many features there are.",
        "schema": {"type": "string", "enum": ["results", "hits"], "default": "results"}
    });
    json!({
        "operationId": format!("items-{}", collection.id()),
        "summary": "The features, page by page; follow the next links for all of them",
        "parameters": by_name.chain([result_type]).chain(properties).collect::<Vec<_>>(),
        "responses": {
            "200": {"$ref": "#/components/responses/Features"},
            "400": {"$ref": "#/components/responses/Problem"},
        }
    })
}

fn item(collection: Collection) -> Value {
    json!({
        "operationId": format!("item-{}", collection.id()),
        "summary": "One feature",
        "parameters": [
            {"name": "featureId", "in": "path", "required": true, "schema": {"type": "string"}},
            {"$ref": "#/components/parameters/f"},
            {"$ref": "#/components/parameters/crs"},
        ],
        "responses": {
            "200": {"description": "A feature", "content": {"application/geo+json": {"schema": {"type": "object"}}, "text/html": {"schema": {"type": "string"}}}},
            "400": {"$ref": "#/components/responses/Problem"},
            "404": {"$ref": "#/components/responses/Problem"},
        }
    })
}

fn parameters() -> Value {
    let crs_uris = crs::ALL.map(Crs::uri);
    // Some clients take any parameter with a style for a property to filter by, so only these have one.
    let form = |name: &str, description: &str, schema: Value| json!({"name": name, "in": "query", "required": false, "style": "form", "explode": false, "description": description, "schema": schema});
    let bare = |name: &str, description: &str, schema: Value| json!({"name": name, "in": "query", "required": false, "description": description, "schema": schema});
    json!({
        "f": bare("f", "The format; without it, what the client prefers.", json!({"type": "string", "enum": ["json", "html"]})),
        "fItems": bare("f", "The format; without it, what the client prefers.", json!({"type": "string", "enum": ["json", "html", "csv"]})),
        "limit": form("limit", "How many features on a page; a page in HTML has 50 when this is not given.", json!({"type": "integer", "minimum": 1, "maximum": MAX_LIMIT, "default": DEFAULT_LIMIT})),
        "cursor": bare("cursor", "Where the page starts; taken from a next link.", json!({"type": "string"})),
        "offset": bare("offset", "How many features to leave out. Slow when large, and not steady while others write: next links are better.", json!({"type": "integer", "minimum": 0, "default": 0})),
        "bbox": form("bbox", "Only features in this box, or without a place: west,south,east,north in the order of bbox-crs.", json!({"type": "array", "minItems": 4, "maxItems": 6, "items": {"type": "number"}})),
        "datetime": form("datetime", "Only features whose as_of shares a day with this, or that state no date: a date or time of RFC 3339, or two with / between; .. or nothing for an open end.", json!({"type": "string", "example": "2023-01-01/.."})),
        "ids": bare("ids", "Only features with these ids, commas between.", json!({"type": "string"})),
        "bbox-crs": bare("bbox-crs", "The reference system of bbox.", json!({"type": "string", "format": "uri", "enum": crs_uris, "default": Crs::Crs84.uri()})),
        "crs": bare("crs", "The reference system of the answer.", json!({"type": "string", "format": "uri", "enum": crs_uris, "default": Crs::Crs84.uri()})),
        "locality": bare("locality", "What is in, near or serving this area: its code (the newest boundary) or its id.", json!({"type": "string", "example": "E05015239"})),
        "within_m": bare("within_m", "How far from the edge of the area, or from the point, in metres.", json!({"type": "number", "minimum": 0, "default": 0})),
        "near": bare("near", "Nearest to this point first: longitude,latitude and perhaps metres.", json!({"type": "string", "example": "-2.35,53.39,500"})),
    })
}

fn responses() -> Value {
    json!({
        "Features": {
            "description": "Features, how many there are, and a link to the next page",
            "headers": {"Content-Crs": {"description": "The reference system of the answer, in angle brackets", "schema": {"type": "string"}}},
            "content": {"text/html": {"schema": {"type": "string"}}, "text/csv": {"schema": {"type": "string"}}, "application/geo+json": {"schema": {
                "type": "object",
                "required": ["type", "features"],
                "properties": {
                    "type": {"type": "string", "enum": ["FeatureCollection"]},
                    "features": {"type": "array", "items": {"type": "object"}},
                    "numberMatched": {"type": "integer", "minimum": 0},
                    "numberReturned": {"type": "integer", "minimum": 0},
                    "timeStamp": {"type": "string", "format": "date-time"},
                    "links": {"type": "array", "items": {"type": "object"}},
                }
            }}},
        },
        "Problem": {
            "description": "What is wrong with the request, in words",
            "content": {"application/problem+json": {"schema": {"type": "object"}}},
        }
    })
}
