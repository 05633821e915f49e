use super::answer::name_of;
use super::ledger::Ledger;
use super::reasons::{KnownAsset, Reasons, Subject};
use atlas::Atlas;
use measures::{Certainty, LineShare, Method, Why};
use model::{AreaCode, AssetId, Level, Pence, Visibility};
use store::{Run, SpendLine, Store, StoreError, Weights};

/// Why a line of money went where it did.
#[derive(Debug, Clone)]
pub struct Explained {
    /// The line.
    pub line: SpendLine,
    /// The row as published, a JSON object. Sealed: for who looks after the store.
    pub raw: String,
    /// The import that brought it.
    pub run: Option<Run>,
    /// How it was placed.
    pub method: Method,
    /// Its service, by name.
    pub service: Option<String>,
    /// The weights by which it was shared out.
    pub weights: Option<Weights>,
    /// Where its parts go; they add up to it.
    pub shares: Vec<ShareOf>,
    /// All of that in sentences.
    pub reasons: Reasons,
}

/// A part of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ShareOf {
    /// To an area.
    Area {
        /// Its code.
        code: String,
        /// Its name.
        name: String,
        /// How sure that is.
        certainty: Certainty,
        /// How many of the people by whom it is shared out live there, where that is a published figure.
        people: Option<u64>,
        /// How much.
        pence: Pence,
    },
    /// Outside the areas that are loaded.
    Elsewhere(Pence),
    /// To no place.
    Nowhere(Why, Pence),
}

impl ShareOf {
    /// How much.
    pub fn pence(&self) -> Pence {
        match self {
            Self::Area { pence, .. } | Self::Elsewhere(pence) | Self::Nowhere(_, pence) => *pence,
        }
    }
}

/// Explains a line, with its shares among the areas of a level. `None` when there is no such line.
///
/// # Errors
/// When the store can't be read.
pub fn explain(
    store: &dyn Store,
    atlas: &Atlas,
    ledger: &Ledger,
    id: AssetId,
    level: Level,
) -> Result<Option<Explained>, StoreError> {
    let Some((line, raw)) = store.spend_line(id)? else { return Ok(None) };
    let view = ledger.view(atlas, level);
    let placed = line.placed.as_ref();
    let used = placed.and_then(|placed| placed.weight_set.as_ref());
    let weights = ledger.kept.values().find(|set| Some(&set.id) == used).cloned();
    let shares = ledger.line_numbered(line.number).map(|at| ledger.book.line_shares(&view, at));
    let shares = shares.unwrap_or_default().into_iter().map(|share| match share {
        LineShare::Area(area, certainty, pence) => {
            let code = view.areas()[area as usize].clone();
            let name = name_of(atlas, &code).to_owned();
            let people =
                AreaCode::parse(&code).ok().and_then(|code| weights.as_ref()?.weights.get(&code).copied());
            ShareOf::Area { code, name, certainty, people, pence }
        }
        LineShare::Elsewhere(pence) => ShareOf::Elsewhere(pence),
        LineShare::Nowhere(why, pence) => ShareOf::Nowhere(why, pence),
    });
    let shares: Vec<ShareOf> = shares.collect();
    let method = placed.and_then(|placed| Method::parse(&placed.method)).unwrap_or(Method::Unplaced);
    let service =
        placed.and_then(|placed| ledger.service_name(placed.service.as_deref()?)).map(str::to_owned);
    let asset = match placed.and_then(|placed| placed.asset) {
        Some(id) => known(store, id, &line)?,
        None => None,
    };
    let run = store.runs(Some(line.run + 1), 1)?.pop();
    let subject = Subject {
        atlas,
        line: &line,
        method,
        level,
        asset: asset.as_ref(),
        weights: weights.as_ref(),
        shares: &shares,
    };
    let reasons = ledger.reasons(&subject);
    Ok(Some(Explained { line, raw, run, method, service, weights, shares, reasons }))
}

/// The asset that is paid, where everybody may see it.
fn known(store: &dyn Store, id: AssetId, line: &SpendLine) -> Result<Option<KnownAsset>, StoreError> {
    let record = store.asset(id)?.map(|state| state.asset.record);
    let record = record.filter(|record| record.visibility == Visibility::Public);
    let numbers = &line.record.payee.identifiers;
    Ok(record.map(|record| KnownAsset {
        by_number: record.identifiers.iter().any(|number| numbers.contains(number)),
        name: record.name,
        source: record.source,
        works_across: record.serves,
    }))
}
