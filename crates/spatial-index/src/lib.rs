//! spatial-index
