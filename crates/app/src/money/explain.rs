use super::ledger::Ledger;
use atlas::Atlas;
use measures::{Certainty, Class, LineShare, Method, What, Why};
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
    /// The name of the asset that is paid, where it is one we hold.
    pub asset: Option<String>,
    /// The weights by which it was shared out.
    pub weights: Option<Weights>,
    /// Where its parts go; they add up to it.
    pub shares: Vec<ShareOf>,
    /// The rule in a sentence, and where the method is from.
    pub because: String,
}

impl Ledger {
    /// Why a line went where it did, in a sentence or two.
    pub fn because(&self, line: &SpendLine, method: Method, asset: Option<&str>) -> String {
        let Some(placed) = &line.placed else {
            return "Nothing has placed it yet: `assetmap spend allocate` does.".into();
        };
        let what = What {
            service: placed.service.as_deref().and_then(|id| self.rules.service_called(id)),
            class: Class::parse(&placed.class).unwrap_or(Class::Unmapped),
            is_protected: false,
            by: placed.mapped_by.as_deref(),
        };
        match method {
            Method::Stated => "The source says which place the money is for.".into(),
            Method::StatedWhole => {
                "The source names the payer's whole area, which says no more than who pays, so the money is shared out by \
                 where people live."
                    .into()
            }
            Method::DeliveryPoint => format!(
                "{} is in our list with a public place, and money for what it does is spent there.",
                asset.unwrap_or("Who is paid")
            ),
            Method::Weights => self.rules.universal(&what).map_or_else(
                || "A rule shares it out by where people live.".into(),
                |universal| format!("{} Source: {}", universal.why, universal.source),
            ),
            Method::Across => format!(
                "{} says which areas it works across, so the money is shared out by where their people live.",
                asset.unwrap_or("Who is paid")
            ),
            Method::HeadOffice => {
                "Nothing better places it, and supplier addresses were asked for: this is where the supplier's letters go, \
                 seldom where the money does any good."
                    .into()
            }
            Method::Unplaced => Why::parse(&placed.rule).unwrap_or(Why::NoRule).sentence().into(),
        }
    }
}

/// A part of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ShareOf {
    /// To an area, and how sure that is.
    Area(AreaCode, String, Certainty, Pence),
    /// Outside the areas that are loaded.
    Elsewhere(Pence),
    /// To no place.
    Nowhere(Pence),
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
    let shares = ledger.line_numbered(line.number).map(|at| ledger.book.line_shares(&view, at));
    let shares = shares.unwrap_or_default().into_iter().map(|share| match share {
        LineShare::Area(area, certainty, pence) => {
            let code = view.areas()[area as usize].clone();
            let name = atlas.name_of_code(&code).to_owned();
            ShareOf::Area(code, name, certainty, pence)
        }
        LineShare::Elsewhere(pence) => ShareOf::Elsewhere(pence),
        LineShare::Nowhere(_, pence) => ShareOf::Nowhere(pence),
    });
    let shares = shares.collect();
    let placed = line.placed.as_ref();
    let method = placed.and_then(|placed| Method::parse(&placed.method)).unwrap_or(Method::Unplaced);
    let service = placed.and_then(|placed| ledger.rules.service_called(placed.service.as_deref()?));
    let service = service.map(|service| ledger.rules.service(service).name.clone());
    let asset = placed.and_then(|placed| placed.asset);
    let asset = match asset {
        Some(id) => {
            let record = store.asset(id)?.map(|state| state.asset.record);
            record.filter(|record| record.visibility == Visibility::Public).map(|record| record.name)
        }
        None => None,
    };
    let used = placed.and_then(|placed| placed.weight_set.as_ref());
    let weights = ledger.kept.values().find(|set| Some(&set.id) == used).cloned();
    let run = store.runs(Some(line.run + 1), 1)?.pop();
    let because = ledger.because(&line, method, asset.as_deref());
    Ok(Some(Explained { line, raw, run, method, service, asset, weights, shares, because }))
}
