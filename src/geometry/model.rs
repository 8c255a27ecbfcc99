//! The families of maps that a fit chooses from.

/// The family of maps that a fit chooses from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Model {
    /// The pictures share one pixel grid; landmarks do not move it.
    Identity,
    /// Translation alone.
    Translation,
    /// Translation and roll.
    Rigid,
    /// Translation, roll and uniform scale.
    Similarity,
    /// Any linear map and a translation: also shear, and another scale across than along.
    Affine,
    /// A smooth map through the landmarks that bends the plane least (Bookstein 1989).
    ThinPlateSpline,
}

impl Model {
    /// All models, simplest first.
    pub const ALL: [Self; 6] = [
        Self::Identity,
        Self::Translation,
        Self::Rigid,
        Self::Similarity,
        Self::Affine,
        Self::ThinPlateSpline,
    ];

    /// The name in files, on the command line and in text.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Identity => "identity",
            Self::Translation => "translation",
            Self::Rigid => "rigid",
            Self::Similarity => "similarity",
            Self::Affine => "affine",
            Self::ThinPlateSpline => "tps",
        }
    }

    /// The name in sentences.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::ThinPlateSpline => "thin-plate spline",
            other => other.name(),
        }
    }

    /// The model of this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|model| model.name() == name)
    }

    /// The fewest pairs that determine the map.
    #[must_use]
    pub const fn min_pairs(self) -> usize {
        match self {
            Self::Identity => 0,
            Self::Translation => 1,
            Self::Rigid | Self::Similarity => 2,
            Self::Affine | Self::ThinPlateSpline => 3,
        }
    }

    /// Whether it does more than move, turn and scale.
    #[must_use]
    pub const fn is_bending(self) -> bool {
        matches!(self, Self::Affine | Self::ThinPlateSpline)
    }

    /// How many numbers the pairs have to determine; `None` where it grows with the pairs.
    const fn n_parameters(self) -> Option<usize> {
        match self {
            Self::Identity => Some(0),
            Self::Translation => Some(2),
            Self::Rigid => Some(3),
            Self::Similarity => Some(4),
            Self::Affine => Some(6),
            Self::ThinPlateSpline => None,
        }
    }

    /// This model, or the most capable simpler one that `n_pairs` determine.
    #[must_use]
    pub fn for_pairs(self, n_pairs: usize) -> Self {
        let is_determined = |model: &Self| model.min_pairs() <= n_pairs;
        self.and_simpler().find(is_determined).unwrap_or(Self::Identity)
    }

    /// This model and those simpler than it, most capable first. Where a similarity is not
    /// determined, a rigid map is not either.
    fn and_simpler(self) -> impl Iterator<Item = Self> {
        Self::ALL.into_iter().rev().skip_while(move |model| *model != self)
    }
}

/// A model, and how closely it follows the landmarks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Method {
    /// The family of maps.
    pub model: Model,
    /// What a thin-plate spline may give up of closeness for smoothness, in squared pixels of A: the
    /// regularisation that `SciPy` calls `smoothing`. It passes through every pair at 0.
    pub smoothing: f64,
}

impl Method {
    /// A model that has nothing to smooth, or a spline through every pair.
    #[must_use]
    pub const fn of(model: Model) -> Self {
        Self { model, smoothing: 0.0 }
    }

    /// Whether the map has as many parameters as `n_pairs` give equations: it then passes through
    /// every pair exactly, and its residuals say nothing about how well they were marked.
    #[must_use]
    pub const fn is_exact(self, n_pairs: usize) -> bool {
        match self.model.n_parameters() {
            Some(n_parameters) => 2 * n_pairs <= n_parameters,
            None => self.smoothing == 0.0 || n_pairs <= self.model.min_pairs(),
        }
    }

    /// How many pairs the fit could do without.
    #[must_use]
    pub const fn n_spare(self, n_pairs: usize) -> usize {
        if matches!(self.model, Model::ThinPlateSpline) && self.smoothing == 0.0 {
            return 0;
        }
        n_pairs.saturating_sub(self.model.min_pairs())
    }
}
