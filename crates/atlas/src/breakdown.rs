use crate::{Atlas, Hit, Relation};
use model::{Category, Kind};

/// How many hits an area question has on all its pages together, by what they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Breakdown {
    relations: [u64; Relation::ALL.len()],
    kinds: [u64; Kind::ALL.len()],
    /// By the category's place in the taxonomy.
    categories: Vec<u64>,
}

impl Breakdown {
    pub(crate) fn of(atlas: &Atlas, hits: &[Hit]) -> Self {
        let mut counts = Self {
            relations: Default::default(),
            kinds: Default::default(),
            categories: vec![0; Category::all().count()],
        };
        for hit in hits {
            let traits = atlas.traits(hit.asset);
            if let Some(relation) = hit.relation {
                counts.relations[relation as usize] += 1;
            }
            counts.kinds[traits.kind as usize] += 1;
            for category in traits.categories.iter() {
                counts.categories[category.place()] += 1;
            }
        }
        counts
    }

    /// Every relation, and how many are related so.
    pub fn relations(&self) -> impl Iterator<Item = (&'static str, u64)> {
        Relation::ALL.iter().zip(self.relations).map(|(relation, count)| (relation.as_str(), count))
    }

    /// Every kind, and how many are of it.
    pub fn kinds(&self) -> impl Iterator<Item = (&'static str, u64)> {
        Kind::ALL.iter().zip(self.kinds).map(|(kind, count)| (kind.as_str(), count))
    }

    /// The categories that occur, and how often. One hit may have several.
    pub fn categories(&self) -> impl Iterator<Item = (&'static str, u64)> {
        let all = Category::all().zip(&self.categories);
        all.filter(|(_, count)| **count > 0).map(|(category, count)| (category.id(), *count))
    }
}
