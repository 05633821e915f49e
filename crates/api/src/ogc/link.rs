use serde::Serialize;

/// A link to another resource, as GeoJSON and the OGC's documents write it.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Link {
    pub href: String,
    pub rel: &'static str,
    #[serde(rename = "type")]
    pub kind: &'static str,
    pub title: &'static str,
}

impl Link {
    /// All of them for a `Link` header (RFC 8288): `<href>; rel="next"; type="text/html"`.
    pub fn header(links: &[Self]) -> String {
        let mut text = String::with_capacity(links.iter().map(|link| link.href.len() + 60).sum());
        for link in links {
            let mark = if text.is_empty() { "" } else { ", " };
            for part in [mark, "<", &link.href, ">; rel=\"", link.rel, "\"; type=\"", link.kind, "\""] {
                text.push_str(part);
            }
        }
        text
    }
}
