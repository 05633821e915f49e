use super::super::{Claim, Column, Field};

/// Cells that start as an address of the web does.
pub(super) fn claim(column: &Column<'_>) -> Option<Claim> {
    let is = |value: &str| {
        let value = value.to_ascii_lowercase();
        ["http://", "https://", "www."].iter().any(|start| value.starts_with(start))
    };
    let said = column.says(&["website", "web", "url", "link", "homepage", "webpage"]);
    let plain = |value: &str| value.contains('.') && !value.contains([' ', '@']);
    match () {
        () if column.percent(is) >= 50 => {
            Claim::new(Field::Website, 93, format!("looks like websites: {}", column.so_many(is)))
        }
        () if said && column.percent(plain) >= 50 => {
            Claim::new(Field::Website, 80, "its header says website")
        }
        () => None,
    }
}
