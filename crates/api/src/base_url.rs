use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, header};

/// The start of absolute links, without a slash at its end: `http://127.0.0.1:8080`.
#[derive(Debug, Clone)]
pub(crate) struct BaseUrl(String);

impl BaseUrl {
    /// The configured address, else the one that the client called.
    pub fn of(configured: Option<&str>, headers: &HeaderMap) -> Self {
        if let Some(url) = configured {
            return Self(url.to_owned());
        }
        let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
        let harmless = |host: &&str| {
            !host.is_empty() && host.bytes().all(|b| b.is_ascii_alphanumeric() || b".-:[]_".contains(&b))
        };
        Self(format!("http://{}", host.filter(harmless).unwrap_or("localhost")))
    }

    /// An absolute link to a path that starts with a slash.
    pub fn link(&self, path: &str) -> String {
        format!("{}{path}", self.0)
    }
}

/// HTTP/2 names the host in the address and not in a header: put it where everyone looks.
pub(crate) fn name_host(request: &mut Request) {
    if !request.headers().contains_key(header::HOST)
        && let Some(host) =
            request.uri().authority().and_then(|host| HeaderValue::from_str(host.as_str()).ok())
    {
        request.headers_mut().insert(header::HOST, host);
    }
}
