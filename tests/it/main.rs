//! One test binary; one module a boundary.

mod card_golden;
mod cli;
mod files;
mod floors;
mod pictures;
mod session;
mod soft_renderer;
mod soft_renderer_tests;
mod ui;
mod ui_pictures;
