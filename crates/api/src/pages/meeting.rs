//! The place from which people set out: a postcode that someone typed.

use super::ask::Ask;
use super::words;
use atlas::{AssetIx, Atlas};
use geo::{Distance, Geodesic};
use geo_types::Point;
use model::{Position, Postcode};

/// A meeting place that is known.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Meeting {
    pub postcode: Postcode,
    pub position: Position,
}

impl Meeting {
    /// The one that is asked for, if any.
    ///
    /// # Errors
    /// What to tell when its place is not known.
    pub fn of(atlas: &Atlas, ask: &Ask) -> Result<Option<Self>, String> {
        let typed = ask.from_postcode.as_str();
        if typed.is_empty() {
            return Ok(None);
        }
        let postcode = Postcode::parse(typed).map_err(|bad| match bad.suggestion() {
            Some(meant) => format!("“{typed}” is not a postcode. Did you mean {meant}?"),
            None => format!("“{typed}” is not a whole postcode. Type one such as SW1A 1AA."),
        })?;
        let place = atlas.postcode(&postcode).ok_or_else(|| {
            format!("The postcode {postcode} is in no loaded list, so distances from it are not known.")
        })?;
        let position = place.position.ok_or_else(|| {
            format!("Where {postcode} is, no loaded list says, so distances from it are not known.")
        })?;
        Ok(Some(Self { postcode, position }))
    }

    /// Metres to an asset on the ellipsoid; `None` where its place is not known.
    pub fn metres_to(&self, atlas: &Atlas, asset: AssetIx) -> Option<f64> {
        let there = atlas.asset_position(asset)?;
        let point = |p: Position| Point::new(p.lon(), p.lat());
        Some(Geodesic.distance(point(self.position), point(there)))
    }

    /// `1.2 km from M31 4FL, straight line`
    pub fn label(&self, atlas: &Atlas, asset: AssetIx) -> String {
        match self.metres_to(atlas, asset) {
            Some(metres) => {
                format!("{} from {}, straight line", words::short_distance(metres), self.postcode)
            }
            None => format!("How far from {} is not known", self.postcode),
        }
    }
}
