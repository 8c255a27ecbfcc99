//! One test binary; one module a boundary.

#![expect(clippy::unwrap_used, reason = "a test that panics has failed, which is its purpose")]
#![expect(clippy::disallowed_methods, reason = "tests write plain files and try any colour")]

mod card_golden;
mod card_layouts;
mod cli;
mod files;
mod floors;
mod formats;
mod pictures;
mod session;
mod soft_renderer;
mod soft_renderer_tests;
mod ui;
mod ui_blind;
mod ui_composer;
mod ui_finding_keys;
mod ui_findings;
mod ui_guided;
mod ui_judge;
mod ui_leaving;
mod ui_loupes;
mod ui_marks;
mod ui_pictures;
mod ui_stage;
mod ui_values;
mod ui_views;
mod window;
