//! Pixels, and the one resampler that every picture in the program comes from.

mod compare;
mod delta_e;
mod filter;
mod kernel;
mod lab;
mod look;
mod palette;
mod picture;
mod places;
mod pyramid;
mod statistics;
mod tile;
mod transfer;
mod view;

pub use compare::{Comparison, compare};
pub use delta_e::delta_e_2000;
#[cfg(test)]
pub(crate) use filter::without_vectors;
pub(crate) use filter::{compiled_twice, has_vectors, with_own_vectors};
pub use lab::Lab;
pub use look::LookTable;
pub use palette::{MOST_DELTA_E, MOST_LIGHTNESS, delta_e_color, lightness_color};
pub use picture::{Picture, Pixels, plain};
pub use statistics::mean_srgb;
pub use transfer::Light;
pub use view::{View, ViewError, render_view, render_view_in};

#[cfg(test)]
mod tests;
