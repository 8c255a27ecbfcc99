//! Pictures on the graphics card: uploaded once a change, drawn without resampling.

use std::{collections::BTreeMap, ops::Range};

use egui::{ColorImage, TextureHandle, TextureOptions};

use crate::{
    geometry::Look,
    raster::{LookTable, Picture, Pixels},
    session::{Shown, Slot},
};

/// The longest side of a texture: any graphics driver takes as much.
pub(super) const MAX_SIDE: usize = 2048;

/// A part of a finished view as a texture, one texel a physical pixel.
#[derive(Clone)]
pub(super) struct Piece {
    pub(super) texture: TextureHandle,
    /// Columns of the view.
    pub(super) columns: Range<usize>,
    /// Rows of the view.
    pub(super) rows: Range<usize>,
}

/// The textures of finished views.
#[derive(Default)]
pub(super) struct Textures {
    slots: BTreeMap<Slot, (u64, Vec<Piece>)>,
    look: Look,
}

/// A part of a picture, ready to be uploaded.
pub(super) fn image_of(
    picture: &Picture,
    columns: &Range<usize>,
    rows: &Range<usize>,
    look: Option<&LookTable>,
) -> ColorImage {
    let mut rgba = Vec::with_capacity(4 * columns.len() * rows.len());
    for row in rows.clone() {
        let start = row * picture.width();
        let part = start + columns.start..start + columns.end;
        match picture.pixels() {
            Pixels::Rgba8(pixels) => rgba.extend_from_slice(pixels[part].as_flattened()),
            Pixels::Rgba16(_) => {
                let pixel = |column| picture.rgba8_at(column, row).unwrap_or_default();
                columns.clone().for_each(|column| rgba.extend(pixel(column)));
            }
        }
    }
    if let Some(look) = look {
        look.apply(rgba.as_chunks_mut::<4>().0);
    }
    ColorImage::from_rgba_unmultiplied([columns.len(), rows.len()], &rgba)
}

/// `length` pixels in ranges of at most [`MAX_SIDE`].
fn ranges(length: usize) -> impl Iterator<Item = Range<usize>> {
    (0..length).step_by(MAX_SIDE).map(move |start| start..(start + MAX_SIDE).min(length))
}

impl Textures {
    /// Panes and loupes are shown with another look from now on.
    pub(super) fn set_look(&mut self, look: Look) {
        if self.look != look {
            self.look = look;
            // Stale: no picture has this number.
            self.slots.values_mut().for_each(|(serial, _)| *serial = 0);
        }
    }

    /// The pieces of a finished view.
    pub(super) fn of_slot(&mut self, ctx: &egui::Context, slot: Slot, shown: &Shown) -> Vec<Piece> {
        let picture = &shown.picture;
        let (serial, pieces) = self.slots.entry(slot).or_default();
        if *serial == shown.serial {
            return pieces.clone();
        }
        *serial = shown.serial;
        // Cards and differences are what they are.
        let has_look = !self.look.is_plain() && !matches!(slot, Slot::Card | Slot::Compared);
        let table = has_look.then(|| LookTable::new(&self.look));
        let mut old = std::mem::take(pieces).into_iter();
        for rows in ranges(picture.height()) {
            for columns in ranges(picture.width()) {
                let image = image_of(picture, &columns, &rows, table.as_ref());
                let texture = match old.next() {
                    Some(Piece { mut texture, .. }) => {
                        texture.set(image, TextureOptions::NEAREST);
                        texture
                    }
                    None => ctx.load_texture(format!("{slot:?}"), image, TextureOptions::NEAREST),
                };
                pieces.push(Piece { texture, columns, rows: rows.clone() });
            }
        }
        pieces.clone()
    }
}
