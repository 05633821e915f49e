//! Payees that look like private persons. A name that is withheld without need costs an officer a moment; one that is
//! shown without need can't be called back: in doubt it is withheld.

mod organisation;
mod private;
mod words;

pub(super) use organisation::is_organisations;
pub(super) use words::words;

use organisation::{OF_PLACES, is_cut_off, is_shop, names_organisation};
use private::{is_given, is_initial, looks_private};

/// Titles that stand before a name or behind it.
const TITLES: &[&str] =
    &["mr", "mrs", "ms", "miss", "mx", "messrs", "dr", "prof", "professor", "cllr", "councillor"];

/// Titles that stand before a name, and elsewhere are words.
const FIRST_TITLES: &[&str] = &[
    "master",
    "rev",
    "revd",
    "reverend",
    "sir",
    "dame",
    "lord",
    "lady",
    "canon",
    "capt",
    "captain",
    "exors",
    "executors",
];

/// What a bodily firm has in its name, also when a person's stands before it.
const OF_FIRMS: &[&str] = &[
    "ltd",
    "limited",
    "llp",
    "plc",
    "cic",
    "cio",
    "trust",
    "foundation",
    "charity",
    "school",
    "academy",
    "partners",
    "partnership",
    "sons",
    "bros",
];

/// Who takes cards for others: the name is behind it.
const TAKES_CARDS: &[&str] =
    &["paypal", "sumup", "zettle", "izettle", "sq", "stripe", "square", "gocardless", "ztl", "iz"];

/// What says that a name follows under which somebody trades.
const TRADES_AS: &[&str] = &[" t/a ", " t/as ", " trading as ", " t/a:", " ta "];

/// How somebody is paid, behind the name.
const PAID_BY: &[&str] = &["bacs", "chaps", "cheque", "chq"];

/// Whether a payee looks like a private person, also one who trades under a name or to whom somebody's letters go.
pub(crate) fn is_person_like(name: &str) -> bool {
    // blanks at the ends, so that what stands between blanks is found there too
    let lower = format!(" {} ", name.to_lowercase().replace("c/o:", "c/o "));
    lower.split(" c/o ").any(is_payee_private)
}

/// The same of a payee alone, in small letters.
fn is_payee_private(lower: &str) -> bool {
    if let Some((before, trade)) = TRADES_AS.iter().find_map(|mark| lower.split_once(mark)) {
        // a firm may trade as "Oakapple Surgery", and as "Dr Oakapple"
        return is_person(&words(before), before) || is_titled_person(trade);
    }
    let behind = lower.split_once('*').map(|(_, behind)| behind.trim()).filter(|behind| !behind.is_empty());
    let all = words(behind.unwrap_or(lower));
    match all.split_first() {
        Some((first, rest)) if TAKES_CARDS.contains(&first.as_str()) => is_person(rest, lower),
        _ => is_person(&all, lower),
    }
}

fn is_titled_person(text: &str) -> bool {
    let all = words(text);
    all.first().is_some_and(|first| TITLES.contains(&first.as_str())) && is_person(&all, text)
}

fn is_person(all: &[String], text: &str) -> bool {
    let dead = text.contains("estate of") || text.contains("the late ");
    let is_filler = |word: &&str| {
        matches!(*word, "and" | "the" | "of" | "late")
            || PAID_BY.contains(word)
            || (dead && *word == "estate")
    };
    let all: Vec<&str> = all.iter().map(String::as_str).filter(|word| !is_filler(word)).collect();
    let is_title =
        |(i, word): (usize, &&str)| TITLES.contains(word) || (i == 0 && FIRST_TITLES.contains(word));
    let titled = dead || all.iter().enumerate().any(is_title);
    let name: Vec<&str> =
        all.iter().enumerate().filter(|word| !is_title(*word)).map(|(_, word)| *word).collect();
    let is_led = dead || all.first().is_some_and(|first| is_title((0, first)));
    let name = if is_led { name.into_iter().filter(|word| !has_digit(word)).collect() } else { name };
    let is_sign = |word: &&str| has_digit(word) || word.contains(['.', '/']);
    if name.is_empty() || is_shop(&all) || (!is_led && name.iter().any(is_sign)) {
        return false;
    }
    if practises(&all) {
        return true;
    }
    if names_organisation(&name, titled) || (!titled && is_cut_off(&all)) {
        return false;
    }
    titled || looks_private(&name, text)
}

/// Numbers are of a shop or a firm, and behind a title of an account or a flat.
fn has_digit(word: &str) -> bool {
    word.contains(|c: char| c.is_ascii_digit())
}

/// Whether somebody with title, first name and surname goes before what they do: "Dr Amara Quill Educational
/// Psychologist".
fn practises(all: &[&str]) -> bool {
    let [title, first, surname, ..] = all else { return false };
    let is_first = is_initial(first) || (is_given(first) && !OF_PLACES.contains(first));
    TITLES.contains(title)
        && is_first
        && surname.chars().count() >= 3
        && !is_organisations(surname)
        && !all.iter().any(|word| OF_FIRMS.contains(word))
}

#[cfg(test)]
mod tests {
    use super::is_person_like;

    #[test]
    fn private_persons_are_withheld() {
        for name in [
            "Mr J Smith",
            "MRS OKONKWO",
            "Dr Amara Nwosu",
            "Miss P. Quill",
            "Mr & Mrs Thornbury",
            "QUILLFEATHER MR P",
            "SMITH J",
            "Smith, J R",
            "J Smith",
            "J.R. Smith",
            "J. Thistlewood",
            "T J QUILLING",
            "John Smith",
            "SMITH JOHN",
            "Smith, John",
            "Siobhan O'Malley",
            "Mary-Ann Featherstonehaugh",
            "John Paul Oakapple",
            "Hardeep Singh",
            "Fatima Begum",
            "David West",
            "Susan Hall",
            "J Smith t/a Sparkle",
            "John Oakapple trading as Oakapple Cleaning Services",
            "MR P QUILL T/A QUILL PLUMBING",
            "The Estate of the late Edna Quill",
            "Paypal *janequill",
            "SumUp *Jane Quill",
            "John & Mary Oakapple",
            "Rev Timothy Oakapple",
            "Cllr B Oakapple",
            "Ztl*marcus Quill",
            "G Lodge",
            "G B Quill",
            "Quill G B",
            "Olena Quillescu",
            "Ama Kofi Mohammed",
            "Emma R Quill",
            "OAKAPPLE P AND V",
            "MR.QUILL",
            "JR Quill",
            "Khan JR",
            "M S A Quill",
            "H M Oakapple",
            "J & M Quill t/a",
            "John Quill (BACS)",
            "J Quill - Cheque",
            "Zoë Quill",
            "Łukasz Quillak",
            "Quillfeather, John Paul",
            "Thorn van Quillen",
            "Abdulqadeer Quill",
            "Quill Gurquilpreet",
            "Elm Oakapple-Khan",
            "Elm McQuill",
            "Dr Amara Quill Educational Psychologist",
            "MRS J OAKAPPLE CHILDCARE",
            "Oak Health Limited t/a Dr Amara Quill",
            "c/o Mrs Quill",
            "Quillmere c/o John Oakapple",
            "MR J SMITH 4411",
            "Mrs A Oakapple (Flat 2)",
            "Mr J Hall 4411",
            "Miss P Quill 12/04",
            "Mr J Quill/Mrs A Oakapple",
            "Mr Quill.J",
            "Estate of Edna Quill 4411",
        ] {
            // a name in one word behind a card reader can't be told from a shop's
            assert_eq!(is_person_like(name), name != "Paypal *janequill", "{name}");
        }
    }

    #[test]
    fn organisations_and_shops_are_not() {
        for name in [
            "Amazon.Co.Uk",
            "Amznmktplace",
            "Wm Morrisons Store",
            "McDonalds",
            "Asda Store",
            "W H Smith",
            "WH Smith 0123",
            "John Lewis",
            "John Lewis Partnership",
            "Marks & Spencer",
            "B & Q",
            "P H S Group Plc",
            "A ANDREWS & SONS (MARBLES & TILES)",
            "George Cox & Sons Ltd",
            "G Jones Builders",
            "A P Broome Landscapes Ltd",
            "Ralph Livesey Limited",
            "Morris Quality Bakers Lim",
            "Alliance Disposables Limi",
            "Reed Specialist Recrui",
            "Forbes Solicitors",
            "Jacobs UK Ltd",
            "Smith & Jones",
            "CLICK TRAVEL LTD",
            "St James Church",
            "Victoria Park",
            "Albert Hall",
            "Holly Lodge",
            "Dr Oakapple & Partners Surgery",
            "Mr Clutch Autos",
            "The Harry Oakapple Trust",
            "Trafford Council",
            "Barnsley M.B.C.",
            "STOCKPORT M B C",
            "PrescQIPP C.I.C.",
            "T V LICENSING",
            "Sainsburys S/Mkts",
            "Kirklees Mc T/t",
            "BARNARDO\u{fffd}S",
            "Amelia House",
            "Our Lady of Lourdes Catholic Prim S",
            "Simon on the Streets",
            "TOTS N TYKES",
            "Baker Ross",
            "HM Revenue & Customs",
            "BT",
            "3M",
            "1st Base",
            "E.ON",
            "comensura",
            "Oakapple-Service.G",
            "BT Openreach",
            "M & S",
            "Nisa Local",
            "Travis Perkins",
            "Oak Health Limited t/a Elm Surgery",
            "Autism North c/o Trinity House",
            "Dr John Oakapple Trust",
            "Mr Clutch Autos 24/7",
            "Mrs Oakapple 2 Ltd",
            "Mr 4411",
            "J Oakapple 4411",
            "Mr John Oakapple Ltd",
            "Tesco",
            "",
        ] {
            assert!(!is_person_like(name), "{name}");
        }
    }
}
