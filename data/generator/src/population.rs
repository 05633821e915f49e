//! Mid-year estimates of the people in small areas and wards, by sex and age, in the columns in which they are published.

use crate::land::{BOROUGH_CODE, BOROUGH_NAME, Land};
use crate::random::Random;
use crate::table;

/// Single years, and the last of all who are older.
const AGES: usize = 91;
const PERIOD: &str = "2024-06-30";

/// Women and men of each age in one area.
#[derive(Clone)]
struct People([[usize; AGES]; 2]);

pub struct Population {
    lsoas: Vec<People>,
}

impl Population {
    /// About 1,500 people in each small area: more children in suburbs, more old people in villages.
    pub fn count(land: &Land) -> Self {
        let mut random = Random::named("population");
        let mut lsoa = |_| {
            let (size, tilt) = (random.between(75, 115), random.below(40));
            let mut people = People([[0; AGES]; 2]);
            for of_sex in &mut people.0 {
                for (age, count) in of_sex.iter_mut().enumerate() {
                    let usual = match age {
                        0..=15 => 90 + tilt / 2,
                        16..=34 => 100 - tilt / 2,
                        35..=64 => 105,
                        65..=80 => 60 + tilt,
                        _ => 30 + tilt / 2,
                    };
                    *count = usual * size / 1_200 + random.below(4);
                }
                of_sex[AGES - 1] = size / 12 + random.below(5);
            }
            people
        };
        Self { lsoas: land.lsoas.iter().map(&mut lsoa).collect() }
    }

    pub fn of_lsoas(&self, land: &Land) -> Vec<u8> {
        let areas = land.lsoas.iter().zip(&self.lsoas);
        write(
            "LSOA",
            areas.map(|(lsoa, people)| (lsoa.area.code.as_str(), lsoa.area.name.as_str(), people.clone())),
        )
    }

    /// What the Indices of Deprivation say of small areas, two years before: ranks in no order that means anything, and by
    /// bands the people.
    pub fn deprivation(&self, land: &Land) -> Vec<u8> {
        let many = land.lsoas.len();
        let rows = land.lsoas.iter().zip(&self.lsoas).enumerate().map(|(at, (lsoa, people))| {
            let rank = at * 37 % many + 1;
            let decile = (rank - 1) * 10 / many + 1;
            let names = [&lsoa.area.code, &lsoa.area.name, BOROUGH_CODE, BOROUGH_NAME].map(str::to_owned);
            let numbers = [rank, decile].into_iter().chain(people.two_years_before());
            names.into_iter().chain(numbers.map(|number| number.to_string())).collect::<Vec<_>>()
        });
        table::plain(DEPRIVATION, rows)
    }

    /// Wards are the sums of their small areas.
    pub fn of_wards(&self, land: &Land) -> Vec<u8> {
        let ward = |(index, ward): (usize, &'_ crate::land::Ward)| {
            let mut sum = People([[0; AGES]; 2]);
            for (_, people) in land.lsoas.iter().zip(&self.lsoas).filter(|(lsoa, _)| lsoa.ward == index) {
                for (of_sex, more) in sum.0.iter_mut().zip(&people.0) {
                    of_sex.iter_mut().zip(more).for_each(|(count, more)| *count += more);
                }
            }
            (ward.area.code.clone(), ward.area.name.clone(), sum)
        };
        let wards: Vec<(String, String, People)> = land.wards.iter().enumerate().map(ward).collect();
        write("Ward", wards.iter().map(|(code, name, people)| (code.as_str(), name.as_str(), people.clone())))
    }
}

const DEPRIVATION: &[&str] = &[
    "LSOA code (2021)",
    "LSOA name (2021)",
    "Local Authority District code (2024)",
    "Local Authority District name (2024)",
    "Index of Multiple Deprivation (IMD) Rank (where 1 is most deprived)",
    "Index of Multiple Deprivation (IMD) Decile (where 1 is most deprived 10% of LSOAs)",
    "Total population: mid 2022",
    "Dependent Children aged 0-15: mid 2022",
    "Older population aged 60 and over: mid 2022",
    "Working age population 18-66 (for use with Employment Deprivation Domain): mid 2022",
];

impl People {
    /// Everybody, children under 16, who is 60 or more, who is 18 to 66: those who are two years older now.
    fn two_years_before(&self) -> [usize; 4] {
        let aged = |ages: std::ops::Range<usize>| -> usize {
            self.0
                .iter()
                .map(|of_sex| of_sex[ages.start + 2..(ages.end + 2).min(AGES)].iter().sum::<usize>())
                .sum()
        };
        [aged(0..AGES), aged(0..16), aged(60..AGES), aged(18..67)]
    }
}

fn write<'a>(geography: &str, areas: impl Iterator<Item = (&'a str, &'a str, People)>) -> Vec<u8> {
    let heads = ["period", "area_code", "area_name", "geography", "sex", "all_ages"].map(String::from);
    let ages = (0..AGES).map(|age| if age == AGES - 1 { format!("{age}+") } else { age.to_string() });
    let heading: Vec<String> = heads.into_iter().chain(ages).collect();
    let heading: Vec<&str> = heading.iter().map(String::as_str).collect();
    let mut rows: Vec<Vec<String>> = Vec::new();
    for (code, name, People([women, men])) in areas {
        let both: Vec<usize> = women.iter().zip(&men).map(|(a, b)| a + b).collect();
        for (sex, counts) in [("Persons", both), ("Females", women.to_vec()), ("Males", men.to_vec())] {
            let total: usize = counts.iter().sum();
            let cells = [PERIOD, code, name, geography, sex].map(String::from).into_iter();
            rows.push(cells.chain([total.to_string()]).chain(counts.iter().map(usize::to_string)).collect());
        }
    }
    table::plain(&heading, rows)
}
