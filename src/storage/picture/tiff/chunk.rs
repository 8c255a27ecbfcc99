//! Unpacking a chunk of a TIFF.

use std::io::Read as _;

use flate2::bufread::ZlibDecoder;
use jpeg_decoder::ColorTransform;
use weezl::{BitOrder, LzwStatus, decode::Decoder as LzwDecoder};

use super::{
    super::{DecodeError, Limits, Watch, jpeg_markers::Markers, jpeg_planes},
    layout::{Chunk, Compression, Layout, Photometric},
};

/// Samples of a chunk, row by row, packed as the picture's bits say and in the file's byte order.
pub(super) struct Unpacked {
    pub bytes: Vec<u8>,
    pub row_bytes: usize,
}

/// What all chunks of a picture share.
pub(super) struct Unpacker<'a> {
    pub file: &'a [u8],
    pub layout: &'a Layout,
    pub is_little: bool,
    /// The tables of JPEG data, which chunks need not repeat.
    pub jpeg_tables: Option<&'a [u8]>,
    pub limits: Limits,
    pub watch: &'a dyn Watch,
}

impl Unpacker<'_> {
    /// Unpacks a chunk.
    ///
    /// # Errors
    /// [`DecodeError::Truncated`] when it holds too little, and those of its data.
    pub(super) fn unpack(&self, chunk: &Chunk) -> Result<Unpacked, DecodeError> {
        let mut packed = self.file.get(chunk.offset..).ok_or(DecodeError::Truncated)?;
        if let Some(n_bytes) = chunk.n_bytes {
            packed = packed.get(..n_bytes).ok_or(DecodeError::Truncated)?;
        }
        let reversed: Vec<u8>;
        if self.layout.is_bit_reversed && self.layout.compression != Compression::Jpeg {
            reversed = packed.iter().map(|byte| byte.reverse_bits()).collect();
            packed = &reversed;
        }
        let row_bytes = self.layout.row_bytes();
        let mut bytes = match self.layout.compression {
            Compression::Jpeg => return self.jpeg(packed, chunk),
            // A tile at the edge may be stored without the rows that the picture does not have.
            Compression::None => packed[..packed.len().min(row_bytes * chunk.n_stored_rows)].into(),
            compression => unpacked(packed, compression, row_bytes * chunk.n_stored_rows)?,
        };
        if bytes.len() < row_bytes * chunk.height {
            return Err(DecodeError::Truncated);
        }
        if self.layout.has_predictor {
            for row in bytes.chunks_exact_mut(row_bytes) {
                self.undo_differences(row);
            }
        }
        Ok(Unpacked { bytes, row_bytes })
    }

    /// Adds to each sample the one before it of the same kind (TIFF 6.0, section 14).
    fn undo_differences(&self, row: &mut [u8]) {
        let step = self.layout.n_chunk_samples();
        if self.layout.bits == 8 {
            for idx in step..row.len() {
                row[idx] = row[idx].wrapping_add(row[idx - step]);
            }
            return;
        }
        let (samples, _) = row.as_chunks_mut::<2>();
        for idx in step..samples.len() {
            let (before, this) = (samples[idx - step], samples[idx]);
            samples[idx] = if self.is_little {
                u16::from_le_bytes(this).wrapping_add(u16::from_le_bytes(before)).to_le_bytes()
            } else {
                u16::from_be_bytes(this).wrapping_add(u16::from_be_bytes(before)).to_be_bytes()
            };
        }
    }

    /// JPEG data, whose tables may stand apart (TIFF technical note 2).
    fn jpeg(&self, packed: &[u8], chunk: &Chunk) -> Result<Unpacked, DecodeError> {
        const MARKER: usize = 2;
        let tables = self.jpeg_tables.and_then(|tables| tables.strip_suffix(b"\xFF\xD9"));
        let whole = match tables {
            Some(tables) => [tables, packed.get(MARKER..).unwrap_or_default()].concat(),
            None => packed.to_vec(),
        };
        let markers = Markers::of(&whole);
        if let Some(refusal) = markers.refusal() {
            return Err(refusal);
        }
        let transform = match (self.layout.n_chunk_samples(), self.layout.photometric) {
            (1, _) => ColorTransform::Grayscale,
            (_, Photometric::YCbCr) => ColorTransform::YCbCr,
            (3, _) => ColorTransform::RGB,
            _ => jpeg_planes::AS_STORED,
        };
        let planes =
            jpeg_planes::read(&markers.fenced(&whole), transform, self.limits, self.watch)?;
        if planes.n_channels != self.layout.n_chunk_samples() {
            return Err(DecodeError::Damaged("its JPEG data have other channels".into()));
        }
        if planes.width < chunk.width || planes.height < chunk.height {
            return Err(DecodeError::Truncated);
        }
        let row_bytes = planes.width * planes.n_channels;
        let mut bytes = planes.pixels.into_flattened();
        bytes.truncate(row_bytes * planes.height);
        Ok(Unpacked { bytes, row_bytes })
    }
}

/// At most `length` bytes, fewer where the data end before.
fn unpacked(
    packed: &[u8],
    compression: Compression,
    length: usize,
) -> Result<Vec<u8>, DecodeError> {
    match compression {
        Compression::Lzw => unpacked_lzw(packed, length),
        Compression::PackBits => Ok(unpacked_runs(packed, length)),
        _ => {
            let mut bytes = Vec::new();
            let mut decoder = ZlibDecoder::new(packed).take(length as u64);
            match decoder.read_to_end(&mut bytes) {
                Err(err) if bytes.len() < length => Err(DecodeError::of_io(&err)),
                _ => Ok(bytes),
            }
        }
    }
}

fn unpacked_lzw(packed: &[u8], length: usize) -> Result<Vec<u8>, DecodeError> {
    // Before TIFF 5.0 the bits came in the other order; the first code clears the table.
    if matches!(packed, [0, second, ..] if second & 1 == 1) {
        return Err(DecodeError::Unsupported("this kind of TIFF (LZW of the old form)".into()));
    }
    let mut decoder = LzwDecoder::with_tiff_size_switch(BitOrder::Msb, 8);
    let mut bytes = vec![0; length];
    let (mut n_read, mut n_written) = (0, 0);
    while n_written < length {
        let step = decoder.decode_bytes(&packed[n_read..], &mut bytes[n_written..]);
        n_read += step.consumed_in;
        n_written += step.consumed_out;
        match step.status {
            Ok(LzwStatus::Ok) if step.consumed_in + step.consumed_out > 0 => (),
            Ok(_) => break,
            Err(err) => return Err(DecodeError::Damaged(err.to_string())),
        }
    }
    bytes.truncate(n_written);
    Ok(bytes)
}

/// Runs of one byte and stretches of several (TIFF 6.0, section 9).
fn unpacked_runs(packed: &[u8], length: usize) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(length);
    let mut rest = packed;
    while let Some((&head, tail)) = rest.split_first() {
        rest = match (head, tail) {
            _ if bytes.len() >= length => break,
            (128, tail) => tail,
            (0..128, tail) => {
                let (stretch, tail) = tail.split_at(tail.len().min(usize::from(head) + 1));
                bytes.extend_from_slice(stretch);
                tail
            }
            (head, [byte, tail @ ..]) => {
                bytes.resize(bytes.len() + 257 - usize::from(head), *byte);
                tail
            }
            (_, []) => break,
        };
    }
    bytes.truncate(length);
    bytes
}
