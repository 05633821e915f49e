/// What a column may be taken for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Field {
    Name,
    Postcode,
    Address,
    Latitude,
    Longitude,
    Easting,
    Northing,
    Point,
    Geometry,
    Uprn,
    Phone,
    Email,
    Website,
    Category,
    Summary,
    OpeningHours,
    Id,
    /// The file's own count of its rows: a key only where nothing better is.
    Counter,
    Date,
    Charity,
    Company,
    Facility,
    /// Who agreed to be shown.
    Consent,
    /// Where letters go: sealed.
    Correspondence,
    /// Never taken.
    AreaCode,
    /// Not taken unasked: it may name people.
    Notes,
    /// Never taken: it may name a person.
    Person,
}

impl Field {
    /// As a profile calls it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Postcode => "postcode",
            Self::Address => "address",
            Self::Latitude => "latitude",
            Self::Longitude => "longitude",
            Self::Easting => "easting",
            Self::Northing => "northing",
            Self::Point => "point",
            Self::Geometry => "geometry",
            Self::Uprn => "uprn",
            Self::Phone => "phone",
            Self::Email => "email",
            Self::Website => "website",
            Self::Category => "category",
            Self::Summary => "summary",
            Self::OpeningHours => "opening_hours",
            Self::Id | Self::Counter => "key",
            Self::Date => "as_of",
            Self::Charity => "identifiers (charity)",
            Self::Company => "identifiers (company)",
            Self::Facility => "facilities",
            Self::Consent => "consent",
            Self::Correspondence => "correspondence",
            Self::AreaCode | Self::Notes | Self::Person => "",
        }
    }

    /// How many columns it takes.
    pub fn most(self) -> usize {
        match self {
            Self::Address | Self::Correspondence => 6,
            Self::Consent => 2,
            Self::Phone | Self::Website | Self::Email => 2,
            Self::OpeningHours => 3,
            Self::Facility => usize::MAX,
            Self::AreaCode | Self::Notes | Self::Person => 0,
            _ => 1,
        }
    }
}

/// A column is this, so surely, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Claim {
    pub field: Field,
    /// 0 to 100. Under 30 it is no more than a guess and not taken.
    pub weight: usize,
    pub reason: String,
}

impl Claim {
    pub fn new(field: Field, weight: usize, reason: impl Into<String>) -> Option<Self> {
        Some(Self { field, weight, reason: reason.into() })
    }
}
