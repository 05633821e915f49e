//! One area of an answer.

use super::answer::{AreaSpend, Ask, AskError};
use super::ledger::Ledger;
use super::real::Prices;
use atlas::Atlas;
use measures::{AreaSum, Month, Sum};
use model::FinancialYear;

/// One area of an answer: what it comes to by service, who gets most, how much reaches voluntary organisations.
#[derive(Debug, Clone)]
pub struct Within {
    /// The financial year that is answered; `None` when no line has a month.
    pub year: Option<FinancialYear>,
    /// In whose prices the amounts are; `None` for those of the day.
    pub prices: Option<Prices>,
    /// The months of the year of which there are lines.
    pub months: Vec<Month>,
    /// The area.
    pub area: AreaSpend,
    /// By service; the last, without a service, is what the lookup does not know.
    pub services: Vec<(Option<String>, AreaSum)>,
    /// The payees that get most: name, whether they are known for voluntary, and what.
    pub top: Vec<(String, bool, Sum)>,
    /// What reaches voluntary organisations, what goes to anybody who may be named, and what goes to others.
    pub voluntary: [Sum; 3],
}

impl Ledger {
    /// One area of an answer.
    ///
    /// # Errors
    /// When it asks for somebody, something or an area that there is not, or for prices that nobody knows.
    pub fn within(&self, atlas: &Atlas, ask: &Ask, code: &str, top: usize) -> Result<Within, AskError> {
        let (question, year) = self.question(ask)?;
        let (view, area) = self.area_numbered(atlas, ask, code)?;
        let totals = self.book.totals(&question, &view);
        let running = self.running(&question, &view);
        let services = self.by_service(|service| totals.area_service(area, service));
        let services = services.filter(|(_, sum)| *sum != AreaSum::default());
        let top = self.book.top_payees(&question, &view, Some(area), top).into_iter().map(|payee| {
            let known = &self.payees[payee.payee as usize];
            (known.name.clone(), known.is_voluntary, payee.sum)
        });
        let is_voluntary = |payee: u32| self.payees[payee as usize].is_voluntary;
        let voluntary = self.book.voluntary(&question, &view, Some(area), is_voluntary);
        let paid = Within {
            year,
            prices: None,
            months: totals.months.clone(),
            area: self.area(&self.held(atlas, &question), &view, area, &totals, running.as_ref(), year),
            services: services.collect(),
            top: top.collect(),
            voluntary: [voluntary.voluntary, voluntary.named, voluntary.unnamed],
        };
        Ok(match ask.prices {
            None => paid,
            Some(year) => paid.in_prices_of(year)?,
        })
    }
}
