//! The addresses of pages about money. The whole state of a page is in its address.

use crate::pages::address::value;
use app::money::{Ask, Class, Order};
use model::{Basis, Level};

/// How the table of areas is sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Sort {
    /// Most per head first.
    #[default]
    PerHead,
    /// Most first.
    Total,
    /// By name.
    Name,
}

impl Sort {
    const ALL: [Self; 3] = [Self::PerHead, Self::Total, Self::Name];

    pub fn word(self) -> &'static str {
        match self {
            Self::PerHead => "per_head",
            Self::Total => "total",
            Self::Name => "name",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|sort| sort.word() == word)
    }
}

/// What an address asks, without what is usual; wards are usual.
pub(super) fn query(ask: &Ask, usual: Option<Level>) -> String {
    let level = ask.level.filter(|level| Some(*level) != usual);
    let basis = Some(ask.basis).filter(|basis| *basis != Basis::default());
    let [year, prices] = [ask.year, ask.prices].map(|year| year.map(|year| year.to_string()));
    let pairs = [
        ("level", level.map(Level::as_str)),
        ("year", year.as_deref()),
        ("payer", ask.payer.as_deref()),
        ("service", ask.service.as_deref()),
        ("class", ask.class.map(Class::as_str)),
        ("basis", basis.map(Basis::as_str)),
        ("prices", prices.as_deref()),
    ];
    let pairs = pairs.into_iter().filter_map(|(name, text)| Some(format!("{name}={}", value(text?))));
    pairs.collect::<Vec<_>>().join("&")
}

/// A path with a query, where there is one.
pub(super) fn with(path: &str, query: &str) -> String {
    if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
}

/// The same with a further parameter.
pub(super) fn and(address: &str, name: &str, text: &str) -> String {
    let mark = if address.contains('?') { '&' } else { '?' };
    format!("{address}{mark}{name}={}", value(text))
}

/// The table of areas.
pub(super) fn areas(ask: &Ask, usual: Option<Level>, sort: Sort) -> String {
    let address = with("/spend", &query(ask, usual));
    if sort == Sort::default() { address } else { and(&address, "sort", sort.word()) }
}

/// An area's ledger, for the same question.
pub(super) fn ledger(code: &str, ask: &Ask) -> String {
    with(&format!("/spend/{code}"), &query(&Ask { level: None, ..ask.clone() }, None))
}

/// The same with its lines in an order.
pub(super) fn lines(code: &str, ask: &Ask, order: Order) -> String {
    in_order(ledger(code, ask), order)
}

/// An address of lines in an order.
pub(super) fn in_order(address: String, order: Order) -> String {
    if order == Order::default() { address } else { and(&address, "order", order.as_str()) }
}

/// Why a line went where it did.
pub(super) fn line(id: &str) -> String {
    format!("/spend/lines/{id}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::FinancialYear;

    #[test]
    fn an_address_says_what_is_not_usual() {
        let ask = Ask {
            level: Some(Level::Ward),
            year: Some(FinancialYear::beginning_in(2026)),
            payer: Some("Wexmarsh & Co".into()),
            ..Ask::default()
        };
        let usual = Some(Level::Ward);
        assert_eq!(query(&ask, usual), "year=2026-27&payer=Wexmarsh+%26+Co");
        assert_eq!(areas(&Ask::default(), usual, Sort::PerHead), "/spend");
        assert_eq!(
            areas(&ask, None, Sort::Name),
            "/spend?level=ward&year=2026-27&payer=Wexmarsh+%26+Co&sort=name"
        );
        assert_eq!(ledger("E05000001", &ask), "/spend/E05000001?year=2026-27&payer=Wexmarsh+%26+Co");
        let real = Ask { prices: Some(FinancialYear::beginning_in(2024)), ..Ask::default() };
        assert_eq!(ledger("E05000001", &real), "/spend/E05000001?prices=2024-25");
        assert_eq!(lines("E05000001", &real, Order::Amount), "/spend/E05000001?prices=2024-25");
        assert_eq!(lines("E05000001", &real, Order::Date), "/spend/E05000001?prices=2024-25&order=date");
        assert_eq!(and("/spend", "after", "3"), "/spend?after=3");
        assert!(Sort::ALL.into_iter().all(|sort| Sort::parse(sort.word()) == Some(sort)));
    }
}
