use super::super::Column;
use super::super::write::{id, quoted};
use super::guess::guess;
use super::meaning::{FIELDS, Meanings, NEEDED};
use crate::file_name::FileName;
use crate::profile::{BLANK, Profile, Text};

/// The profile, as TOML with a word to whoever edits it.
pub(super) fn toml(
    file: &FileName,
    columns: &[Column<'_>],
    meanings: &Meanings<'_>,
    general: &Profile,
    payer: Option<&str>,
) -> String {
    let name = |at: &usize| quoted(columns[*at].name);
    let mut lines = vec![
        "# Proposed by `assetmap check`: read it through, correct it, and import with --profile.".to_owned(),
        format!("id = {}", quoted(&id(file))),
        format!("title = {}", quoted(&file.words())),
        "record = \"spend\"".into(),
        "# months of one payer are one source, whatever their files are called".into(),
        "source = \"{payer}-{kind}\"".into(),
    ];
    lines.extend(publisher(columns, meanings, payer));
    lines.push("# licence = \"OGL-UK-3.0\"".into());
    lines.push("# cells that say nothing".into());
    let empties: Vec<String> = general.empties.iter().map(|empty| as_is(empty)).collect();
    lines.push(format!("empties = [{}]", empties.join(", ")));
    let identifiers: Vec<String> = meanings
        .identifiers
        .iter()
        .map(|(register, at)| match register {
            Some(register) => format!("{{ register = {}, column = {} }}", quoted(register), name(at)),
            None => format!("{{ column = {} }}", name(at)),
        })
        .collect();
    if !identifiers.is_empty() {
        lines.push("# the payee's numbers in public registers".into());
        lines.push(format!("identifiers = [{}]", identifiers.join(", ")));
    }
    lines.push("\n[kind]".into());
    lines.extend(match meanings.card {
        Some(card) => [
            "# its Yes or GPC says that a line was paid by card; the others are payments".into(),
            format!("card = {}", name(&card)),
        ],
        None => [
            "# what all lines are: payment, card, grant, contract or budget".into(),
            format!("fixed = {}", quoted(if meanings.is_of_cards { "card" } else { "payment" })),
        ],
    });
    lines.push("\n[fields]".into());
    for (field, meaning) in FIELDS {
        let filled = meanings.of_field(field);
        if !filled.is_empty() {
            lines.push(format!("# {meaning}"));
            lines.push(format!("{field} = {}", text(general.fields.get(*field), filled, &name)));
        } else if NEEDED.contains(field) {
            let perhaps = guess(field, meanings.left(), columns);
            let perhaps = perhaps.map_or_else(String::new, |guess| format!("; perhaps {guess}"));
            lines.push(format!("# {meaning}: NO COLUMN IS KNOWN AS THIS, write its name{perhaps}"));
            lines.push(format!("{field} = {}", quoted(BLANK)));
        }
    }
    lines.extend(left(columns, meanings));
    lines.join("\n") + "\n"
}

/// The payer of lines that name none: as it was said, or a line to fill in.
fn publisher(columns: &[Column<'_>], meanings: &Meanings<'_>, payer: Option<&str>) -> [String; 2] {
    match payer {
        Some(payer) => [
            "# the payer of lines that name none".into(),
            format!("publisher = {}", as_is(&payer.split_whitespace().collect::<Vec<_>>().join(" "))),
        ],
        None if meanings.names_payer(columns) => [
            "# the payer of lines that name none; `--payer NAME` goes before it".into(),
            "# publisher = \"Name of the body\"".into(),
        ],
        None => [
            "# WHOSE MONEY IT IS: no column says so. Write the body's name here and take the # off, or import with --payer NAME".into(),
            format!("# publisher = {}", quoted(BLANK)),
        ],
    }
}

/// The columns of a field as the general profile puts them together.
fn text(general: Option<&Text>, filled: &[usize], name: &impl Fn(&usize) -> String) -> String {
    let names: Vec<String> = filled.iter().map(name).collect();
    match (&names[..], general) {
        ([one], _) => one.clone(),
        (several, Some(Text::JoinedWith { with, .. })) => {
            format!("{{ join = [{}], with = {} }}", several.join(", "), as_is(with))
        }
        (several, _) => format!("{{ first = [{}] }}", several.join(", ")),
    }
}

/// A text that is no column's name, as TOML has it.
fn as_is(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

/// A line for each column that nothing reads.
fn left(columns: &[Column<'_>], meanings: &Meanings<'_>) -> Vec<String> {
    let mut lines: Vec<String> = meanings
        .left()
        .iter()
        .map(|at| {
            let column = &columns[*at];
            let empty = if column.values.is_empty() { "   # empty" } else { "" };
            format!("# {BLANK} = {}{empty}", quoted(column.name))
        })
        .collect();
    if !lines.is_empty() {
        let words = [
            "",
            "# Nothing reads these columns. To read one, take the # off and write what it is in place of FILL IN: payer,",
            "# unit, category, purpose, capital, reference, currency, individual, payee_postcode; or add it to a list above.",
        ];
        lines.splice(0..0, words.map(str::to_owned));
    }
    lines
}
