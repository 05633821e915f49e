//! Where money goes, as JSON: what the store keeps of a [`Target`].

use measures::{Place, Target, Why};
use model::{AreaCode, Position};
use serde::{Deserialize, Serialize};
use serde_json::Value;

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Kept {
    Areas(Vec<AreaCode>),
    Point(Position),
    Several(Vec<KeptPlace>),
    People { of: String, scope: Vec<AreaCode> },
    Nowhere(String),
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum KeptPlace {
    Area(AreaCode),
    Point(Position),
}

/// As JSON.
pub(super) fn to_json(target: &Target) -> Value {
    let place = |place: &Place| match place {
        Place::Area(code) => KeptPlace::Area(code.clone()),
        Place::Point(position) => KeptPlace::Point(*position),
    };
    let kept = match target {
        Target::Areas(codes) => Kept::Areas(codes.clone()),
        Target::Point(position) => Kept::Point(*position),
        Target::Several(places) => Kept::Several(places.iter().map(place).collect()),
        Target::Weights { weights, scope } => Kept::People { of: weights.clone(), scope: scope.clone() },
        Target::Nowhere(why) => Kept::Nowhere(why.as_str().to_owned()),
    };
    serde_json::to_value(kept).expect("codes and numbers are JSON")
}

/// From JSON; what a later version may have kept, and this one does not know, is nowhere.
pub(super) fn from_json(json: &Value) -> Target {
    let place = |place| match place {
        KeptPlace::Area(code) => Place::Area(code),
        KeptPlace::Point(position) => Place::Point(position),
    };
    match serde_json::from_value(json.clone()) {
        Ok(Kept::Areas(codes)) => Target::Areas(codes),
        Ok(Kept::Point(position)) => Target::Point(position),
        Ok(Kept::Several(places)) => Target::Several(places.into_iter().map(place).collect()),
        Ok(Kept::People { of, scope }) => Target::Weights { weights: of, scope },
        Ok(Kept::Nowhere(why)) => Target::Nowhere(Why::parse(&why).unwrap_or(Why::NoRule)),
        Err(_) => Target::Nowhere(Why::NoRule),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_read_back_as_they_were() {
        let code = |text| AreaCode::parse(text).unwrap();
        let point = Position::new(-2.3, 53.4).unwrap();
        let mut all = vec![
            Target::Areas(vec![code("E05000001"), code("E05000002")]),
            Target::Point(point),
            Target::Several(vec![Place::Point(point), Place::Area(code("E05000001"))]),
            Target::Weights { weights: "population 65-120".into(), scope: vec![code("E08000009")] },
        ];
        all.extend(Why::ALL.map(Target::Nowhere));
        for target in all {
            assert_eq!(from_json(&to_json(&target)), target);
        }
    }
}
