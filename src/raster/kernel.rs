//! Kernel weights.

use crate::geometry::Kernel;

/// Steps a unit distance in the table of the Lanczos kernel; between two steps it is interpolated
/// linearly, which is off by less than 1e-7.
const LANCZOS_STEPS: f64 = 4096.0;

/// A kernel ready to give weights, widened to a source footprint.
pub(super) struct Weights {
    kernel: Kernel,
    /// Source pixels an output pixel spans, at least 1: the kernel is stretched by it, so that
    /// nothing aliases when the view is minified.
    footprint: f64,
    lanczos: Vec<f32>,
}

impl Weights {
    /// Weights for a view with this many source pixels an output pixel.
    pub(super) fn new(kernel: Kernel, source_per_output: f64) -> Self {
        let lanczos = if kernel == Kernel::Lanczos3 { lanczos_table() } else { Vec::new() };
        Self { kernel, footprint: source_per_output.max(1.0), lanczos }
    }

    /// Half the stretched kernel's width, in source pixels.
    fn reach(&self) -> f64 {
        let radius = match self.kernel {
            Kernel::Nearest => 0.5,
            Kernel::CatmullRom => 2.0,
            Kernel::Lanczos3 => 3.0,
        };
        radius * self.footprint
    }

    /// Fills `taps` with the weights for the coordinate `at` (corner origin) along an axis of
    /// `length` pixels and returns the index of the first pixel. The weights are cut off at the
    /// picture's edge and always sum to 1; the list is empty only when `at` lies outside.
    pub(super) fn fill(&self, at: f64, length: usize, taps: &mut Vec<f32>) -> usize {
        taps.clear();
        if self.kernel == Kernel::Nearest && self.footprint <= 1.0 {
            return nearest(at, length, taps);
        }
        let reach = self.reach();
        let first = (at - reach - 0.5).floor().max(0.0);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped")]
        let (first, end) = (first as usize, (at + reach + 0.5).ceil().max(0.0) as usize);
        let end = end.min(length);
        let mut sum = 0.0;
        for idx in first..end {
            #[expect(clippy::cast_precision_loss, reason = "pixel counts are below 2^17")]
            let distance = idx as f64 + 0.5 - at;
            let weight = self.weight(distance);
            sum += weight;
            taps.push(weight);
        }
        if sum.abs() < 1e-6 {
            taps.clear();
            return nearest(at, length, taps);
        }
        for weight in taps.iter_mut() {
            *weight /= sum;
        }
        first
    }

    /// The kernel at this many source pixels from its middle, up to a constant factor.
    #[expect(clippy::cast_possible_truncation, reason = "weights are f32")]
    fn weight(&self, distance: f64) -> f32 {
        let x = (distance / self.footprint).abs();
        match self.kernel {
            // The share of the pixel that the output pixel's box covers.
            Kernel::Nearest => (self.footprint / 2.0 + 0.5 - distance.abs()).clamp(0.0, 1.0) as f32,
            Kernel::CatmullRom if x < 1.0 => ((1.5 * x - 2.5) * x * x + 1.0) as f32,
            Kernel::CatmullRom if x < 2.0 => (((-0.5 * x + 2.5) * x - 4.0) * x + 2.0) as f32,
            Kernel::Lanczos3 if x < 3.0 => self.lanczos_at(x),
            Kernel::CatmullRom | Kernel::Lanczos3 => 0.0,
        }
    }

    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 3")]
    fn lanczos_at(&self, x: f64) -> f32 {
        let step = x * LANCZOS_STEPS;
        let below = step.floor();
        let share = (step - below) as f32;
        let idx = below as usize;
        self.lanczos[idx] + share * (self.lanczos[idx + 1] - self.lanczos[idx])
    }
}

fn nearest(at: f64, length: usize, taps: &mut Vec<f32>) -> usize {
    taps.push(1.0);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped")]
    let idx = at.floor().max(0.0) as usize;
    idx.min(length - 1)
}

fn lanczos_table() -> Vec<f32> {
    let sinc = |x: f64| {
        let angle = std::f64::consts::PI * x;
        if x == 0.0 { 1.0 } else { libm::sin(angle) / angle }
    };
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a small count")]
    let steps = (3.0 * LANCZOS_STEPS) as u32 + 1;
    (0..=steps)
        .map(|step| {
            let x = f64::from(step) / LANCZOS_STEPS;
            #[expect(clippy::cast_possible_truncation, reason = "weights are f32")]
            let weight = if x < 3.0 { (sinc(x) * sinc(x / 3.0)) as f32 } else { 0.0 };
            weight
        })
        .collect()
}
