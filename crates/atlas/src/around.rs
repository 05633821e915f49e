use crate::delta::Part;
use crate::filter::{Filter, Ready};
use crate::{AssetIx, Atlas, LocalityIx};
use model::AreaCode;
use std::collections::HashMap;

/// Why an asset is in the answer to an area question. The order is that of the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Relation {
    /// It lies inside. A point on an edge that two areas share is inside one of them.
    Inside,
    /// It lies outside, no further from the edge than asked.
    Near,
    /// It works across the area, one that holds it, or one within it.
    Serves,
    /// A register's correspondence address is there, and nothing else is known to be.
    Registered,
}

impl Relation {
    /// All of them, strongest first.
    pub const ALL: [Self; 4] = [Self::Inside, Self::Near, Self::Serves, Self::Registered];

    /// The word used in data.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Inside => "inside",
            Self::Near => "near",
            Self::Serves => "serves",
            Self::Registered => "registered",
        }
    }
}

/// Through which area an asset serves another: a number of the atlas's codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Via(pub(crate) u32);

/// An asset in an answer, and why.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hit {
    /// Which asset.
    pub asset: AssetIx,
    /// Why; `None` when nothing was asked that it could relate to.
    pub relation: Option<Relation>,
    /// Metres on the ellipsoid to the edge of the area (0 inside) or to the point asked for; `None` where it has no
    /// position or none was asked for.
    pub distance_m: Option<f64>,
    /// The area through which it serves.
    pub via: Option<Via>,
    /// Whether a register's correspondence address is in the area.
    pub registered_here: bool,
}

impl Hit {
    pub(crate) fn plain(asset: AssetIx) -> Self {
        Self { asset, relation: None, distance_m: None, via: None, registered_here: false }
    }

    fn related(asset: AssetIx, relation: Relation) -> Self {
        Self { relation: Some(relation), ..Self::plain(asset) }
    }
}

impl Atlas {
    /// **What is in, near or serving this area?** Every asset that the filter lets through and that lies inside, lies
    /// within so many metres of its edge, works across it, or is registered in it; each once, by its strongest
    /// relation, in the order of relation, distance and id. Metres are on the ellipsoid, right to 0.1 % up to 50 km.
    pub fn around(&self, area: LocalityIx, within_m: f64, filter: &Filter) -> Vec<Hit> {
        let filter = Ready::new(filter);
        let keep = |asset: AssetIx| !self.is_gone(asset) && filter.lets_through(self, asset);
        let place = self.place(area);
        let mut hits: Vec<Hit> = Vec::new();
        for part in self.parts() {
            let found = part.assets.index.within(&place.area, within_m, |slot| keep(part.first + slot));
            hits.extend(found.into_iter().map(|(slot, metres)| self.located_hit(area, part, slot, metres)));
        }
        let serving = self.serving(area);
        let registered = self.registered(area);
        if !serving.is_empty() || !registered.is_empty() {
            self.add_related(&mut hits, &serving, &registered, keep);
        }
        hits.sort_unstable_by(|a, b| {
            (a.relation, a.distance_m.unwrap_or(0.0).to_bits(), self.id_number(a.asset)).cmp(&(
                b.relation,
                b.distance_m.unwrap_or(0.0).to_bits(),
                self.id_number(b.asset),
            ))
        });
        hits
    }

    fn located_hit(&self, area: LocalityIx, part: Part, slot: u32, metres: f64) -> Hit {
        let point = part.assets.index.point(slot as usize);
        let inside = metres == 0.0 && self.place(area).area.contains(point);
        let relation = if inside { Relation::Inside } else { Relation::Near };
        Hit { distance_m: Some(metres), ..Hit::related(part.first + slot, relation) }
    }

    fn add_related(
        &self,
        hits: &mut Vec<Hit>,
        serving: &[(AssetIx, u32)],
        registered: &[AssetIx],
        keep: impl Fn(AssetIx) -> bool,
    ) {
        let mut at: HashMap<AssetIx, usize> =
            hits.iter().enumerate().map(|(i, hit)| (hit.asset, i)).collect();
        for (asset, code) in serving {
            match at.get(asset) {
                Some(i) => {
                    hits[*i].via.get_or_insert(Via(*code));
                }
                None if keep(*asset) => {
                    at.insert(*asset, hits.len());
                    hits.push(Hit { via: Some(Via(*code)), ..Hit::related(*asset, Relation::Serves) });
                }
                None => {}
            }
        }
        for asset in registered {
            match at.get(asset) {
                Some(i) => hits[*i].registered_here = true,
                None if keep(*asset) => {
                    at.insert(*asset, hits.len());
                    hits.push(Hit { registered_here: true, ..Hit::related(*asset, Relation::Registered) });
                }
                None => {}
            }
        }
    }

    /// Who works across an area, and through which code: its own, one of an area that holds it, or one of an area
    /// within it; its own first.
    fn serving(&self, area: LocalityIx) -> Vec<(AssetIx, u32)> {
        if self.parts().iter().all(|part| part.assets.serving.is_empty()) {
            return Vec::new();
        }
        let place = self.place(area);
        let own = self.localities.codes.known(&place.key.code);
        let within = own.and_then(|code| self.localities.with_code.get(&code)).into_iter().flatten();
        let within = within.filter_map(|ix| self.localities.codes.known(&self.place(*ix).key.code));
        let codes =
            own.into_iter().chain(place.codes.iter().copied().filter(|c| Some(*c) != own)).chain(within);
        let parts = self.parts();
        codes.flat_map(|code| parts.into_iter().flat_map(move |part| part.serving(code))).collect()
    }

    /// Who is registered in the wards that are, or are part of, an area.
    fn registered(&self, area: LocalityIx) -> Vec<AssetIx> {
        if self.parts().iter().all(|part| part.assets.registered_in.is_empty()) {
            return Vec::new();
        }
        let Some(own) = self.localities.codes.known(&self.place(area).key.code) else { return Vec::new() };
        let wards = self.localities.with_code.get(&own).into_iter().flatten();
        let parts = self.parts();
        wards.flat_map(|ward| parts.into_iter().flat_map(|part| part.registered_in(*ward))).collect()
    }

    /// The code of the area through which a hit serves.
    pub fn via_code(&self, via: Via) -> &str {
        self.localities.codes.code(via.0)
    }

    /// Its name, or the code where no name is known.
    pub fn via_name(&self, via: Via) -> &str {
        self.localities.codes.name(via.0)
    }

    /// The code as an [`AreaCode`], when it is a national one.
    pub fn via_area_code(&self, via: Via) -> Option<AreaCode> {
        AreaCode::parse(self.via_code(via)).ok()
    }
}
