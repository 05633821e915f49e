//! The OSTN15 grid: 701 by 1,251 nodes a kilometre apart, each with a shift east and a shift north.
//!
//! The packed file is a raw deflate stream of variable-length integers (seven bits a byte, lowest first, top bit
//! set when more follow), written by `examples/pack.rs`:
//!
//! 1. 876,951 east shifts in millimetres, west to east and south to north, each as the zigzag-coded difference from its
//!    prediction `west + south - south_west` (a neighbour off the grid counts as 0);
//! 2. 876,951 north shifts, likewise;
//! 3. run lengths of nodes by turns covered and not covered, starting with covered.
//!
//! A node is not covered when its height datum flag in Ordnance Survey's file is 16: Ireland, the continent and the far
//! sea. Its shifts are extrapolated. They are kept because the inverse may step there on its way to a covered point.

use std::io::Read;
use std::sync::LazyLock;

use flate2::read::DeflateDecoder;

use crate::point::EastingNorthing;

const COLUMNS: usize = 701;
const ROWS: usize = 1251;
const NODES: usize = COLUMNS * ROWS;
const SPACING_M: f64 = 1000.0;
const MM_PER_M: f64 = 1000.0;

static OSTN15: LazyLock<Ostn15> = LazyLock::new(|| Ostn15::unpack(include_bytes!("ostn15.bin")));

struct Ostn15 {
    /// East and north shift, millimetres.
    shifts_mm: Vec<[i32; 2]>,
    covered: Vec<bool>,
}

/// What to add to a projected ETRS89 position (metres) to get the National Grid position.
pub(crate) struct Shift {
    pub(crate) east_m: f64,
    pub(crate) north_m: f64,
    /// Whether all four nodes around the position are covered.
    pub(crate) covered: bool,
}

/// The shift at a finite position; beyond the edge, that of the nearest edge, not covered.
pub(crate) fn shift_at(etrs89: EastingNorthing) -> Shift {
    OSTN15.shift_at(etrs89)
}

impl Ostn15 {
    fn shift_at(&self, etrs89: EastingNorthing) -> Shift {
        let (column, east, inside_e) = cell(etrs89.e, COLUMNS);
        let (row, north, inside_n) = cell(etrs89.n, ROWS);
        let south_west = row * COLUMNS + column;
        let nodes = [south_west, south_west + 1, south_west + COLUMNS, south_west + COLUMNS + 1];
        let weights =
            [(1.0 - east) * (1.0 - north), east * (1.0 - north), (1.0 - east) * north, east * north];
        let mut mm = [0.0, 0.0];
        for (node, weight) in nodes.into_iter().zip(weights) {
            for (sum, shift) in mm.iter_mut().zip(self.shifts_mm[node]) {
                *sum += weight * f64::from(shift);
            }
        }
        Shift {
            east_m: mm[0] / MM_PER_M,
            north_m: mm[1] / MM_PER_M,
            covered: inside_e && inside_n && nodes.into_iter().all(|node| self.covered[node]),
        }
    }

    fn unpack(packed: &[u8]) -> Self {
        let mut bytes = Vec::with_capacity(3 * NODES);
        DeflateDecoder::new(packed).read_to_end(&mut bytes).expect("the embedded grid inflates");
        let mut numbers = Varints(bytes.iter());
        let mut shifts_mm = vec![[0; 2]; NODES];
        for axis in 0..2 {
            for node in 0..NODES {
                let difference = unzigzag(numbers.next());
                shifts_mm[node][axis] = predict(&shifts_mm, node, axis) + difference;
            }
        }
        let mut covered = Vec::with_capacity(NODES);
        let mut run_is_covered = true;
        while covered.len() < NODES {
            covered.resize(covered.len() + numbers.next() as usize, run_is_covered);
            run_is_covered = !run_is_covered;
        }
        Self { shifts_mm, covered }
    }
}

/// The cell that holds a coordinate, how far it is across it (0 to 1), and whether it is on the grid.
fn cell(metres: f64, nodes: usize) -> (usize, f64, bool) {
    let last = (nodes - 1) as f64;
    let position = (metres / SPACING_M).clamp(0.0, last);
    let index = position.floor().min(last - 1.0);
    (index as usize, position - index, (0.0..=last * SPACING_M).contains(&metres))
}

fn predict(shifts: &[[i32; 2]], node: usize, axis: usize) -> i32 {
    let has_west = !node.is_multiple_of(COLUMNS);
    let has_south = node >= COLUMNS;
    let west = if has_west { shifts[node - 1][axis] } else { 0 };
    let south = if has_south { shifts[node - COLUMNS][axis] } else { 0 };
    let south_west = if has_west && has_south { shifts[node - COLUMNS - 1][axis] } else { 0 };
    west + south - south_west
}

fn unzigzag(code: u32) -> i32 {
    (code >> 1).cast_signed() ^ -(code & 1).cast_signed()
}

struct Varints<'a>(std::slice::Iter<'a, u8>);

impl Varints<'_> {
    fn next(&mut self) -> u32 {
        let mut value = 0;
        for shift in (0..).step_by(7) {
            let byte = *self.0.next().expect("the embedded grid is whole");
            value |= u32::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                break;
            }
        }
        value
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Records of Ordnance Survey's data file: kilometres east and north, shifts in metres, covered.
    #[test]
    fn nodes_are_those_of_the_data_file() {
        for (e, n, east, north, covered) in [
            (0.0, 0.0, 90.750, -82.020, true),
            (3.0, 0.0, 90.794, -82.005, true),
            (651.0, 313.0, 102.787, -78.242, true),
            (699.0, 1250.0, 109.183, -53.054, false),
            (700.0, 1250.0, 109.209, -53.064, false),
        ] {
            let shift = shift_at(EastingNorthing::new(e * 1000.0, n * 1000.0));
            assert!((shift.east_m - east).abs() < 1e-9 && (shift.north_m - north).abs() < 1e-9, "{e} {n}");
            assert_eq!(shift.covered, covered, "{e} {n}");
        }
    }

    #[test]
    fn cover_has_the_size_of_the_data_file() {
        assert_eq!(OSTN15.shifts_mm.len(), NODES);
        assert_eq!(OSTN15.covered.len(), NODES);
        assert_eq!(OSTN15.covered.iter().filter(|covered| !**covered).count(), 167_139);
    }

    #[test]
    fn beyond_the_edge_is_the_edge_and_not_covered() {
        let shift = shift_at(EastingNorthing::new(-5.0, -1e9));
        assert_eq!((shift.east_m, shift.north_m, shift.covered), (90.750, -82.020, false));
    }
}
