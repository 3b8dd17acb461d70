#![doc = include_str!("../ARCHITECTURE.md")]

// The central types: what a step takes and gives.
pub mod article;
pub mod document;
pub mod span;

// The steps, in the order an article goes through them.
pub mod annotate;
pub mod read;
pub mod write;

// The loop around the steps, what was read before, and the measure of what is found.
pub mod batch;
pub mod duplicates;
pub mod score;

// The program, for the binary and for the Python package, which brings it along. No part of the library's interface.
#[doc(hidden)]
pub mod cli;
#[doc(hidden)]
pub mod commands;

// The program names the library as any user of it does.
extern crate self as pullquote;

pub use annotate::{Annotator, Options};
pub use article::Article;
pub use document::Document;
pub use span::Span;

/// The example of the README runs as a test.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
pub struct Readme;
