//! Looking after a decoder while it reads: how far it is, and stopping it.

use std::io::{BufRead, Error, ErrorKind, Read, Result, Seek, SeekFrom};

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
    bytes: &'a [u8],
    at: usize,
    /// Where the watch was last told, and how far may be read until it is told again.
    told: usize,
    end: usize,
    watch: &'a dyn Watch,
}

/// Bytes that are handed over before the watch is told again.
const STEP: usize = 1 << 16;

impl<'a> Watched<'a> {
    pub(super) fn new(bytes: &'a [u8], watch: &'a dyn Watch) -> Self {
        Self { bytes, at: 0, told: 0, end: bytes.len().min(STEP), watch }
    }

    #[cold]
    fn tell(&mut self) -> Result<()> {
        if self.watch.is_cancelled() {
            return Err(stopped());
        }
        let length = self.bytes.len();
        self.told = self.at;
        self.end = self.at.saturating_add(STEP).min(length);
        #[expect(clippy::cast_precision_loss, reason = "a share")]
        self.watch.report(self.at as f32 / length.max(1) as f32);
        Ok(())
    }
}

/// The picture is no longer wanted.
#[derive(Debug, thiserror::Error)]
#[error("stopped")]
struct Stopped;

impl Read for Watched<'_> {
    #[inline]
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize> {
        let n = self.fill_buf()?.read(buffer)?;
        self.consume(n);
        Ok(n)
    }
}

impl BufRead for Watched<'_> {
    #[inline]
    fn fill_buf(&mut self) -> Result<&[u8]> {
        if self.at >= self.end {
            self.tell()?;
        }
        Ok(self.bytes.get(self.at..self.end).unwrap_or_default())
    }

    #[inline]
    fn consume(&mut self, n: usize) {
        self.at += n;
    }
}

impl Seek for Watched<'_> {
    fn seek(&mut self, to: SeekFrom) -> Result<u64> {
        let (base, by) = match to {
            SeekFrom::Start(at) => (at, 0),
            SeekFrom::End(by) => (self.bytes.len() as u64, by),
            SeekFrom::Current(by) => (self.at as u64, by),
        };
        let outside = || Error::new(ErrorKind::InvalidInput, "a place before the file");
        let at = base.checked_add_signed(by).ok_or_else(outside)?;
        self.at = usize::try_from(at).map_err(|_| outside())?;
        // What was told of another place says nothing of this one.
        let is_told_of = (self.told..self.told.saturating_add(STEP)).contains(&self.at);
        let end = self.told.saturating_add(STEP).min(self.bytes.len());
        self.end = if is_told_of { end } else { self.at };
        Ok(at)
    }
}

/// What reading fails with once the picture is no longer wanted.
pub(super) fn stopped() -> Error {
    Error::other(Stopped)
}

/// Whether reading failed because the picture is no longer wanted.
pub(super) fn is_stop(err: &Error) -> bool {
    err.get_ref().is_some_and(<dyn std::error::Error + Send + Sync>::is::<Stopped>)
}
