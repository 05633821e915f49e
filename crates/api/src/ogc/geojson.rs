//! GeoJSON, written straight into the answer.

use super::crs::Crs;
use atlas::{Atlas, Hit, Place};
use geo_types::{LineString, MultiPolygon};
use serde_json::{Value, json};
use std::io::Write;

/// Writes an asset's feature. What relates it to the question comes last among its properties.
pub(super) fn write_asset(out: &mut Vec<u8>, atlas: &Atlas, hit: &Hit, crs: Crs) {
    let text = atlas.asset_feature(hit.asset);
    match crs {
        Crs::Crs84 => text.write(out),
        _ => {
            let note = text.write_placed(out, |out| write_point(out, atlas, hit, crs));
            out.extend_from_slice(note.as_bytes());
        }
    }
    if let Some(relation) = hit.relation {
        write(out, format_args!(r#","relation":"{}""#, relation.as_str()));
    }
    if let Some(metres) = hit.distance_m {
        write(out, format_args!(r#","distance_m":{}"#, (metres * 100.0).round() / 100.0));
    }
    if let Some(via) = hit.via {
        write(
            out,
            format_args!(
                r#","via":{},"via_name":{}"#,
                json!(atlas.via_code(via)),
                json!(atlas.via_name(via))
            ),
        );
    }
    if hit.registered_here {
        out.extend_from_slice(br#","registered_here":true"#);
    }
    out.extend_from_slice(b"}}");
}

/// About how long an asset's feature is.
pub(super) fn len_hint(atlas: &Atlas, hit: &Hit) -> usize {
    const ANSWER: usize = 80;
    atlas.asset_feature(hit.asset).len_hint() + ANSWER
}

/// Gives a property to add where the point can't be expressed.
fn write_point(out: &mut Vec<u8>, atlas: &Atlas, hit: &Hit, crs: Crs) -> &'static str {
    let Some(position) = atlas.asset_position(hit.asset) else {
        out.extend_from_slice(b"null");
        return "";
    };
    match crs.project(position.lon(), position.lat()) {
        Some((a, b)) => {
            write(out, format_args!(r#"{{"type":"Point","coordinates":[{a},{b}]}}"#));
            ""
        }
        None => {
            out.extend_from_slice(b"null");
            r#","position_note":"the place is outside of this coordinate reference system""#
        }
    }
}

/// Writes an area's feature with what is to be said of it.
pub(super) fn write_place(out: &mut Vec<u8>, place: &Place, mut properties: Value, crs: Crs) {
    write(out, format_args!(r#"{{"type":"Feature","id":{},"geometry":"#, json!(place.id)));
    let whole = write_multipolygon(out, &place.boundary, crs);
    if !whole {
        properties["position_note"] = json!("a part is outside of this coordinate reference system");
    }
    write(out, format_args!(r#","properties":{properties}}}"#));
}

/// What an area's feature says of it.
pub(super) fn place_properties(atlas: &Atlas, place: &Place) -> Value {
    let ix = atlas.locality(&place.id).expect("it is one of this atlas");
    let counts = atlas.counts(ix);
    let part_of: Vec<&str> = atlas.part_of(ix).into_iter().map(|(code, _)| code).collect();
    let mut properties = json!({
        "area_id": place.id,
        "code": place.code(),
        "name": place.name,
        "level": place.level().as_str(),
        "vintage": place.vintage().year(),
        "part_of": part_of,
        "groups": counts.groups,
        "buildings": counts.buildings,
        "land": counts.land,
        "source": place.source,
    });
    if let Some(as_of) = place.as_of {
        properties["as_of"] = json!(as_of.to_string());
    }
    properties
}

/// Says whether all of it could be expressed; if not, `null` is written.
fn write_multipolygon(out: &mut Vec<u8>, shape: &MultiPolygon<f64>, crs: Crs) -> bool {
    let from = out.len();
    let single = shape.0.len() == 1;
    out.extend_from_slice(if single {
        br#"{"type":"Polygon","coordinates":"#
    } else {
        br#"{"type":"MultiPolygon","coordinates":["#
    });
    let mut whole = true;
    for (i, polygon) in shape.iter().enumerate() {
        out.extend_from_slice(if i > 0 { b",[" } else { b"[" });
        let rings = std::iter::once(polygon.exterior()).chain(polygon.interiors());
        for (i, ring) in rings.enumerate() {
            out.extend_from_slice(if i > 0 { b",[" } else { b"[" });
            whole &= write_ring(out, ring, crs);
            out.push(b']');
        }
        out.push(b']');
    }
    out.extend_from_slice(if single { b"}" } else { b"]}" });
    if !whole {
        out.truncate(from);
        out.extend_from_slice(b"null");
    }
    whole
}

fn write_ring(out: &mut Vec<u8>, ring: &LineString<f64>, crs: Crs) -> bool {
    for (i, c) in ring.coords().enumerate() {
        let Some((a, b)) = crs.project(c.x, c.y) else { return false };
        if i > 0 {
            out.push(b',');
        }
        write(out, format_args!("[{a},{b}]"));
    }
    true
}

fn write(out: &mut Vec<u8>, text: std::fmt::Arguments) {
    out.write_fmt(text).expect("writing to memory");
}
