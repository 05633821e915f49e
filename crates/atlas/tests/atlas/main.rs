//! The atlas from outside: a small country, its questions, its pages.

mod common;
mod pages;
mod questions;
