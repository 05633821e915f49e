use model::Pence;

/// Money for each person of an area.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PerHead {
    /// For each person, to the nearest penny; half a penny goes away from nothing.
    pub pence: Pence,
    /// How many people that is shared by.
    pub people: u64,
    /// The year of the estimate of people. Where it is not the year of the money, whoever shows the figure says so.
    pub year: u16,
}

/// How many people live in an area.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Residents {
    /// How many.
    pub people: u64,
    /// The year of the estimate.
    pub year: u16,
}

/// Money per head; `None` where nobody lives or nobody knows how many do.
///
/// The money is what services cost ([`Class::Service`](crate::Class::Service)): to add what is built, borrowed, paid as tax
/// or passed on would say that people are given what they are not.
///
/// ```
/// use measures::{Residents, per_head};
/// use model::Pence;
/// let ward = Residents { people: 9_876, year: 2024 };
/// let figure = per_head(Pence(123_456_789), Some(ward)).expect("people live there");
/// assert_eq!((figure.pence, figure.year), (Pence(12_501), 2024));
/// ```
pub fn per_head(services: Pence, residents: Option<Residents>) -> Option<PerHead> {
    let Residents { people, year } = residents.filter(|residents| residents.people > 0)?;
    let pence = crate::rounding::divided(i128::from(services.0), i128::from(people))?;
    Some(PerHead { pence: Pence(pence), people, year })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_a_penny_goes_away_from_nothing() {
        let check =
            |pence, people| per_head(Pence(pence), Some(Residents { people, year: 2024 })).map(|f| f.pence.0);
        assert_eq!(check(5, 2), Some(3));
        assert_eq!(check(-5, 2), Some(-3));
        assert_eq!(check(7, 3), Some(2));
        assert_eq!(check(i64::MIN, 1), Some(i64::MIN));
        assert_eq!(check(100, 0), None, "nobody lives there");
        assert_eq!(per_head(Pence(100), None), None, "nobody knows how many");
    }
}
