//! Answers about money as JSON, the same for the command line and the API. Amounts are whole pence.

use super::{AreaSpend, Explained, Running, ShareOf, Shown, Spending, Told, Within};
use measures::{AreaSum, Certainty, Method, Sum};
use serde_json::{Map, Value, json};
use store::SpendLine;

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
            "running": self.running.as_ref().map(Running::to_json),
            "elsewhere_pence": self.elsewhere.pence,
            "unplaced_pence": unplaced,
            "unplaced": nowhere,
            "unnamed": amount(self.unnamed),
            "undated": amount(self.undated),
            "asked": amount(self.asked),
            "classes": classes,
            "services": services,
        })
    }
}

impl Running {
    /// As JSON.
    pub fn to_json(&self) -> Value {
        json!({
            "asked": amount(self.asked),
            "located": amount(self.located),
            "modelled": amount(self.modelled),
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
            "year": self.year.map(|year| year.to_string()),
            "months_held": self.months.len(),
            "locality": self.area.to_json(),
            "services": services.collect::<Vec<_>>(),
            "payees": top.collect::<Vec<_>>(),
            "voluntary_pence": voluntary.pence,
            "named_pence": named.pence,
            "unnamed_pence": unnamed.pence,
        })
    }
}

impl Shown {
    /// As JSON: the line, and what of it goes to the area.
    pub fn to_json(&self) -> Value {
        let mut line = line(&self.line, self.method, &self.file);
        line["share_pence"] = json!(self.share);
        line
    }
}

impl Explained {
    /// As JSON, without the row as published.
    pub fn to_json(&self) -> Value {
        let file = self.run.as_ref().map_or("", |run| run.report.file.as_str());
        let mut answer = line(&self.line, self.method, file);
        let shares = self.shares.iter().map(|share| match share {
            ShareOf::Area { code, name, certainty, people, pence } => {
                json!({"code": code, "name": name, "certainty": certainty.as_str(), "people": people, "pence": pence})
            }
            ShareOf::Elsewhere(pence) => json!({"certainty": "elsewhere", "pence": pence}),
            ShareOf::Nowhere(_, pence) => json!({"certainty": Certainty::Unplaced.as_str(), "pence": pence}),
        });
        answer["shares"] = shares.collect();
        let reasons = &self.reasons;
        answer["headline"] = json!(reasons.headline);
        answer["what"] = json!(reasons.what);
        answer["decided"] = json!(reasons.decided);
        answer["place"] = json!(reasons.place);
        answer["because"] = json!(reasons.why);
        answer["limits"] = json!(reasons.limits);
        answer["left_out"] = json!(reasons.left_out);
        answer["way_from"] = json!(reasons.way_from);
        answer["figures"] = json!(reasons.figures);
        answer["arithmetic"] = json!(reasons.arithmetic);
        answer["stated"] = json!(reasons.stated);
        answer["published_at"] = json!(self.run.as_ref().map(|run| &run.at));
        answer["weights"] = json!(self.weights.as_ref().map(|set| json!({
            "id": set.id, "name": set.name, "year": set.year, "scope": set.scope, "areas": set.weights.len(),
        })));
        answer
    }
}

/// A line, as everybody may be told of it.
fn line(line: &SpendLine, method: Method, file: &str) -> Value {
    let (record, told, placed) = (&line.record, Told::of(line), line.placed.as_ref());
    json!({
        "id": line.id.to_string(),
        "pence": record.pence,
        "date": record.date.to_string(),
        "kind": record.kind.as_str(),
        "basis": record.kind.basis().as_str(),
        "payer": record.payer,
        "payee": told.payee,
        "payee_standing": told.standing,
        "unit": told.unit,
        "category": told.category,
        "purpose": told.purpose,
        "reference": told.reference,
        "service": placed.and_then(|placed| placed.service.as_ref()),
        "class": placed.map(|placed| &placed.class),
        "mapped_by": placed.and_then(|placed| placed.mapped_by.as_ref()),
        "method": method.as_str(),
        "certainty": method.certainty().as_str(),
        "rule": placed.map(|placed| &placed.rule),
        "voluntary": told.is_voluntary,
        "source": record.source,
        "file": file,
        "row": told.row,
    })
}

fn amount(sum: Sum) -> Value {
    json!({"pence": sum.pence, "lines": sum.lines})
}
