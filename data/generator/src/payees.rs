//! Who is paid: charities and halls of the borough, firms, public bodies, and invented persons.

use crate::halls::Hall;
use crate::random::Random;

/// A body that is paid, with the register numbers that some lists give.
#[derive(Clone)]
pub struct Payee {
    pub name: String,
    pub charity: Option<String>,
    pub company: Option<String>,
}

/// Firms, invented: a stem of no meaning and a trade.
const STEMS: [&str; 24] = [
    "Almery",
    "Bexhollow",
    "Corvane",
    "Drasset",
    "Ellowick",
    "Fenquill",
    "Garrowmint",
    "Hobthorne",
    "Ixley",
    "Jessoway",
    "Kellrift",
    "Lossiter",
    "Nuttershaw",
    "Pellow",
    "Rushpool",
    "Sallowby",
    "Umberslate",
    "Wattlecote",
    "Yarrowdine",
    "Ashenfell",
    "Brockmere",
    "Cindershaw",
    "Gorsewick",
    "Linnetfold",
];

/// People who do not exist, in the forms in which real lists name sole traders and carers.
pub const PERSONS: [&str; 8] = [
    "Mrs P Quillfeather",
    "J Oakapple",
    "OAKAPPLE J R",
    "Susan Brindlethwaite",
    "Mr T Almeryside t/a Almeryside Fencing",
    "Dr Amara Wexhollow",
    "Fatima Thistledown",
    "P & V Candleford",
];

/// What stands where a name was taken out.
pub const REDACTED: [&str; 4] =
    ["REDACTED PERSONAL DATA", "Redacted", "DETAILS REDACTED", "Redacted Personal Information"];

/// A firm of a trade, always the same for the same number. Every fifth has its registered number in the lists.
pub fn firm(trade: &str, number: usize) -> Payee {
    let name = format!("{} {trade}", STEMS[number % STEMS.len()]);
    let company = number.is_multiple_of(5).then(|| format!("99{:06}", 1_000 + number));
    Payee { name, charity: None, company }
}

/// The charities of the register's extract, as it spells them.
pub fn charities(extract: &[u8]) -> Vec<Payee> {
    let cell = |text: &str| (text != "NA").then(|| text.to_owned());
    csv::Reader::from_reader(extract)
        .records()
        .map(|row| row.expect("we wrote it"))
        .map(|row| Payee { name: row[2].trim().to_owned(), charity: cell(&row[0]), company: cell(&row[1]) })
        .collect()
}

/// Those who run a hall, by its name.
pub fn hall(random: &mut Random, halls: &[Hall]) -> Payee {
    let within: Vec<&Hall> = halls.iter().filter(|hall| hall.ward.is_some()).collect();
    let name = within[random.below(within.len())].name.clone();
    Payee { name, charity: None, company: None }
}
