//! Figures taken from source pixels, the same way on both sides.
//!
//! Every figure states its unit and what limits it, and none is summed up with others into a score.

mod protocol;
mod region;

pub use protocol::{Check, protocol};
pub use region::{RegionValues, Spread, region_values};

#[cfg(test)]
mod tests;
