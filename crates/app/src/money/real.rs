//! Answers in the prices of another year. A sum is said in them as a whole, to the nearest penny, so parts may differ from
//! their whole by a penny or two: what adds up to the penny is what was paid.

use super::{AreaSpend, Running, Spending, Within};
use measures::{AreaSum, Deflators, NoDeflator, Sum};
use model::{FinancialYear, PartialDate, Pence};
use serde_json::{Value, json};

/// In whose prices an answer is, and by what that was reckoned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prices {
    /// The year whose prices they are.
    pub year: FinancialYear,
    /// Which edition of the deflators was taken.
    pub deflators: String,
    /// When that was released.
    pub released: PartialDate,
    /// Of the two years those whose deflator is a forecast.
    pub forecasts: Vec<FinancialYear>,
}

/// A year in whose prices money may be asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PriceYear {
    /// The year.
    pub year: FinancialYear,
    /// Whether its prices are a forecast.
    pub is_forecast: bool,
}

/// The years that the deflators reach to, newest first.
pub fn price_years() -> Vec<PriceYear> {
    let deflators = Deflators::shipped();
    let year = |year| PriceYear { year, is_forecast: deflators.is_forecast(year) };
    let mut years: Vec<PriceYear> = deflators.years().map(year).collect();
    years.reverse();
    years
}

/// Says amounts of one year in the prices of another.
struct Deflator {
    deflators: Deflators,
    from: FinancialYear,
    to: FinancialYear,
}

impl Deflator {
    fn new(from: Option<FinancialYear>, to: FinancialYear) -> Result<Self, NoDeflator> {
        let from = from.ok_or(NoDeflator::Undated)?;
        Ok(Self { deflators: Deflators::shipped(), from, to })
    }

    fn prices(&self) -> Prices {
        let years = if self.from == self.to { vec![self.to] } else { vec![self.from, self.to] };
        Prices {
            year: self.to,
            deflators: self.deflators.edition(),
            released: self.deflators.released,
            forecasts: years.into_iter().filter(|year| self.deflators.is_forecast(*year)).collect(),
        }
    }

    fn pence(&self, amount: Pence) -> Result<Pence, NoDeflator> {
        self.deflators.real_terms(amount, self.from, self.to)
    }

    fn sum(&self, sum: Sum) -> Result<Sum, NoDeflator> {
        Ok(Sum { pence: self.pence(sum.pence)?, ..sum })
    }

    fn running(&self, of: Running) -> Result<Running, NoDeflator> {
        let Running { asked, located, modelled } = of;
        Ok(Running { asked: self.sum(asked)?, located: self.sum(located)?, modelled: self.sum(modelled)? })
    }

    fn area_sum(&self, sum: AreaSum) -> Result<AreaSum, NoDeflator> {
        Ok(AreaSum { located: self.sum(sum.located)?, modelled: self.sum(sum.modelled)? })
    }

    fn area(&self, area: &AreaSpend) -> Result<AreaSpend, NoDeflator> {
        Ok(AreaSpend {
            sum: self.area_sum(area.sum)?,
            services: self.pence(area.services)?,
            per_head: area.per_head.map(|figure| self.pence(figure)).transpose()?,
            ..area.clone()
        })
    }
}

impl Spending {
    /// The same in the prices of a year. What is of no known year stays as it was paid.
    ///
    /// # Errors
    /// When the deflators do not reach to one of the two years: they are not guessed.
    pub fn in_prices_of(&self, year: FinancialYear) -> Result<Self, NoDeflator> {
        let by = Deflator::new(self.year, year)?;
        let nowhere = self.nowhere.iter().map(|(why, sum)| Ok((*why, by.sum(*sum)?)));
        let classes = self.classes.iter().map(|(class, sum)| Ok((*class, by.sum(*sum)?)));
        let services = self.services.iter().map(|(service, sum)| Ok((service.clone(), by.sum(*sum)?)));
        Ok(Self {
            prices: Some(by.prices()),
            areas: self.areas.iter().map(|area| by.area(area)).collect::<Result<_, _>>()?,
            asked: by.sum(self.asked)?,
            located: by.sum(self.located)?,
            modelled: by.sum(self.modelled)?,
            running: self.running.map(|running| by.running(running)).transpose()?,
            elsewhere: by.sum(self.elsewhere)?,
            nowhere: nowhere.collect::<Result<_, _>>()?,
            unnamed: by.sum(self.unnamed)?,
            classes: classes.collect::<Result<_, _>>()?,
            services: services.collect::<Result<_, _>>()?,
            months: self.months.clone(),
            ..*self
        })
    }

    /// Adds these amounts, in the prices of a year, to the same answer in the prices of its day.
    pub fn add_real(&self, answer: &mut Value) {
        add(self.prices.as_ref(), &self.to_json(), answer);
    }
}

impl Within {
    /// The same in the prices of a year.
    ///
    /// # Errors
    /// When the deflators do not reach to one of the two years: they are not guessed.
    pub fn in_prices_of(&self, year: FinancialYear) -> Result<Self, NoDeflator> {
        let by = Deflator::new(self.year, year)?;
        let services = self.services.iter().map(|(service, sum)| Ok((service.clone(), by.area_sum(*sum)?)));
        let top =
            self.top.iter().map(|(name, is_voluntary, sum)| Ok((name.clone(), *is_voluntary, by.sum(*sum)?)));
        let [voluntary, named, unnamed] = self.voluntary;
        Ok(Self {
            prices: Some(by.prices()),
            area: by.area(&self.area)?,
            services: services.collect::<Result<_, _>>()?,
            top: top.collect::<Result<_, _>>()?,
            voluntary: [by.sum(voluntary)?, by.sum(named)?, by.sum(unnamed)?],
            months: self.months.clone(),
            ..*self
        })
    }

    /// Adds these amounts, in the prices of a year, to the same answer in the prices of its day.
    pub fn add_real(&self, answer: &mut Value) {
        add(self.prices.as_ref(), &self.to_json(), answer);
    }
}

fn add(prices: Option<&Prices>, real: &Value, answer: &mut Value) {
    let Some(prices) = prices else { return };
    add_amounts(real, answer);
    answer["prices"] = json!(prices.year.to_string());
    answer["deflators"] = json!(prices.deflators);
    answer["deflators_released"] = json!(prices.released.to_string());
    answer["deflators_forecast"] = prices.forecasts.iter().map(ToString::to_string).collect();
}

/// Puts beside each amount of an answer, `pence` or `…_pence`, the same of another that is made alike: `real_pence`.
fn add_amounts(real: &Value, answer: &mut Value) {
    match (real, answer) {
        (Value::Array(real), Value::Array(answer)) => {
            real.iter().zip(answer).for_each(|(real, answer)| add_amounts(real, answer));
        }
        (Value::Object(real), Value::Object(answer)) => {
            // Lines without a month are of no known year.
            for (name, real) in real.iter().filter(|(name, _)| *name != "undated") {
                match answer.get_mut(name) {
                    Some(_) if name.ends_with("pence") => {
                        answer.insert(format!("real_{name}"), real.clone());
                    }
                    Some(within) => add_amounts(real, within),
                    None => {}
                }
            }
        }
        _ => {}
    }
}
