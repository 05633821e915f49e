use crate::columns::Columns;
use crate::raw_row::RawRow;
use model::AreaCode;
use std::collections::BTreeMap;

/// Columns that hold the code of an area beside its name: `la_code` and `la_name`, `LAD25CD` and `LAD25NM`. Whatever
/// the file is about, it tells what those areas are called.
#[derive(Debug, Default)]
pub(crate) struct AreaNames {
    pairs: Vec<(usize, usize)>,
    /// The last code of each pair: files are often sorted by area.
    last: Vec<String>,
}

impl AreaNames {
    /// Of the columns whose names pair up.
    pub fn new(columns: &Columns) -> Self {
        let names = columns.names();
        let partner = |code: &str| {
            let wanted = name_column(code)?;
            names.iter().position(|name| name.eq_ignore_ascii_case(&wanted))
        };
        let pairs: Vec<_> =
            names.iter().enumerate().filter_map(|(i, name)| Some((i, partner(name)?))).collect();
        Self { last: vec![String::new(); pairs.len()], pairs }
    }

    /// Takes what a row says.
    pub fn learn(&mut self, row: &RawRow, names: &mut BTreeMap<AreaCode, String>) {
        for ((code, name), last) in self.pairs.iter().zip(&mut self.last) {
            let (code, name) = (row.cell(*code), row.cell(*name).trim());
            if code == last || name.is_empty() {
                continue;
            }
            if let Ok(code) = AreaCode::parse(code)
                && !names.contains_key(&code)
            {
                names.insert(code, name.chars().take(200).collect());
            }
            code.clone_into(last);
        }
    }
}

/// The name of the column that names what this one codes, in small letters.
fn name_column(code: &str) -> Option<String> {
    let code = code.to_ascii_lowercase();
    let stem = code.strip_suffix("_code").map(|stem| format!("{stem}_name"));
    let ons = || {
        let stem = code.strip_suffix("cd")?;
        let digits = stem.trim_start_matches(|c: char| c.is_ascii_alphabetic());
        (digits.len() == 2 && digits.bytes().all(|b| b.is_ascii_digit())).then(|| format!("{stem}nm"))
    };
    stem.or_else(ons)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_and_names_pair_up_by_the_names_of_their_columns() {
        for (code, name) in [("la_code", "la_name"), ("LAD25CD", "lad25nm"), ("area_code", "area_name")] {
            assert_eq!(name_column(code).as_deref(), Some(name));
        }
        for code in ["code", "postcode", "abcd", "pcd"] {
            assert_eq!(name_column(code), None, "{code}");
        }
    }
}
