use super::super::Column;
use crate::validate::spent_on;
use model::Pence;

/// So many in a hundred cells must be of the sort.
const MOST: usize = 80;

/// Words of headers that speak of who was paid, and of how much.
const OF_PAYEES: &[&str] = &[
    "supplier",
    "payee",
    "vendor",
    "creditor",
    "beneficiary",
    "contractor",
    "merchant",
    "recipient",
    "to",
    "who",
];
const OF_AMOUNTS: &[&str] =
    &["amount", "gross", "net", "paid", "pounds", "gbp", "value", "sum", "total", "cost", "spend", "payment"];

/// The column that may be meant by a field that no name was known for, and why, for people. It is not taken unasked:
/// money in the wrong column is worse than none.
pub(super) fn guess(field: &str, left: &[usize], columns: &[Column<'_>]) -> Option<String> {
    let left = || left.iter().map(|at| &columns[*at]).filter(|column| !column.values.is_empty());
    let is_date = |value: &str| spent_on::read(value).is_some() && value.contains(['/', '-', ' ', '.']);
    let is_amount = |value: &str| Pence::parse(value).is_ok();
    let (best, why) = match field {
        "date" => {
            let best = left().filter(|column| column.percent(is_date) >= MOST);
            let best = first_best(best, |column| column.count(is_date))?;
            (best, format!("{} dates", best.so_many(is_date)))
        }
        "amount" => {
            let is_in_pence = |value: &str| value.contains(['.', '£']);
            let is_sum = |column: &&Column<'_>| {
                column.percent(is_amount) >= MOST
                    && (column.says(OF_AMOUNTS) || column.percent(is_in_pence) >= MOST)
            };
            let best = first_best(left().filter(is_sum), |column| usize::from(column.says(OF_AMOUNTS)))?;
            (best, format!("{} amounts", best.so_many(is_amount)))
        }
        "payee" => {
            let is_text = |value: &str| value.chars().any(char::is_alphabetic);
            let is_named = |column: &&Column<'_>| column.says(OF_PAYEES) && column.percent(is_text) >= MOST;
            let best = first_best(left().filter(is_named), Column::distinct)?;
            (best, format!("{} different ones", best.distinct()))
        }
        _ => return None,
    };
    Some(format!("{:?} ({why})", best.name))
}

/// The first of those that weigh most.
fn first_best<'a, 'r>(
    columns: impl Iterator<Item = &'a Column<'r>>,
    weight: impl Fn(&Column<'r>) -> usize,
) -> Option<&'a Column<'r>>
where
    'r: 'a,
{
    columns.reduce(|best, column| if weight(column) > weight(best) { column } else { best })
}
