//! A decoder that gives up on a file by panicking must take neither the window nor a command with
//! it, and leave no trace of its inner life on the screen.

use std::{
    cell::Cell,
    panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook},
    sync::Once,
};

use super::DecodeError;

thread_local! {
    /// Whether this thread is inside of a decoder.
    static IS_DECODING: Cell<bool> = const { Cell::new(false) };
}

/// What `decode` gives, or that the file is damaged when it panics.
pub(super) fn guarded<T>(
    decode: impl FnOnce() -> Result<T, DecodeError>,
) -> Result<T, DecodeError> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let others = take_hook();
        set_hook(Box::new(move |panic| {
            if IS_DECODING.get() {
                log::warn!("a decoder gave up: {panic}");
            } else {
                others(panic);
            }
        }));
    });
    let was_decoding = IS_DECODING.replace(true);
    let outcome = catch_unwind(AssertUnwindSafe(decode));
    IS_DECODING.set(was_decoding);
    outcome.unwrap_or_else(|_| Err(DecodeError::Damaged("its decoder gave up".into())))
}
