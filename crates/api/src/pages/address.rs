//! Addresses: what stands in links.

/// A value of a query, with commas and colons left readable.
pub(super) fn value(text: &str) -> String {
    let encoded: String = form_urlencoded::byte_serialize(text.as_bytes()).collect();
    encoded.replace("%2C", ",").replace("%3A", ":")
}

/// One segment of a path.
fn segment(text: &str) -> String {
    value(text).replace('+', "%20")
}

/// The page of an area.
pub(super) fn area(id: &str) -> String {
    format!("/area/{}", segment(id))
}

/// The page of an asset, which leads back to a list with this query.
pub(super) fn asset(id: &str, from: Option<&str>) -> String {
    match from {
        Some(query) => format!(
            "/asset/{id}?from={}",
            form_urlencoded::byte_serialize(query.as_bytes()).collect::<String>()
        ),
        None => format!("/asset/{id}"),
    }
}

/// An item of a collection of the OGC API.
pub(super) fn item(collection: &str, id: &str) -> String {
    format!("/ogc/collections/{collection}/items/{}", segment(id))
}
