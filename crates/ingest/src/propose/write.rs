use super::choice::Choice;
use super::{Column, Field};
use crate::file_name::FileName;
use std::fmt::Write;

/// The profile, as TOML with a word to whoever edits it.
pub(super) fn toml(file: &FileName, columns: &[Column<'_>], choice: &Choice) -> String {
    let name = |at: usize| quoted(columns[at].name);
    let list = |all: &[usize]| format!("[{}]", all.iter().map(|at| name(*at)).collect::<Vec<_>>().join(", "));
    let mut out = String::from(
        "# Proposed by `assetmap check`: read it through, correct it, and import with --profile.\n",
    );
    let id: String = file.slug(&[]).chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
    let id = if id.trim_matches('-').is_empty() { "our-list".to_owned() } else { id };
    let mut line = |text: String| {
        out.push_str(&text);
        out.push('\n');
    };
    line(format!("id = {}", quoted(&id)));
    line(format!("title = {}", quoted(&file.words())));
    line("# publisher = \"Who made the list\"".into());
    line("# licence = \"OGL-UK-3.0\"".into());
    line("# group: people who do something together; building: a place".into());
    line(format!("record = {}", quoted(kind(file, columns, choice))));
    line(format!("match = {}", list(&required(choice))));
    line("# what tells rows apart, in this file and in its next edition".into());
    line(format!("key = {}", key(columns, choice).unwrap_or_else(|| "[\"FILL IN\"]".into())));
    line("# covers = [\"E08000009\"]           # areas for which the list is complete, by code".into());
    if let Some(at) = choice.one(Field::Date) {
        line(format!("as_of = {{ column = {} }}", name(at)));
    }
    let registers = [(Field::Charity, "GB-CHC"), (Field::Company, "GB-COH")];
    let identifiers: Vec<String> = registers
        .iter()
        .filter_map(|(field, register)| choice.one(*field).map(|at| (register, at)))
        .map(|(register, at)| format!("{{ register = \"{register}\", column = {} }}", name(at)))
        .collect();
    if !identifiers.is_empty() {
        line(format!("identifiers = [{}]", identifiers.join(", ")));
    }
    line("# capacity, parking, step-free access and the like, by the columns' names".into());
    line("usual_facilities = true".into());
    line("\n[fields]".into());
    line(format!("name = {}", name_field(columns, choice)));
    for field in [
        Field::Summary,
        Field::Address,
        Field::Postcode,
        Field::Uprn,
        Field::Website,
        Field::Email,
        Field::Phone,
        Field::OpeningHours,
    ] {
        match choice.all(field) {
            [] => {}
            [one] => line(format!("{} = {}", field.word(), name(*one))),
            several if field == Field::Address => line(format!("address = {}", list(several))),
            several => line(format!("{} = {{ first = {} }}", field.word(), list(several))),
        }
    }
    let position = [Field::Longitude, Field::Latitude, Field::Easting, Field::Northing, Field::Point];
    if position.iter().any(|field| choice.one(*field).is_some()) {
        line("\n[position]".into());
        for field in position {
            if let Some(at) = choice.one(field) {
                line(format!("{} = {}", field.word(), name(at)));
            }
        }
    }
    line("\n# the first of these columns whose words name a sort of thing; or `fixed = \"hall\"`".into());
    line("[category]".into());
    let named_in: Vec<usize> =
        [Field::Category, Field::Name].iter().flat_map(|f| choice.all(*f)).copied().collect();
    let _ = write!(out, "named_in = {}", list(&named_in));
    out.push('\n');
    out
}

fn name_field(columns: &[Column<'_>], choice: &Choice) -> String {
    match choice.all(Field::Name) {
        [] => "\"FILL IN\"".into(),
        [one] => quoted(columns[*one].name),
        several => {
            let names: Vec<String> = several.iter().map(|at| quoted(columns[*at].name)).collect();
            format!("{{ join = [{}], with = \" \" }}", names.join(", "))
        }
    }
}

/// The columns by which the file is known again: the name's and the place's.
fn required(choice: &Choice) -> Vec<usize> {
    let fields =
        [Field::Name, Field::Postcode, Field::Latitude, Field::Easting, Field::Point, Field::Geometry];
    fields.iter().filter_map(|field| choice.one(*field)).collect()
}

/// An id that is in every row and never twice; else the name with the first thing that makes it unique.
fn key(columns: &[Column<'_>], choice: &Choice) -> Option<String> {
    let list = |all: &[usize]| {
        let names: Vec<String> = all.iter().map(|at| quoted(columns[*at].name)).collect();
        Some(format!("[{}]", names.join(", ")))
    };
    if let Some(id) = choice.one(Field::Id) {
        return list(&[id]);
    }
    let names = choice.all(Field::Name);
    if names.is_empty() {
        return choice.one(Field::Uprn).and_then(|at| list(&[at]));
    }
    let beside = [
        Field::Postcode,
        Field::Address,
        Field::Latitude,
        Field::Easting,
        Field::Point,
        Field::Geometry,
        Field::Category,
    ];
    let more = beside.iter().flat_map(|field| choice.all(*field)).take(2);
    let all: Vec<usize> = names.iter().chain(more).copied().collect();
    list(&all)
}

const GROUPS: &[&str] = &[
    "group",
    "groups",
    "club",
    "clubs",
    "organisation",
    "organisations",
    "charity",
    "charities",
    "society",
    "association",
];

/// Groups or places, by the words of the file's name and of the columns.
fn kind(file: &FileName, columns: &[Column<'_>], choice: &Choice) -> &'static str {
    let says =
        |at: &usize| columns[*at].says(GROUPS) && !columns[*at].says(&["venue", "hall", "building", "site"]);
    let by_file = GROUPS.iter().any(|word| file.holds(word));
    if by_file || choice.all(Field::Name).iter().any(says) { "group" } else { "building" }
}

/// A text as TOML has it. A `#` in a column's name would stand for a digit, and is not needed to find it.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars().filter(|c| *c != '#') {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => {
                let _ = write!(out, "\\u{:04X}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
