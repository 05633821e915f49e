use crate::find::Quick;
use crate::texts::Texts;
use crate::{Atlas, feature};
use model::{AssetId, CategorySet, Days, Kind, Listing, Position, Status};
use spatial_index::PointIndex;
use std::collections::HashMap;

/// The place of an asset in one atlas: its slot in the columns. Good for this revision only; what lasts is the
/// [`AssetId`].
pub type AssetIx = u32;

/// No ward.
pub(crate) const NOWHERE: u32 = u32::MAX;

/// Assets as columns. Those with a position come first, in the order of the Hilbert curve and then of their
/// ids, so that `index`'s ids are their slots here; those without follow in the order of their ids.
#[derive(Default)]
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
#[derive(Default)]
pub(crate) struct Features {
    pub own: Texts,
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
    known: HashMap<Box<[u8]>, u32, Quick>,
}

impl Atlas {
    /// How many assets there are, with or without a position.
    pub fn asset_count(&self) -> usize {
        self.base.assets.len() - self.delta.gone.len() + self.delta.assets.len()
    }

    /// How many assets of a kind there are.
    pub fn count_of(&self, kind: Kind) -> u64 {
        let gone = self.delta.gone.iter().filter(|asset| self.asset_kind(**asset) == kind).count() as u64;
        self.base.assets.count_of(kind) - gone + self.delta.assets.count_of(kind)
    }

    /// An asset by its lasting id.
    pub fn asset(&self, id: AssetId) -> Option<AssetIx> {
        self.parts().into_iter().find_map(|part| {
            let asset = part.first + part.assets.slot_of(id)?;
            (!self.is_gone(asset)).then_some(asset)
        })
    }

    /// Its lasting id.
    pub fn asset_id(&self, asset: AssetIx) -> AssetId {
        AssetId::from_u128(self.id_number(asset))
    }

    pub(crate) fn id_number(&self, asset: AssetIx) -> u128 {
        let (assets, slot) = self.at(asset);
        assets.ids[slot]
    }

    pub(crate) fn traits(&self, asset: AssetIx) -> Traits {
        let (assets, slot) = self.at(asset);
        assets.traits[slot]
    }

    /// Group or building.
    pub fn asset_kind(&self, asset: AssetIx) -> Kind {
        self.traits(asset).kind
    }

    /// Its categories.
    pub fn asset_categories(&self, asset: AssetIx) -> CategorySet {
        self.traits(asset).categories
    }

    /// Where it stands in a list that a person reads.
    pub fn asset_listing(&self, asset: AssetIx) -> Listing {
        self.traits(asset).listing
    }

    /// Open or closed.
    pub fn asset_status(&self, asset: AssetIx) -> Status {
        self.traits(asset).status
    }

    /// The days that its date spans; [`Days::NONE`] where its source states none.
    pub fn asset_days(&self, asset: AssetIx) -> Days {
        let (assets, slot) = self.at(asset);
        assets.days[slot]
    }

    /// From the first day that an asset's date spans to the last; of one kind, or of all.
    pub fn assets_days(&self, kind: Option<Kind>) -> Days {
        let of_kind = |asset: &AssetIx| kind.is_none_or(|kind| self.asset_kind(*asset) == kind);
        let days = self.all_assets().filter(of_kind).map(|asset| self.asset_days(asset));
        days.fold(Days::NONE, Days::joined)
    }

    /// Where it is, if that is known.
    pub fn asset_position(&self, asset: AssetIx) -> Option<Position> {
        let (assets, slot) = self.at(asset);
        let point = (slot < assets.index.len()).then(|| assets.index.point(slot))?;
        Position::new(point.x(), point.y()).ok()
    }

    /// The ward in which it is registered, when a register gives only a correspondence address.
    pub fn asset_registered_in(&self, asset: AssetIx) -> Option<crate::LocalityIx> {
        let (assets, slot) = self.at(asset);
        Some(assets.registered[slot]).filter(|ward| *ward != NOWHERE)
    }

    /// An asset's name.
    pub fn asset_name(&self, asset: AssetIx) -> String {
        let quoted = [b"\"", self.asset_feature(asset).escaped_name(), b"\""].concat();
        serde_json::from_slice(&quoted).unwrap_or_default()
    }

    /// The asset's feature as GeoJSON text that an answer puts its own members behind.
    pub fn asset_feature(&self, asset: AssetIx) -> feature::Text<'_> {
        let (assets, slot) = self.at(asset);
        assets.feature(slot)
    }

    /// A box around all assets that have a position; empty when none has. What was taken away since the atlas was built
    /// whole may still count.
    pub fn assets_bbox(&self) -> crate::Bbox {
        self.base.assets.index.bbox().joined(&self.delta.assets.index.bbox())
    }
}

impl Assets {
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    pub fn count_of(&self, kind: Kind) -> u64 {
        match kind {
            Kind::Group => self.groups,
            Kind::Building => self.buildings,
        }
    }

    pub fn slot_of(&self, id: AssetId) -> Option<u32> {
        let wanted = id.as_u128();
        let found = self.by_id.binary_search_by_key(&wanted, |&slot| self.ids[slot as usize]).ok()?;
        Some(self.by_id[found])
    }

    pub fn feature(&self, slot: usize) -> feature::Text<'_> {
        self.features.get(AssetId::from_u128(self.ids[slot]), slot)
    }
}

impl Features {
    pub fn get(&self, id: AssetId, i: usize) -> feature::Text<'_> {
        let (geometry, own) = self.own.get(i).split_at(usize::from(self.geometry[i]));
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

    /// All texts by number.
    pub fn iter(&self) -> impl Iterator<Item = &[u8]> {
        self.texts.iter().map(|text| &**text)
    }

    pub fn len(&self) -> usize {
        self.texts.len()
    }

    /// Nothing is added any more.
    pub fn close(&mut self) {
        self.known = HashMap::default();
    }
}

/// Nothing can be added to them.
impl FromIterator<Vec<u8>> for Shared {
    fn from_iter<I: IntoIterator<Item = Vec<u8>>>(texts: I) -> Self {
        Self { texts: texts.into_iter().map(Vec::into_boxed_slice).collect(), known: HashMap::default() }
    }
}
