//! Looking after a decoder while it reads: how far it is, and stopping it.

use std::io::{BufRead, Cursor, Error, Read, Result, Seek, SeekFrom};

/// Who waits for a picture.
pub trait Watch: Sync {
    /// Whether the picture is no longer wanted.
    fn is_cancelled(&self) -> bool;

    /// Told the share that is done, 0 to 1.
    fn report(&self, share: f32);
}

/// Nobody asks how far it is, and it is never stopped.
pub(super) struct Unwatched;

impl Watch for Unwatched {
    fn is_cancelled(&self) -> bool {
        false
    }

    fn report(&self, _: f32) {}
}

/// The bytes of a file, of which the decoder takes some at a time. Reading fails once the picture
/// is no longer wanted, whatever the decoder is doing.
pub(super) struct Watched<'a> {
    bytes: Cursor<&'a [u8]>,
    watch: &'a dyn Watch,
    /// Where the watch was last told.
    told: u64,
}

/// Bytes that are handed over before the watch is told again.
const STEP: usize = 1 << 16;

impl<'a> Watched<'a> {
    pub(super) fn new(bytes: &'a [u8], watch: &'a dyn Watch) -> Self {
        Self { bytes: Cursor::new(bytes), watch, told: 0 }
    }

    fn tell(&mut self) -> Result<()> {
        let at = self.bytes.position();
        if at.abs_diff(self.told) < STEP as u64 {
            return Ok(());
        }
        if self.watch.is_cancelled() {
            return Err(Error::other(Stopped));
        }
        self.told = at;
        #[expect(clippy::cast_precision_loss, reason = "a share")]
        self.watch.report(at as f32 / self.bytes.get_ref().len().max(1) as f32);
        Ok(())
    }
}

/// The picture is no longer wanted.
#[derive(Debug, thiserror::Error)]
#[error("stopped")]
struct Stopped;

impl Read for Watched<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize> {
        self.tell()?;
        let n_most = buffer.len().min(STEP);
        self.bytes.read(&mut buffer[..n_most])
    }
}

impl BufRead for Watched<'_> {
    fn fill_buf(&mut self) -> Result<&[u8]> {
        self.tell()?;
        let rest = self.bytes.fill_buf()?;
        Ok(&rest[..rest.len().min(STEP)])
    }

    fn consume(&mut self, n: usize) {
        self.bytes.consume(n);
    }
}

impl Seek for Watched<'_> {
    fn seek(&mut self, to: SeekFrom) -> Result<u64> {
        self.bytes.seek(to)
    }
}

/// Whether reading failed because the picture is no longer wanted.
pub(super) fn is_stop(err: &Error) -> bool {
    err.get_ref().is_some_and(<dyn std::error::Error + Send + Sync>::is::<Stopped>)
}
