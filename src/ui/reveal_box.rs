//! Judging blind as the window begins and ends it: the seed, the one question before a reveal, the
//! time.

use std::{
    hash::{BuildHasher as _, Hasher as _, RandomState},
    time::{SystemTime, UNIX_EPOCH},
};

use egui::{Button, RichText, Ui};

use super::{outbox::Outbox, panels::modal, theme};
use crate::{document::Seed, session::Command};

/// The question whether to reveal which side is which.
#[derive(Default)]
pub(super) struct RevealBox {
    is_open: bool,
}

impl RevealBox {
    pub(super) fn is_open(&self) -> bool {
        self.is_open
    }

    pub(super) fn open(&mut self) {
        self.is_open = true;
    }

    /// Shows it while it is open.
    pub(super) fn ui(&mut self, ui: &Ui, out: &mut Outbox) {
        if !self.is_open {
            return;
        }
        let response = modal(ui, "reveal").show(ui, |ui| {
            ui.set_width(380.0);
            let text = "Reveal which side is which?";
            ui.label(RichText::new(text).font(theme::semibold(15.0)));
            let text = "It cannot be taken back. Findings and answers stay, on the true sides, and \
                        the session notes when it was revealed.";
            ui.label(RichText::new(text).color(theme::SECONDARY));
            ui.add_space(10.0);
            ui.horizontal(|ui| {
                let text = RichText::new("Reveal").color(theme::ON_PRIMARY);
                let is_meant = ui.add(Button::new(text).fill(theme::PRIMARY)).clicked();
                (is_meant, ui.button("Stay blind").clicked())
            })
            .inner
        });
        let (is_meant, is_over) = response.inner;
        if is_meant {
            out.send(Command::Reveal(now()));
        }
        if is_meant || is_over || response.should_close() {
            self.is_open = false;
        }
    }
}

/// Seconds since 1970-01-01 UTC.
fn now() -> u64 {
    #[expect(clippy::disallowed_methods, reason = "a shell passes the time in")]
    let now = SystemTime::now();
    now.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}

/// A seed that nobody knows: the standard library keys its hashers at random.
pub(super) fn new_seed() -> Seed {
    let half = |salt: u64| {
        let mut hasher = RandomState::new().build_hasher();
        hasher.write_u64(salt);
        u128::from(hasher.finish())
    };
    Seed::of_bits((half(0) << 64) | half(now()))
}
