use super::super::{Claim, Column, Field};
use model::Postcode;

/// Where letters go: perhaps somebody's home. A header that says post, over cells that are addresses or postcodes.
pub(super) fn claim(column: &Column<'_>) -> Option<Claim> {
    let is_address = |value: &str| value.contains(|c: char| c.is_ascii_digit() || c == ',');
    (says_letters(column) && column.percent(is_address) >= 40).then(|| {
        Claim::new(
            Field::Correspondence,
            98,
            "an address for letters, perhaps somebody's home: it is sealed, and only says in which ward they are registered",
        )
    })?
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
