/// What the columns of a published file mean.
#[derive(Debug, Clone)]
pub struct Profile {
    id: String,
    title: String,
}

/// Why a text is not a profile.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a profile: {0}")]
pub struct ProfileError(String);

impl Profile {
    /// A profile from TOML.
    ///
    /// # Errors
    /// When it is not TOML, or a name in it is not known.
    pub fn parse(_toml_text: &str) -> Result<Self, ProfileError> {
        Err(ProfileError("not read yet".into()))
    }

    /// The profiles that assetmap brings along.
    pub fn shipped() -> &'static [Profile] {
        &[]
    }

    /// Its short name: `--profile` takes it.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// What it is for.
    pub fn title(&self) -> &str {
        &self.title
    }
}
