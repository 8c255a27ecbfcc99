//! The real window.

use std::path::PathBuf;

use super::{
    app::{App, Start},
    dialogs::Dialogs,
};
use crate::{
    session::Workers,
    storage::{Library, RecentSessions, Settings},
};

/// Opens the real window and returns when it is closed.
///
/// # Errors
/// One sentence: why there is no window.
pub fn run_window(
    start: Start,
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
    let create = move |cc: &eframe::CreationContext<'_>| {
        let ctx = cc.egui_ctx.clone();
        let workers = Workers::start(move || ctx.request_repaint())?;
        let dialogs = Dialogs::native();
        let mut app = App::new(&cc.egui_ctx, recent, dialogs, Some(workers), sample_folder)
            .with_settings(settings)
            .with_library(Library::of_user());
        app.start(&start);
        Ok(Box::new(app) as Box<dyn eframe::App>)
    };
    eframe::run_native("diptych", options, Box::new(create))
        .map_err(|err| format!("could not open a window: {err}"))
}
