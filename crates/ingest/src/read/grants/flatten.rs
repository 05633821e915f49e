use serde_json::Value;

/// What the standard calls its members in tables.
const TITLES: &[(&str, &str)] = &[
    ("id", "Identifier"),
    ("name", "Name"),
    ("title", "Title"),
    ("description", "Description"),
    ("currency", "Currency"),
    ("amountAppliedFor", "Amount Applied For"),
    ("amountAwarded", "Amount Awarded"),
    ("amountDisbursed", "Amount Disbursed"),
    ("awardDate", "Award Date"),
    ("dateModified", "Last Modified"),
    ("dataSource", "Data Source"),
    ("fromOpenCall", "From an open call?"),
    ("department", "Department"),
    ("charityNumber", "Charity Number"),
    ("companyNumber", "Company Number"),
    ("streetAddress", "Street Address"),
    ("addressLocality", "City"),
    ("addressRegion", "County"),
    ("addressCountry", "Country"),
    ("postalCode", "Postal Code"),
    ("code", "Code"),
    ("geoCode", "Geographic Code"),
    ("geoCodeType", "Geographic Code Type"),
    ("countryCode", "Country Code"),
    ("latitude", "Latitude"),
    ("longitude", "Longitude"),
    ("startDate", "Start Date"),
    ("endDate", "End Date"),
    ("duration", "Duration (months)"),
    ("url", "URL"),
    ("recipientOrganization", "Recipient Org"),
    ("recipientIndividual", "Recipient Ind"),
    ("fundingOrganization", "Funding Org"),
    ("beneficiaryLocation", "Beneficiary Location"),
    ("grantProgramme", "Grant Programme"),
    ("plannedDates", "Planned Dates"),
    ("actualDates", "Actual Dates"),
    ("location", "Location"),
];

/// The cells of a grant with their columns' titles. Of several things in a list the first has no number:
/// `Beneficiary Location:Name`, `Beneficiary Location:1:Name`. What the standard does not know is a cell when it is one
/// value; what lies deeper stays in the row as published.
pub(super) fn flatten(grant: &Value) -> Vec<(String, String)> {
    let mut cells = Vec::new();
    members(grant, "", &mut cells);
    cells
}

fn members(object: &Value, before: &str, cells: &mut Vec<(String, String)>) {
    for (name, value) in object.as_object().into_iter().flatten() {
        let known = TITLES.iter().find(|(member, _)| member == name);
        let title = format!("{before}{}", known.map_or(name.as_str(), |(_, title)| title));
        match value {
            Value::Null => {}
            Value::Object(_) if known.is_some() => members(value, &format!("{title}:"), cells),
            Value::Array(items) if known.is_some() => {
                for (i, item) in items.iter().enumerate() {
                    let number = if i == 0 { String::new() } else { format!("{i}:") };
                    members(item, &format!("{title}:{number}"), cells);
                }
            }
            Value::Object(_) | Value::Array(_) => {}
            Value::String(text) => cells.push((title, text.clone())),
            Value::Bool(_) | Value::Number(_) => cells.push((title, value.to_string())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_have_the_titles_of_tables() {
        let grant = serde_json::json!({
            "id": "360G-a-1",
            "amountAwarded": 3028.63,
            "Open Call?": "YES",
            "additional_data": {"x": 1},
            "recipientOrganization": [{"id": "GB-CHC-9900001", "location": [{"geoCode": "E05999001"}]}],
            "beneficiaryLocation": [{"geoCode": "E05999001"}, {"geoCode": "E05999002", "latitude": 53.4}],
        });
        let mut cells: Vec<String> =
            flatten(&grant).iter().map(|(name, value)| format!("{name}={value}")).collect();
        cells.sort();
        assert_eq!(
            cells,
            [
                "Amount Awarded=3028.63",
                "Beneficiary Location:1:Geographic Code=E05999002",
                "Beneficiary Location:1:Latitude=53.4",
                "Beneficiary Location:Geographic Code=E05999001",
                "Identifier=360G-a-1",
                "Open Call?=YES",
                "Recipient Org:Identifier=GB-CHC-9900001",
                "Recipient Org:Location:Geographic Code=E05999001",
            ]
        );
    }
}
