use super::super::{Claim, Column, Field};
use super::phone::says_telephone;
use crate::validate::contact::{is_mobile, is_telephone};

/// Columns that may name a private person are never taken without being asked for: by the header, or by cells such as
/// "Mrs J. Okafor" and "Siân P.".
pub(super) fn claim(column: &Column<'_>) -> Option<Claim> {
    let folded = column.folded();
    let named = [
        "contactname",
        "contactperson",
        "namedcontact",
        "maincontact",
        "keycontact",
        "contact",
        "firstname",
        "lastname",
        "first",
        "last",
        "fullname",
    ];
    if let Some(why) = reaches_a_person(column) {
        return Claim::new(Field::Person, 99, why);
    }
    let is_contact = column.says(&["contact"]) && column.says(&["name", "person"]);
    let is_office = says_office(column) || is_contact || named.contains(&folded.as_str());
    let is_asked_for =
        column.says(&["who", "person", "ask", "whom", "by", "owner", "manager"]) && !column.says(&["for"]);
    let text =
        column.percent(|value| value.chars().any(char::is_alphabetic) && !value.contains(['@', '/'])) >= 50;
    let people = column.percent(is_person);
    let by_header = is_office && text && !is_of_an_address(column);
    // who is to be asked may be an office in most rows
    let is_named = column.says(&["ask"]) && people > 0;
    let by_cells = people >= 30 || (is_asked_for && people >= 10 && text) || is_named;
    (by_header || by_cells).then(|| {
        let why =
            if by_header { "it may name a private person" } else { "its cells look like names of people" };
        Claim::new(
            Field::Person,
            99,
            format!("{why}; if it is an office, add it as facilities = [[\"Who to ask\", …]]"),
        )
    })?
}

/// Why a column of telephone numbers or mailboxes may be a private person's: its header names an office or a contact, and
/// not every cell is a line or a mailbox of the organisation.
fn reaches_a_person(column: &Column<'_>) -> Option<String> {
    let (office, contact) = (says_office(column), column.says(&["contact"]));
    let home = column.says(&["home", "private", "personal"]) && !column.says(&["care", "nursing"]);
    if !(office || contact || home) || is_of_an_address(column) {
        return None;
    }
    let of_numbers = says_telephone(column) || column.percent(is_telephone) >= 50;
    let of_mailboxes = column.percent(|value| value.contains('@')) >= 50;
    let at_home = office && (home || column.says(&["mobile"]));
    let why = match () {
        () if of_numbers && (office || home) => "it may be a private person's telephone",
        () if of_numbers && column.percent(is_mobile) >= 10 => {
            "it may be a private person's telephone, as some are mobiles"
        }
        () if of_mailboxes && column.percent(is_personal_mailbox) >= 10 => {
            "it may be a private person's mailbox"
        }
        () if at_home => "it may be a private person's",
        () => return None,
    };
    let field = if of_mailboxes { "email" } else { "phone" };
    let remedy = "if all are the organisation's own, add it under [fields] as";
    (!column.values.is_empty()).then(|| format!("{why}; {remedy} {field}"))
}

/// Whether a header names an office that a person has.
pub(super) fn says_office(column: &Column<'_>) -> bool {
    column.says(ROLES)
        && !column.says(&["parking", "bay", "bays", "park", "hire", "station", "spaces", "stop"])
}

/// Whether a header speaks of an address or a part of one, which [`super::correspondence`] knows.
fn is_of_an_address(column: &Column<'_>) -> bool {
    column.says(&["address", "postcode", "street"]) && !column.says(&["email", "mail", "e", "web"])
}

/// A mailbox that bears a person's name, or that of somebody's own provider.
fn is_personal_mailbox(value: &str) -> bool {
    let lower = value.trim().to_lowercase();
    let Some((who, host)) = lower.split_once('@') else { return false };
    let words: Vec<&str> = who.split(['.', '_']).collect();
    let is_named = words.len() == 2 && words.iter().all(|word| word.chars().all(char::is_alphabetic));
    let is_office = OFFICES.iter().any(|office| who.contains(office));
    !is_office && (is_named || PROVIDERS.iter().any(|provider| host.starts_with(provider)))
}

/// What mailboxes of organisations are called.
const OFFICES: &[&str] = &[
    "info",
    "hello",
    "enquir",
    "admin",
    "office",
    "contact",
    "secretary",
    "booking",
    "club",
    "hall",
    "mail",
    "group",
];

const PROVIDERS: &[&str] = &[
    "gmail.",
    "googlemail.",
    "hotmail.",
    "outlook.",
    "live.",
    "yahoo.",
    "icloud.",
    "me.com",
    "msn.",
    "aol.",
    "btinternet.",
    "talktalk.",
    "virginmedia.",
    "ntlworld.",
    "sky.com",
    "tiscali.",
    "proton",
];

const ROLES: &[&str] = &[
    "secretary",
    "treasurer",
    "trustee",
    "trustees",
    "surname",
    "forename",
    "caretaker",
    "chair",
    "chairman",
    "chairperson",
    "keyholder",
    "organiser",
    "leader",
    "officer",
    "warden",
    "coach",
    "welfare",
    "safeguarding",
];

/// Whether a cell is written as people are: with a title in front, or with an initial.
fn is_person(value: &str) -> bool {
    let words: Vec<&str> = value.split_whitespace().collect();
    let capital = |word: &&str| word.chars().next().is_some_and(char::is_uppercase);
    let titles = ["mr", "mrs", "ms", "miss", "mx", "dr", "rev", "revd", "cllr", "sister", "fr"];
    let title = words
        .first()
        .is_some_and(|word| titles.contains(&word.trim_end_matches('.').to_lowercase().as_str()));
    let is_initial = |word: &&str| word.len() == 2 && word.ends_with('.') && capital(word);
    let names = (2..=4).contains(&words.len()) && words.iter().all(capital);
    let letters = value.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '.' | '-' | '\'' | '’'));
    letters && ((title && words.len() <= 4 && words.len() > 1) || (names && words.iter().any(is_initial)))
}

#[cfg(test)]
mod tests {
    use super::{is_person, is_personal_mailbox, reaches_a_person};
    use crate::propose::Column;
    use crate::raw_row::RawRow;

    fn reached(header: &str, cells: &[&str]) -> bool {
        let rows: Vec<RawRow> = cells
            .iter()
            .map(|cell| {
                let mut row = RawRow::starting(1);
                row.push(cell);
                row
            })
            .collect();
        reaches_a_person(&Column::new(0, header, &rows)).is_some()
    }

    #[test]
    fn what_reaches_a_person_is_known_by_header_and_cells() {
        let (mobile, line) = ("07700 900112", "0161 496 0101");
        for (header, cell, private) in [
            ("Secretary Mobile", mobile, true),
            ("Secretary Mobile", line, true),
            ("contact_ph", mobile, true),
            ("contact_ph", line, false),
            ("CNTCT_TEL", line, false),
            ("Club Tel.", mobile, false),
            ("contact_em", "jo.moss@gmail.com", true),
            ("contact_em", "info@oakclub.example.org", false),
            ("Treasurer e-mail", "treasurer@oak.example.org", false),
            ("Coach parking", mobile, false),
            ("Home tel", line, true),
            ("Care home telephone", line, false),
        ] {
            let other = if cell.contains('@') { cell } else { line };
            assert_eq!(reached(header, &[cell, other]), private, "{header}: {cell}");
        }
        assert!(
            is_personal_mailbox("ann_moss@oak.example.org") && !is_personal_mailbox("site2@oak.example.org")
        );
    }

    #[test]
    fn people_have_titles_or_initials_and_halls_do_not() {
        for name in ["Mrs J. Okafor", "Siân P.", "J. Smith", "Mr A Patel", "Rev. Anne Moss"] {
            assert!(is_person(name), "{name}");
        }
        for name in
            ["St. Mary's Hall", "Oak Hall", "Dave", "Dr. Barnardo's Home for 12", "TMBC", "Friends grp"]
        {
            assert!(!is_person(name), "{name}");
        }
    }
}
