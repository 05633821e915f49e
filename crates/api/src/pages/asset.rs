//! `/asset/{id}`: one group or building, with everything that is known of it.

use super::ask::Ask;
use super::facts::Facts;
use super::frame::{Frame, page};
use super::hire::{ASKED, NOT_KNOWN};
use super::{address, hire, missing, words};
use crate::AppState;
use askama::Template;
use atlas::{AssetIx, Atlas};
use axum::extract::{Path, RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;
use model::{AreaCode, AssetId, Category, Kind, Listing, Position, Status};

#[derive(Template)]
#[template(path = "asset.html")]
pub(super) struct AssetPage {
    pub frame: Frame,
    pub name: String,
    pub kind: &'static str,
    pub kind_title: &'static str,
    pub category: Option<String>,
    pub is_closed: bool,
    pub summary: Option<String>,
    pub back: Option<String>,
    pub geojson_href: String,
    pub edit_href: String,
    /// What a visitor or hirer asks.
    pub practical: Vec<Fact>,
    pub place: Vec<Fact>,
    pub origin: Vec<Fact>,
    pub registered: Option<Registered>,
}

/// A line of a summary list.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Fact {
    pub label: String,
    pub values: Vec<Value>,
}

/// What stands beside a label.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Value {
    pub text: String,
    pub href: Option<String>,
    pub is_unknown: bool,
}

/// Where a register has its address for letters.
pub(super) struct Registered {
    pub name: String,
    pub href: String,
}

/// The page.
pub(super) async fn show(
    State(state): State<AppState>,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
) -> Response {
    let atlas = state.atlas();
    match AssetId::parse(&id).and_then(|id| atlas.asset(id)) {
        Some(asset) => page(
            StatusCode::OK,
            &AssetPage::of(&atlas, asset, back(&atlas, query.as_deref().unwrap_or_default())),
        ),
        None => missing::page("There is no group or building with this address.".into()),
    }
}

/// The list that a person came from. Only a list of ours can come out, whatever goes in.
pub(super) fn back(atlas: &Atlas, query: &str) -> Option<String> {
    let from = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "from")?.1;
    let ask = Ask::read(&from).ask;
    atlas.locality(&ask.area).map(|_| ask.link())
}

impl AssetPage {
    pub fn of(atlas: &Atlas, asset: AssetIx, back: Option<String>) -> Self {
        let facts = Facts::of(atlas, asset);
        let kind = atlas.asset_kind(asset);
        let can_be_hired = kind == Kind::Building && has_rooms(&facts);
        Self {
            frame: Frame::new(),
            kind: kind.as_str(),
            kind_title: words::kind_title(kind),
            category: facts.category_titles(),
            is_closed: atlas.asset_status(asset) == Status::Closed,
            summary: facts.summary.clone(),
            back,
            edit_href: format!("/asset/{}/edit", atlas.asset_id(asset)),
            geojson_href: address::item("assets", &atlas.asset_id(asset).to_string()),
            practical: practical(&facts, can_be_hired),
            place: place(atlas, asset, &facts),
            origin: origin(atlas, &facts),
            registered: registered(atlas, asset),
            name: facts.name,
        }
    }
}

impl Fact {
    pub fn new(label: impl Into<String>, text: impl Into<String>) -> Self {
        Self { label: label.into(), values: vec![Value { text: text.into(), href: None, is_unknown: false }] }
    }

    fn linked(label: impl Into<String>, text: &str, href: Option<String>) -> Self {
        let value = Value { text: text.to_owned(), href, is_unknown: false };
        Self { label: label.into(), values: vec![value] }
    }

    /// Never "no": what no source says is not known.
    pub fn unknown(label: impl Into<String>) -> Self {
        let value = Value { text: NOT_KNOWN.into(), href: None, is_unknown: true };
        Self { label: label.into(), values: vec![value] }
    }

    fn known_or_ask(label: &str, text: Option<&str>, href: impl Fn(&str) -> Option<String>) -> Self {
        text.map_or_else(|| Self::unknown(label), |text| Self::linked(label, text, href(text)))
    }
}

/// Whether it is the sort of place where people hire or use a room.
fn has_rooms(facts: &Facts) -> bool {
    use model::Family::{Community, Culture, Faith, Sport};
    let categories = facts.categories.iter().filter_map(|id| Category::parse(id));
    let mut families = categories.filter(|c| c.listing() == Listing::Usable).map(Category::family);
    facts.facilities.is_some() || families.any(|family| matches!(family, Community | Culture | Faith | Sport))
}

fn practical(facts: &Facts, can_be_hired: bool) -> Vec<Fact> {
    let mut list =
        vec![Fact::known_or_ask("Opening or meeting times", facts.opening_hours.as_deref(), |_| None)];
    let contacts = [
        facts.phone.as_deref().map(|text| Fact::linked("Telephone", text, telephone(text))),
        facts.email.as_deref().map(|text| Fact::linked("Email", text, mailbox(text))),
        facts.website.as_deref().map(|text| Fact::linked("Website", text, website(text))),
    ];
    if contacts.iter().all(Option::is_none) {
        list.push(Fact::unknown("Contact"));
    }
    list.extend(contacts.into_iter().flatten());
    let facilities = facts.facility_list();
    list.extend(facilities.iter().map(|(label, value)| Fact::new(model::capital(label), value)));
    if can_be_hired {
        let missing = ASKED.iter().filter(|(label, _)| hire::said(&facilities, label).is_none());
        list.extend(missing.map(|(label, _)| Fact::unknown(*label)));
    }
    list
}

fn place(atlas: &Atlas, asset: AssetIx, facts: &Facts) -> Vec<Fact> {
    let mut list = vec![Fact::known_or_ask("Address", facts.address.as_deref(), |_| None)];
    list.extend(facts.postcode.as_deref().map(|postcode| Fact::new("Postcode", postcode)));
    match atlas.asset_position(asset) {
        Some(position) => list.extend(position_facts(atlas, position, facts)),
        None => list.push(Fact::new("Position", "Not known. It is not on the map.")),
    }
    let serves: Vec<Value> = facts.serves.iter().map(|code| area_value(atlas, code)).collect();
    if !serves.is_empty() {
        list.push(Fact { label: "Works across".into(), values: serves });
    }
    list
}

fn position_facts(atlas: &Atlas, position: Position, facts: &Facts) -> Vec<Fact> {
    let how = facts.placed().map(|placed| format!(" ({placed})")).unwrap_or_default();
    let mut list = vec![Fact::new("Latitude, longitude", format!("{position}{how}"))];
    let grid = osgb::to_grid(osgb::LonLat::new(position.lon(), position.lat()));
    if let Ok(reference) = grid.and_then(|point| osgb::GridRef::containing(point, 10)) {
        list.push(Fact::new("Grid reference", reference.to_string()));
    }
    let mut areas = atlas.localities_at(position);
    areas.sort_by_key(|ix| (atlas.place(*ix).level(), std::cmp::Reverse(atlas.place(*ix).vintage())));
    let mut values: Vec<Value> = Vec::new();
    for ix in areas {
        let place = atlas.place(ix);
        values.push(Value {
            text: format!("{} ({} of {})", place.name, place.level().one(), place.vintage()),
            href: Some(address::area(&place.id)),
            is_unknown: false,
        });
    }
    if values.is_empty() {
        values.push(Value { text: "No loaded area".into(), href: None, is_unknown: false });
    }
    list.push(Fact { label: "It is in".into(), values });
    list
}

fn area_value(atlas: &Atlas, code: &str) -> Value {
    let name = AreaCode::parse(code).ok().map(|code| atlas.name_of_code(&code).to_owned());
    Value {
        text: name.unwrap_or_else(|| code.to_owned()),
        href: atlas.locality(code).map(|ix| address::area(&atlas.place(ix).id)),
        is_unknown: false,
    }
}

fn registered(atlas: &Atlas, asset: AssetIx) -> Option<Registered> {
    let place = atlas.place(atlas.asset_registered_in(asset)?);
    Some(Registered { name: place.name.clone(), href: address::area(&place.id) })
}

fn origin(atlas: &Atlas, facts: &Facts) -> Vec<Fact> {
    let mut list = vec![Fact::new("How old this is", facts.age(atlas))];
    list.push(Fact::linked(
        "Source",
        &facts.source_title(atlas),
        Some(format!("/about#{}", address::value(&facts.source))),
    ));
    if let Some(source) = atlas.source(&facts.source) {
        list.extend(source.publisher.as_ref().map(|text| Fact::new("Publisher", text)));
        list.extend(
            source.licence.as_ref().map(|id| Fact::linked("Licence", words::licence(id), licence_text(id))),
        );
        list.extend(source.attribution.as_ref().map(|text| Fact::new("Attribution", text)));
    }
    list.extend(facts.identifiers.iter().map(|id| identifier(id)));
    list.extend(facts.uprn.as_deref().map(|uprn| Fact::new("Property number (UPRN)", uprn)));
    list
}

/// Where the words of a licence stand.
pub(super) fn licence_text(id: &str) -> Option<String> {
    (id == "OGL-UK-3.0")
        .then(|| "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/".to_owned())
}

fn identifier(id: &str) -> Fact {
    match (id.strip_prefix("GB-CHC-"), id.strip_prefix("GB-COH-")) {
        (Some(number), _) => Fact::new("Charity number", number),
        (_, Some(number)) => Fact::new("Company number", number),
        _ => Fact::new("Register number", id),
    }
}

/// Only the web: a source's text is not to run or open anything else.
pub(super) fn website(text: &str) -> Option<String> {
    let lower = text.to_ascii_lowercase();
    if text.chars().any(|c| c.is_whitespace() || c.is_control()) {
        return None;
    }
    if lower.starts_with("https://") || lower.starts_with("http://") {
        return Some(text.to_owned());
    }
    let host = lower.split('/').next().unwrap_or_default();
    let is_host =
        host.contains('.') && host.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'.' || b == b'-');
    is_host.then(|| format!("http://{text}"))
}

pub(super) fn mailbox(text: &str) -> Option<String> {
    let plain = text.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'))
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"@.-_+'".contains(&b));
    plain.then(|| format!("mailto:{text}"))
}

pub(super) fn telephone(text: &str) -> Option<String> {
    let digits: String = text.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
    let plain = text.chars().all(|c| c.is_ascii_digit() || " +-()".contains(c));
    (plain && (10..=15).contains(&digits.len())).then(|| format!("tel:{digits}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_plainly_a_link_becomes_one() {
        assert_eq!(website("www.hall.org/book").as_deref(), Some("http://www.hall.org/book"));
        assert_eq!(website("HTTPS://hall.org").as_deref(), Some("HTTPS://hall.org"));
        for text in ["javascript:alert(1)", "data:text/html,x", "ask us", "//evil.example", "java\nscript:x"]
        {
            assert_eq!(website(text), None, "{text}");
        }
        assert_eq!(mailbox("hall@example.org").as_deref(), Some("mailto:hall@example.org"));
        assert_eq!(mailbox("hall@example.org?bcc=x@y.z"), None);
        assert_eq!(telephone("0161 912 2122").as_deref(), Some("tel:01619122122"));
        assert_eq!(telephone("ask for Jo"), None);
    }
}
