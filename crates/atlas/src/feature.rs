//! The GeoJSON feature of an asset: which properties it has, and how they are written.

use memchr::memmem;
use model::{Asset, AssetId, Category, Position};
use serde::Serialize;

/// A property of asset features, for schemas, queryables and tables.
#[derive(Debug, Clone, Copy)]
pub struct Property {
    /// Its name in the data.
    pub name: &'static str,
    /// A title for people.
    pub title: &'static str,
    /// What it means.
    pub description: &'static str,
    /// Its type.
    pub kind: PropertyKind,
    /// Whether `name=value` filters by it.
    pub queryable: bool,
}

/// The type of a property.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PropertyKind {
    /// Text.
    Text,
    /// A list of texts.
    TextList,
    /// A number, metres.
    Metres,
    /// Whole number.
    Count,
    /// True or false.
    Flag,
}

const fn text(name: &'static str, title: &'static str, description: &'static str) -> Property {
    Property { name, title, description, kind: PropertyKind::Text, queryable: true }
}

const fn plain(
    name: &'static str,
    title: &'static str,
    description: &'static str,
    kind: PropertyKind,
) -> Property {
    Property { name, title, description, kind, queryable: false }
}

/// Every property that an asset feature may have, in the order in which it is written. One that is not known is
/// left out of the feature.
#[rustfmt::skip]
pub const PROPERTIES: &[Property] = &[
    text("asset_id", "Id", "The lasting id, the same as the feature's own; filter by this one"),
    text("kind", "Kind", "group or building"),
    text("name", "Name", "Its name, as published"),
    text("category", "Category", "The first of its categories, by id; as a filter also a family, or several with commas"),
    plain("categories", "Categories", "All its categories, by id", PropertyKind::TextList),
    plain("summary", "Summary", "What it is or does, in its source's words", PropertyKind::Text),
    plain("address", "Address", "Its public address without the postcode", PropertyKind::Text),
    text("postcode", "Postcode", "The postcode of the place"),
    text("uprn", "UPRN", "Unique Property Reference Number, as text"),
    plain("website", "Website", "Its website", PropertyKind::Text),
    plain("email", "Email", "The organisation's mailbox", PropertyKind::Text),
    plain("phone", "Phone", "The organisation's telephone number", PropertyKind::Text),
    plain("opening_hours", "Opening hours", "Opening hours or meeting times, as published", PropertyKind::Text),
    plain("facilities", "Facilities", "What the place has and costs, as published: label: value; …", PropertyKind::Text),
    plain("serves", "Works across", "Codes of the areas that it works across", PropertyKind::TextList),
    plain("identifiers", "Identifiers", "Register numbers such as GB-CHC-1234567", PropertyKind::TextList),
    text("status", "Status", "open or closed"),
    text("as_of", "As of", "When its source last confirmed it: a year, month or day"),
    text("position_quality", "Position quality", "surveyed, uprn, postcode or locality; absent where there is no position"),
    text("source", "Source", "The id of the source"),
    text("ward", "Ward", "The code of the ward that it lies in"),
    text("ward_name", "Ward name", "The name of the ward that it lies in"),
    text("registered_ward", "Registered in ward", "The ward of a register's correspondence address; says nothing of where it works"),
    text("registered_ward_name", "Registered in ward, name", "The name of that ward"),
];

/// Properties that only the answer to an area or distance question has.
#[rustfmt::skip]
pub const ANSWER_PROPERTIES: &[Property] = &[
    plain("relation", "Relation", "inside, near, serves or registered: why it is in the answer", PropertyKind::Text),
    plain("distance_m", "Distance (m)", "Metres to the edge of the area, or to the point; 0 inside", PropertyKind::Metres),
    plain("via", "Works across", "The code of the area through which it serves the one asked for", PropertyKind::Text),
    plain("registered_here", "Registered here", "Its register's address is in the area", PropertyKind::Flag),
];

/// The text of a feature, open at its end, in the parts in which it is kept.
#[derive(Debug, Clone, Copy)]
pub struct Text<'a> {
    pub(crate) id: AssetId,
    pub(crate) geometry: &'a [u8],
    /// The members that are its own, each with a comma in front.
    pub(crate) own: &'a [u8],
    /// The members that it has in common with others.
    pub(crate) shared: &'a [u8],
}

impl Text<'_> {
    /// Adds the feature to a text, in WGS84 and without the closing `}}`.
    pub fn write(self, out: &mut Vec<u8>) {
        self.write_placed(out, |out| out.extend_from_slice(self.geometry));
    }

    /// The same with another geometry.
    pub fn write_placed<T>(self, out: &mut Vec<u8>, geometry: impl FnOnce(&mut Vec<u8>) -> T) -> T {
        let id = self.id.to_text();
        out.extend_from_slice(br#"{"type":"Feature","id":""#);
        out.extend_from_slice(&id);
        out.extend_from_slice(br#"","geometry":"#);
        let placed = geometry(out);
        out.extend_from_slice(br#","properties":"#);
        self.write_properties(&id, out);
        placed
    }

    /// About how long it is.
    pub fn len_hint(self) -> usize {
        200 + self.geometry.len() + self.own.len() + self.shared.len()
    }

    /// The feature's properties, closed: a JSON object.
    pub fn properties(self) -> Vec<u8> {
        let mut properties = Vec::with_capacity(self.len_hint());
        self.copy_properties(&mut properties);
        properties
    }

    /// The same, over what was in a buffer.
    pub(crate) fn copy_properties(self, to: &mut Vec<u8>) {
        to.clear();
        self.write_properties(&self.id.to_text(), to);
        to.push(b'}');
    }

    fn write_properties(self, id: &[u8], out: &mut Vec<u8>) {
        for part in [&br#"{"asset_id":""#[..], id, b"\"", self.own, self.shared] {
            out.extend_from_slice(part);
        }
    }

    /// Whether it has a member, written as it stands in the text: `,"postcode":"M33 7ZF"`.
    pub(crate) fn has(self, member: &[u8]) -> bool {
        // Inside of a string its quotes would be escaped, so it is not found there by mistake.
        let among = |members: &[u8]| {
            let mut found = memmem::find_iter(members, member);
            found.any(|at| matches!(members.get(at + member.len()), None | Some(b',')))
        };
        among(self.shared) || among(self.own)
    }
}

impl<'a> Text<'a> {
    /// The name as it stands in the text, with JSON's escapes.
    pub(crate) fn escaped_name(self) -> &'a [u8] {
        const BEFORE: &[u8] = br#""name":"#;
        let at = memmem::find(self.own, BEFORE).map_or(self.own.len(), |at| at + BEFORE.len());
        let quoted = self.own.get(at + 1..).unwrap_or_default();
        let mut end = 0;
        while end < quoted.len() && quoted[end] != b'"' {
            end += if quoted[end] == b'\\' { 2 } else { 1 };
        }
        &quoted[..end.min(quoted.len())]
    }
}

/// Writes what is an asset's own: its geometry, then its members; gives the length of the geometry's text.
pub(crate) fn write_own(out: &mut Vec<u8>, asset: &Asset) -> u8 {
    let from = out.len();
    write_geometry(out, asset.located.map(|l| l.position));
    let geometry = out.len() - from;
    let r = &asset.record;
    let mut members = Members(out);
    members.text("kind", Some(r.kind.as_str()));
    members.text("name", Some(&r.name));
    members.text("category", r.categories.iter().next().map(Category::id));
    members.list("categories", r.categories.iter().map(Category::id));
    members.text("summary", r.summary.as_deref());
    members.text("address", r.address.as_deref());
    members.text("postcode", r.postcode.as_ref().map(|p| p.as_str()).or(r.postcode_text.as_deref()));
    members.text("uprn", r.uprn.as_ref().map(|u| u.as_str()));
    members.text("website", r.website.as_deref());
    members.text("email", r.email.as_deref());
    members.text("phone", r.phone.as_deref());
    members.text("opening_hours", r.opening_hours.as_deref());
    let facilities: Vec<String> = r.facilities.iter().map(|f| format!("{}: {}", f.label, f.value)).collect();
    members.text("facilities", Some(facilities.join("; ").as_str()).filter(|text| !text.is_empty()));
    members.list("serves", r.serves.iter().map(|code| code.as_str()));
    members.list("identifiers", r.identifiers.iter().map(|id| id.as_str()));
    u8::try_from(geometry).expect("a point's text is short")
}

/// Writes what many assets have in common but for the wards.
pub(crate) fn write_shared(out: &mut Vec<u8>, asset: &Asset) {
    let mut members = Members(out);
    members.text("status", Some(asset.record.status.as_str()));
    members.text("as_of", asset.record.as_of.map(|d| d.to_string()).as_deref());
    members.text("position_quality", asset.located.map(|l| l.quality.as_str()));
    members.text("source", Some(&asset.record.source));
}

/// Writes the wards, code and name: the one it lies in and the one it is registered in.
pub(crate) fn write_wards(
    out: &mut Vec<u8>,
    lies_in: Option<(&str, &str)>,
    registered: Option<(&str, &str)>,
) {
    let mut members = Members(out);
    members.text("ward", lies_in.map(|w| w.0));
    members.text("ward_name", lies_in.map(|w| w.1));
    members.text("registered_ward", registered.map(|w| w.0));
    members.text("registered_ward_name", registered.map(|w| w.1));
}

fn write_geometry(out: &mut Vec<u8>, position: Option<Position>) {
    use std::io::Write;
    match position {
        // Seven decimals are about a centimetre.
        Some(p) => write!(
            out,
            r#"{{"type":"Point","coordinates":[{},{}]}}"#,
            (p.lon() * 1e7).round() / 1e7,
            (p.lat() * 1e7).round() / 1e7
        )
        .expect("writing to memory"),
        None => out.extend_from_slice(b"null"),
    }
}

/// Members of a JSON object, each with a comma in front.
struct Members<'a>(&'a mut Vec<u8>);

impl Members<'_> {
    fn member(&mut self, name: &str, value: impl Serialize) {
        self.0.push(b',');
        self.0.push(b'"');
        self.0.extend_from_slice(name.as_bytes());
        self.0.extend_from_slice(b"\":");
        serde_json::to_writer(&mut *self.0, &value).expect("text is JSON");
    }

    fn text(&mut self, name: &str, value: Option<&str>) {
        if let Some(value) = value {
            self.member(name, value);
        }
    }

    fn list<'t>(&mut self, name: &str, values: impl Iterator<Item = &'t str>) {
        let values: Vec<&str> = values.collect();
        if !values.is_empty() {
            self.member(name, values);
        }
    }
}
