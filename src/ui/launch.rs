//! The real window.

use std::{
    path::PathBuf,
    sync::{Arc, OnceLock},
};

use super::{
    app::{App, Start},
    dialogs::Dialogs,
    theme,
};
use crate::{
    session::Workers,
    storage::{Library, RecentSessions, Settings},
};

/// Gives a context the window's colours, fonts and icons.
pub fn dress(ctx: &egui::Context) {
    theme::install(ctx);
    egui_material_icons::initialize(ctx);
}

/// Opens the real window and returns when it is closed.
///
/// # Errors
/// One sentence: why there is no window.
pub fn run_window(
    start: &Start,
    recent: RecentSessions,
    settings: Settings,
    sample_folder: PathBuf,
) -> Result<(), String> {
    let options = eframe::NativeOptions {
        viewport: egui::ViewportBuilder::default()
            .with_app_id("diptych")
            .with_title("Diptych")
            .with_inner_size([1280.0, 800.0])
            .with_min_inner_size([1000.0, 640.0])
            .with_drag_and_drop(true),
        ..eframe::NativeOptions::default()
    };
    // Pictures are read while the window is made, which takes about as long.
    let context = Arc::new(OnceLock::<egui::Context>::new());
    let known = Arc::clone(&context);
    let wake = move || known.get().map(egui::Context::request_repaint).unwrap_or_default();
    let workers = Workers::start(wake).map_err(|err| format!("could not start: {err}"))?;
    let mut app = App::new(recent, Dialogs::native(), Some(workers), sample_folder)
        .with_settings(settings)
        .with_library(Library::of_user());
    app.start(start);
    let create = move |cc: &eframe::CreationContext<'_>| {
        dress(&cc.egui_ctx);
        context.set(cc.egui_ctx.clone()).ok();
        Ok(Box::new(app) as Box<dyn eframe::App>)
    };
    eframe::run_native("diptych", options, Box::new(create))
        .map_err(|err| format!("could not open a window: {err}"))
}
