use crate::{AssetIx, Atlas};
use model::{AssetId, CategorySet, Days, Kind, Listing, Status};

/// Which assets count. An empty filter lets all through.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Filter {
    /// Only this kind.
    pub kind: Option<Kind>,
    /// Only assets with one of these categories.
    pub categories: Option<CategorySet>,
    /// Only with this status.
    pub status: Option<Status>,
    /// Only from one of these shelves of the list.
    pub listing: Option<Listing>,
    /// Only with a date that shares a day with these, or with no date at all: a date that nobody stated may be any.
    pub days: Option<Days>,
    /// Only these, by id, in ascending order.
    pub ids: Option<Vec<u128>>,
    /// Only where a property is exactly this text: name of the property, text.
    pub equal: Vec<(&'static str, String)>,
}

impl Filter {
    /// Whether it lets all through.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Whether all that it asks for is the kind, if anything.
    pub(crate) fn only_kind(&self) -> bool {
        Self { kind: None, ..self.clone() }.is_empty()
    }
}

/// A filter made ready for one atlas.
pub(crate) struct Ready<'a> {
    filter: &'a Filter,
    /// The only asset, where one is asked for by a property; the inner `None` where there can't be such a one.
    id: Option<Option<u128>>,
    /// The members as they stand in a feature's text: `,"postcode":"M33 7ZF"`.
    members: Vec<Vec<u8>>,
}

impl<'a> Ready<'a> {
    pub fn new(filter: &'a Filter) -> Self {
        let member = |(name, text): &(&str, String)| {
            let value = serde_json::to_string(text).expect("text is JSON");
            format!(",\"{name}\":{value}").into_bytes()
        };
        let (ids, others): (Vec<_>, Vec<_>) = filter.equal.iter().partition(|pair| pair.0 == "asset_id");
        let id = |(_, text): &(&str, String)| AssetId::parse(text).map(AssetId::as_u128);
        Self {
            filter,
            id: ids.first().map(|pair| id(pair)),
            members: others.into_iter().map(member).collect(),
        }
    }

    pub fn lets_through(&self, atlas: &Atlas, asset: AssetIx) -> bool {
        let traits = &atlas.traits(asset);
        self.filter.kind.is_none_or(|kind| kind == traits.kind)
            && self.filter.categories.is_none_or(|set| set.intersects(traits.categories))
            && self.filter.status.is_none_or(|status| status == traits.status)
            && self.filter.listing.is_none_or(|listing| listing == traits.listing)
            && self.filter.days.is_none_or(|days| may_be_of(atlas.asset_days(asset), days))
            && (self.filter.ids.as_ref()).is_none_or(|ids| ids.binary_search(&atlas.id_number(asset)).is_ok())
            && self.id.is_none_or(|id| id == Some(atlas.id_number(asset)))
            && self.members.iter().all(|member| atlas.asset_feature(asset).has(member))
    }
}

fn may_be_of(own: Days, asked: Days) -> bool {
    own.is_empty() || own.meets(asked)
}
