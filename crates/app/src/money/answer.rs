use super::held::Held;
use super::ledger::Ledger;
use super::real::Prices;
use super::running::Running;
use atlas::Atlas;
use measures::{AreaSum, Class, Month, NoDeflator, Question, ServiceIx, Sum, Totals, View, Why, per_head};
use model::{Basis, FinancialYear, Level, Pence};
use std::collections::HashMap;
use std::sync::{Arc, MutexGuard, PoisonError};

/// What is asked about public money. Without more: what was paid in the last financial year that is held whole.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Ask {
    /// The areas; wards, unless it says otherwise.
    pub level: Option<Level>,
    /// The financial year.
    pub year: Option<FinancialYear>,
    /// Who pays, by name.
    pub payer: Option<String>,
    /// What for: the id of a service.
    pub service: Option<String>,
    /// What sort of money.
    pub class: Option<Class>,
    /// How far it has come.
    pub basis: Basis,
    /// In the prices of which financial year; `None` for those of the day.
    pub prices: Option<FinancialYear>,
}

/// Why a question about money can't be answered.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AskError {
    /// Nobody of that name pays.
    #[error("nobody called {0:?} pays; these do: {1}")]
    NoPayer(String, String),
    /// There is no such service.
    #[error("there is no service {0:?}; these are: {1}")]
    NoService(String, String),
    /// There is no such area at the level.
    #[error("there is no {level} {code:?} that is loaded", level = .1.one(), code = .0)]
    NoArea(String, Level),
    /// It can't be said in the prices of that year.
    #[error(transparent)]
    NoDeflator(#[from] NoDeflator),
}

/// What is spent in each area of a level.
#[derive(Debug, Clone)]
pub struct Spending {
    /// The financial year that is answered; `None` when no line has a month.
    pub year: Option<FinancialYear>,
    /// In whose prices the amounts are; `None` for those of the day.
    pub prices: Option<Prices>,
    /// The level.
    pub level: Level,
    /// How far the money has come.
    pub basis: Basis,
    /// The months of the year of which there are lines.
    pub months: Vec<Month>,
    /// The areas, by code.
    pub areas: Vec<AreaSpend>,
    /// All lines that were asked for; all that follows adds up to it.
    pub asked: Sum,
    /// Located in the areas.
    pub located: Sum,
    /// Reckoned to go to the areas.
    pub modelled: Sum,
    /// How much of what runs services that is; `None` when other money is asked for.
    pub running: Option<Running>,
    /// Outside the areas that are loaded.
    pub elsewhere: Sum,
    /// Not tied to a place, by reason; reasons without lines are left out.
    pub nowhere: Vec<(Why, Sum)>,
    /// Paid to those who may not be named, wherever it goes.
    pub unnamed: Sum,
    /// Left out of all the others, for it is not known in which month it was: a question for a year can't have it.
    pub undated: Sum,
    /// By class, wherever it goes.
    pub classes: Vec<(Class, Sum)>,
    /// By service, wherever it goes; the last, without a service, is what the lookup does not know.
    pub services: Vec<(Option<String>, Sum)>,
}

/// What is spent in an area.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AreaSpend {
    /// Its code: the national one, or that of its source.
    pub code: String,
    /// Its name.
    pub name: String,
    /// What goes there.
    pub sum: AreaSum,
    /// What of it runs services: figures per head are of this alone.
    pub services: Pence,
    /// How many people live there, and in which year.
    pub people: Option<(u64, u16)>,
    /// Pence per head for running services; `None` where nobody is known to live.
    pub per_head: Option<Pence>,
}

/// A page, its map, table and pages of a collection ask the same, and ten million lines take seconds to add up. So many
/// answers are kept.
const ANSWERS: usize = 64;

impl Ledger {
    /// The financial years in which there are lines of a basis, newest first, with the number of months held.
    pub fn years(&self, basis: Basis, payer: Option<&str>) -> Vec<(FinancialYear, usize)> {
        let payer = payer.and_then(|name| self.payer_called(name));
        let held = self.book.months_held(&Question { payer, basis, ..Question::default() });
        let mut years: Vec<(FinancialYear, usize)> = Vec::new();
        for month in held.into_iter().rev() {
            let year = year_of(month);
            match years.last_mut() {
                Some((last, months)) if *last == year => *months += 1,
                _ => years.push((year, 1)),
            }
        }
        years
    }

    /// The year to show without being asked for one: the last of which all twelve months are held, else the last.
    fn usual_year(&self, basis: Basis, payer: Option<&str>) -> Option<FinancialYear> {
        let years = self.years(basis, payer);
        years.iter().find(|(_, months)| *months == 12).or(years.first()).map(|(year, _)| *year)
    }

    pub(super) fn question(&self, ask: &Ask) -> Result<(Question, Option<FinancialYear>), AskError> {
        let payer = ask.payer.as_ref().map(|name| {
            let unknown = || AskError::NoPayer(name.clone(), self.payers().join(", "));
            self.payer_called(name).ok_or_else(unknown)
        });
        let service = ask.service.as_ref().map(|id| {
            let ids = || self.rules.services().iter().map(|s| s.id.as_str()).collect::<Vec<_>>().join(", ");
            self.rules.service_called(id).ok_or_else(|| AskError::NoService(id.clone(), ids()))
        });
        let year = ask.year.or_else(|| self.usual_year(ask.basis, ask.payer.as_deref()));
        let span = year.map(|year| (Month::new(year.begins_in(), 4), Month::new(year.begins_in() + 1, 3)));
        let (from, to) = span.unwrap_or_default();
        let question = Question {
            from,
            to,
            payer: payer.transpose()?,
            service: service.transpose()?,
            class: ask.class,
            basis: ask.basis,
        };
        Ok((question, year))
    }

    /// What is spent in each area of a level.
    ///
    /// # Errors
    /// When it asks for somebody or something that there is not, or for prices that nobody knows.
    pub fn spending(&self, atlas: &Atlas, ask: &Ask) -> Result<Arc<Spending>, AskError> {
        let paid = self.paid(atlas, &Ask { prices: None, ..ask.clone() })?;
        Ok(match ask.prices {
            None => paid,
            Some(year) => Arc::new(paid.in_prices_of(year)?),
        })
    }

    /// The same in the prices of the day.
    fn paid(&self, atlas: &Atlas, ask: &Ask) -> Result<Arc<Spending>, AskError> {
        if let Some(known) = self.answers().get(ask) {
            return Ok(known.clone());
        }
        let answer = Arc::new(self.add_up(atlas, ask)?);
        let mut answers = self.answers();
        if answers.len() >= ANSWERS {
            answers.clear();
        }
        answers.insert(ask.clone(), answer.clone());
        Ok(answer)
    }

    fn answers(&self) -> MutexGuard<'_, HashMap<Ask, Arc<Spending>>> {
        self.answers.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn add_up(&self, atlas: &Atlas, ask: &Ask) -> Result<Spending, AskError> {
        let (question, year) = self.question(ask)?;
        let level = ask.level.unwrap_or(Level::Ward);
        let view = self.view(atlas, level);
        let totals = self.book.totals(&question, &view);
        let running = self.running(&question, &view);
        let held = self.held(atlas, &question);
        let areas = 0..view.areas().len() as u32;
        let area = |area| self.area(&held, &view, area, &totals, running.as_ref(), year);
        Ok(Spending {
            year,
            prices: None,
            level,
            basis: ask.basis,
            months: totals.months.clone(),
            areas: areas.map(area).collect(),
            asked: totals.asked,
            located: totals.located,
            modelled: totals.modelled,
            running: running.as_ref().map(Running::of),
            elsewhere: totals.elsewhere,
            nowhere: Why::ALL
                .into_iter()
                .map(|why| (why, totals.nowhere(why)))
                .filter(|(_, sum)| *sum != Sum::default())
                .collect(),
            unnamed: self.book.voluntary(&question, &view, None, |_| false).unnamed,
            undated: totals.undated,
            classes: Class::ALL.into_iter().map(|class| (class, totals.class(class))).collect(),
            services: self.by_service(|service| totals.service(service)).collect(),
        })
    }

    /// Each service by its id, and last none, with what is said of it.
    pub(super) fn by_service<T>(
        &self,
        of: impl Fn(Option<ServiceIx>) -> T,
    ) -> impl Iterator<Item = (Option<String>, T)> {
        let services = self.rules.services().iter().zip(0..);
        let services = services.map(|(service, ix)| (Some(service.id.clone()), Some(ServiceIx(ix))));
        services.chain([(None, None)]).map(move |(id, service)| (id, of(service)))
    }

    /// The same of what runs services: figures per head are of that alone. `None` when other money is asked for.
    pub(super) fn running(&self, question: &Question, view: &View) -> Option<Totals> {
        let asks_for_others = question.class.is_some_and(|class| class != Class::Service);
        if asks_for_others {
            return None;
        }
        Some(self.book.totals(&Question { class: Some(Class::Service), ..*question }, view))
    }

    pub(super) fn area(
        &self,
        held: &Held<'_>,
        view: &View,
        area: u32,
        totals: &Totals,
        running: Option<&Totals>,
        year: Option<FinancialYear>,
    ) -> AreaSpend {
        let (atlas, runs_services) = (held.atlas, running.is_some());
        let code = view.areas()[area as usize].clone();
        let services = running.map_or(Pence(0), |running| running.area(area).all().pence);
        let residents = year.and_then(|year| self.people_of(atlas, &code, year.begins_in()));
        let sum = totals.area(area);
        // Of a year or an area of which nothing is held nobody knows what is spent; and only what runs services counts per
        // head.
        let is_held = runs_services && (sum != AreaSum::default() || held.covers(&code));
        AreaSpend {
            name: name_of(atlas, &code).to_owned(),
            sum,
            services,
            people: residents.map(|all| (all.people, all.year)),
            per_head: residents
                .filter(|_| is_held)
                .and_then(|all| per_head(services, Some(all)))
                .map(|each| each.pence),
            code,
        }
    }

    pub(super) fn area_numbered(
        &self,
        atlas: &Atlas,
        ask: &Ask,
        code: &str,
    ) -> Result<(Arc<View>, u32), AskError> {
        let own = || atlas.locality(code).map(|ix| atlas.place(ix).level());
        let level = ask.level.or_else(own).unwrap_or(Level::Ward);
        let view = self.view(atlas, level);
        let area = view.number_of(code).ok_or_else(|| AskError::NoArea(code.to_string(), level))?;
        Ok((view, area))
    }
}

/// The name of an area that is loaded.
pub(super) fn name_of<'a>(atlas: &'a Atlas, code: &'a str) -> &'a str {
    atlas.locality(code).map_or(code, |ix| &atlas.place(ix).name)
}

fn year_of(month: Month) -> FinancialYear {
    let (year, month) = ((month.number() - 1) / 12, (month.number() - 1) % 12 + 1);
    FinancialYear::beginning_in(if month >= 4 { year } else { year - 1 })
}

#[cfg(test)]
mod tests {
    use super::*;
    use measures::Residents;

    #[test]
    fn per_head_is_rounded_to_a_penny() {
        for (amount, people, each) in
            [(100, 3, Some(33)), (200, 3, Some(67)), (-200, 3, Some(-67)), (1, 2, Some(1)), (5, 0, None)]
        {
            let found = per_head(Pence(amount), Some(Residents { people, year: 2024 }));
            assert_eq!(found.map(|found| found.pence), each.map(Pence), "{amount} for {people}");
        }
    }

    #[test]
    fn march_is_of_the_year_before() {
        let year = |year, month| year_of(Month::new(year, month).unwrap()).to_string();
        assert_eq!(
            (year(2026, 3), year(2026, 4), year(2026, 12)),
            ("2025-26".into(), "2026-27".into(), "2026-27".into())
        );
    }
}
