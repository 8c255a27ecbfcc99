//! How B lies on A, as the landmarks say, and how much that is worth.

use super::{Document, LandmarkId};
use crate::geometry::{FitError, Image, Model, PairResidual, Residuals, Similarity, fit_model};

/// What the two sides' relation rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Footing {
    /// Pictures of one size without landmarks: one pixel grid, as an original and its retouch have.
    SameGrid,
    /// A model fitted to landmark pairs, or asked for by name.
    Fitted,
    /// Nothing: the pictures stand side by side.
    NotAligned,
}

/// What one landmark pair says about the fit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LandmarkResidual {
    /// Which landmark.
    pub id: LandmarkId,
    /// Its distances and flag.
    pub of: PairResidual,
}

/// The relation of the two sides, derived from a document and never stored.
#[derive(Clone, Debug, PartialEq)]
pub struct Registration {
    /// What it rests on.
    pub footing: Footing,
    /// The model in use: the one asked for, or a simpler one when there are too few pairs.
    pub model: Model,
    /// Whether both pictures have one size, and so one pixel grid until landmarks move it.
    pub is_same_size: bool,
    /// Takes B's pixels onto A's; the identity while not aligned.
    pub a_from_b: Similarity<Image, Image>,
    /// How many landmarks are marked on both sides.
    pub n_pairs: usize,
    /// One entry a paired landmark, in the document's order; none where they could not be fitted.
    pub landmarks: Vec<LandmarkResidual>,
    /// The figures over all pairs.
    pub residuals: Residuals,
    /// Why the landmarks could not be fitted, if they could not; the footing is then `NotAligned`.
    pub fault: Option<FitError>,
    /// Whether some pair in the fit was carried over to a replaced picture and not confirmed since.
    pub has_unconfirmed: bool,
}

impl Registration {
    /// The registration of `document`.
    #[must_use]
    pub fn of(document: &Document) -> Self {
        let paired: Vec<_> =
            document.landmarks.iter().filter_map(|l| Some((l.id, l.pair()?))).collect();
        let pairs: Vec<_> = paired.iter().map(|(_, pair)| *pair).collect();
        let is_same_size = document
            .both_sources()
            .is_some_and(|s| (s.a.width, s.a.height) == (s.b.width, s.b.height));
        let model = document.model.for_pairs(pairs.len());
        let footing = match model {
            Model::Identity if is_same_size => Footing::SameGrid,
            Model::Identity if document.model != Model::Identity => Footing::NotAligned,
            _ => Footing::Fitted,
        };
        let (a_from_b, fault) = match fit_model(model, &pairs) {
            Ok(map) => (map, None),
            Err(fault) => (Similarity::identity(), Some(fault)),
        };
        let footing = if fault.is_some() { Footing::NotAligned } else { footing };
        // Figures through a map that is not a fit would say nothing.
        let residuals = match fault {
            None => Residuals::new(model, &a_from_b, &pairs, face_unit(document)),
            Some(_) => Residuals::NONE,
        };
        let landmarks = paired
            .iter()
            .zip(&residuals.pairs)
            .map(|((id, _), of)| LandmarkResidual { id: *id, of: *of })
            .collect();
        let has_unconfirmed = document
            .landmarks
            .iter()
            .any(|landmark| landmark.pair().is_some() && landmark.is_unconfirmed());
        let n_pairs = pairs.len();
        Self {
            footing,
            model,
            is_same_size,
            a_from_b,
            n_pairs,
            landmarks,
            residuals,
            fault,
            has_unconfirmed,
        }
    }

    /// How many landmarks are marked on both sides.
    #[must_use]
    pub fn n_pairs(&self) -> usize {
        self.n_pairs
    }

    /// How many of them the fit could do without.
    #[must_use]
    pub fn n_spare(&self) -> usize {
        self.model.n_spare(self.n_pairs())
    }

    /// The residual of one landmark.
    #[must_use]
    pub fn residual_of(&self, id: LandmarkId) -> Option<&PairResidual> {
        self.landmarks.iter().find(|entry| entry.id == id).map(|entry| &entry.of)
    }

    /// Whether both panes move together: one spot of the face at one place of both. A simpler model
    /// that stands in links only pictures of one size, whose faces have about one scale.
    #[must_use]
    pub fn is_linked(&self, requested: Model) -> bool {
        match self.footing {
            Footing::SameGrid => true,
            Footing::Fitted => self.model == requested || self.is_same_size,
            Footing::NotAligned => false,
        }
    }

    /// One sentence when a simpler model stands in for the one asked for.
    #[must_use]
    pub fn notice(&self, requested: Model) -> Option<String> {
        if let Some(fault) = self.fault {
            return Some(format!("not aligned: {fault}"));
        }
        let n = self.n_pairs();
        let pairs = if n == 1 { "pair" } else { "pairs" };
        match self.footing {
            Footing::NotAligned => Some(format!(
                "not aligned: the pictures differ in size and {n} landmark {pairs} are marked; \
                 {} needs {}",
                requested.name(),
                requested.min_pairs()
            )),
            _ if self.model != requested && n > 0 => Some(format!(
                "{n} landmark {pairs} cannot determine {} (it needs {}): {} stands in",
                requested.name(),
                requested.min_pairs(),
                self.model.name()
            )),
            _ if self.model != requested => {
                Some("no landmark pairs, pictures of one size: aligned as one pixel grid".into())
            }
            _ => None,
        }
    }
}

/// The distance between the recipe's two face-unit landmarks as marked on A, in A pixels.
fn face_unit(document: &Document) -> Option<f64> {
    let (first, second) = document.recipe.face_unit.as_ref()?;
    let a = |name: &str| Some(document.landmark_named(name)?.at.a?.at);
    Some(a(first)?.distance(a(second)?)).filter(|unit| *unit > 0.0)
}

impl Document {
    /// The distance between the recipe's two face-unit landmarks as marked on A, in A pixels;
    /// `None` until both are marked there.
    #[must_use]
    pub fn face_unit(&self) -> Option<f64> {
        face_unit(self)
    }
}
