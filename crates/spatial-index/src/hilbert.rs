/// Bits of an axis: 2³² cells are 9 mm of longitude at the equator.
const BITS: u32 = 32;

/// Where a place comes on a Hilbert curve over the whole world: places with near keys lie near each other.
///
/// The curve's extent is fixed (-180 to 180, -90 to 90), so the key of a place is the same in every data set and
/// every version of it: rows that are kept in this order stay in it. Places outside are moved to the border; NaN
/// counts as the south-west border.
///
/// ```
/// use spatial_index::hilbert_key;
///
/// let (leeds, bradford, truro) = (hilbert_key(-1.55, 53.80), hilbert_key(-1.75, 53.79), hilbert_key(-5.05, 50.26));
/// assert!(leeds.abs_diff(bradford) < leeds.abs_diff(truro));
/// ```
pub fn hilbert_key(lon: f64, lat: f64) -> u64 {
    let cells = f64::from(BITS).exp2();
    // `as` saturates, which moves places outside to the border.
    let x = ((lon + 180.0) / 360.0 * cells) as u32;
    let y = ((lat + 90.0) / 180.0 * cells) as u32;
    (0..BITS / 4)
        .rev()
        .fold((0_u64, 0_usize), |(key, turn), nibble| step(key, turn, x >> (4 * nibble), y >> (4 * nibble)))
        .0
}

/// Four bits of each axis at a time, by table.
fn step(key: u64, turn: usize, x: u32, y: u32) -> (u64, usize) {
    let (digits, turn) = TABLE[turn][((x & 15) << 4 | y & 15) as usize];
    (key << 8 | u64::from(digits), turn as usize)
}

/// The curve's four turns of the square. For each and each quarter (x bit, y bit): when the curve visits the quarter,
/// and how the square is turned in there. Turn 0 runs from south-west to south-east.
const QUARTERS: [[(u8, u8); 4]; 4] = [
    [(0, 1), (1, 0), (3, 2), (2, 0)],
    [(0, 0), (3, 3), (1, 1), (2, 1)],
    [(2, 2), (1, 2), (3, 0), (0, 3)],
    [(2, 3), (3, 1), (1, 3), (0, 2)],
];

/// Four levels of [`QUARTERS`] in one step: by turn, and by four bits of x and four of y.
static TABLE: [[(u8, u8); 256]; 4] = table();

const fn table() -> [[(u8, u8); 256]; 4] {
    let mut table = [[(0, 0); 256]; 4];
    let mut i = 0;
    while i < 4 * 256 {
        let (x, y) = (i / 16 % 16, i % 16);
        let (mut digits, mut turn, mut bit) = (0, (i / 256) as u8, 4);
        while bit > 0 {
            bit -= 1;
            let (visit, next) = QUARTERS[turn as usize][(x >> bit & 1) << 1 | (y >> bit & 1)];
            digits = digits << 2 | visit;
            turn = next;
        }
        table[i / 256][i % 256] = (digits, turn);
        i += 1;
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The middle of a cell of a grid of 2ⁿ by 2ⁿ, and its place among them on the curve.
    fn rank(n: u32, x: u32, y: u32) -> u64 {
        let side = f64::from(n).exp2();
        let middle = |i, extent: f64| (f64::from(i) + 0.5) / side * extent - extent / 2.0;
        hilbert_key(middle(x, 360.0), middle(y, 180.0)) >> (64 - 2 * n)
    }

    #[test]
    fn visits_every_cell_once_and_steps_to_a_neighbour() {
        for n in 1..=6 {
            let side = 1 << n;
            let mut cells: Vec<_> =
                (0..side * side).map(|i| (rank(n, i % side, i / side), i % side, i / side)).collect();
            cells.sort();
            assert!(cells.iter().enumerate().all(|(i, c)| c.0 == i as u64));
            assert!(cells.windows(2).all(|w| w[0].1.abs_diff(w[1].1) + w[0].2.abs_diff(w[1].2) == 1), "{n}");
        }
    }

    /// Keys are kept in files: they must never change.
    #[test]
    fn keys_are_fixed() {
        let keys = [(-180.0, -90.0), (180.0, -90.0), (0.0, 0.0), (-1.5491, 53.8008), (f64::NAN, 999.0)];
        let text: Vec<_> = keys.map(|(x, y)| format!("{:016x}", hilbert_key(x, y))).into();
        assert_eq!(
            text,
            [
                "0000000000000000",
                "ffffffffffffffff",
                "8000000000000000",
                "6fae168bc542659e",
                "5555555555555555"
            ]
        );
    }
}
