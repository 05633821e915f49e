//! `/spend/method`: how money is sorted and tied to places, in plain words; the services and reasons are those of the
//! rules that the figures went by.

use super::{nothing, words};
use crate::AppState;
use crate::pages::frame::{Frame, page};
use crate::spend::Money;
use app::money::{Class, Method, Service, Why};
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;

#[derive(Template)]
#[template(path = "spend/method.html")]
struct MethodPage {
    frame: Frame,
    version: String,
    allocation: Option<(String, String)>,
    /// What each does, and how sure that is.
    methods: Vec<(&'static str, &'static str, &'static str)>,
    reasons: [&'static str; 8],
    /// Sorts of money, and what each is.
    classes: [(&'static str, &'static str); 7],
    services: Vec<ServiceView>,
}

struct ServiceView {
    name: String,
    about: String,
    is_protected: bool,
    /// Why it may be shared out and what that does not show; where that is from.
    shared: Option<(String, String)>,
}

/// The page.
pub(super) async fn show(State(state): State<AppState>) -> Response {
    let Ok(money) = Money::loaded(&state) else { return nothing() };
    page(StatusCode::OK, &MethodPage::of(&money))
}

impl MethodPage {
    fn of(money: &Money) -> Self {
        let rules = &money.ledger.rules;
        let method =
            |method: Method| (method.name(), words::method(method), words::certainty(method.certainty()));
        Self {
            frame: Frame::new(),
            version: rules.version().to_owned(),
            allocation: money.ledger.allocation.as_ref().map(|allocation| {
                (allocation.allocation.to_string(), allocation.at.get(..10).unwrap_or_default().to_owned())
            }),
            methods: Method::ALL.map(method).to_vec(),
            reasons: Why::ALL.map(Why::sentence),
            classes: Class::ALL.map(|class| (class.name(), class.about())),
            services: rules.services().iter().map(ServiceView::of).collect(),
        }
    }
}

impl ServiceView {
    fn of(service: &Service) -> Self {
        Self {
            name: service.name.clone(),
            about: service.about.clone(),
            is_protected: service.protected,
            shared: service.universal.as_ref().map(|by| {
                let limits = by.limits.as_deref().unwrap_or_default();
                (format!("{} {limits}", by.why).trim_end().to_owned(), by.source.clone())
            }),
        }
    }
}
