//! How B lies on A, as the landmarks say, and how much that is worth.

use super::{Document, Landmark, LandmarkId, oddity::Oddity};
use crate::geometry::{
    FitError, Image, ImagePoint, Method, Model, Pair, PairResidual, Residuals, Similarity, Warp,
    fit,
};

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
    /// The model in use: the one asked for, or a simpler one when the pairs do not determine it.
    pub model: Model,
    /// What a spline is smoothed by; see [`Method::smoothing`].
    pub smoothing: f64,
    /// Whether both pictures have one size, and so one pixel grid until landmarks move it.
    pub is_same_size: bool,
    /// Takes A's pixels to B's; the identity while not aligned.
    pub b_from_a: Warp<Image>,
    /// The similarity that B lies on A by: the fit itself, or the least-squares similarity of the
    /// same pairs where the model bends. It is what scale and roll are stated by.
    pub a_from_b: Similarity<Image, Image>,
    /// How many landmarks the fit takes: marked on both sides, switched on, not as it predicted.
    pub n_pairs: usize,
    /// How many further ones were accepted just where the fit expected them; they count in no figure.
    pub n_predicted: usize,
    /// One entry a landmark that is marked on both sides, in the document's order; those that are
    /// switched off have a residual but count nowhere. None where they could not be fitted.
    pub landmarks: Vec<LandmarkResidual>,
    /// The figures over all pairs.
    pub residuals: Residuals,
    /// Why the landmarks could not be fitted, if they could not; the footing is then `NotAligned`,
    /// unless an earlier fit is kept ([`Arrangement::or_kept`](super::Arrangement::or_kept)).
    pub fault: Option<FitError>,
    /// Why a simpler model stands in though there are pairs enough.
    pub undetermined: Option<FitError>,
    /// What is odd about how the landmarks lie.
    pub oddities: Vec<Oddity>,
    /// Whether some pair in the fit was carried over to a replaced picture and not confirmed since.
    pub has_unconfirmed: bool,
}

/// A fit, or what stands in for it.
struct Fitted {
    method: Method,
    b_from_a: Warp<Image>,
    fault: Option<FitError>,
    undetermined: Option<FitError>,
}

/// Fits the model asked for or, where the pairs do not determine it, a simpler one.
fn fit_or_simpler(asked: Method, pairs: &[Pair]) -> Fitted {
    let method = Method { model: asked.model.for_pairs(pairs.len()), ..asked };
    match fit(method, pairs) {
        Ok(b_from_a) => Fitted { method, b_from_a, fault: None, undetermined: None },
        Err(why @ (FitError::Collinear { .. } | FitError::SameSpot | FitError::TooFewPairs))
            if method.model.is_bending() =>
        {
            let simpler = Method::of(Model::Similarity);
            Fitted { undetermined: Some(why), ..fit_or_simpler(simpler, pairs) }
        }
        Err(fault) => {
            let b_from_a = Warp::identity();
            Fitted { method, b_from_a, fault: Some(fault), undetermined: None }
        }
    }
}

impl Registration {
    /// The registration of `document`.
    #[must_use]
    pub fn of(document: &Document) -> Self {
        let fitted = document.landmarks.iter().filter_map(|l| Some((l.id, l.fitted_pair()?)));
        let (ids, pairs): (Vec<_>, Vec<_>) = fitted.unzip();
        let is_same_size = document
            .both_sources()
            .is_some_and(|s| (s.a.width, s.a.height) == (s.b.width, s.b.height));
        let Fitted { method, b_from_a, fault, undetermined } =
            fit_or_simpler(document.method(), &pairs);
        let footing = match method.model {
            _ if fault.is_some() => Footing::NotAligned,
            Model::Identity if is_same_size => Footing::SameGrid,
            Model::Identity if document.model != Model::Identity => Footing::NotAligned,
            _ => Footing::Fitted,
        };
        // Figures through a map that is not a fit would say nothing.
        let residuals = match fault {
            None => Residuals::new(method, &b_from_a, &pairs, face_unit(document)),
            Some(_) => Residuals::NONE,
        };
        let of_fitted = |id: LandmarkId| {
            let idx = ids.iter().position(|other| *other == id)?;
            residuals.pairs.get(idx).copied()
        };
        let landmarks = document.landmarks.iter().filter(|_| fault.is_none()).filter_map(|l| {
            let (a, b) = l.pair()?;
            let of = of_fitted(l.id).unwrap_or_else(|| PairResidual {
                residual: Pair::new(a, b).distance(&b_from_a),
                leave_one_out: None,
                flagged: false,
            });
            Some(LandmarkResidual { id: l.id, of })
        });
        let is_doubtful = |l: &Landmark| l.fitted_pair().is_some() && l.is_unconfirmed();
        // Weighed like the fit itself.
        let nearest = || fit(Method::of(Model::Similarity), &pairs);
        let a_from_b = match (&b_from_a, fault) {
            (Warp::Similarity(b_from_a), _) => b_from_a.inverse(),
            (_, None) if let Ok(Warp::Similarity(b_from_a)) = nearest() => b_from_a.inverse(),
            _ => Similarity::identity(),
        };
        Self {
            footing,
            model: method.model,
            smoothing: method.smoothing,
            is_same_size,
            a_from_b,
            n_pairs: pairs.len(),
            n_predicted: document
                .landmarks
                .iter()
                .filter(|l| l.is_predicted() && l.pair().is_some())
                .count(),
            landmarks: landmarks.collect(),
            fault,
            undetermined,
            has_unconfirmed: document.landmarks.iter().any(is_doubtful),
            oddities: Oddity::all_of(document, &b_from_a, &pairs),
            residuals,
            b_from_a,
        }
    }

    /// Where a place of B lies in A's pixels.
    #[must_use]
    pub fn a_of(&self, b: ImagePoint) -> ImagePoint {
        self.b_from_a.unapply(b)
    }

    /// How many landmarks are marked on both sides.
    #[must_use]
    pub fn n_pairs(&self) -> usize {
        self.n_pairs
    }

    /// How many of them the fit could do without.
    #[must_use]
    pub fn n_spare(&self) -> usize {
        let Self { model, smoothing, n_pairs, .. } = *self;
        Method { model, smoothing }.n_spare(n_pairs)
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
        match (self.fault, self.footing) {
            (Some(fault), Footing::Fitted) => {
                return Some(format!("the last fit is kept: {fault}"));
            }
            (Some(fault), _) => return Some(format!("not aligned: {fault}")),
            (None, _) => (),
        }
        if let Some(why) = self.undetermined {
            return Some(format!(
                "{why}: {} stands in for {}",
                self.model.words(),
                requested.words()
            ));
        }
        let n = self.n_pairs();
        let pairs = if n == 1 { "pair" } else { "pairs" };
        match self.footing {
            Footing::NotAligned => Some(format!(
                "not aligned: the pictures differ in size and {n} landmark {pairs} are marked; \
                 {} needs {}",
                requested.words(),
                requested.min_pairs()
            )),
            _ if self.model != requested && n > 0 => Some(format!(
                "{n} landmark {pairs} cannot determine {} (it needs {}): {} stands in",
                requested.words(),
                requested.min_pairs(),
                self.model.words()
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
    /// The fit that is asked for.
    #[must_use]
    pub const fn method(&self) -> Method {
        Method { model: self.model, smoothing: self.smoothing }
    }

    /// The distance between the recipe's two face-unit landmarks as marked on A, in A pixels;
    /// `None` until both are marked there.
    #[must_use]
    pub fn face_unit(&self) -> Option<f64> {
        face_unit(self)
    }
}
