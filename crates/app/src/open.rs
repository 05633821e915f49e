use std::path::PathBuf;
use std::time::{Duration, Instant};
use store::{GeoPackage, PostGis, Store, StoreError};

/// Where a store is, as a person writes it.
#[derive(Clone, PartialEq, Eq)]
pub enum StorePlace {
    /// A GeoPackage file.
    File(PathBuf),
    /// The address of a PostgreSQL database, perhaps with a password in it.
    Database(String),
}

impl StorePlace {
    /// Where its snapshot is kept when nothing else is said: beside a file, nowhere for a database.
    pub fn usual_snapshot(&self) -> Option<PathBuf> {
        match self {
            Self::File(path) => Some(path.with_extension("snapshot")),
            Self::Database(_) => None,
        }
    }
}

impl std::str::FromStr for StorePlace {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            return Ok(Self::Database(text.to_owned()));
        }
        let is_no_place = |why: &str| format!("{text:?} is not a place for a store: {why}");
        if text.contains("://") {
            return Err(is_no_place("give the path of a .gpkg file, or postgres://USER@HOST/DATABASE"));
        }
        let path = PathBuf::from(text);
        if path.extension().is_none_or(|extension| extension != "gpkg") {
            return Err(is_no_place("its name must end in .gpkg"));
        }
        Ok(Self::File(path))
    }
}

impl std::fmt::Debug for StorePlace {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::File(path) => path.fmt(f),
            Self::Database(_) => f.write_str("a database"),
        }
    }
}

/// As a person would write it, but without a password.
impl std::fmt::Display for StorePlace {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::File(path) => write!(f, "{}", path.display()),
            Self::Database(address) => {
                match address.split_once("://").map(|(scheme, rest)| (scheme, rest.rsplit_once('@'))) {
                    Some((scheme, Some((who, place)))) => {
                        let user = who.split_once(':').map_or(who, |(user, _)| user);
                        write!(f, "{scheme}://{user}@{place}")
                    }
                    _ => f.write_str(address),
                }
            }
        }
    }
}

/// Opens a store; makes it when it is not there and `create` says so.
///
/// # Errors
/// When there is none, or it is not one of ours; [`StoreError::Unavailable`] when a database does not answer.
pub fn open_store(place: &StorePlace, create: bool) -> Result<Box<dyn Store>, StoreError> {
    Ok(match (place, create) {
        (StorePlace::File(path), true) => Box::new(GeoPackage::create_or_open(path)?),
        (StorePlace::File(path), false) => Box::new(GeoPackage::open(path)?),
        (StorePlace::Database(address), true) => Box::new(PostGis::create_or_open(address)?),
        (StorePlace::Database(address), false) => Box::new(PostGis::open(address)?),
    })
}

/// As [`open_store`], but gives a database that does not answer yet some time to start. `waiting` hears once why. What
/// will not get better by waiting, such as a wrong password, is an error at once.
///
/// # Errors
/// Those of [`open_store`].
pub fn open_store_when_up(
    place: &StorePlace,
    create: bool,
    patience: Duration,
    waiting: impl Fn(&StoreError),
) -> Result<Box<dyn Store>, StoreError> {
    let start = Instant::now();
    let mut told = false;
    loop {
        match open_store(place, create) {
            Err(error @ StoreError::Unavailable { .. }) if start.elapsed() < patience => {
                if !told {
                    waiting(&error);
                    told = true;
                }
                std::thread::sleep(Duration::from_millis(500));
            }
            opened => return opened,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_files_or_databases_and_never_printed_with_a_password() {
        let place = |text: &str| text.parse::<StorePlace>().map(|place| format!("{place:?}"));
        assert_eq!(place("a/b.gpkg").unwrap(), "\"a/b.gpkg\"");
        for address in ["postgres://ann:SECRET@db/assets", "postgresql://ann:SECRET@db/assets"] {
            assert_eq!(place(address).unwrap(), "a database");
        }
        assert!(place("mysql://db/assets").unwrap_err().contains("postgres://USER@HOST/DATABASE"));
        assert!(place("assets.db").unwrap_err().contains("must end in .gpkg"));
    }
}
