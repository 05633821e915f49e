use crate::{Class, Rules, ServiceIx, Universal};
use model::SpendKind;

/// What a published line says about what it is, as published.
#[derive(Debug, Clone, Copy)]
pub struct Words<'a> {
    /// The body that pays.
    pub payer: &'a str,
    /// Who in the body spends it; empty when it does not say.
    pub unit: &'a str,
    /// The sort of expense or goods; empty when it does not say.
    pub category: &'a str,
    /// What for; empty when it does not say.
    pub purpose: &'a str,
    /// Who is paid; `None` when that is redacted or withheld.
    pub payee: Option<&'a str>,
    /// What sort of line it is.
    pub kind: SpendKind,
    /// Whether the source says that it is capital.
    pub is_capital: Option<bool>,
}

/// What money is, by the rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct What<'r> {
    /// The service that it is for.
    pub service: Option<ServiceIx>,
    /// What sort of money it is.
    pub class: Class,
    /// Whether it is for people whom a payment must not help to find.
    pub is_protected: bool,
    /// The id of the entry that says so; `None` when no entry knows it.
    pub by: Option<&'r str>,
}

impl Rules {
    /// What a line is. The first entry that it meets says what sort of money; the first of those it meets that settles a
    /// service says what for. Who is protected is asked apart from that, so that no order of entries can lay anybody
    /// open.
    pub fn what(&self, words: &Words<'_>) -> What<'_> {
        let is_named = self.protected.met(words).next().is_some();
        let met: Vec<_> = self.lookup.met(words).collect();
        let Some(first) = met.first() else {
            return What { service: None, class: Class::Unmapped, is_protected: is_named, by: None };
        };
        let service = met.iter().find(|entry| entry.settles_service).and_then(|entry| entry.service);
        let is_protected = is_named
            || met.iter().any(|entry| entry.is_protected)
            || service.is_some_and(|service| self.service(service).protected);
        // Whatever buys a service buys something that lasts when the source says that it is capital.
        let class = match first.class {
            Class::Service if words.is_capital == Some(true) => Class::Capital,
            class => class,
        };
        What { service, class, is_protected, by: Some(&first.id) }
    }

    /// Who uses what a line buys, where the rules say that it is everybody, or everybody of an age.
    pub fn universal(&self, what: &What<'_>) -> Option<&Universal> {
        let entry = what.by.and_then(|id| self.lookup.called(id));
        let service = || what.service.and_then(|service| self.service(service).universal.as_ref());
        entry.and_then(|entry| entry.universal.as_ref()).or_else(service)
    }
}
