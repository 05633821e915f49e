//! The rules by which money is sorted and shared out: a small versioned file that a finance officer can read.
//!
//! It says what services there are, which words in a published line mean which of them, whose money is protected, and
//! by whom a service is used, where that is everybody. The shipped one is `rules/spend.toml`; its head documents the
//! format.

mod file;
mod lookup;
mod phrase;
mod service;

pub use lookup::{Entry, Said, SaidIn};
pub use service::{Service, ServiceIx, Universal};

use lookup::Lookup;

/// The file that is shipped.
const SHIPPED: &str = include_str!("../../rules/spend.toml");

/// The rules of one version.
#[derive(Debug)]
pub struct Rules {
    version: String,
    text: String,
    services: Vec<Service>,
    pub(crate) lookup: Lookup,
    pub(crate) protected: Lookup,
}

/// Why a text is no set of rules.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RulesError {
    /// It is not TOML, a name in it is not known, or something is missing.
    #[error("not a file of rules: {0}")]
    Form(String),
    /// Two entries or services have the same id.
    #[error("`{0}` is there twice: each id may be used once")]
    Twice(String),
    /// An entry names a service that there is not.
    #[error("entry `{entry}` names the service `{service}`, which is not among the services")]
    UnknownService {
        /// The entry.
        entry: String,
        /// What it names.
        service: String,
    },
    /// An entry names a class that there is not.
    #[error("entry `{entry}` names the class `{class}`; the classes are {classes}", classes = classes())]
    UnknownClass {
        /// The entry.
        entry: String,
        /// What it names.
        class: String,
    },
    /// An entry that every line would match.
    #[error("entry `{0}` names no words: give it payer, unit, category, purpose, payee, kind or capital")]
    MatchesAll(String),
    /// A phrase of which nothing is left when it is compared as lines are.
    #[error(
        "entry `{entry}` has the phrase {phrase:?}: a phrase is words; the last may end in *, the first may begin with ^ or ="
    )]
    BadPhrase {
        /// The entry.
        entry: String,
        /// The phrase.
        phrase: String,
    },
    /// A weight that is none.
    #[error("`{0}` is no weight: write \"population\", or with ages \"population 65-120\"")]
    BadWeight(String),
}

fn classes() -> String {
    crate::Class::ALL.map(crate::Class::as_str).join(", ")
}

impl Rules {
    /// Rules from TOML.
    ///
    /// # Errors
    /// When it is not TOML, names something that there is not, or has an entry that could not be told from another.
    pub fn parse(text: &str) -> Result<Self, RulesError> {
        file::parse(text)
    }

    /// The rules that come with the program.
    pub fn shipped() -> Self {
        Self::parse(SHIPPED).expect("the shipped rules are read by a test")
    }

    /// Which edition of the rules this is.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// The file itself.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The services, in the order of the file.
    pub fn services(&self) -> &[Service] {
        &self.services
    }

    /// One service.
    pub fn service(&self, index: ServiceIx) -> &Service {
        &self.services[usize::from(index.0)]
    }

    /// The service of an id.
    pub fn service_called(&self, id: &str) -> Option<ServiceIx> {
        let place = self.services.iter().position(|service| service.id == id)?;
        u16::try_from(place).ok().map(ServiceIx)
    }

    /// The entries of the lookup, in the order in which they are tried.
    pub fn entries(&self) -> &[Entry] {
        self.lookup.entries()
    }
}

#[cfg(test)]
mod tests;
