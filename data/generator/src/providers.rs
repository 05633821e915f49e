//! What other public bodies spend in the borough, in the simple form that `crates/ingest/profiles/README.md` gives, and a
//! contracts register, which is no list of payments.

use crate::land::{BOROUGH_CODE, Land};
use crate::random::Random;
use crate::table;

/// Health visiting is for the whole borough; policing says its ward.
pub fn write(land: &Land) -> Vec<u8> {
    let heading = [
        "provider",
        "service",
        "area_code",
        "year",
        "amount",
        "basis",
        "payee",
        "postcode",
        "date",
        "purpose",
    ];
    let mut random = Random::named("providers");
    let mut rows: Vec<[String; 10]> = Vec::new();
    let mut push = |provider: &str,
                    service: &str,
                    area: &str,
                    year: &str,
                    pounds: usize,
                    basis: &str,
                    payee: &str,
                    purpose: &str| {
        let cells = [provider, service, area, year, &format!("{pounds}.00"), basis, payee, "", "", purpose];
        rows.push(cells.map(str::to_owned));
    };
    for year in ["2025-26", "2026-27"] {
        for service in ["Community nursing", "Mental health", "Health visiting"] {
            let pounds = random.between(600, 3_000) * 1_000;
            push("Wexmarsh Community NHS Trust", service, BOROUGH_CODE, year, pounds, "budget", "", "");
        }
        for ward in &land.wards {
            let pounds = random.between(80, 420) * 1_000;
            push(
                "Kestrelvale Police",
                "Neighbourhood policing",
                &ward.area.code,
                year,
                pounds,
                "payment",
                "",
                "Officers and vehicles",
            );
        }
    }
    table::plain(&heading, rows)
}

/// What was contracted, without a date on which anything was paid.
pub fn contracts() -> Vec<u8> {
    let heading = [
        "Contract Reference",
        "Contract Title",
        "Department",
        "Start Date",
        "End Date",
        "Review Date",
        "Contract Value",
        "Supplier Name",
        "Supplier Type",
    ];
    let rows = [
        [
            "WX-001",
            "Grass cutting",
            "Place",
            "2025-04-01",
            "2028-03-31",
            "2027-09-30",
            "412000",
            "Almery Landscapes Ltd",
            "SME",
        ],
        [
            "WX-002",
            "Home care framework",
            "Adults",
            "2024-04-01",
            "2027-03-31",
            "2026-09-30",
            "9300000",
            "Various",
            "",
        ],
        [
            "WX-003",
            "Library books",
            "Place",
            "2025-04-01",
            "2027-03-31",
            "2026-12-31",
            "96000",
            "Corvane Library Supply Ltd",
            "SME",
        ],
    ];
    table::plain(&heading, rows)
}
