use super::Spending;
use measures::{Deflators, NoDeflator};
use model::{FinancialYear, Pence};
use serde_json::{Value, json};

/// An answer in the prices of another year, by the deflators that come with the program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RealTerms {
    /// The year whose prices they are.
    pub prices: FinancialYear,
    /// Which edition of the deflators was taken, and whose.
    pub deflators: String,
    /// All that was asked for.
    pub asked: Pence,
    /// Of each area, in the order of the answer, all that goes there.
    pub areas: Vec<Pence>,
    /// Of each area what is spent per head; `None` where the answer has no figure.
    pub per_head: Vec<Option<Pence>>,
}

impl Spending {
    /// The same in the prices of a year.
    ///
    /// # Errors
    /// When the deflators do not reach to one of the two years: they are not guessed.
    pub fn in_prices_of(&self, prices: FinancialYear) -> Result<RealTerms, NoDeflator> {
        let deflators = Deflators::shipped();
        let from = self.year.unwrap_or(prices);
        let real = |amount: Pence| deflators.real_terms(amount, from, prices);
        let areas = self.areas.iter().map(|area| real(area.sum.all().pence));
        let per_head = self.areas.iter().map(|area| area.per_head.map(real).transpose());
        Ok(RealTerms {
            prices,
            deflators: format!("{}, {}", deflators.title, deflators.release),
            asked: real(self.asked.pence)?,
            areas: areas.collect::<Result<_, _>>()?,
            per_head: per_head.collect::<Result<_, _>>()?,
        })
    }
}

impl RealTerms {
    /// Adds them to the answer that they are of.
    pub fn add_to(&self, answer: &mut Value) {
        answer["prices"] = json!(self.prices.to_string());
        answer["deflators"] = json!(self.deflators);
        answer["asked"]["real_pence"] = json!(self.asked);
        let areas = answer["localities"].as_array_mut().into_iter().flatten();
        for (area, (real, per_head)) in areas.zip(self.areas.iter().zip(&self.per_head)) {
            area["real_pence"] = json!(real);
            area["real_per_head_pence"] = json!(per_head);
        }
    }
}
