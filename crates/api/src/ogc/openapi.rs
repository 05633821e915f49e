use super::collections::Collection;
use super::crs::{self, Crs};
use super::landing::{OPENAPI, only_f};
use super::query::{DEFAULT_LIMIT, MAX_LIMIT};
use super::schema;
use crate::AppState;
use crate::problem::Problem;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, header};
use axum::response::IntoResponse;
use serde_json::{Map, Value, json};

/// `GET /ogc/api`: OpenAPI 3.0.3, which is what the clients read, with a literal path for each collection.
pub async fn openapi(
    State(state): State<AppState>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<impl IntoResponse, Problem> {
    only_f(query.as_deref())?;
    let collections = Collection::all(&state.atlas());
    let document = document(&collections, &state.base_url(&headers).link("/ogc"));
    Ok(([(header::CONTENT_TYPE, OPENAPI)], document.to_string()))
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
            "200": {"description": summary, "content": {kind: {"schema": {"type": "object"}}}},
            "400": {"$ref": "#/components/responses/Problem"},
            "404": {"$ref": "#/components/responses/Problem"},
        }
    })
}

fn items(collection: Collection) -> Value {
    let shared = ["limit", "cursor", "offset", "bbox", "bbox-crs", "crs"];
    let own: &[&str] = match collection {
        Collection::Assets(_) => &["fItems", "locality", "within_m", "near"],
        Collection::Areas(_) => &["f"],
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
    json!({
        "operationId": format!("items-{}", collection.id()),
        "summary": "The features, page by page; follow the next links for all of them",
        "parameters": by_name.chain(properties).collect::<Vec<_>>(),
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
            "200": {"description": "A feature", "content": {"application/geo+json": {"schema": {"type": "object"}}}},
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
        "f": bare("f", "The format.", json!({"type": "string", "enum": ["json"], "default": "json"})),
        "fItems": bare("f", "The format.", json!({"type": "string", "enum": ["json", "csv"], "default": "json"})),
        "limit": form("limit", "How many features on a page.", json!({"type": "integer", "minimum": 1, "maximum": MAX_LIMIT, "default": DEFAULT_LIMIT})),
        "cursor": bare("cursor", "Where the page starts; taken from a next link.", json!({"type": "string"})),
        "offset": bare("offset", "How many features to leave out. Slow when large, and not steady while others write: next links are better.", json!({"type": "integer", "minimum": 0, "default": 0})),
        "bbox": form("bbox", "Only features in this box: west,south,east,north in the order of bbox-crs.", json!({"type": "array", "minItems": 4, "maxItems": 6, "items": {"type": "number"}})),
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
            "content": {"application/geo+json": {"schema": {
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
