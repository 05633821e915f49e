//! Who may change what is known. Until there are accounts, whoever has one of the tokens that the server was started
//! with: programs say it in a header, people sign in with it once.

use crate::AppState;
use crate::problem::Problem;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, header};
use std::fmt;
use subtle::ConstantTimeEq;

/// The cookie of a person who has signed in.
pub(crate) const COOKIE: &str = "assetmap_token";

/// The tokens, and whose they are.
#[derive(Clone, Default)]
pub struct Editors(Vec<(String, String)>);

impl Editors {
    /// From texts such as `SECRET` or `ann=SECRET`; the name is what the history says.
    ///
    /// # Errors
    /// When a secret is so short that it could be guessed.
    pub fn new<'t>(tokens: impl IntoIterator<Item = &'t str>) -> Result<Self, String> {
        const SHORTEST: usize = 16;
        let one = |text: &str| {
            let (name, secret) = text.split_once('=').unwrap_or(("editor", text));
            let plain = secret.bytes().all(|b| b.is_ascii_graphic() && !b";,\"\\".contains(&b));
            match secret.len() >= SHORTEST && plain && !name.trim().is_empty() {
                true => Ok((name.trim().to_owned(), secret.to_owned())),
                false => Err(format!(
                    "a token has at least {SHORTEST} letters and digits without blanks, commas, semicolons or quotes, \
                     and may have a name in front: ann=SECRET"
                )),
            }
        };
        tokens.into_iter().map(one).collect::<Result<_, _>>().map(Self)
    }

    /// Whether nobody may change anything.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whose token this is. Takes as long for a wrong one as for a right one.
    pub(crate) fn named_by(&self, secret: &str) -> Option<&str> {
        self.0.iter().fold(None, |found, (name, known)| {
            if bool::from(known.as_bytes().ct_eq(secret.as_bytes())) { Some(name.as_str()) } else { found }
        })
    }
}

/// Never the secrets.
impl fmt::Debug for Editors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.0.iter().map(|(name, _)| name)).finish()
    }
}

/// Somebody who may change things, by name. As an argument of a handler it turns away everybody else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Editor(pub String);

impl FromRequestParts<AppState> for Editor {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Problem> {
        let editors = state.editors();
        if editors.is_empty() {
            return Err(Problem::forbidden(
                "This server takes no changes: it was started without a token (assetmap serve --token).",
            ));
        }
        let by_header = bearer(&parts.headers).and_then(|secret| editors.named_by(secret));
        // A cookie goes along with requests that other sites cause; those are refused.
        let by_cookie = || {
            let own = is_own(&parts.method, &parts.headers);
            cookie(&parts.headers).filter(|_| own).and_then(|secret| editors.named_by(secret))
        };
        let name = by_header.or_else(by_cookie);
        name.map(|name| Self(name.to_owned())).ok_or_else(|| {
            Problem::unauthorized(
                "This needs a token: send it as \"Authorization: Bearer TOKEN\", or sign in.",
            )
        })
    }
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, secret) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| secret.trim())
}

fn cookie(headers: &HeaderMap) -> Option<&str> {
    let all = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = all.flat_map(|list| list.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(name, _)| *name == COOKIE).map(|(_, secret)| secret)
}

/// Whether a request comes from a page of ours, or changes nothing.
fn is_own(method: &Method, headers: &HeaderMap) -> bool {
    if matches!(*method, Method::GET | Method::HEAD) {
        return true;
    }
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    match (text("sec-fetch-site"), text("origin"), text("host")) {
        (Some(site), ..) => site == "same-origin",
        (None, Some(origin), Some(host)) => origin.split_once("://").is_some_and(|(_, of)| of == host),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_have_names_and_are_long() {
        let editors = Editors::new(["ann=0123456789abcdef", "fedcba9876543210"]).expect("tokens");
        assert_eq!(editors.named_by("0123456789abcdef"), Some("ann"));
        assert_eq!(editors.named_by("fedcba9876543210"), Some("editor"));
        assert_eq!(editors.named_by("0123456789abcdeg"), None);
        assert_eq!(editors.named_by(""), None);
        assert_eq!(format!("{editors:?}"), r#"["ann", "editor"]"#);
        for bad in ["short", "ann=short", "=0123456789abcdef", "0123456789 abcdef"] {
            assert!(Editors::new([bad]).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_cookie_counts_only_from_our_own_pages() {
        let check = |headers: &[(&'static str, &str)]| {
            let mut map = HeaderMap::new();
            for (name, value) in headers {
                map.insert(*name, value.parse().expect("a header"));
            }
            is_own(&Method::POST, &map)
        };
        assert!(check(&[("sec-fetch-site", "same-origin")]));
        assert!(check(&[("origin", "https://a.example"), ("host", "a.example")]));
        assert!(!check(&[
            ("sec-fetch-site", "cross-site"),
            ("origin", "https://a.example"),
            ("host", "a.example")
        ]));
        assert!(!check(&[("origin", "https://b.example"), ("host", "a.example")]));
        assert!(!check(&[]));
        assert!(is_own(&Method::GET, &HeaderMap::new()));
    }
}
