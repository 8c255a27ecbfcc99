//! A file that is hashed while a decoder reads it, so that it is never in memory as a whole.

#[cfg(test)]
mod tests;

use std::io::{BufRead, Error, ErrorKind, Read, Result, Seek, SeekFrom};

use sha2::{Digest as _, Sha256};

use super::{
    hex,
    watch::{Watch, stopped},
};

/// Bytes that are read at once: few enough to be still in the processor's cache when the decoder
/// takes them.
const STEP: usize = 1 << 16;

/// A file of which some bytes at a time are in memory. Reading fails once the picture is no longer
/// wanted, whatever the decoder is doing.
pub(super) struct Streamed<'a, R> {
    file: R,
    length: u64,
    /// The bytes that were read last, how many they are, and how many the decoder has taken.
    part: Vec<u8>,
    n: usize,
    at: usize,
    /// Where they begin in the file, which is read on behind them.
    start: u64,
    hash: Sha256,
    /// How many bytes, from the first on, it is of.
    n_hashed: u64,
    /// How far the watch was told.
    told: u64,
    /// Why the file could not be read.
    fault: Option<Error>,
    watch: &'a dyn Watch,
}

impl<'a, R: Read + Seek> Streamed<'a, R> {
    /// From the file's first byte on.
    ///
    /// # Errors
    /// The system's, when the file is not one that has a length.
    pub(super) fn new(mut file: R, watch: &'a dyn Watch) -> Result<Self> {
        let length = file.seek(SeekFrom::End(0))?;
        file.rewind()?;
        Ok(Self {
            file,
            length,
            part: vec![0; STEP],
            n: 0,
            at: 0,
            start: 0,
            hash: Sha256::new(),
            n_hashed: 0,
            told: 0,
            fault: None,
            watch,
        })
    }

    /// Why the file could not be read, if that is what the decoder met.
    pub(super) fn fault(self) -> Option<Error> {
        self.fault
    }

    /// The SHA-256 of the whole file; what the decoder left is read here.
    ///
    /// # Errors
    /// The system's, when the file cannot be read.
    pub(super) fn sha256(mut self) -> Result<String> {
        if let Some(fault) = self.fault {
            return Err(fault);
        }
        if self.behind() != self.n_hashed {
            self.seek(SeekFrom::Start(self.n_hashed))?;
        }
        while self.read_part()? > 0 {}
        Ok(hex(&self.hash.finalize()))
    }

    /// Where the bytes that were read last end.
    fn behind(&self) -> u64 {
        self.start + self.n as u64
    }

    /// The next bytes of the file in place of the last, and how many there are.
    fn read_part(&mut self) -> Result<usize> {
        (self.start, self.n, self.at) = (self.behind(), 0, 0);
        self.n = loop {
            match self.file.read(&mut self.part) {
                Err(err) if err.kind() == ErrorKind::Interrupted => {}
                outcome => break outcome?,
            }
        };
        // After going back, some bytes come once more.
        let known = self.n_hashed.checked_sub(self.start).and_then(|n| usize::try_from(n).ok());
        if let Some(new) = known.and_then(|known| self.part[..self.n].get(known..)) {
            self.hash.update(new);
            self.n_hashed += new.len() as u64;
        }
        Ok(self.n)
    }

    #[cold]
    fn go_on(&mut self) -> Result<()> {
        if self.watch.is_cancelled() {
            return Err(stopped());
        }
        // What failed once is not tried again.
        if let Some(fault) = &self.fault {
            return Err(fault.kind().into());
        }
        if self.behind() >= self.told {
            self.told = self.behind();
            #[expect(clippy::cast_precision_loss, reason = "a share")]
            self.watch.report(self.told as f32 / self.length.max(1) as f32);
        }
        if let Err(fault) = self.read_part() {
            let kind = fault.kind();
            self.fault = Some(fault);
            return Err(kind.into());
        }
        Ok(())
    }
}

impl<R: Read + Seek> Read for Streamed<'_, R> {
    #[inline]
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize> {
        let n = self.fill_buf()?.read(buffer)?;
        self.consume(n);
        Ok(n)
    }
}

impl<R: Read + Seek> BufRead for Streamed<'_, R> {
    #[inline]
    fn fill_buf(&mut self) -> Result<&[u8]> {
        if self.at >= self.n {
            self.go_on()?;
        }
        Ok(&self.part[self.at..self.n])
    }

    #[inline]
    fn consume(&mut self, n: usize) {
        self.at += n;
    }
}

impl<R: Read + Seek> Seek for Streamed<'_, R> {
    fn seek(&mut self, to: SeekFrom) -> Result<u64> {
        let (base, by) = match to {
            SeekFrom::Start(at) => (at, 0),
            SeekFrom::End(by) => (self.length, by),
            SeekFrom::Current(by) => (self.start + self.at as u64, by),
        };
        let outside = || Error::new(ErrorKind::InvalidInput, "a place before the file");
        let at = base.checked_add_signed(by).ok_or_else(outside)?;
        if (self.start..=self.behind()).contains(&at) {
            self.at = usize::try_from(at - self.start).map_err(|_| outside())?;
        } else {
            self.file.seek(SeekFrom::Start(at))?;
            (self.start, self.n, self.at) = (at, 0, 0);
        }
        Ok(at)
    }
}
