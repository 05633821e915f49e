use super::choice::Choice;
use super::evidence::{YES, asked, label};
use super::key::Key;
use super::kind::kind;
use super::{Column, Field};
use crate::file_name::FileName;
use crate::profile::{Profile, label_of};
use std::fmt::Write;

/// The profile, as TOML with a word to whoever edits it.
pub(super) fn toml(file: &FileName, columns: &[Column<'_>], choice: &Choice, key: &Key) -> String {
    let name = |at: usize| quoted(columns[at].name);
    let list = |all: &[usize]| format!("[{}]", all.iter().map(|at| name(*at)).collect::<Vec<_>>().join(", "));
    let mut out = String::from(
        "# Proposed by `assetmap check`: read it through, correct it, and import with --profile.\n",
    );
    let mut line = |text: String| {
        out.push_str(&text);
        out.push('\n');
    };
    line(format!("id = {}", quoted(&id(file))));
    line(
        "# title, publisher and licence stand on public pages: write them for those who read them there"
            .into(),
    );
    line(format!("title = {}", quoted(&file.words())));
    line("# publisher = \"Who made the list\"".into());
    line("# licence = \"OGL-UK-3.0\"".into());
    line("# group: people who do something together; building: a place".into());
    line(format!("record = {}", quoted(kind(file, columns, choice).as_str())));
    line(format!("match = {}", list(&required(choice))));
    line("# what tells rows apart, in this file and in its next edition".into());
    let of_key = if key.columns.is_empty() { "[\"FILL IN\"]".into() } else { list(&key.columns) };
    line(format!("key = {of_key}"));
    let has_postcode = choice.one(Field::Postcode).is_some_and(|at| key.columns.contains(&at));
    if has_postcode {
        line("# M337ZF and M33 7ZF are the same".into());
        line("tidy_keys = true".into());
    }
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
    // a column that names people is not shown because its header is a usual one
    let takes_usual = choice.people.iter().all(|at| label_of(columns[*at].name).is_none());
    line("# capacity, parking, step-free access and the like, by the columns' names".into());
    line(format!("usual_facilities = {takes_usual}"));
    facilities(columns, choice, takes_usual).into_iter().for_each(&mut line);
    let letters = choice.all(Field::Correspondence);
    if !letters.is_empty() {
        line("# the address is for letters, perhaps somebody's home: it is sealed, and only says in which ward they are".into());
        line("correspondence = true".into());
    }
    consent(columns, choice).into_iter().for_each(&mut line);
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
            [] if field == Field::Postcode && !letters.is_empty() => {
                line(format!("postcode = {}", list(letters)))
            }
            [] => {}
            [one] => line(format!("{} = {}", field.word(), name(*one))),
            several if field == Field::Address => line(format!("address = {}", list(several))),
            // days in one column and hours in another
            several if field == Field::OpeningHours => {
                line(format!("opening_hours = {{ join = {}, with = \" \" }}", list(several)))
            }
            several => line(format!("{} = {{ first = {} }}", field.word(), list(several))),
        }
    }
    for at in &choice.notes {
        line(format!(
            "# summary = {}   # may name people: read it through before you take the # away",
            name(*at)
        ));
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
    if key.is_grouped {
        let _ = write!(
            out,
            "\n# rows with the same values here are one record\n[group]\nby = {}\n",
            list(&key.columns)
        );
    }
    out
}

/// The profile's id, by the file's name.
pub(super) fn id(file: &FileName) -> String {
    let id: String = file.slug(&[]).chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
    let id = if id.trim_matches('-').is_empty() { "our-list".to_owned() } else { id };
    // the source of a shipped profile's files is not this one's
    let is_taken = Profile::shipped().iter().any(|shipped| shipped.id() == id);
    if is_taken { format!("our-{id}") } else { id }
}

/// Facilities that the columns' names do not give by themselves, and a line for each column that no field is for.
fn facilities(columns: &[Column<'_>], choice: &Choice, takes_usual: bool) -> Vec<String> {
    let mut labels: Vec<&str> = Vec::new();
    let mut lines = Vec::new();
    for column in choice.all(Field::Facility).iter().map(|at| &columns[*at]) {
        let Some(label) = label(column) else { continue };
        let is_usual = takes_usual && label_of(column.name).is_some() && !labels.contains(&label);
        // two columns that mean one thing are told apart by their own names
        let label = if labels.contains(&label) { column.name } else { label };
        labels.push(label);
        if !is_usual {
            lines.push(format!("    [{}, {}],", quoted(label), quoted(column.name)));
        }
    }
    let left = choice.left.iter().map(|at| quoted(columns[*at].name));
    lines.extend(left.map(|name| format!("    # [{name}, {name}],")));
    if lines.is_empty() {
        return lines;
    }
    if !choice.left.is_empty() {
        lines.insert(0, "# no field is for the columns with a # in front: take it away from those that the public may read".into());
    }
    lines.insert(usize::from(!choice.left.is_empty()), "facilities = [".into());
    lines.push("]".into());
    lines
}

/// Who agreed: to be published at all, or that telephone and mailbox are shown.
fn consent(columns: &[Column<'_>], choice: &Choice) -> Vec<String> {
    let mut lines = Vec::new();
    for column in choice.all(Field::Consent).iter().map(|at| &columns[*at]) {
        let Some(asked) = asked(column) else { continue };
        let name = if asked.publication { "public" } else { "contact" };
        if lines.iter().any(|line: &String| line.starts_with(name)) {
            continue;
        }
        let yes: Vec<String> = YES.iter().map(|yes| quoted(yes)).collect();
        let how = if asked.is_refusal { "is_not" } else { "is" };
        lines.push(format!("{name} = {{ column = {}, {how} = [{}] }}", quoted(column.name), yes.join(", ")));
    }
    if !lines.is_empty() {
        lines.insert(0, "\n# public: the other rows are for staff only; contact: of the others telephone and mailbox are left out\n[consent]".into());
    }
    lines
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
    let fields = [
        Field::Name,
        Field::Postcode,
        Field::Latitude,
        Field::Easting,
        Field::Point,
        Field::Geometry,
        Field::Consent,
    ];
    fields.iter().filter_map(|field| choice.one(*field)).collect()
}

/// A text as TOML has it. A `#` in a column's name would stand for a digit, and is not needed to find it.
pub(super) fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.replace('#', "").trim().chars() {
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
