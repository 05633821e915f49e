//! The atlas from outside: a small country, its questions, its pages.

mod changes;
mod common;
mod pages;
mod questions;
mod snapshots;
