use super::super::{Claim, Column, Field};
use super::person::says_office;
use model::Postcode;

/// Where letters go: perhaps somebody's home. A header that says post, over cells that are addresses or postcodes.
pub(super) fn claim(column: &Column<'_>) -> Option<Claim> {
    let is_address = |value: &str| value.contains(|c: char| c.is_ascii_digit() || c == ',');
    let enough = says_letters(column) && column.percent(is_address) >= 40;
    (enough || (is_somebodys(column) && !column.values.is_empty())).then(|| {
        Claim::new(
            Field::Correspondence,
            98,
            "an address for letters, perhaps somebody's home: it is sealed, and only says in which ward they are registered",
        )
    })?
}

/// An address or a postcode whose header says that it is an officer's, a contact's or a home's.
fn is_somebodys(column: &Column<'_>) -> bool {
    let of_address =
        column.says(&["address", "addr", "postcode", "street"]) || column.folded().contains("address");
    let of_person = says_office(column) || column.says(&["contact", "home", "private", "personal"]);
    of_address
        && of_person
        && !column.says(&["email", "mail", "e", "web", "website", "care", "nursing", "ip"])
}

fn says_letters(column: &Column<'_>) -> bool {
    let folded = column.folded();
    let sure = [
        "correspondence",
        "mailing",
        "postto",
        "homeaddress",
        "sendto",
        "registeredaddress",
        "registeredoffice",
    ];
    let of_post = column.says(&["postal", "post", "posted", "letters"])
        && !["postcode", "posttown", "postaltown", "postoffice", "postalcode"]
            .iter()
            .any(|word| folded.contains(word))
        && !column.says(&["code", "town", "office"]);
    let is_mailbox = column.says(&["email", "e"]);
    // "Post Cd" over postcodes is a postcode; "Postal" is not
    let of_post = of_post
        && (column.says(&["postal", "letters"]) || column.percent(|v| Postcode::parse(v).is_ok()) < 60);
    (sure.iter().any(|word| folded.contains(word)) || of_post) && !is_mailbox
}
