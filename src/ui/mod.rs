//! The window: the only room with egui. Views read a `&Session` and ask through an [`Outbox`].

mod action_table;
mod actions;
mod aim;
mod app;
mod canvas;
mod dialogs;
mod finding_marks;
mod findings;
mod frames;
mod half_plane;
mod incoming;
mod keys;
mod launch;
mod leaving;
mod limits_box;
mod loupe_half;
mod loupes;
mod marks;
mod outbox;
mod panels;
mod path_box;
mod picture;
mod reveal_box;
mod screen;
mod shapes;
mod stage;
mod textures;
mod theme;
mod tiles;
mod values;

pub use action_table::{ACTIONS, Action};
pub use actions::{ActionId, Menu};
pub use app::{App, Start};
pub use dialogs::Dialogs;
pub use launch::run_window;
pub use outbox::{Ask, Outbox};
