use std::path::PathBuf;
use store::{GeoPackage, Store, StoreError};

/// Where a store is, as a person writes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StorePlace {
    /// A GeoPackage file.
    File(PathBuf),
}

impl std::str::FromStr for StorePlace {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if text.contains("://") {
            return Err(format!("{text:?} is not a place for a store: give the path of a .gpkg file"));
        }
        let path = PathBuf::from(text);
        if path.extension().is_none_or(|extension| extension != "gpkg") {
            return Err(format!("{text:?} is not a place for a store: its name must end in .gpkg"));
        }
        Ok(Self::File(path))
    }
}

impl std::fmt::Display for StorePlace {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self::File(path) = self;
        write!(f, "{}", path.display())
    }
}

/// Opens a store; makes it when it is not there and `create` says so.
///
/// # Errors
/// When there is none, or it is not one of ours.
pub fn open_store(place: &StorePlace, create: bool) -> Result<Box<dyn Store>, StoreError> {
    let StorePlace::File(path) = place;
    Ok(Box::new(if create { GeoPackage::create_or_open(path)? } else { GeoPackage::open(path)? }))
}
