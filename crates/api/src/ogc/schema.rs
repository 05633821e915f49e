use super::asked::{Asked, Format, HTML, Offer};
use super::collections::Collection;
use super::document::{self, Document, Part, Said};
use crate::AppState;
use crate::problem::Problem;
use atlas::feature::{ANSWER_PROPERTIES, PROPERTIES, Property, PropertyKind};
use axum::extract::{Path, State};
use axum::response::Response;
use serde_json::{Map, Value, json};

pub(super) const AREA_PROPERTIES: &[Property] = &[
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

pub(super) const SPEND_PROPERTIES: &[Property] = &[
    area("area_id", "Id", "Code and vintage, the same as the feature's own id", PropertyKind::Text, true),
    area("code", "Code", "The national code", PropertyKind::Text, true),
    area("name", "Name", "Its name", PropertyKind::Text, true),
    area("level", "Level", "What kind of area it is; without it, wards", PropertyKind::Text, true),
    area(
        "year",
        "Financial year",
        "Such as 2026-27; without it the last that is held whole, else the last",
        PropertyKind::Text,
        true,
    ),
    area(
        "months_held",
        "Months held",
        "Of the year's twelve, those of which there are lines",
        PropertyKind::Count,
        false,
    ),
    area(
        "basis",
        "Basis",
        "How far the money has come: paid, awarded, contracted or budgeted",
        PropertyKind::Text,
        true,
    ),
    area("payer", "Payer", "Who pays, by name; all of them without it", PropertyKind::Text, true),
    area(
        "service",
        "Service",
        "What for: the id of a service; all of them without it",
        PropertyKind::Text,
        true,
    ),
    area("class", "Class", "What sort of money; every sort without it", PropertyKind::Text, true),
    area("pence", "All, pence", "What goes there: known and estimated together", PropertyKind::Count, false),
    area("located_pence", "Located here, pence", "What is located there", PropertyKind::Count, false),
    area("modelled_pence", "Estimated, pence", "What is estimated to go there", PropertyKind::Count, false),
    area("service_pence", "Running services, pence", "What of it runs services", PropertyKind::Count, false),
    area("population", "Population", "How many people live there", PropertyKind::Count, false),
    area("population_year", "Year of population", "The year of that number", PropertyKind::Count, false),
    area(
        "per_head_pence",
        "Per head, pence",
        "For running services; null where nobody is known to live",
        PropertyKind::Count,
        false,
    ),
    area("allocation", "Allocation", "The allocation that placed the money", PropertyKind::Count, false),
    area("source", "Source", "The source of its boundary", PropertyKind::Text, false),
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
        Collection::Spend(_) => SPEND_PROPERTIES.iter().collect(),
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
        Collection::Areas(_) | Collection::Spend(_) => "geometry-polygon-or-multipolygon",
    }
}

/// How schemas are offered.
pub(super) const SCHEMA_OR_HTML: &[Offer] = &[(Format::Json, "application/schema+json"), HTML];

/// `GET …/queryables`
pub async fn queryables(
    State(state): State<AppState>,
    Path(id): Path<String>,
    asked: Asked,
) -> Result<Response, Problem> {
    let collection = Collection::find(&state.atlas(), &state.live().ledger(), &id)?;
    let schema = json!({
        "$schema": DRAFT,
        "$id": asked.address(&format!("/ogc/collections/{id}/queryables")),
        "type": "object",
        "title": collection.title(),
        "additionalProperties": false,
        "properties": table(queryable(collection)),
    });
    let what = "Each of these is a parameter of its list of features: only those where it is exactly so.";
    answer(&asked, collection, &schema, "What it can be filtered by", what)
}

/// `GET …/schema`
pub async fn schema(
    State(state): State<AppState>,
    Path(id): Path<String>,
    asked: Asked,
) -> Result<Response, Problem> {
    let collection = Collection::find(&state.atlas(), &state.live().ledger(), &id)?;
    let mut properties = table(properties_of(collection).into_iter());
    let geometry = json!({"x-ogc-role": "primary-geometry", "format": geometry_of(collection)});
    properties.insert("geometry".into(), geometry);
    let schema = json!({
        "$schema": DRAFT,
        "$id": asked.address(&format!("/ogc/collections/{id}/schema")),
        "type": "object",
        "title": collection.title(),
        "properties": properties,
    });
    answer(&asked, collection, &schema, "The schema of its properties", "What a feature may say.")
}

/// `GET …/feature-schema`: the schema of a whole GeoJSON feature, as GDAL reads it.
pub async fn feature_schema(
    State(state): State<AppState>,
    Path(id): Path<String>,
    asked: Asked,
) -> Result<Response, Problem> {
    let collection = Collection::find(&state.atlas(), &state.live().ledger(), &id)?;
    let geometry = match collection {
        Collection::Assets(_) => json!({"$ref": "https://geojson.org/schema/Point.json"}),
        Collection::Areas(_) | Collection::Spend(_) => {
            json!({"$ref": "https://geojson.org/schema/MultiPolygon.json"})
        }
    };
    let schema = json!({
        "$schema": DRAFT,
        "$id": asked.address(&format!("/ogc/collections/{id}/feature-schema")),
        "type": "object",
        "title": collection.title(),
        "required": ["type", "id", "geometry", "properties"],
        "properties": {
            "type": {"type": "string", "enum": ["Feature"]},
            "id": {"type": "string"},
            "geometry": geometry,
            "properties": {"type": "object", "properties": table(properties_of(collection).into_iter())},
        },
    });
    answer(&asked, collection, &schema, "The schema of its features", "A GeoJSON feature as a whole.")
}

const DRAFT: &str = "https://json-schema.org/draft/2020-12/schema";

fn answer(
    asked: &Asked,
    of: Collection,
    schema: &Value,
    title: &'static str,
    lead: &str,
) -> Result<Response, Problem> {
    let format = asked.only_format(SCHEMA_OR_HTML)?;
    let links = asked.own_links(format, SCHEMA_OR_HTML, title);
    let collection = format!("/ogc/collections/{}", of.id());
    let document = |schema: &Value| {
        let whole = &schema["properties"]["properties"]["properties"];
        let properties = if whole.is_object() { whole } else { &schema["properties"] };
        Document::new(title, lead)
            .below(&[
                ("Data for programs", "/ogc"),
                ("Collections", "/ogc/collections"),
                (of.title().as_str(), collection.as_str()),
            ])
            .with(properties_table(properties))
            .with(Part::Folded { heading: "The whole schema".into(), text: schema.to_string() })
    };
    Ok(document::answer(format, SCHEMA_OR_HTML, schema, &links, document))
}

fn properties_table(properties: &Value) -> Part {
    let row = |(name, schema): (&String, &Value)| {
        let kind = if schema["type"].is_string() { &schema["type"] } else { &schema["format"] };
        let cells = [&schema["title"], kind, &schema["description"]].map(Said::value);
        [vec![Said::text(name)], cells.to_vec()].concat()
    };
    Part::Table {
        heading: "Properties".into(),
        columns: ["Name", "Title", "Type", "Meaning"].map(str::to_owned).to_vec(),
        rows: properties.as_object().into_iter().flatten().map(row).collect(),
    }
}
