use super::super::{Claim, Column, Field};

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
    let is_office = column.says(ROLES) || named.contains(&folded.as_str());
    let is_asked_for =
        column.says(&["who", "person", "ask", "whom", "by", "owner", "manager"]) && !column.says(&["for"]);
    let text =
        column.percent(|value| value.chars().any(char::is_alphabetic) && !value.contains(['@', '/'])) >= 50;
    let people = column.percent(is_person);
    let by_header = is_office && text;
    let by_cells = people >= 30 || (is_asked_for && people >= 10 && text);
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
    use super::is_person;

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
