use super::link::Link;
use crate::AppState;
use crate::base_url::BaseUrl;
use crate::params::Params;
use crate::problem::Problem;
use axum::extract::{FromRequestParts, OriginalUri};
use axum::http::header;
use axum::http::request::Parts;
use std::convert::Infallible;

/// How an answer is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    Json,
    Html,
    Csv,
}

/// A format in which a resource is offered, with its media type. The first of a list is the one for whoever doesn't
/// mind.
pub(crate) type Offer = (Format, &'static str);

pub(super) const HTML: Offer = (Format::Html, "text/html");

impl Format {
    /// The word for the parameter `f`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Html => "html",
            Self::Csv => "csv",
        }
    }

    fn title(self) -> &'static str {
        match self {
            Self::Json => "This as JSON",
            Self::Html => "This as a page",
            Self::Csv => "This as a table",
        }
    }
}

/// Where a request came in and which media types it prefers: for the links of its answer and the choice of a format.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    base: BaseUrl,
    path: String,
    pub query: Option<String>,
    accept: String,
}

impl FromRequestParts<AppState> for Asked {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Infallible> {
        let OriginalUri(uri) = OriginalUri::from_request_parts(parts, state).await?;
        let accept = parts.headers.get_all(header::ACCEPT).iter().filter_map(|value| value.to_str().ok());
        Ok(Self {
            base: state.base_url(&parts.headers),
            path: uri.path().to_owned(),
            query: uri.query().map(str::to_owned),
            accept: accept.collect::<Vec<_>>().join(","),
        })
    }
}

impl Asked {
    /// The format that `f` names, else the one that the client prefers.
    pub fn format(&self, params: &mut Params, offers: &[Offer]) -> Result<Format, Problem> {
        let words = || offers.iter().map(|offer| offer.0.word()).collect::<Vec<_>>().join(", ");
        let named = params.take_as("f", |word| {
            let word = if word == "geojson" { "json" } else { word };
            let offer = offers.iter().find(|offer| offer.0.word() == word);
            offer.map(|offer| offer.0).ok_or_else(|| format!("there is {}", words()))
        })?;
        Ok(named.unwrap_or_else(|| preferred(&self.accept, offers)))
    }

    /// The same, for a resource without other parameters.
    pub fn only_format(&self, offers: &[Offer]) -> Result<Format, Problem> {
        let mut params = Params::parse(self.query.as_deref())?;
        let format = self.format(&mut params, offers)?;
        params.finish()?;
        Ok(format)
    }

    /// A link to a path.
    pub fn link(&self, rel: &'static str, kind: &'static str, title: &'static str, path: &str) -> Link {
        Link { rel, kind, title, href: self.base.link(path) }
    }

    /// The absolute address of a path.
    pub fn address(&self, path: &str) -> String {
        self.base.link(path)
    }

    /// This request with some parameters in place of its own. What stays is written as the client wrote it.
    pub fn with(&self, instead: &[(&str, Option<&str>)]) -> String {
        self.at(&self.path, instead)
    }

    /// The same at another path of ours.
    pub fn at(&self, path: &str, instead: &[(&str, Option<&str>)]) -> String {
        let own = self.query.as_deref().unwrap_or_default();
        let mut href = self.base.link(path);
        href.reserve(own.len() + 80);
        let mut mark = '?';
        let mut add = |part: &str| {
            href.push(mark);
            href.push_str(part);
            mark = '&';
        };
        for part in own.split('&').filter(|part| !part.is_empty()) {
            let name = form_urlencoded::parse(part.as_bytes()).next().map(|pair| pair.0).unwrap_or_default();
            if instead.iter().all(|(replaced, _)| *replaced != name) {
                add(part);
            }
        }
        for (name, value) in instead {
            if let Some(value) = value {
                add(&form_urlencoded::Serializer::new(String::new()).append_pair(name, value).finish());
            }
        }
        href
    }

    /// A link to this resource itself, as it is answered, and one to each other format.
    pub fn own_links(&self, format: Format, offers: &[Offer], title: &'static str) -> Vec<Link> {
        let link = |offer: &Offer| match offer.0 == format {
            true => Link { rel: "self", kind: offer.1, title, href: self.with(&[]) },
            false => {
                let href = self.with(&[("f", Some(offer.0.word()))]);
                Link { rel: "alternate", kind: offer.1, title: offer.0.title(), href }
            }
        };
        let (own, others): (Vec<&Offer>, Vec<&Offer>) = offers.iter().partition(|offer| offer.0 == format);
        own.into_iter().chain(others).map(link).collect()
    }
}

/// The format with the highest weight in an `Accept` header. A wildcard counts for the first offer only, so that a
/// program that takes anything gets what programs read, and a browser, which names HTML, gets a page.
fn preferred(accept: &str, offers: &[Offer]) -> Format {
    let first = offers[0].0;
    let weight_of = |(format, media): &Offer| {
        let named = |range: &str| match format {
            Format::Json => range.ends_with("json"),
            _ => range == *media,
        };
        let ranges = accept.split(',').filter_map(|part| {
            let (range, weight) = range_and_weight(part);
            let wild = *format == first && matches!(range.as_str(), "*/*" | "application/*");
            (named(&range) || wild).then_some(weight)
        });
        ranges.fold(0.0, f64::max)
    };
    let mut best = (first, weight_of(&offers[0]));
    for offer in &offers[1..] {
        let weight = weight_of(offer);
        if weight > best.1 {
            best = (offer.0, weight);
        }
    }
    best.0
}

fn range_and_weight(part: &str) -> (String, f64) {
    let mut parts = part.split(';').map(str::trim);
    let range = parts.next().unwrap_or_default().to_ascii_lowercase();
    let weight = parts.filter_map(|p| p.strip_prefix("q=")).find_map(|q| q.parse::<f64>().ok());
    (range, weight.unwrap_or(1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(accept: &str) -> &'static str {
        let offers = [(Format::Json, "application/geo+json"), HTML, (Format::Csv, "text/csv")];
        preferred(accept, &offers).word()
    }

    #[test]
    fn browsers_get_pages_and_programs_get_json() {
        assert_eq!(check("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"), "html");
        assert_eq!(check("text/html"), "html");
        assert_eq!(check("text/csv"), "csv");
        for accept in [
            "",
            "*/*",
            "application/geo+json, application/json",
            "application/json,text/html",
            "text/html;q=0.4, application/json;q=0.5",
            "image/png",
            "text/html;q=0",
        ] {
            assert_eq!(check(accept), "json", "{accept}");
        }
    }
}
