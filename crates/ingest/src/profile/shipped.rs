use super::Profile;
use std::sync::LazyLock;

/// Every shipped profile: one file, one line.
const FILES: &[&str] = &[
    include_str!("../../profiles/allotments.toml"),
    include_str!("../../profiles/amateur-sports-clubs.toml"),
    include_str!("../../profiles/assets.toml"),
    include_str!("../../profiles/boundaries.toml"),
    include_str!("../../profiles/buildings.toml"),
    include_str!("../../profiles/charity-register.toml"),
    include_str!("../../profiles/cheltenham-land-and-buildings.toml"),
    include_str!("../../profiles/childrens-centres.toml"),
    include_str!("../../profiles/community-groups.toml"),
    include_str!("../../profiles/food-banks.toml"),
    include_str!("../../profiles/gateshead-spend.toml"),
    include_str!("../../profiles/grants-360giving.toml"),
    include_str!("../../profiles/greenspace-sites.toml"),
    include_str!("../../profiles/groups.toml"),
    include_str!("../../profiles/halls.toml"),
    include_str!("../../profiles/land-and-building-assets.toml"),
    include_str!("../../profiles/indices-of-deprivation.toml"),
    include_str!("../../profiles/leisure-centres.toml"),
    include_str!("../../profiles/libraries-england.toml"),
    include_str!("../../profiles/libraries-list.toml"),
    include_str!("../../profiles/libraries.toml"),
    include_str!("../../profiles/listed-buildings.toml"),
    include_str!("../../profiles/os-important-buildings.toml"),
    include_str!("../../profiles/os-open-names.toml"),
    include_str!("../../profiles/polling-stations.toml"),
    include_str!("../../profiles/population-by-age.toml"),
    include_str!("../../profiles/population.toml"),
    include_str!("../../profiles/postcode-directory.toml"),
    include_str!("../../profiles/postcode-points.toml"),
    include_str!("../../profiles/provider-spend.toml"),
    include_str!("../../profiles/resident-population.toml"),
    include_str!("../../profiles/schools.toml"),
    include_str!("../../profiles/small-areas-in-wards.toml"),
    include_str!("../../profiles/spend.toml"),
    include_str!("../../profiles/sports-clubs.toml"),
    include_str!("../../profiles/sports-facilities.toml"),
    include_str!("../../profiles/town-centres.toml"),
    include_str!("../../profiles/trafford-community-hubs.toml"),
    include_str!("../../profiles/wakefield-spend.toml"),
];

static ALL: LazyLock<Vec<Profile>> = LazyLock::new(|| {
    FILES
        .iter()
        .map(|text| Profile::parse(text).expect("shipped profiles parse: a test reads them all"))
        .collect()
});

pub(super) fn all() -> &'static [Profile] {
    &ALL
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shipped_profile_parses_and_has_its_own_id() {
        let mut ids = Vec::new();
        for text in FILES {
            let profile = Profile::parse(text).unwrap_or_else(|error| panic!("{error}\n{text}"));
            ids.push(profile.id().to_owned());
        }
        ids.sort();
        let many = ids.len();
        ids.dedup();
        assert_eq!(ids.len(), many);
    }
}
