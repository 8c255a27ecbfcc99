//! Pixels, and the one resampler that every picture in the program comes from.

mod difference;
mod filter;
mod kernel;
mod picture;
mod pyramid;
mod statistics;
mod tile;
mod transfer;
mod view;

pub use difference::absolute_difference;
pub use picture::{Picture, Pixels};
pub use statistics::mean_srgb;
pub use transfer::Light;
pub use view::{View, ViewError, render_view};

#[cfg(test)]
mod tests;
