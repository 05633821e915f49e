//! Answers about money as JSON, the same for the command line and the API. Amounts are whole pence.

use super::{AreaSpend, Spending, Within};
use measures::{AreaSum, Sum};
use serde_json::{Map, Value, json};

impl Spending {
    /// As JSON: `localities` and what is not in them; `asked` is all of it together.
    pub fn to_json(&self) -> Value {
        let unplaced: i64 = self.nowhere.iter().map(|(_, sum)| sum.pence.0).sum();
        let nowhere: Map<String, Value> =
            self.nowhere.iter().map(|(why, sum)| (why.as_str().to_owned(), amount(*sum))).collect();
        let classes: Map<String, Value> =
            self.classes.iter().map(|(class, sum)| (class.as_str().to_owned(), amount(*sum))).collect();
        let services: Vec<Value> = self
            .services
            .iter()
            .map(|(service, sum)| json!({"service": service, "pence": sum.pence, "lines": sum.lines}))
            .collect();
        json!({
            "level": self.level.as_str(),
            "year": self.year.map(|year| year.to_string()),
            "months_held": self.months.len(),
            "months": self.months.iter().map(ToString::to_string).collect::<Vec<_>>(),
            "basis": self.basis.as_str(),
            "localities": self.areas.iter().map(AreaSpend::to_json).collect::<Vec<_>>(),
            "located_pence": self.located.pence,
            "modelled_pence": self.modelled.pence,
            "elsewhere_pence": self.elsewhere.pence,
            "unplaced_pence": unplaced,
            "unplaced": nowhere,
            "asked": amount(self.asked),
            "classes": classes,
            "services": services,
        })
    }
}

impl AreaSpend {
    /// As JSON. `per_head_pence` is of what runs services.
    pub fn to_json(&self) -> Value {
        let people = self.people;
        json!({
            "code": self.code.as_str(),
            "name": self.name,
            "pence": self.sum.all().pence,
            "located_pence": self.sum.located.pence,
            "modelled_pence": self.sum.modelled.pence,
            "service_pence": self.services,
            "population": people.map(|(people, _)| people),
            "population_year": people.map(|(_, year)| year),
            "per_head_pence": self.per_head,
        })
    }
}

impl Within {
    /// As JSON.
    pub fn to_json(&self) -> Value {
        let part = |sum: &AreaSum| json!({"pence": sum.all().pence, "located_pence": sum.located.pence, "modelled_pence": sum.modelled.pence});
        let services =
            self.services.iter().map(|(service, sum)| json!({"service": service, "spend": part(sum)}));
        let top = self.top.iter().map(|(name, is_voluntary, sum)| {
            json!({"name": name, "voluntary": is_voluntary, "pence": sum.pence, "lines": sum.lines})
        });
        let [voluntary, named, unnamed] = self.voluntary;
        json!({
            "locality": self.area.to_json(),
            "services": services.collect::<Vec<_>>(),
            "payees": top.collect::<Vec<_>>(),
            "voluntary_pence": voluntary.pence,
            "named_pence": named.pence,
            "unnamed_pence": unnamed.pence,
        })
    }
}

fn amount(sum: Sum) -> Value {
    json!({"pence": sum.pence, "lines": sum.lines})
}
