use crate::columns::Columns;
use crate::profile::AreasFrom;
use crate::raw_row::RawRow;
use model::AreaCode;

/// Areas that a row speaks of: always the same, or those in its cells.
#[derive(Default)]
pub(super) struct Areas {
    fixed: Vec<AreaCode>,
    columns: Vec<usize>,
}

impl Areas {
    /// What the user says, else what the profile does.
    pub fn new(said: &[AreaCode], from: Option<&AreasFrom>, columns: &Columns) -> Self {
        match from {
            _ if !said.is_empty() => Self { fixed: said.to_vec(), columns: Vec::new() },
            Some(AreasFrom::Codes(codes)) => Self { fixed: codes.clone(), columns: Vec::new() },
            Some(AreasFrom::Columns { columns: names }) => Self {
                fixed: Vec::new(),
                columns: names.iter().filter_map(|name| columns.find(name)).collect(),
            },
            None => Self::default(),
        }
    }

    /// Whether no row will have any.
    pub fn is_empty(&self) -> bool {
        self.fixed.is_empty() && self.columns.is_empty()
    }

    /// A row's areas; cells may hold several codes.
    pub fn of(&self, row: &RawRow) -> Vec<AreaCode> {
        let mut areas = self.fixed.clone();
        for cell in self.columns.iter().map(|i| row.cell(*i)) {
            let codes =
                cell.split(|c: char| !c.is_ascii_alphanumeric()).filter_map(|c| AreaCode::parse(c).ok());
            for code in codes {
                if !areas.contains(&code) {
                    areas.push(code);
                }
            }
        }
        areas
    }
}
