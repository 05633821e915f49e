use crate::{Atlas, feature};
use model::{AssetId, CategorySet, Days, Kind, Listing, Position, Status};
use spatial_index::PointIndex;
use std::collections::HashMap;

/// The place of an asset in one atlas: an index into its columns. Good for this revision only; what lasts is the
/// [`AssetId`].
pub type AssetIx = u32;

/// No ward.
pub(crate) const NOWHERE: u32 = u32::MAX;

/// The assets as columns. Those with a position come first, in the order of the Hilbert curve and then of their
/// ids, so that `index`'s ids are [`AssetIx`]s; those without follow in the order of their ids.
pub(crate) struct Assets {
    pub ids: Vec<u128>,
    pub by_id: Vec<AssetIx>,
    pub hilbert: Vec<u64>,
    pub traits: Vec<Traits>,
    /// The days that `as_of` spans, or [`Days::NONE`].
    pub days: Vec<Days>,
    /// The ward in which a register's correspondence postcode lies, or [`NOWHERE`].
    pub registered: Vec<u32>,
    pub index: PointIndex,
    pub features: Features,
    /// Which assets work across the area with this code (a number of the localities' codes).
    pub serving: HashMap<u32, Vec<AssetIx>>,
    /// Which assets are registered in this ward.
    pub registered_in: HashMap<u32, Vec<AssetIx>>,
    pub groups: u64,
    pub buildings: u64,
}

/// What filters look at.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Traits {
    pub categories: CategorySet,
    pub kind: Kind,
    pub status: Status,
    pub listing: Listing,
}

/// Every asset's GeoJSON feature, written when the atlas was built: what is its own one after another, and once what
/// many have in common.
pub(crate) struct Features {
    pub own: Vec<u8>,
    pub starts: Vec<u64>,
    /// How long the text of the geometry is, with which the own text begins.
    pub geometry: Vec<u8>,
    pub shared: Shared,
    /// Which of the shared texts it has.
    pub shares: Vec<u32>,
}

/// Texts, each kept once.
#[derive(Default)]
pub(crate) struct Shared {
    texts: Vec<Box<[u8]>>,
    known: HashMap<Box<[u8]>, u32>,
}

impl Atlas {
    /// How many assets there are, with or without a position.
    pub fn asset_count(&self) -> usize {
        self.assets.ids.len()
    }

    /// How many assets of a kind there are.
    pub fn count_of(&self, kind: Kind) -> u64 {
        match kind {
            Kind::Group => self.assets.groups,
            Kind::Building => self.assets.buildings,
        }
    }

    /// An asset by its lasting id.
    pub fn asset(&self, id: AssetId) -> Option<AssetIx> {
        let wanted = id.as_u128();
        let found =
            self.assets.by_id.binary_search_by_key(&wanted, |&ix| self.assets.ids[ix as usize]).ok()?;
        Some(self.assets.by_id[found])
    }

    /// Its lasting id.
    pub fn asset_id(&self, asset: AssetIx) -> AssetId {
        AssetId::from_u128(self.assets.ids[asset as usize])
    }

    /// Group or building.
    pub fn asset_kind(&self, asset: AssetIx) -> Kind {
        self.assets.traits[asset as usize].kind
    }

    /// Its categories.
    pub fn asset_categories(&self, asset: AssetIx) -> CategorySet {
        self.assets.traits[asset as usize].categories
    }

    /// Where it stands in a list that a person reads.
    pub fn asset_listing(&self, asset: AssetIx) -> Listing {
        self.assets.traits[asset as usize].listing
    }

    /// Open or closed.
    pub fn asset_status(&self, asset: AssetIx) -> Status {
        self.assets.traits[asset as usize].status
    }

    /// The days that its date spans; [`Days::NONE`] where its source states none.
    pub fn asset_days(&self, asset: AssetIx) -> Days {
        self.assets.days[asset as usize]
    }

    /// From the first day that an asset's date spans to the last; of one kind, or of all.
    pub fn assets_days(&self, kind: Option<Kind>) -> Days {
        let of_kind = |i: &usize| kind.is_none_or(|kind| self.assets.traits[*i].kind == kind);
        let days = (0..self.asset_count()).filter(of_kind).map(|i| self.assets.days[i]);
        days.fold(Days::NONE, Days::joined)
    }

    /// Where it is, if that is known.
    pub fn asset_position(&self, asset: AssetIx) -> Option<Position> {
        let slot = asset as usize;
        (slot < self.assets.index.len())
            .then(|| self.assets.index.point(slot))
            .and_then(|p| Position::new(p.x(), p.y()).ok())
    }

    /// The ward in which it is registered, when a register gives only a correspondence address.
    pub fn asset_registered_in(&self, asset: AssetIx) -> Option<crate::LocalityIx> {
        Some(self.assets.registered[asset as usize]).filter(|ward| *ward != NOWHERE)
    }

    /// The asset's feature as GeoJSON text that an answer puts its own members behind.
    pub fn asset_feature(&self, asset: AssetIx) -> feature::Text<'_> {
        self.assets.feature(asset)
    }

    /// The box around all assets that have a position; empty when none has.
    pub fn assets_bbox(&self) -> crate::Bbox {
        self.assets.index.bbox()
    }
}

impl Assets {
    pub fn feature(&self, asset: AssetIx) -> feature::Text<'_> {
        self.features.get(AssetId::from_u128(self.ids[asset as usize]), asset)
    }
}

impl Features {
    pub fn get(&self, id: AssetId, asset: AssetIx) -> feature::Text<'_> {
        let i = asset as usize;
        let text = &self.own[self.starts[i] as usize..self.starts[i + 1] as usize];
        let (geometry, own) = text.split_at(usize::from(self.geometry[i]));
        feature::Text { id, geometry, own, shared: self.shared.get(self.shares[i]) }
    }
}

impl Shared {
    /// The number of a text.
    pub fn number(&mut self, text: &[u8]) -> u32 {
        if let Some(known) = self.known.get(text) {
            return *known;
        }
        let number = self.texts.len() as u32;
        self.texts.push(text.into());
        self.known.insert(text.into(), number);
        number
    }

    pub fn get(&self, number: u32) -> &[u8] {
        &self.texts[number as usize]
    }

    /// Nothing is added any more.
    pub fn close(&mut self) {
        self.known = HashMap::new();
    }
}
