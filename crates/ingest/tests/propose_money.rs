//! Profiles that are proposed for lists of payments: made-up files with odd headers, and the real ones, of which every
//! line and every penny must be the same with the proposal as without.

mod common;

use common::{bytes_of, options, read, real_data};
use ingest::{Options, Profile, Proposal, look};
use model::{RecordKind, SpendRecord};

fn proposed(name: &str, bytes: &[u8], options: &Options) -> Proposal {
    let (_, proposal) = look(name, Box::new(bytes), options).expect("a table");
    assert_eq!(proposal.record, RecordKind::Spend, "{name}");
    proposal
}

fn with(profile: &str) -> Options {
    Options { profile: Some(Profile::parse(profile).expect("a profile")), ..options() }
}

/// The lines of a file and its source, or why it is refused.
fn lines(name: &str, bytes: &[u8], options: &Options) -> Result<(String, Vec<SpendRecord>), String> {
    let report = read(name, bytes, options).map_err(|refusal| refusal.finding.to_string())?;
    Ok((report.source.id.clone(), report.lines().cloned().collect()))
}

/// The part of a profile that says what the columns are.
fn fields(toml: &str) -> Vec<&str> {
    let (_, fields) = toml.split_once("[fields]\n").expect("fields");
    fields.lines().filter(|line| !line.starts_with("# ") || line.starts_with("# FILL IN = ")).collect()
}

const ODD: &str = "Creditor,Gross paid,When,Section,Memo\n\
    Oakshire Timber Ltd,\"£1,200.50\",03/04/2026,Parks,\n\
    Elm Cleaning Ltd,(12.00),04/04/2026,Halls,\n";

#[test]
fn what_is_not_known_is_a_blank_that_is_named() {
    let proposal = proposed("april.csv", ODD.as_bytes(), &options());
    assert_eq!(
        fields(&proposal.toml),
        [
            "payee = \"Creditor\"",
            "amount = \"FILL IN\"",
            "date = \"FILL IN\"",
            "",
            "# FILL IN = \"Gross paid\"",
            "# FILL IN = \"When\"",
            "# FILL IN = \"Section\"",
            "# FILL IN = \"Memo\"   # empty",
        ]
    );
    assert_eq!(
        proposal.lacks,
        [
            "No column is known as the amount paid, in pounds: write its name in place of FILL IN; perhaps \"Gross paid\" (2 of 2 cells are amounts).",
            "No column is known as the date paid: write its name in place of FILL IN; perhaps \"When\" (2 of 2 cells are dates).",
            "No column names the body that pays: write it as publisher, or name it with --payer NAME.",
        ]
    );
    let refused = lines("april.csv", ODD.as_bytes(), &with(&proposal.toml)).expect_err("blanks");
    assert!(refused.contains("fields.amount, fields.date"), "{refused}");
}

#[test]
fn blanks_once_filled_in_make_a_profile() {
    let options = Options { payer: Some("Oakshire  \"Old\" Council".into()), ..options() };
    let toml = proposed("april.csv", ODD.as_bytes(), &options).toml;
    let toml = toml
        .replace("amount = \"FILL IN\"", "amount = \"Gross paid\"")
        .replace("date = \"FILL IN\"", "date = \"When\"")
        .replace("# FILL IN = \"Section\"", "unit = \"Section\"");
    let (source, lines) = lines("april.csv", ODD.as_bytes(), &with(&toml)).expect("a list");
    assert_eq!(source, "oakshire-old-council-spend");
    let said: Vec<String> = lines
        .iter()
        .map(|line| {
            let unit = line.unit.as_deref().unwrap_or("-");
            format!("{} | {} | {} | {} | {unit}", line.payer, line.payee.name, line.pence, line.date)
        })
        .collect();
    assert_eq!(
        said,
        [
            "Oakshire \"Old\" Council | Oakshire Timber Ltd | £1,200.50 | 2026-04-03 | Parks",
            "Oakshire \"Old\" Council | Elm Cleaning Ltd | -£12.00 | 2026-04-04 | Halls",
        ]
    );
}

#[test]
fn a_proposal_reads_what_is_read_without_it() {
    for (name, text) in [
        // a payer in some rows, two dates of which the first may be empty, marks of nothing, a register number
        (
            "april.csv",
            "Body,Body Name,Supplier Name,Net Amount,Gross Amount,Payment Date,Invoice Date,Service,Department,Company No\n\
             https://example.org/a,Oakshire Council,Oak Ltd,10.00,12.00,03/04/2026,01/04/2026,Parks,Place,01234567\n\
             https://example.org/a,,Elm Ltd,,6.00,,02/04/2026,#N/A,Place,\n",
        ),
        (
            "cards_april.csv",
            "Council,Merchant Name,Total,Transaction Date,Ref #,Merchant Category\nOakshire Council,Oak Cafe,3.20,2026-04-03,7,Food\n",
        ),
        (
            "april.csv",
            "\u{feff}Payments over £500\n\nCouncil;Payee;Amount (£);Date;Card Transaction\nOakshire Council;REDACTED;1;46115;Yes\nOakshire Council;Mr J Quill;2;46116;No\n",
        ),
    ] {
        let without = Options { payer: Some("Elmshire Council".into()), ..options() };
        let proposal = proposed(name, text.as_bytes(), &without);
        assert_eq!(proposal.lacks, Vec::<String>::new(), "{name}");
        let expected = lines(name, text.as_bytes(), &without);
        assert!(expected.as_ref().is_ok_and(|(_, lines)| !lines.is_empty()), "{name}: {expected:?}");
        assert_eq!(
            lines(name, text.as_bytes(), &with(&proposal.toml)),
            expected,
            "{name}: {}",
            proposal.toml
        );
    }
}

#[test]
fn a_list_of_contracts_is_no_spending() {
    let text = "Contract Title,Supplier,Value,Start\nLift,Oak Ltd,100,2026-01-01\n";
    let (_, proposal) = look("x.csv", Box::new(text.as_bytes()), &options()).expect("a table");
    assert_ne!(proposal.record, RecordKind::Spend);
}

#[test]
fn the_real_files_are_read_the_same() {
    let Some(folder) = real_data() else { return };
    for file in [
        "calderdale_clean_2022-04-card.csv",
        "harrogate_clean_2018-03.csv",
        "leeds_raw_2011-01.csv",
        "leeds_raw_2020-06.csv.gz",
        "manchester_clean_2015-05.csv",
        "salford_clean_2016-04.csv",
        "trafford_government_procurement_card_transactions_2026-27.csv",
    ] {
        let bytes = bytes_of(&folder.join("spend").join(file));
        let proposal = proposed(file, &bytes, &options());
        assert_eq!(proposal.lacks, Vec::<String>::new(), "{file}");
        let expected = lines(file, &bytes, &options());
        assert!(expected.is_ok(), "{file}: {expected:?}");
        assert!(lines(file, &bytes, &with(&proposal.toml)) == expected, "{file}: {}", proposal.toml);
    }
}
