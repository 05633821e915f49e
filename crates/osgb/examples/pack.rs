//! Packs the OSTN15 grid that this crate embeds.
//!
//! ```text
//! cargo run --release -p osgb --example pack -- OSTN15_OSGM15_DataFile.txt crates/osgb/src/ostn15.bin
//! ```
//!
//! The input is the text file of Ordnance Survey's OSTN15 developer pack: a heading, then a line for each node, west to
//! east and south to north, with its number, easting, northing, shift east, shift north, height shift (all
//! metres) and height datum flag. The format of the output is told in `src/ostn15.rs`, which reads it.

use std::error::Error;
use std::io::Write;

use flate2::{Compression, write::DeflateEncoder};

const COLUMNS: usize = 701;
const ROWS: usize = 1251;
/// The height datum flag of nodes outside the transformation.
const OUTSIDE: &str = "16";

struct Node {
    /// East and north.
    shift_mm: [i64; 2],
    covered: bool,
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(input), Some(output)) = (arguments.next(), arguments.next()) else {
        return Err("usage: pack OSTN15_OSGM15_DataFile.txt ostn15.bin".into());
    };
    let nodes = read(&std::fs::read_to_string(input)?)?;
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(&pack(&nodes))?;
    let packed = encoder.finish()?;
    std::fs::write(&output, &packed)?;
    println!("{} nodes in {} bytes: {output}", nodes.len(), packed.len());
    Ok(())
}

fn read(text: &str) -> Result<Vec<Node>, Box<dyn Error>> {
    let mut nodes = Vec::with_capacity(COLUMNS * ROWS);
    for (number, line) in text.lines().enumerate().skip(1) {
        let fields: Vec<&str> = line.trim().split(',').collect();
        let [id, easting, northing, east, north, _height, flag] = fields[..] else {
            return Err(format!("line {}: seven fields expected", number + 1).into());
        };
        let place = [nodes.len() + 1, nodes.len() % COLUMNS * 1000, nodes.len() / COLUMNS * 1000];
        if [id.parse::<usize>()?, easting.parse()?, northing.parse()?] != place {
            return Err(
                format!("line {}: nodes must run west to east, then south to north", number + 1).into()
            );
        }
        let shift_mm = [millimetres(east)?, millimetres(north)?];
        nodes.push(Node { shift_mm, covered: flag != OUTSIDE });
    }
    if nodes.len() == COLUMNS * ROWS { Ok(nodes) } else { Err(format!("{} nodes read", nodes.len()).into()) }
}

fn millimetres(metres: &str) -> Result<i64, Box<dyn Error>> {
    let mm = metres.parse::<f64>()? * 1000.0;
    if (mm - mm.round()).abs() < 1e-6 {
        Ok(mm.round() as i64)
    } else {
        Err(format!("{metres} is not whole mm").into())
    }
}

fn pack(nodes: &[Node]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for axis in 0..2 {
        let shift = |column: Option<usize>, row: Option<usize>| match (column, row) {
            (Some(column), Some(row)) => nodes[row * COLUMNS + column].shift_mm[axis],
            _ => 0,
        };
        for (row, column) in (0..ROWS).flat_map(|row| (0..COLUMNS).map(move |column| (row, column))) {
            let (west, south) = (column.checked_sub(1), row.checked_sub(1));
            let prediction = shift(west, Some(row)) + shift(Some(column), south) - shift(west, south);
            let difference = shift(Some(column), Some(row)) - prediction;
            varint(&mut bytes, ((difference << 1) ^ (difference >> 63)).cast_unsigned());
        }
    }
    if !nodes[0].covered {
        varint(&mut bytes, 0);
    }
    for run in nodes.chunk_by(|a, b| a.covered == b.covered) {
        varint(&mut bytes, run.len() as u64);
    }
    bytes
}

fn varint(bytes: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        bytes.push((value & 0x7f) as u8 | 0x80);
        value >>= 7;
    }
    bytes.push(value as u8);
}
