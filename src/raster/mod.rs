//! Pixels, and the one resampler that every picture in the program comes from.

mod kernel;
mod picture;
mod statistics;
mod transfer;
mod view;

pub use picture::{Picture, Pixels};
pub use statistics::mean_srgb;
pub use view::{View, ViewError, render_view};

#[cfg(test)]
mod tests;
