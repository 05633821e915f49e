use crate::columns::Columns;
use model::{Level, Vintage};
use regex_lite::Regex;
use std::sync::LazyLock;

static COLUMN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)^(WD|LAD|LSOA|MSOA|OA|PAR|PARNCP|CTY|CED|RGN|CTRY|PCON|CAUTH|UTLA)(\d\d)?CD$")
        .expect("a pattern")
});

/// A column of codes as the Office for National Statistics names them: `WD25CD`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct CodeColumn {
    pub index: usize,
    pub level: Level,
    pub vintage: Option<Vintage>,
    /// The column of the names, `WD25NM`, else of the Welsh ones.
    pub name: Option<usize>,
}

/// All of a file's columns of codes.
pub(super) fn code_columns(columns: &Columns) -> Vec<CodeColumn> {
    columns.names().iter().enumerate().filter_map(|(index, name)| code_column(index, name, columns)).collect()
}

fn code_column(index: usize, name: &str, columns: &Columns) -> Option<CodeColumn> {
    let parts = COLUMN.captures(name.trim())?;
    let (stem, year) = (&parts[1], parts.get(2).map_or("", |year| year.as_str()));
    let of_names = [format!("{stem}{year}NM"), format!("{stem}{year}NMW")];
    Some(CodeColumn {
        index,
        level: Level::of_column_stem(stem)?,
        vintage: Vintage::from_two_digits(year),
        name: columns.find_any(&of_names),
    })
}
