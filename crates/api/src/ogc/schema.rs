use super::collections::Collection;
use super::landing::only_f;
use crate::AppState;
use crate::problem::Problem;
use atlas::feature::{ANSWER_PROPERTIES, PROPERTIES, Property, PropertyKind};
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, header};
use axum::response::IntoResponse;
use serde_json::{Map, Value, json};

const AREA_PROPERTIES: &[Property] = &[
    area("area_id", "Id", "Code and vintage, the same as the feature's own id", PropertyKind::Text, true),
    area(
        "code",
        "Code",
        "The national code, or a slug of source and name where there is none",
        PropertyKind::Text,
        true,
    ),
    area("name", "Name", "Its name", PropertyKind::Text, true),
    area("level", "Level", "What kind of area it is", PropertyKind::Text, false),
    area(
        "vintage",
        "Vintage",
        "The year of its boundary; codes are used again in later years",
        PropertyKind::Count,
        true,
    ),
    area(
        "part_of",
        "Part of",
        "Codes of the areas that it is part of; as a filter, one of them",
        PropertyKind::TextList,
        true,
    ),
    area("groups", "Groups", "Open groups with a place inside", PropertyKind::Count, false),
    area("buildings", "Buildings", "Open buildings inside that people can use", PropertyKind::Count, false),
    area(
        "land",
        "Land",
        "Open land, green space and property inside without a public use",
        PropertyKind::Count,
        false,
    ),
    area("source", "Source", "The source of its boundary", PropertyKind::Text, true),
    area("as_of", "As of", "The source's own date", PropertyKind::Text, false),
];

const fn area(
    name: &'static str,
    title: &'static str,
    description: &'static str,
    kind: PropertyKind,
    queryable: bool,
) -> Property {
    Property { name, title, description, kind, queryable }
}

/// The properties of a collection's features.
pub(super) fn properties_of(collection: Collection) -> Vec<&'static Property> {
    match collection {
        Collection::Assets(_) => PROPERTIES.iter().chain(ANSWER_PROPERTIES).collect(),
        Collection::Areas(_) => AREA_PROPERTIES.iter().collect(),
    }
}

/// Those that `name=value` filters by.
pub(super) fn queryable(collection: Collection) -> impl Iterator<Item = &'static Property> {
    properties_of(collection).into_iter().filter(|property| property.queryable)
}

pub(super) fn type_of(property: &Property) -> Value {
    match property.kind {
        PropertyKind::Text => json!({"type": "string"}),
        PropertyKind::TextList => json!({"type": "array", "items": {"type": "string"}}),
        PropertyKind::Metres => json!({"type": "number"}),
        PropertyKind::Count => json!({"type": "integer"}),
        PropertyKind::Flag => json!({"type": "boolean"}),
    }
}

fn described(property: &Property) -> Value {
    let mut schema = type_of(property);
    schema["title"] = property.title.into();
    schema["description"] = property.description.into();
    schema
}

fn table(properties: impl Iterator<Item = &'static Property>) -> Map<String, Value> {
    properties.map(|property| (property.name.to_owned(), described(property))).collect()
}

fn geometry_of(collection: Collection) -> &'static str {
    match collection {
        Collection::Assets(_) => "geometry-point",
        Collection::Areas(_) => "geometry-polygon-or-multipolygon",
    }
}

type Answer = Result<([(header::HeaderName, &'static str); 1], String), Problem>;

fn answer(schema: Value) -> Answer {
    Ok(([(header::CONTENT_TYPE, "application/schema+json")], schema.to_string()))
}

/// `GET …/queryables`
pub async fn queryables(
    State(state): State<AppState>,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<impl IntoResponse, Problem> {
    only_f(query.as_deref())?;
    let collection = Collection::find(&state.atlas(), &id)?;
    answer(json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": state.base_url(&headers).link(&format!("/ogc/collections/{id}/queryables")),
        "type": "object",
        "title": id,
        "additionalProperties": false,
        "properties": table(queryable(collection)),
    }))
}

/// `GET …/schema`
pub async fn schema(
    State(state): State<AppState>,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<impl IntoResponse, Problem> {
    only_f(query.as_deref())?;
    let collection = Collection::find(&state.atlas(), &id)?;
    let mut properties = table(properties_of(collection).into_iter());
    let geometry = json!({"x-ogc-role": "primary-geometry", "format": geometry_of(collection)});
    properties.insert("geometry".into(), geometry);
    answer(json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": state.base_url(&headers).link(&format!("/ogc/collections/{id}/schema")),
        "type": "object",
        "title": id,
        "properties": properties,
    }))
}

/// `GET …/feature-schema`: the schema of a whole GeoJSON feature, as GDAL reads it.
pub async fn feature_schema(
    State(state): State<AppState>,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<impl IntoResponse, Problem> {
    only_f(query.as_deref())?;
    let collection = Collection::find(&state.atlas(), &id)?;
    let geometry = match collection {
        Collection::Assets(_) => json!({"$ref": "https://geojson.org/schema/Point.json"}),
        Collection::Areas(_) => json!({"$ref": "https://geojson.org/schema/MultiPolygon.json"}),
    };
    answer(json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": state.base_url(&headers).link(&format!("/ogc/collections/{id}/feature-schema")),
        "type": "object",
        "title": id,
        "required": ["type", "id", "geometry", "properties"],
        "properties": {
            "type": {"type": "string", "enum": ["Feature"]},
            "id": {"type": "string"},
            "geometry": geometry,
            "properties": {"type": "object", "properties": table(properties_of(collection).into_iter())},
        },
    }))
}
