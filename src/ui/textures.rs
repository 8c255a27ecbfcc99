//! Pictures on the graphics card: uploaded once a change, drawn without resampling.

use std::{collections::BTreeMap, sync::Arc};

use egui::{ColorImage, TextureHandle, TextureOptions};

use crate::{
    document::Side,
    raster::Picture,
    session::{Loaded, Session, Shown, Slot},
};

/// The textures in use.
#[derive(Default)]
pub(super) struct Textures {
    slots: BTreeMap<Slot, (u64, TextureHandle)>,
    overviews: BTreeMap<Side, (Arc<Loaded>, TextureHandle)>,
}

fn image_of(picture: &Picture) -> ColorImage {
    let size = [picture.width(), picture.height()];
    ColorImage::from_rgba_unmultiplied(size, &picture.to_rgba8())
}

impl Textures {
    /// Lets go of overviews of pictures that no side shows any more.
    pub(super) fn forget_unused(&mut self, session: &Session) {
        self.overviews.retain(|side, (of, _)| {
            session.loaded(*side).is_some_and(|loaded| Arc::ptr_eq(loaded, of))
        });
    }

    /// The texture of a finished view. It has one texel a physical pixel.
    pub(super) fn of_slot(
        &mut self,
        ctx: &egui::Context,
        slot: Slot,
        shown: &Shown,
    ) -> TextureHandle {
        if let Some((serial, texture)) = self.slots.get_mut(&slot) {
            if *serial != shown.serial {
                *serial = shown.serial;
                texture.set(image_of(&shown.picture), TextureOptions::NEAREST);
            }
            return texture.clone();
        }
        let name = format!("{slot:?}");
        let image = image_of(&shown.picture);
        let texture = ctx.load_texture(name, image, TextureOptions::NEAREST);
        self.slots.insert(slot, (shown.serial, texture.clone()));
        texture
    }

    /// The texture of a whole picture, reduced; it stands in while a view is being made.
    pub(super) fn of_overview(
        &mut self,
        ctx: &egui::Context,
        side: Side,
        loaded: &Arc<Loaded>,
    ) -> TextureHandle {
        if let Some((of, texture)) = self.overviews.get(&side)
            && Arc::ptr_eq(of, loaded)
        {
            return texture.clone();
        }
        let image = image_of(&loaded.overview);
        let texture = ctx.load_texture(format!("overview {side}"), image, TextureOptions::LINEAR);
        self.overviews.insert(side, (Arc::clone(loaded), texture.clone()));
        texture
    }
}
