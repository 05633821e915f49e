use crate::WeightSet;
use model::{AreaCode, Position};

/// What a view must know of places. Geometry is somebody else's. Areas of the level are known by the code that they have: the
/// national one, or that of the source that drew them, where it has none.
pub trait Places {
    /// The area of the level that holds a point; `None` outside them all.
    fn area_at(&self, position: Position) -> Option<String>;

    /// How an area, or an atom of a weight set, lies to the areas of the level.
    fn lies(&self, area: &AreaCode) -> Lies;

    /// The weights of a name in a scope; `None` when they are not loaded. It is asked once for each.
    fn weights(&self, name: &str, scope: &[AreaCode]) -> Option<WeightSet>;
}

/// How an area lies to those of a level.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lies {
    /// It is one of them, or lies in one.
    In(String),
    /// It is larger: it holds or crosses several, or holds one and more.
    Across,
    /// It lies outside all that are loaded.
    Elsewhere,
}
