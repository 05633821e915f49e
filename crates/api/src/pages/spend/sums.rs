//! Tables of sums that are parts of one whole.

use super::table::{Cell, Column, Table};
use super::words;
use crate::pages::words as plain;
use crate::spend::Money;
use app::money::{Spending, Sum, share};
use model::Pence;

/// `£12.00 in 3 lines`
pub(super) fn said(sum: Sum) -> String {
    format!("{} in {}", sum.pence, plain::count(sum.lines as usize, "line", "lines"))
}

/// A service's name; money that no rule knows has none.
pub(super) fn service(money: &Money, id: Option<&str>) -> String {
    match id {
        Some(id) => money.ledger.service_name(id).unwrap_or(id).to_owned(),
        None => "No service, or not yet known".to_owned(),
    }
}

/// Where all of it goes. The parts add up to the whole.
pub(super) fn where_it_goes(spending: &Spending, levels: &str) -> Table {
    let said = "The line says so, or what is paid for stands there.";
    let shared = "Shared out by where people live, where a rule says that they use the service.";
    let mut parts = vec![
        (Cell::text("Located in one of these areas").noting(said), spending.located),
        (Cell::text("Estimated").noting(shared), spending.modelled),
        (Cell::text("Outside the areas that are loaded"), spending.elsewhere),
    ];
    let nowhere = spending.nowhere.iter();
    parts.extend(nowhere.map(|(why, sum)| (Cell::text(words::nowhere(*why)).noting(why.sentence()), *sum)));
    parts.push((Cell::text("Together"), spending.asked));
    let heading = format!("How much is located in {levels}");
    table("where", heading, "Where", spending.asked.pence, parts)
}

/// By sort of money.
pub(super) fn classes(spending: &Spending) -> Table {
    let rows = spending.classes.iter().map(|(class, sum)| (Cell::text(class.name()), *sum));
    table("classes", "By sort of money".into(), "Sort of money", spending.asked.pence, that_are(rows))
}

/// By service.
pub(super) fn services(money: &Money, spending: &Spending) -> Table {
    let rows = spending.services.iter().map(|(id, sum)| (Cell::text(service(money, id.as_deref())), *sum));
    table("services", "By service".into(), "Service", spending.asked.pence, that_are(rows))
}

/// Without those of which there is no line.
fn that_are(rows: impl Iterator<Item = (Cell, Sum)>) -> Vec<(Cell, Sum)> {
    rows.filter(|(_, sum)| *sum != Sum::default()).collect()
}

fn table(id: &'static str, heading: String, first: &str, whole: Pence, rows: Vec<(Cell, Sum)>) -> Table {
    let row = |(name, sum): (Cell, Sum)| {
        let share = share(sum.pence, whole).unwrap_or_default();
        vec![name, Cell::amount(sum.pence), Cell::number(share), Cell::lines(sum)]
    };
    let numbers = ["Amount", "Share", "Lines"].map(Column::number);
    Table {
        id,
        heading,
        columns: std::iter::once(Column::text(first)).chain(numbers).collect(),
        rows: rows.into_iter().map(row).collect(),
    }
}
