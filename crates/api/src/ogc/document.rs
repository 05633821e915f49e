//! The same answer for programs and for people: JSON, or a page that says all that the JSON says.

use super::asked::{Asked, Format, Offer};
use super::link::Link;
use crate::pages::{Frame, page};
use askama::Template;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

/// A page, made from the JSON that it stands for.
#[derive(Template)]
#[template(path = "ogc/document.html")]
pub(super) struct Document {
    frame: Frame,
    title: String,
    lead: String,
    /// The pages above this one: name and address.
    trail: Vec<Said>,
    parts: Vec<Part>,
    /// Links that turn the pages of a list.
    turns: Vec<Said>,
    links: Vec<Link>,
}

/// A section of a page.
pub(super) enum Part {
    /// Names and what is to be said of each.
    Facts {
        heading: String,
        rows: Vec<(String, Vec<Said>)>,
    },
    /// The first cell of each row is its header.
    Table {
        heading: String,
        columns: Vec<String>,
        rows: Vec<Vec<Said>>,
    },
    List {
        heading: String,
        entries: Vec<Said>,
    },
    /// Long text that is folded away.
    Folded {
        heading: String,
        text: String,
    },
}

/// A text, perhaps a link.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Said {
    text: String,
    href: Option<String>,
}

impl Said {
    pub fn text(text: impl Into<String>) -> Self {
        Self { text: text.into(), href: None }
    }

    pub fn link(text: impl Into<String>, href: impl Into<String>) -> Self {
        Self { text: text.into(), href: Some(href.into()) }
    }

    pub fn into_text(self) -> String {
        self.text
    }

    /// A JSON value in words. Addresses of pages become links.
    pub fn value(value: &Value) -> Self {
        match value {
            Value::Null => Self::default(),
            Value::String(text) if text.starts_with("https://") || text.starts_with("http://") => {
                Self::link(text, text)
            }
            Value::String(text) => Self::text(text),
            Value::Bool(true) => Self::text("yes"),
            Value::Bool(false) => Self::text("no"),
            Value::Array(all) if all.iter().all(|value| value.is_string() || value.is_number()) => {
                Self::text(all.iter().map(|value| Self::value(value).text).collect::<Vec<_>>().join(", "))
            }
            other => Self::text(other.to_string()),
        }
    }
}

impl Document {
    pub fn new(title: &str, lead: &str) -> Self {
        Self {
            frame: Frame::new(),
            title: title.to_owned(),
            lead: lead.to_owned(),
            trail: Vec::new(),
            parts: Vec::new(),
            turns: Vec::new(),
            links: Vec::new(),
        }
    }

    /// With the pages above it: name, path and so on.
    pub fn below(mut self, trail: &[(&str, &str)]) -> Self {
        let page = |(name, path): &(&str, &str)| Said::link(*name, format!("{path}?f=html"));
        self.trail = trail.iter().map(page).collect();
        self
    }

    pub fn with(mut self, part: Part) -> Self {
        self.parts.push(part);
        self
    }

    /// With a list's links to its page before and its next page.
    pub fn turning(mut self, turns: Vec<Said>) -> Self {
        self.turns = turns;
        self
    }

    /// With links to other formats and resources.
    pub fn linking(mut self, links: &[Link]) -> Self {
        self.links = links.to_vec();
        self
    }
}

/// An answer in the format that was asked for. The links stand in the body, where it has them, and in the header.
pub(super) fn answer(
    format: Format,
    offers: &[Offer],
    body: &Value,
    links: &[Link],
    document: impl FnOnce(&Value) -> Document,
) -> Response {
    let mut response = match format {
        Format::Html => page(StatusCode::OK, &document(body).linking(links)),
        _ => ([(header::CONTENT_TYPE, offers[0].1)], body.to_string()).into_response(),
    };
    add_link_header(&mut response, links);
    response
}

/// An answer without parameters of its own whose JSON has a member `links`: its own links, and then others.
pub(super) fn linked(
    asked: &Asked,
    offers: &[Offer],
    title: &'static str,
    mut body: Value,
    more: Vec<Link>,
    document: impl FnOnce(&Value) -> Document,
) -> Result<Response, crate::problem::Problem> {
    let format = asked.only_format(offers)?;
    let mut links = asked.own_links(format, offers, title);
    links.extend(more);
    body["links"] = json!(links);
    Ok(answer(format, offers, &body, &links, document))
}

/// The links in a header too, for whoever does not read the body.
pub(crate) fn add_link_header(response: &mut Response, links: &[Link]) {
    if let Ok(value) = HeaderValue::try_from(Link::header(links)) {
        response.headers_mut().insert(header::LINK, value);
    }
}
