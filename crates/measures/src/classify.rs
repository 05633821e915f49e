use crate::{Class, Entry, Rules, ServiceIx, Universal};
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

/// The entries of the rules that decided what a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decided<'r> {
    /// What sort of money it is.
    pub class: Option<&'r Entry>,
    /// What service it is for, or that it is for none.
    pub service: Option<&'r Entry>,
    /// That it is for people to be protected, whatever its service is.
    pub protected: Option<&'r Entry>,
}

impl Rules {
    /// What a line is.
    pub fn what(&self, words: &Words<'_>) -> What<'_> {
        let Decided { class, service, protected } = self.decided(words);
        let service = service.and_then(|entry| entry.service);
        let is_protected =
            protected.is_some() || service.is_some_and(|service| self.service(service).protected);
        let by = class.map(|entry| entry.id.as_str());
        // Whatever buys a service buys something that lasts when the source says that it is capital.
        let class = match class.map(|entry| entry.class) {
            None => Class::Unmapped,
            Some(Class::Service) if words.is_capital == Some(true) => Class::Capital,
            Some(class) => class,
        };
        What { service, class, is_protected, by }
    }

    /// Which entries say what a line is. The first that it meets says what sort of money; the first of those it meets
    /// that settles a service says what for. Who is protected is asked apart from that, so that no order of entries can
    /// lay anybody open.
    pub fn decided(&self, words: &Words<'_>) -> Decided<'_> {
        let met: Vec<_> = self.lookup.met(words).collect();
        let by_name = self.protected.met(words).next();
        Decided {
            class: met.first().copied(),
            service: met.iter().copied().find(|entry| entry.settles_service),
            protected: by_name.or_else(|| met.iter().copied().find(|entry| entry.is_protected)),
        }
    }

    /// The entries that a line meets too and that would say another service, had they come first; one for each service.
    pub fn passed_over(&self, words: &Words<'_>) -> Vec<&Entry> {
        let mut services: Vec<ServiceIx> = self.what(words).service.into_iter().collect();
        let mut entries: Vec<&Entry> =
            self.lookup.met(words).filter(|entry| entry.service.is_some()).collect();
        entries.retain(|entry| {
            let is_new = entry.service.is_some_and(|service| !services.contains(&service));
            services.extend(entry.service);
            is_new
        });
        entries
    }

    /// Who uses what a line buys, where the rules say that it is everybody, or everybody of an age.
    pub fn universal(&self, what: &What<'_>) -> Option<&Universal> {
        let entry = what.by.and_then(|id| self.lookup.called(id));
        let service = || what.service.and_then(|service| self.service(service).universal.as_ref());
        entry.and_then(|entry| entry.universal.as_ref()).or_else(service)
    }
}
