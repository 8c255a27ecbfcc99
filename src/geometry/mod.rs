//! Points, maps between coordinate spaces, fits and the names of kernels.
//!
//! Every position is measured from the *outer top-left corner* of its picture, y down, so the centre
//! of the first pixel is `(0.5, 0.5)`; source pictures are measured after their EXIF orientation has
//! been applied. Angles are in radians, positive from x towards y (clockwise on screen). Transforms
//! are named `target_from_source` and carry both spaces in their type.

mod affine;
mod affine_fit;
mod alignment;
mod fit;
mod kernel;
mod look;
mod map;
mod model;
mod region;
mod residuals;
mod shape;
mod similarity;
mod solve;
mod space;
mod spline_fit;
mod thin_plate_spline;
mod warp;

pub use affine::Affine;
pub use alignment::fit;
pub use fit::{FitError, Pair, fit_model};
pub use kernel::Kernel;
pub use look::{Channel, Look};
pub use map::Map;
pub use model::{Method, Model};
pub use region::ConvexRegion;
pub use residuals::{PairResidual, Residuals};
pub use shape::{Shape, ShapeKind};
pub use similarity::Similarity;
pub use space::{Frame, FramePoint, Image, ImagePoint, Output, OutputPoint, Point, Rect};
pub use thin_plate_spline::ThinPlateSpline;
pub use warp::Warp;

#[cfg(test)]
mod tests;
