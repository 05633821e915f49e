//! The question about public money that an address asks, the same for `/api/spend`, the OGC API and the pages.

#[cfg(test)]
pub(crate) mod fixture;
#[cfg(test)]
mod tests;

use crate::AppState;
use crate::params::Params;
use crate::problem::Problem;
use app::money::{Ask, AskError, Class, Explained, Ledger, PageOfLines, Spending, Within, explain};
use atlas::Atlas;
use model::{AreaCode, AssetId, Basis, FinancialYear, Level};
use std::sync::Arc;

/// The areas and the money that one answer speaks of.
#[derive(Clone)]
pub(crate) struct Money {
    pub atlas: Arc<Atlas>,
    pub ledger: Arc<Ledger>,
}

impl Money {
    /// What is known now.
    pub fn of(state: &AppState) -> Self {
        Self { atlas: state.atlas(), ledger: state.live().ledger() }
    }

    /// The same; where there is no money at all nobody could tell what is spent.
    pub fn loaded(state: &AppState) -> Result<Self, Problem> {
        let money = Self::of(state);
        match money.ledger.is_empty() {
            false => Ok(money),
            true => Err(Problem::not_found("no public money is loaded: import a file of spend first")),
        }
    }

    /// What is spent in each area, reckoned on a thread that may take its time.
    pub async fn spending(
        &self,
        state: &AppState,
        ask: &Ask,
    ) -> Result<Result<Arc<Spending>, AskError>, Problem> {
        let (money, ask) = (self.clone(), ask.clone());
        Ok(state.reading(move |_| Ok(money.ledger.spending(&money.atlas, &ask))).await?)
    }

    /// What is spent in one area, with so many of the payees that get most.
    pub async fn within(
        &self,
        state: &AppState,
        ask: &Ask,
        code: &AreaCode,
        top: usize,
    ) -> Result<Result<Within, AskError>, Problem> {
        let (money, ask, code) = (self.clone(), ask.clone(), code.clone());
        Ok(state.reading(move |_| Ok(money.ledger.within(&money.atlas, &ask, &code, top))).await?)
    }

    /// A page of an area's ledger, after the line of a number.
    pub async fn lines(
        &self,
        state: &AppState,
        ask: &Ask,
        code: &AreaCode,
        after: Option<u64>,
        limit: usize,
    ) -> Result<Result<PageOfLines, AskError>, Problem> {
        let (money, ask, code) = (self.clone(), ask.clone(), code.clone());
        let page = state.reading(move |live| {
            match money.ledger.lines(live.store(), &money.atlas, &ask, &code, after, limit) {
                Ok(page) => page.map(Ok),
                Err(error) => Ok(Err(error)),
            }
        });
        Ok(page.await?)
    }

    /// Why a line went where it did; `None` when there is no such line.
    pub async fn explain(
        &self,
        state: &AppState,
        id: &str,
        level: Level,
    ) -> Result<Option<Explained>, Problem> {
        let Some(id) = AssetId::parse(id) else { return Ok(None) };
        let money = self.clone();
        let explained =
            state.reading(move |live| explain(live.store(), &money.atlas, &money.ledger, id, level));
        Ok(explained.await?)
    }
}

impl From<AskError> for Problem {
    fn from(error: AskError) -> Self {
        match error {
            AskError::NoArea(..) => Self::not_found(error.to_string()),
            AskError::NoPayer(..) | AskError::NoService(..) => Self::bad_request(error.to_string()),
        }
    }
}

/// An area's code, as it stands in an address.
pub(crate) fn area_code(text: &str) -> Result<AreaCode, Problem> {
    AreaCode::parse(text).map_err(|_| Problem::not_found(format!("there is no area {text:?} that is loaded")))
}

/// Takes the parameters that ask about money; of those that are not understood it says why, and asks without them.
pub(crate) fn read(params: &mut Params, atlas: &Atlas) -> (Ask, Vec<String>) {
    let mut wrong = Vec::new();
    let ask = Ask {
        level: take(params, &mut wrong, "level", |word| level(atlas, word)).or(usual_level(atlas)),
        ..read_without_level(params, &mut wrong)
    };
    (ask, wrong)
}

/// The same for one area, whose code says its level.
pub(crate) fn read_of_area(params: &mut Params) -> (Ask, Vec<String>) {
    let mut wrong = Vec::new();
    let ask = read_without_level(params, &mut wrong);
    (ask, wrong)
}

/// What is wrong is a bad request.
pub(crate) fn strict((ask, wrong): (Ask, Vec<String>)) -> Result<Ask, Problem> {
    wrong.into_iter().next().map_or(Ok(ask), |why| Err(Problem::bad_request(why)))
}

fn read_without_level(params: &mut Params, wrong: &mut Vec<String>) -> Ask {
    Ask {
        level: None,
        year: take(params, wrong, "year", |word| FinancialYear::parse(word).map_err(|e| e.to_string())),
        payer: take(params, wrong, "payer", |name| Ok(name.to_owned())),
        service: take(params, wrong, "service", |id| Ok(id.to_owned())),
        class: take(params, wrong, "class", |word| {
            Class::parse(word).ok_or_else(|| there_are(Class::ALL.map(Class::as_str)))
        }),
        basis: take(params, wrong, "basis", |word| {
            Basis::parse(word).ok_or_else(|| there_are(Basis::ALL.map(Basis::as_str)))
        })
        .unwrap_or_default(),
    }
}

/// An empty value, as forms send it, is none.
fn take<T>(
    params: &mut Params,
    wrong: &mut Vec<String>,
    name: &'static str,
    read: impl FnOnce(&str) -> Result<T, String>,
) -> Option<T> {
    let text = params.take(name).filter(|text| !text.trim().is_empty())?;
    match read(text.trim()) {
        Ok(value) => Some(value),
        Err(why) => {
            wrong.push(format!("{name}={text}: {why}"));
            None
        }
    }
}

fn level(atlas: &Atlas, word: &str) -> Result<Level, String> {
    let loaded = || atlas.levels().into_iter();
    let known = loaded().find(|level| level.as_str() == word);
    known.ok_or_else(|| there_are(loaded().map(Level::as_str)))
}

/// Wards, where there are any; else the smallest areas that are loaded.
pub(crate) fn usual_level(atlas: &Atlas) -> Option<Level> {
    let levels = atlas.levels();
    levels.iter().find(|level| **level == Level::Ward).or(levels.iter().min()).copied()
}

fn there_are(words: impl IntoIterator<Item = &'static str>) -> String {
    format!("there is {}", words.into_iter().collect::<Vec<_>>().join(", "))
}
