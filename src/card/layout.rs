//! From a document to scenes: what stands where, for every layout.

use super::{
    composer::{Composer, f64_of},
    loupes::MAX_LOUPES,
    scene::{CardRect, ItemKind, Scene},
};
use crate::document::{
    Arrangement, Document, FrameChoice, Layout, LoupeId, LoupeSpot, Preset, Side,
};
use crate::raster::View;

/// Why there is no card.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LayoutError {
    /// A side has no picture.
    #[error("side {0} has no picture; open one for each side")]
    NoPicture(Side),
    /// Panels would be empty.
    #[error("A and B cover no area in common under this alignment; check the landmarks")]
    NothingInCommon,
    /// Margins and texts leave no room for pictures.
    #[error("the card is too small for its parts; choose a larger preset")]
    TooSmall,
    /// Size and place would tell the sides of a blind card.
    #[error(
        "a blind card needs both sides aligned by a model that makes them one size; mark landmarks first"
    )]
    TellsSides,
    /// A card of loupes has none.
    #[error("no loupe stands on this card; align both sides, or choose a layout with panels")]
    NoLoupes,
}

/// Lays out the card of `document` in the level frame: one scene, or several for the layouts that are
/// posted as several pictures.
///
/// # Errors
/// See [`LayoutError`].
pub fn lay_out(document: &Document) -> Result<Vec<Scene>, LayoutError> {
    let shown = document.on_card();
    let document: &Document = &shown;
    for side in Side::BOTH {
        if document.sources[side].is_none() {
            return Err(LayoutError::NoPicture(side));
        }
    }
    let arrangement =
        Arrangement::of(document, FrameChoice::Level).ok_or(LayoutError::NothingInCommon)?;
    if document.is_blind() && !arrangement.registration.is_even(document.model) {
        return Err(LayoutError::TellsSides);
    }
    let preset = &document.card.preset;
    let scenes = lay_out_in(document, &arrangement, preset)?;
    let shown = |kind: ItemKind| {
        let items = scenes.iter().flat_map(|scene| &scene.items);
        let views =
            items.filter(move |item| item.kind == kind).filter_map(|item| item.view.as_ref());
        views.map(View::magnification).reduce(f64::min)
    };
    match shown(ItemKind::Panel).or_else(|| shown(ItemKind::Loupe)) {
        // All grows until the finer side's pixels are shown one to one.
        Some(least) if preset.is_native => {
            lay_out_in(document, &arrangement, &preset.grown(1.0 / least))
        }
        _ => Ok(scenes),
    }
}

fn lay_out_in(
    document: &Document,
    arrangement: &Arrangement,
    preset: &Preset,
) -> Result<Vec<Scene>, LayoutError> {
    let compose = || Composer::new(document, arrangement, preset);
    let loupes = loupes_on_card(document, arrangement);
    match document.card.layout {
        Layout::Diptych => one(compose()?, Composer::diptych),
        Layout::DiptychLoupes => one(compose()?, |card, body| card.diptych_loupes(body, &loupes)),
        Layout::LoupeGrid if loupes.is_empty() => Err(LayoutError::NoLoupes),
        Layout::LoupeGrid => one(compose()?, |card, body| card.loupe_grid(body, &loupes)),
        Layout::Callouts => one(compose()?, Composer::callouts),
        Layout::Scorecard => one(compose()?, Composer::scorecard),
        Layout::Carousel => {
            let n_pages = loupes.len() + 1;
            let mut pages = vec![page(compose()?, (1, n_pages), Composer::diptych)?];
            for (idx, (id, spot)) in loupes.iter().enumerate() {
                let slide = page(compose()?, (idx + 2, n_pages), |card, body| {
                    card.loupe_slide(body, *id, spot)
                });
                pages.push(slide?);
            }
            Ok(pages)
        }
        Layout::XPair => Side::BOTH
            .into_iter()
            .map(|side| {
                let mut card = compose()?;
                card.suffix = Some(side.letter().to_ascii_lowercase().to_string());
                whole_card(card, |card, body| card.single(body, side))
            })
            .collect(),
    }
}

/// The loupes that stand and are not left out, in the order of the strip.
fn loupes_on_card(document: &Document, arrangement: &Arrangement) -> Vec<(LoupeId, LoupeSpot)> {
    let left_out = &document.card.left_out.loupes;
    let all = arrangement.loupes(document).into_iter();
    all.filter(|(id, _)| !left_out.contains(id)).collect()
}

/// Which of the loupes that are to appear have no room on a card of panels or of loupes alone:
/// `no room for the loupes Rim, Pores`; `None` where all have.
#[must_use]
pub fn loupes_without_room(document: &Document, scenes: &[Scene]) -> Option<String> {
    if !document.card.layout.has_loupes() {
        return None;
    }
    let arrangement = Arrangement::of(document, FrameChoice::Level)?;
    let items = || scenes.iter().flat_map(|scene| &scene.items);
    // Its halves say which one it is; its name may be cut.
    let stands = |name: &str| {
        let halves = items().filter(|item| item.kind == ItemKind::Loupe && item.text == name);
        halves.count() / 2
    };
    let mut missing: Vec<String> = Vec::new();
    let all = loupes_on_card(document, &arrangement);
    // Beyond so many none is expected.
    let most = match document.card.layout {
        Layout::DiptychLoupes => MAX_LOUPES,
        _ => usize::MAX,
    };
    let names: Vec<&str> = all
        .iter()
        .take(most)
        .filter_map(|(id, _)| Some(document.loupe(*id)?.name.as_str()))
        .collect();
    for (idx, name) in names.iter().enumerate() {
        let n_before = names[..idx].iter().filter(|other| other == &name).count();
        if n_before >= stands(name) {
            missing.push((*name).to_owned());
        }
    }
    (!missing.is_empty()).then(|| format!("no room for the loupes {}", missing.join(", ")))
}

fn one<'a>(
    card: Composer<'a>,
    body: impl Fn(&mut Composer<'a>, CardRect) -> Result<(), LayoutError>,
) -> Result<Vec<Scene>, LayoutError> {
    Ok(vec![whole_card(card, body)?])
}

fn page<'a>(
    mut card: Composer<'a>,
    page: (usize, usize),
    body: impl Fn(&mut Composer<'a>, CardRect) -> Result<(), LayoutError>,
) -> Result<Scene, LayoutError> {
    card.suffix = Some(page.0.to_string());
    card.page = Some(format!("{} / {}", page.0, page.1));
    whole_card(card, body)
}

/// Head, body and foot.
fn whole_card<'a>(
    mut card: Composer<'a>,
    body: impl Fn(&mut Composer<'a>, CardRect) -> Result<(), LayoutError>,
) -> Result<Scene, LayoutError> {
    let below = card.head(card.inner)?;
    let (area, foot) = card.split_off_foot(below)?;
    body(&mut card, area)?;
    card.foot(&foot);
    let is_drawn = card.items.iter().all(|item| {
        let is_view = item.view.is_some();
        !is_view || (item.rect.width > 0 && item.rect.height > 0)
    });
    let has_pictures = card.items.iter().any(|item| item.view.is_some());
    if !is_drawn || !has_pictures {
        return Err(LayoutError::TooSmall);
    }
    Ok(card.finish())
}

/// What is left of `area` under its first `height` rows.
pub(super) fn below(area: CardRect, height: usize) -> Result<CardRect, LayoutError> {
    let rest = area.height.checked_sub(height).ok_or(LayoutError::TooSmall)?;
    Ok(CardRect { y: area.y + height, height: rest, ..area })
}

/// `area` without its last `height` rows.
pub(super) fn above(area: CardRect, height: usize) -> Result<CardRect, LayoutError> {
    let rest = area.height.checked_sub(height).ok_or(LayoutError::TooSmall)?;
    Ok(CardRect { height: rest, ..area })
}

/// The width of `area` over its height; 1 where it has none.
pub(super) fn aspect_of(area: CardRect) -> f64 {
    if area.height == 0 { 1.0 } else { f64_of(area.width) / f64_of(area.height) }
}
