use crate::What;
use model::{AreaCode, Position, Standing};

/// What is known of a line that may say where its money goes.
#[derive(Debug, Clone, Copy)]
pub struct Case<'a> {
    /// What it is.
    pub what: &'a What<'a>,
    /// Whether its payee may be named.
    pub standing: Standing,
    /// The whole area of the body that pays.
    pub payer_area: Option<&'a AreaCode>,
    /// The places that the source says the money is for.
    pub stated: &'a [Stated],
    /// Who is paid, where that is somebody we know.
    pub payee: Option<&'a KnownPayee>,
    /// Where the payee's letters go.
    pub payee_address: Option<Position>,
}

/// A place that a source says money is for, and the areas that it lies in.
#[derive(Debug, Clone, PartialEq)]
pub enum Stated {
    /// An area.
    Area {
        /// Which.
        code: AreaCode,
        /// The areas that it lies in whole.
        within: Vec<AreaCode>,
    },
    /// A point.
    Point {
        /// Where.
        position: Position,
        /// The areas that it lies in.
        within: Vec<AreaCode>,
    },
}

/// A payee that is an asset we hold.
#[derive(Debug, Clone, PartialEq)]
pub struct KnownPayee {
    /// The asset's id.
    pub asset: String,
    /// Its name.
    pub name: String,
    /// Where it is, if that is public.
    pub position: Option<Position>,
    /// The areas that it says it works across.
    pub works_across: Vec<AreaCode>,
    /// Whether it is a voluntary organisation.
    pub is_voluntary: bool,
}

/// What a reader may ask for beside the rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct LadderOptions {
    /// Whether money that nothing better places goes to its supplier's address. That is where letters go, seldom where
    /// the money does any good, and so off unless somebody asks.
    pub head_office: bool,
}
