//! What the council paid, as it publishes that: fourteen months of two financial years, in three files of two designs.

use encoding_rs::WINDOWS_1252;

use crate::halls::Hall;
use crate::payees::{PERSONS, Payee, REDACTED, charities, firm, hall};
use crate::random::Random;
use crate::table;

const BODY: &str = "Wexmarsh Council";
/// April 2025 to May 2026.
const MONTHS: usize = 14;
const LINES_A_MONTH: usize = 214;
/// Systems cut units off after so many characters.
const UNIT: usize = 20;

/// A line of the ledger.
struct Line {
    /// Months from April 2025.
    month: usize,
    day: usize,
    directorate: &'static str,
    unit: &'static str,
    category: &'static str,
    purpose: String,
    payee: String,
    charity: Option<String>,
    company: Option<String>,
    pence: i64,
    is_capital: bool,
    number: usize,
}

/// What a unit buys, of whom, for how much at most, how often.
struct Buys {
    directorate: &'static str,
    unit: &'static str,
    category: &'static str,
    purpose: &'static str,
    of: Of,
    pounds: usize,
    often: usize,
}

#[derive(Clone, Copy)]
enum Of {
    /// Firms of a trade.
    Firm(&'static str),
    Fixed(&'static str),
    Charity,
    Hall,
    Person,
    Redacted,
}

#[rustfmt::skip]
const fn buys(directorate: &'static str, unit: &'static str, category: &'static str, purpose: &'static str, of: Of, pounds: usize, often: usize) -> Buys {
    Buys { directorate, unit, category, purpose, of, pounds, often }
}

#[rustfmt::skip]
const LEDGER: [Buys; 34] = [
    buys("Adults", "PHYS SUPP 85+ LONG TERM", "Third Party Payments", "EXT RES CARE FEES", Of::Firm("Care Homes Ltd"), 4_200, 14),
    buys("Adults", "LEARN DIS 18-64 LONG TERM", "Third Party Payments", "SUPP LIVING CONT", Of::Firm("Supported Living Limited"), 6_000, 8),
    buys("Adults", "HOME CARE", "Third Party Payments", "EXT DOM CARE SPOT CO", Of::Firm("Homecare Ltd"), 900, 14),
    buys("Adults", "DIRECT PAYMENTS", "Transfer Payments", "DIRECT PAYMENTS", Of::Redacted, 1_200, 9),
    buys("Children", "CHILDREN'S PLACEMENTS", "Third Party Payments", "IFA placement", Of::Firm("Fostering Ltd"), 5_500, 4),
    buys("Children", "LEAVING CARE", "Third Party Payments", "Allowance", Of::Redacted, 900, 3),
    buys("Children", "HOME TO SCHOOL TRANSPORT", "Transport", "Taxi contract", Of::Firm("Private Hire Ltd"), 2_400, 5),
    buys("Children", "EDUCATIONAL PSYCHOLOGY", "Employees", "Assessment", Of::Person, 1_500, 2),
    buys("Children", "NURSERY EDUCATION GRANT", "Third Party Payments", "Early years funding", Of::Charity, 9_000, 3),
    buys("Place", "WASTE DISPOSAL LEVY", "Third Party Payments", "Levy", Of::Fixed("Wexmarsh and Cawdle Waste Authority"), 480_000, 1),
    buys("Place", "REFUSE COLLECTION", "Third Party Payments", "Collection contract", Of::Firm("Environmental Services Ltd"), 90_000, 2),
    buys("Place", "PARKS AND GROUNDS MAINTENANCE", "Supplies and Services", "Grass cutting", Of::Firm("Landscapes Ltd"), 3_800, 6),
    buys("Place", "HIGHWAYS MAINTENANCE", "Supplies and Services", "Patching", Of::Firm("Surfacing Limited"), 28_000, 7),
    buys("Place", "STREET LIGHTING", "Premises", "Energy", Of::Firm("Power Supply Plc"), 21_000, 2),
    buys("Place", "LIFT REPAIRS & MTCE", "Premises", "Service charge", Of::Firm("Lifts Limited"), 900, 3),
    buys("Place", "LIBRARIES", "Supplies and Services", "Books", Of::Firm("Library Supply Ltd"), 2_600, 4),
    buys("Place", "LEISURE CENTRES", "Premises", "Pool chemicals", Of::Firm("Pools Ltd"), 1_900, 3),
    buys("Place", "COMMUNITY CENTRES", "Premises", "Room hire", Of::Hall, 700, 10),
    buys("Place", "ALLOTMENTS", "Premises", "Fencing", Of::Person, 1_100, 2),
    buys("Place", "PLANNING POLICY", "Supplies and Services", "Survey", Of::Firm("Consulting LLP"), 8_000, 2),
    buys("Place", "CAPITAL SCHEMES", "Capital", "Main works contract", Of::Firm("Construction Ltd"), 190_000, 4),
    buys("Housing", "HOMELESSNESS TEMPORARY ACCOMMODATION", "Third Party Payments", "Bed and breakfast", Of::Firm("Lodgings Ltd"), 2_200, 4),
    buys("Housing", "DISABLED FACILITIES GRANTS", "Capital", "Adaptation", Of::Firm("Builders Ltd"), 9_500, 3),
    buys("Public Health", "SUBSTANCE MISUSE", "Third Party Payments", "Treatment service", Of::Charity, 24_000, 2),
    buys("Public Health", "HEALTH VISITING", "Third Party Payments", "Block contract", Of::Fixed("Wexmarsh Community NHS Trust"), 160_000, 1),
    buys("Corporate", "VOLUNTARY SECTOR GRANTS", "Grants", "Grant", Of::Charity, 4_000, 9),
    buys("Corporate", "ICT", "Supplies and Services", "Licences", Of::Firm("Software Ltd"), 12_000, 4),
    buys("Corporate", "AGENCY STAFF", "Employees", "Agency staff", Of::Firm("Recruitment Ltd"), 3_300, 12),
    buys("Corporate", "LEGAL SERVICES", "Supplies and Services", "Counsel's fees", Of::Person, 2_500, 3),
    buys("Corporate", "NA", "NA", "NA", Of::Firm("Stationery Ltd"), 900, 3),
    buys("Corporate", "PAYROLL CONTROL", "Employees", "PAYE and NI", Of::Fixed("HM Revenue & Customs"), 900_000, 1),
    buys("Corporate", "PENSION FUND", "Employees", "Superannuation", Of::Fixed("Kestrelvale Pension Fund"), 410_000, 1),
    buys("Corporate", "TREASURY", "Financing", "Loan repayment", Of::Fixed("Public Works Loan Board"), 1_500_000, 1),
    buys("Corporate", "FIRE PRECEPT", "Precepts", "Precept", Of::Fixed("Kestrelvale Fire Authority"), 350_000, 1),
];

/// The council's own files: the year, what was left of its March, and two months of the next year.
pub fn write(register: &[u8], halls: &[Hall]) -> [(&'static str, Vec<u8>); 3] {
    let lines = lines(&charities(register), halls);
    let (old, new): (Vec<&Line>, Vec<&Line>) = lines.iter().partition(|line| line.month < 12);
    // March was published in two parts
    let (year, part_2): (Vec<&Line>, Vec<&Line>) =
        old.into_iter().partition(|line| line.month < 11 || line.day <= 17);
    [
        ("spend_2025-26.csv", old_design(&year, true)),
        ("spend_march_2026_part_2.csv", old_design(&part_2, false)),
        ("spend_2026-27.csv", new_design(&new)),
    ]
}

fn lines(charities: &[Payee], halls: &[Hall]) -> Vec<Line> {
    let mut random = Random::named("spend");
    let all: usize = LEDGER.iter().map(|buys| buys.often).sum();
    let mut lines: Vec<Line> = Vec::new();
    for month in 0..MONTHS {
        for _ in 0..LINES_A_MONTH {
            let mut nth = random.below(all);
            let sort = LEDGER.iter().position(|buys| {
                let is_it = nth < buys.often;
                nth = nth.wrapping_sub(buys.often);
                is_it
            });
            let buys = &LEDGER[sort.expect("it is one of them")];
            let line = line(&mut random, buys, month, lines.len(), charities, halls);
            // visits are invoiced one by one, and look the same
            let times =
                if matches!(buys.unit, "HOME CARE") && random.percent(30) { random.between(2, 4) } else { 1 };
            for _ in 0..times {
                lines.push(Line {
                    payee: line.payee.clone(),
                    purpose: line.purpose.clone(),
                    charity: line.charity.clone(),
                    company: line.company.clone(),
                    ..line
                });
            }
        }
    }
    lines
}

fn line(
    random: &mut Random,
    buys: &Buys,
    month: usize,
    number: usize,
    charities: &[Payee],
    halls: &[Hall],
) -> Line {
    let nameless = |name: &str| Payee { name: name.to_owned(), charity: None, company: None };
    let payee = match buys.of {
        Of::Firm(trade) => firm(trade, random.below(9)),
        Of::Fixed(name) => nameless(name),
        Of::Charity => charities[random.below(charities.len())].clone(),
        Of::Hall => hall(random, halls),
        Of::Person => nameless(random.pick(&PERSONS)),
        Of::Redacted => nameless(random.pick(&REDACTED)),
    };
    let most = buys.pounds * 100;
    let pence = i64::try_from(random.between(most / 10, most)).expect("it is no fortune");
    let is_credit = random.percent(5);
    // some names are cut off by the system that pays
    let name = if random.percent(4) {
        payee.name.chars().take(24).collect::<String>().trim().to_owned()
    } else {
        payee.name
    };
    Line {
        month,
        day: random.between(1, 28),
        directorate: buys.directorate,
        unit: buys.unit,
        category: buys.category,
        purpose: buys.purpose.to_owned(),
        payee: name,
        charity: payee.charity,
        company: payee.company,
        pence: if is_credit { -pence } else { pence },
        is_capital: buys.category == "Capital",
        number: 5_100_000 + number * 7,
    }
}

impl Line {
    fn year_and_month(&self) -> (usize, usize) {
        (2025 + (self.month + 3) / 12, (self.month + 3) % 12 + 1)
    }

    fn unit(&self) -> String {
        self.unit.chars().take(UNIT).collect::<String>().trim().to_owned()
    }
}

fn pounds(pence: i64) -> String {
    let (pounds, pence) = (pence.unsigned_abs() / 100, pence.unsigned_abs() % 100);
    if pounds < 1_000 {
        return format!("{pounds}.{pence:02}");
    }
    match pounds / 1_000 {
        thousands if thousands < 1_000 => format!("{thousands},{:03}.{pence:02}", pounds % 1_000),
        thousands => {
            format!("{},{:03},{:03}.{pence:02}", thousands / 1_000, thousands % 1_000, pounds % 1_000)
        }
    }
}

/// As a spreadsheet on Windows has it: £, thousands and brackets, dates day first; titles above the header when the whole year was put together.
fn old_design(lines: &[&Line], has_titles: bool) -> Vec<u8> {
    let heading = [
        "Body Name",
        "Directorate",
        "Service Area",
        "Expenditure Category",
        "Payment Date",
        "Supplier Name",
        "Registered Charity Number",
        "Company Number",
        "Net Amount",
        "Capital/Revenue",
        "Purpose of Spend",
        "Transaction Number",
    ];
    let empty = |cell: &Option<String>| cell.clone().unwrap_or_else(|| "N/A".into());
    let row = |line: &&Line| {
        let (year, month) = line.year_and_month();
        let amount = pounds(line.pence);
        [
            BODY.to_owned(),
            line.directorate.to_owned(),
            line.unit(),
            line.category.to_owned(),
            format!("{:02}/{month:02}/{year}", line.day),
            line.payee.clone(),
            empty(&line.charity),
            empty(&line.company),
            if line.pence < 0 { format!("(£{amount})") } else { format!("£{amount}") },
            if line.is_capital { "C" } else { "R" }.to_owned(),
            line.purpose.clone(),
            line.number.to_string(),
        ]
    };
    let table = table::spreadsheet(&heading, lines.iter().map(row));
    let titles = "Wexmarsh Council: payments to suppliers of £500 and more,,,,,,,,,,,\r\n,,,,,,,,,,,\r\n";
    let text = String::from_utf8(table).expect("cells are text");
    let whole = if has_titles { format!("{titles}{text}") } else { text };
    WINDOWS_1252.encode(&whole).0.into_owned()
}

/// The new system's export: plain amounts with the minus behind, ISO dates, other names for the columns.
fn new_design(lines: &[&Line]) -> Vec<u8> {
    let heading = [
        "OrganisationLabel",
        "OrganisationURI",
        "EffectiveDate",
        "OrganisationalUnit",
        "BeneficiaryName",
        "PaymentDate",
        "TransactionNumber",
        "Amount",
        "IrrecoverableVATAmount",
        "Purpose",
        "ProclassLabel",
    ];
    let row = |line: &&Line| {
        let (year, month) = line.year_and_month();
        let plain = pounds(line.pence).replace(',', "");
        [
            BODY.to_owned(),
            "https://example.org/id/metropolitan-district-council/wexmarsh".to_owned(),
            format!("{year}-{month:02}-28"),
            line.unit(),
            line.payee.clone(),
            format!("{year}-{month:02}-{:02}", line.day),
            line.number.to_string(),
            if line.pence < 0 { format!("{plain}-") } else { plain },
            "0.00".to_owned(),
            line.purpose.clone(),
            line.category.to_owned(),
        ]
    };
    table::plain(&heading, lines.iter().map(row))
}

/// Card transactions: what the bank's statement says.
pub fn cards() -> Vec<u8> {
    let heading = [
        "OrganisationLabel",
        "OrganisationalUnit",
        "BeneficiaryName",
        "PaymentDate",
        "Amount",
        "Purpose",
        "CategoryInternalName",
        "MerchantCategoryCode",
        "CardTransaction",
    ];
    let merchants = [
        ("Brockmere Stores 0123", "Grocery Stores", "5411"),
        ("Fenquill.Co.Uk", "Book Stores", "5942"),
        ("Sallowby Parking", "Automobile Parking Lots", "7523"),
        ("Wexmarsh Taxis", "Taxicabs", "4121"),
        ("SumUp *Susan Brindlethwaite", "Miscellaneous", "7299"),
        ("0807da00bcbc494386a3b9ff", "Member Clubs", "7997"),
        ("Kellrift Hardware Ltd", "Hardware Stores", "5251"),
    ];
    let units = ["LIBRARIES", "CHILDREN'S HOMES", "PARKS AND GROUNDS MA", "COMMUNITY CENTRES"];
    let mut random = Random::named("cards");
    let row = |month: usize| {
        let (name, category, code) = merchants[random.below(merchants.len())];
        let pence = random.between(150, 24_000);
        let amount =
            format!("{}{}.{:02}", if random.percent(5) { "-" } else { "" }, pence / 100, pence % 100);
        [
            BODY.to_owned(),
            random.pick(&units).to_owned(),
            name.to_owned(),
            format!("{}-{:02}-{:02}", 2025 + (month + 3) / 12, (month + 3) % 12 + 1, random.between(1, 28)),
            amount,
            "Purchase".to_owned(),
            category.to_owned(),
            code.to_owned(),
            "GPC".to_owned(),
        ]
    };
    let rows: Vec<[String; 9]> = (0..MONTHS * 20).map(|n| n / 20).map(row).collect();
    table::plain(&heading, rows)
}
