use super::kind::Kinds;
use super::{one_line, recipes};
use crate::columns::Columns;
use crate::file_name::FileName;
use crate::map::empties::Empties;
use crate::map::text::Recipe;
use crate::notes::Notes;
use crate::profile::{Given, Money, Profile};
use crate::raw_row::RawRow;
use crate::validate::spent_on;
use crate::{Options, Refusal};
use model::{Days, SpendKind};
use std::collections::BTreeMap;

/// So far from the middle of a file's dates are nearly all others, when the file is of one time.
const NEAR: i32 = 400;

/// What is known of a file of money from its first rows: whose it is, of what sort, of what time.
///
/// # Errors
/// When nothing says whose money it is.
pub(crate) fn money<'r>(
    profile: &Profile,
    given: &Given,
    columns: &Columns,
    file: &FileName,
    options: &Options,
    rows: impl Iterator<Item = &'r RawRow>,
) -> Result<Money, Refusal> {
    let fields = recipes(&profile.fields, columns);
    let empties = Empties::new(&profile.empties);
    let kinds = Kinds::new(&profile.kind, columns, file);
    let unnamed = options.payer.as_deref().map(one_line).or_else(|| given.publisher.clone());
    let mut payers: BTreeMap<String, u64> = BTreeMap::new();
    let mut sorts: Vec<SpendKind> = Vec::new();
    let mut days: Vec<i32> = Vec::new();
    for row in rows {
        let payer = payer_in(fields.get("payer"), row, &empties);
        if let Some(payer) = payer.or_else(|| unnamed.clone()) {
            *payers.entry(payer).or_default() += 1;
        }
        let (mut warnings, mut notices) = (Vec::new(), Vec::new());
        let notes = Notes { line: row.line, warnings: &mut warnings, notices: &mut notices };
        if let Ok(kind) = kinds.of(row, &empties, &notes)
            && !sorts.contains(&kind)
        {
            sorts.push(kind);
        }
        let date = fields.get("date").and_then(|date| date.of(row, &empties));
        days.extend(date.and_then(|date| spent_on::read(&date)).map(|date| Days::of(date).first));
    }
    // of as many lines the first by name, so that the order of the rows does not matter
    let most = payers.iter().max_by_key(|(name, lines)| (**lines, std::cmp::Reverse(*name)));
    let payer = most.map(|(name, _)| name.clone()).or_else(|| unnamed.clone()).ok_or_else(no_payer)?;
    let kind = if let [only] = sorts[..] { only } else { SpendKind::Payment };
    Ok(Money { payer, unnamed, kind, middle: middle(days) })
}

/// The payer that a row names. An address on the web is no name.
pub(super) fn payer_in(recipe: Option<&Recipe>, row: &RawRow, empties: &Empties) -> Option<String> {
    let name = one_line(&recipe?.of(row, empties)?);
    let is_address = name.to_lowercase().starts_with("http");
    (!is_address && !name.is_empty()).then_some(name)
}

/// The middle of a file's dates, when it is of one time: grants of ten years have none.
fn middle(mut days: Vec<i32>) -> Option<i32> {
    days.sort_unstable();
    let middle = *days.get(days.len() / 2)?;
    let near = days.iter().filter(|day| (**day - middle).abs() <= NEAR).count();
    (near * 10 >= days.len() * 9).then_some(middle)
}

fn no_payer() -> Refusal {
    Refusal::of_file(
        "no-payer",
        "nothing in the file says whose money it is: no column names the body that pays",
        "Name it with `--payer NAME`, such as --payer \"Gateshead Council\", or in the profile as `publisher`.",
    )
}

#[cfg(test)]
mod tests {
    use super::middle;

    #[test]
    fn a_file_of_one_time_has_a_middle() {
        assert_eq!(middle(vec![]), None);
        assert_eq!(middle(vec![100, 90, 110]), Some(100));
        assert_eq!(middle((0..20).map(|n| n * 300).collect()), None);
        let mut days: Vec<i32> = (0..30).collect();
        days.push(-5_000);
        assert_eq!(middle(days), Some(14));
    }
}
