//! Kernel weights, in a table of sub-pixel phases.

use std::sync::{Arc, LazyLock, OnceLock};

use super::filter::{Arithmetic, Axis};
use crate::geometry::Kernel;

/// Positions between two pixel centres that have weights of their own, for a kernel that is
/// stretched less than twice; a position is off by at most half a step, 1/2048 pixel. A kernel
/// stretched further needs fewer for the same share of itself.
const PHASES: f64 = 1024.0;

/// Steps a unit distance in the table of the Lanczos kernel; between two steps it is interpolated
/// linearly, which is off by less than 1e-7.
const LANCZOS_STEPS: f64 = 4096.0;

static LANCZOS: LazyLock<Vec<f64>> = LazyLock::new(|| {
    let sinc = |x: f64| {
        let angle = std::f64::consts::PI * x;
        if x == 0.0 { 1.0 } else { libm::sin(angle) / angle }
    };
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a small count")]
    let steps = (3.0 * LANCZOS_STEPS) as u32 + 1;
    let position = |step| f64::from(step) / LANCZOS_STEPS;
    (0..=steps).map(position).map(|x| if x < 3.0 { sinc(x) * sinc(x / 3.0) } else { 0.0 }).collect()
});

/// The kernel at `distance` source pixels from its middle when it is stretched by `stretch`, up to
/// a constant factor.
fn weight(kernel: Kernel, stretch: f64, distance: f64) -> f64 {
    let x = (distance / stretch).abs();
    match kernel {
        // The share of the pixel that the output pixel's box covers.
        Kernel::Nearest => (stretch / 2.0 + 0.5 - distance.abs()).clamp(0.0, 1.0),
        Kernel::Bilinear => (1.0 - x).max(0.0),
        Kernel::CatmullRom if x < 1.0 => (1.5 * x - 2.5) * x * x + 1.0,
        Kernel::CatmullRom if x < 2.0 => ((-0.5 * x + 2.5) * x - 4.0) * x + 2.0,
        Kernel::Lanczos3 if x < 3.0 => lanczos(x),
        Kernel::CatmullRom | Kernel::Lanczos3 => 0.0,
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 3")]
fn lanczos(x: f64) -> f64 {
    let step = x * LANCZOS_STEPS;
    let below = step.floor();
    let idx = below as usize;
    LANCZOS[idx] + (step - below) * (LANCZOS[idx + 1] - LANCZOS[idx])
}

/// Half the stretched kernel's width in source pixels.
fn reach(kernel: Kernel, stretch: f64) -> f64 {
    match kernel {
        Kernel::Nearest => stretch / 2.0 + 0.5,
        Kernel::Bilinear => stretch,
        Kernel::CatmullRom => 2.0 * stretch,
        Kernel::Lanczos3 => 3.0 * stretch,
    }
}

/// A kernel's weights for every sub-pixel phase.
pub(super) struct Table<Weight> {
    /// Taps on each side of a position.
    half: usize,
    /// Positions between two pixel centres that have weights of their own are 2 to this power.
    phase_bits: u32,
    /// As real numbers, `2 * half` a phase.
    real: Vec<f32>,
    /// The same as the arithmetic uses them.
    ready: Vec<Weight>,
}

impl<Weight> Table<Weight> {
    /// The kernel stretched by `stretch`, `half` taps on each side.
    fn new<A: Arithmetic<Weight = Weight>>(kernel: Kernel, stretch: f64, half: usize) -> Self {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "positive")]
        let n_phases = ((2.0 * PHASES / stretch.max(2.0)).ceil() as u32).next_power_of_two();
        let (mut real, mut ready) = (Vec::new(), Vec::new());
        for phase in 0..n_phases {
            let start = real.len();
            real.extend((0..2 * half).map(|tap| {
                let beyond = f64::from(phase) / f64::from(n_phases);
                #[expect(clippy::cast_precision_loss, reason = "small counts")]
                let distance = tap as f64 - (half - 1) as f64 - beyond;
                #[expect(clippy::cast_possible_truncation, reason = "weights are f32")]
                let weight = weight(kernel, stretch, distance) as f32;
                weight
            }));
            normalise(&mut real[start..]);
            A::ready(&real[start..], &mut ready);
        }
        Self { half, phase_bits: n_phases.trailing_zeros(), real, ready }
    }
}

/// The tables of kernels that are not stretched, made once; in the order of [`Kernel::ALL`].
pub(super) type Tables<Weight> = [OnceLock<Arc<Table<Weight>>>; Kernel::ALL.len()];

/// A kernel's weights along one axis of a source.
pub(super) struct Weights<A: Arithmetic> {
    /// Pixels along the axis.
    length: usize,
    table: Arc<Table<A::Weight>>,
}

impl<A: Arithmetic> Weights<A> {
    /// Weights for the kernel stretched by `stretch`, at least 1, along an axis of `length` pixels.
    /// No list of taps is longer than the axis demands.
    pub(super) fn new(kernel: Kernel, stretch: f64, length: usize) -> Self {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "positive")]
        let reach = (reach(kernel, stretch).ceil() as usize).max(1);
        let half = reach.min(length.max(1));
        let table = || Arc::new(Table::new::<A>(kernel, stretch, half));
        let shared = Kernel::ALL.iter().zip(A::tables()).find(|(other, _)| **other == kernel);
        let table = match shared {
            Some((_, shared)) if stretch == 1.0 && half == reach => {
                Arc::clone(shared.get_or_init(table))
            }
            _ => table(),
        };
        Self { length, table }
    }

    /// Taps on each side of a position.
    pub(super) fn half(&self) -> usize {
        self.table.half
    }

    /// Pixels along the axis.
    pub(super) fn length(&self) -> usize {
        self.length
    }

    /// The weights of every phase, one after the other.
    pub(super) fn ready(&self) -> &[A::Weight] {
        &self.table.ready
    }

    /// How places become taps.
    pub(super) fn axis(&self) -> Axis {
        #[expect(clippy::cast_possible_truncation, reason = "a small count")]
        let half = self.table.half as u32;
        Axis { half, phase_bits: self.table.phase_bits }
    }

    /// Whether all taps round `at`, which lies inside of the axis, do so too.
    pub(super) fn is_whole(&self, at: f64) -> bool {
        let below = (self.axis().step(at) >> self.table.phase_bits) as usize;
        below >= self.half() && below + self.half() <= self.length
    }

    /// The first pixel and the weights from there on for coordinate `at` (corner origin, inside
    /// the axis). Taps outside the picture are left out; the others sum to one. `scratch` is used
    /// there.
    pub(super) fn taps<'a>(
        &'a self,
        at: f64,
        scratch: &'a mut Vec<A::Weight>,
    ) -> (usize, &'a [A::Weight]) {
        let n_taps = 2 * self.half();
        let (first, row) = self.axis().taps(at);
        let row = row as usize..row as usize + n_taps;
        if self.is_whole(at) {
            return (first as usize, &self.table.ready[row]);
        }
        self.cut_off(first.cast_signed() as isize, &self.table.real[row], scratch)
    }

    #[cold]
    fn cut_off<'a>(
        &self,
        first: isize,
        real: &[f32],
        scratch: &'a mut Vec<A::Weight>,
    ) -> (usize, &'a [A::Weight]) {
        let n_before = usize::try_from(-first).unwrap_or(0);
        let start = usize::try_from(first).unwrap_or(0);
        let n_inside = (real.len() - n_before).min(self.length - start);
        let mut inside = real[n_before..n_before + n_inside].to_vec();
        normalise(&mut inside);
        scratch.clear();
        A::ready(&inside, scratch);
        (start, scratch)
    }
}

/// Makes weights sum to one; weights that sum to nothing become a single one in the middle.
fn normalise(weights: &mut [f32]) {
    let sum: f32 = weights.iter().sum();
    if sum.abs() < 1e-6 {
        weights.fill(0.0);
        let middle = weights.len() / 2;
        weights[middle] = 1.0;
    } else {
        for weight in weights {
            *weight /= sum;
        }
    }
}
