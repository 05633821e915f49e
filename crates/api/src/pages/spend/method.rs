//! `/spend/method`: how money is sorted and tied to places, in plain words; the services and reasons are those of the
//! rules that the figures went by.

use super::{nothing, words};
use crate::AppState;
use crate::pages::frame::{Frame, page};
use crate::spend::Money;
use app::money::{Class, Method, People, Rules, Service, ServiceIx, Why};
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
    /// By whom parts of it are shared out, where rules of their own say so.
    parts: Option<String>,
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
            services: services(rules),
        }
    }
}

fn services(rules: &Rules) -> Vec<ServiceView> {
    let services = rules.services().iter().zip(0..);
    services.map(|(service, ix)| ServiceView::of(service, parts(rules, ServiceIx(ix)))).collect()
}

/// `by people aged 65 to 74 and by people aged 75 to 84`: what entries of the lookup say that differs from their service.
fn parts(rules: &Rules, service: ServiceIx) -> Option<String> {
    let of_service =
        rules.entries().iter().filter(|entry| entry.service == Some(service) && !entry.is_protected);
    let weights = of_service.filter_map(|entry| People::parse(&entry.universal.as_ref()?.weights));
    let mut people: Vec<String> = Vec::new();
    for one in weights.map(|people| format!("by {}", people.in_words())) {
        if !people.contains(&one) {
            people.push(one);
        }
    }
    (!people.is_empty()).then(|| model::listed(&people))
}

impl ServiceView {
    fn of(service: &Service, parts: Option<String>) -> Self {
        Self {
            name: service.name.clone(),
            about: service.about.clone(),
            is_protected: service.protected,
            parts: parts.filter(|_| !service.protected),
            shared: service.universal.as_ref().map(|by| {
                let limits = by.limits.as_deref().unwrap_or_default();
                (format!("{} {limits}", by.why).trim_end().to_owned(), by.source.clone())
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(service: &str) -> (bool, Option<String>) {
        let rules = Rules::shipped();
        let Some(ServiceIx(at)) = rules.service_called(service) else { panic!("no service {service}") };
        let view = services(&rules).swap_remove(usize::from(at));
        (view.shared.is_some(), view.parts)
    }

    #[test]
    fn parts_that_are_shared_out_by_age_are_named_each_once() {
        assert_eq!(said("education"), (false, Some("by children under 5".into())));
        assert_eq!(said("waste"), (true, None));
        assert_eq!(said("planning"), (false, None));
        let (_, care) = said("adult-social-care");
        let care = care.unwrap_or_default();
        for who in ["by people aged 65 to 74, ", " and by people aged 65 and over"] {
            assert_eq!(care.matches(who).count(), 1, "{who} in {care}");
        }
    }
}
