//! What a value must be to be loaded. One rule per file; a rule rejects the row, or warns and drops the value.

pub(crate) mod amount;
pub(crate) mod contact;
pub(crate) mod coordinates;
pub(crate) mod date;
pub(crate) mod identifier;
pub(crate) mod name;
pub(crate) mod person;
pub(crate) mod pin;
pub(crate) mod postcode;
pub(crate) mod redacted;
pub(crate) mod sensitive;
pub(crate) mod spent_on;
pub(crate) mod summary_row;
pub(crate) mod text;
pub(crate) mod uprn;
