//! PNG, all kinds, row by row into place: 1 to 16 bits, palettes, transparency, interlacing, the
//! still picture of an animation.

use std::{
    borrow::Cow,
    io::{BufRead, Seek, SeekFrom},
};

use png::{
    BitDepth, ColorType, DecodeOptions, Decoder, DecodingError, Info, Reader, Transformations,
};

use super::{
    DecodeError, Limits,
    raw::{Channels, ColorTag, Orient, Raw, check_size, orientation_in, solid_rgb8, solid_rgb16},
};
use crate::raster::Pixels;

/// What metadata and a row may take beyond the pixels.
const MAX_BYTES: usize = 64 << 20;

/// Rows and columns of one pass of an interlaced picture: the first, and the step to the next.
struct Pass {
    x: usize,
    y: usize,
    dx: usize,
    dy: usize,
}

/// The seven passes of Adam7, in order.
const ADAM7: [Pass; 7] = [
    Pass { x: 0, y: 0, dx: 8, dy: 8 },
    Pass { x: 4, y: 0, dx: 8, dy: 8 },
    Pass { x: 0, y: 4, dx: 4, dy: 8 },
    Pass { x: 2, y: 0, dx: 4, dy: 4 },
    Pass { x: 0, y: 2, dx: 2, dy: 4 },
    Pass { x: 1, y: 0, dx: 2, dy: 2 },
    Pass { x: 0, y: 1, dx: 1, dy: 2 },
];
const WHOLE: [Pass; 1] = [Pass { x: 0, y: 0, dx: 1, dy: 1 }];

/// Reads a PNG.
///
/// # Errors
/// See [`DecodeError`].
pub(super) fn read(file: &mut (impl BufRead + Seek), limits: Limits) -> Result<Raw, DecodeError> {
    match read_with(file, limits, true) {
        Err(DecodeError::Damaged(why)) => {
            // Pixels whose checksums are wrong are shown, but not without a word.
            let mut raw =
                read_with(file, limits, false).map_err(|_| DecodeError::Damaged(why.clone()))?;
            raw.warnings.push(damage_words(&why));
            Ok(raw)
        }
        other => other,
    }
}

fn damage_words(why: &str) -> String {
    format!("its data are damaged ({why}): parts of it may be wrong")
}

fn read_with(
    file: &mut (impl BufRead + Seek),
    limits: Limits,
    is_strict: bool,
) -> Result<Raw, DecodeError> {
    file.rewind().map_err(|err| DecodeError::of_io(&err))?;
    let mut options = DecodeOptions::default();
    options.set_ignore_checksums(!is_strict);
    let mut decoder = Decoder::new_with_options(&mut *file, options);
    decoder.set_limits(png::Limits { bytes: MAX_BYTES });
    decoder.set_transformations(Transformations::EXPAND);
    decoder.set_ignore_text_chunk(true);
    let header = decoder.read_header_info().map_err(refusal)?;
    check_size(header.width, header.height, limits)?;
    let mut reader = decoder.read_info().map_err(refusal)?;
    let (width, height) = (reader.info().width as usize, reader.info().height as usize);
    let (color, depth) = reader.output_color_type();
    let passes: &[Pass] = if reader.info().interlaced { &ADAM7 } else { &WHOLE };
    let pixels = if depth == BitDepth::Sixteen {
        let mut pixels = vec![[0; 4]; width * height];
        let sample = |row: &[u8], idx: usize| u16::from_be_bytes([row[2 * idx], row[2 * idx + 1]]);
        let format = (color, solid_rgb16 as fn(&[u8], &mut [[u16; 4]]), u16::MAX);
        place(&mut reader, passes, (width, height), &mut pixels, format, sample)?;
        Pixels::Rgba16(pixels)
    } else {
        let mut pixels = vec![[0; 4]; width * height];
        let format = (color, solid_rgb8 as fn(&[u8], &mut [[u8; 4]]), u8::MAX);
        place(&mut reader, passes, (width, height), &mut pixels, format, |row, idx| row[idx])?;
        Pixels::Rgba8(pixels)
    };
    let mut warnings = Vec::new();
    // The pixels are all there: what follows are their checksum and metadata.
    match reader.finish().map_err(refusal) {
        Err(DecodeError::Damaged(why)) => warnings.push(damage_words(&why)),
        Err(_) => warnings.push("the file is cut off after its pixels".into()),
        Ok(()) => (),
    }
    let info = reader.info();
    if info.animation_control.is_some() {
        warnings.push("it is an animation: only its first picture is shown".into());
    }
    let orientation = orientation_in(info.exif_metadata.as_deref());
    let color_tag = color_of(info);
    Ok(Raw {
        width,
        height,
        pixels,
        channels: channels_of(color),
        bit_depth: if depth == BitDepth::Sixteen { 16 } else { 8 },
        has_alpha: matches!(color, ColorType::GrayscaleAlpha | ColorType::Rgba),
        orient: Orient::ToDo(orientation),
        color: checked(color_tag, file, &mut warnings),
        warnings,
    })
}

fn channels_of(color: ColorType) -> Channels {
    match color {
        ColorType::Grayscale | ColorType::GrayscaleAlpha => Channels::Grey,
        ColorType::Rgb | ColorType::Rgba | ColorType::Indexed => Channels::Rgb,
    }
}

/// A row's colours, what makes solid pixels of a whole row of red, green and blue, and full scale.
type RowFormat<Sample> = (ColorType, fn(&[u8], &mut [[Sample; 4]]), Sample);

/// Reads every row and puts its pixels where they belong.
fn place<Sample: Copy>(
    reader: &mut Reader<impl BufRead + Seek>,
    passes: &[Pass],
    (width, height): (usize, usize),
    pixels: &mut [[Sample; 4]],
    (color, solid, full): RowFormat<Sample>,
    sample: impl Fn(&[u8], usize) -> Sample,
) -> Result<(), DecodeError> {
    for pass in passes.iter().filter(|pass| pass.x < width && pass.y < height) {
        for y in (pass.y..height).step_by(pass.dy) {
            let row = reader.next_row().map_err(refusal)?.ok_or(DecodeError::Truncated)?;
            let row = row.data();
            let pixels = &mut pixels[y * width + pass.x..(y + 1) * width];
            if pass.dx == 1 && pass.x == 0 && color == ColorType::Rgb {
                solid(row, pixels);
                continue;
            }
            let pixels = pixels.iter_mut().step_by(pass.dx);
            match color {
                ColorType::Grayscale => pixels.enumerate().for_each(|(idx, pixel)| {
                    let grey = sample(row, idx);
                    *pixel = [grey, grey, grey, full];
                }),
                ColorType::GrayscaleAlpha => pixels.enumerate().for_each(|(idx, pixel)| {
                    let grey = sample(row, 2 * idx);
                    *pixel = [grey, grey, grey, sample(row, 2 * idx + 1)];
                }),
                ColorType::Rgb | ColorType::Indexed => {
                    pixels.enumerate().for_each(|(idx, pixel)| {
                        let [r, g, b] = [0, 1, 2].map(|c| sample(row, 3 * idx + c));
                        *pixel = [r, g, b, full];
                    });
                }
                ColorType::Rgba => pixels.enumerate().for_each(|(idx, pixel)| {
                    *pixel = [0, 1, 2, 3].map(|c| sample(row, 4 * idx + c));
                }),
            }
        }
    }
    Ok(())
}

/// What the chunks say of the colours; the first that is there counts (PNG, third edition, 4.3):
/// `cICP`, `iCCP`, `sRGB`, `gAMA` with `cHRM`.
fn color_of(info: &Info<'_>) -> ColorTag {
    if let Some(points) = info.coding_independent_code_points {
        let (primaries, transfer) = (points.color_primaries, points.transfer_function);
        return ColorTag::Cicp { primaries, transfer };
    }
    if let Some(icc) = &info.icc_profile {
        return ColorTag::Icc(Cow::clone(icc).into_owned());
    }
    if info.srgb.is_some() {
        return ColorTag::Srgb;
    }
    let Some(gamma) = info.gama_chunk else { return ColorTag::Unmarked };
    let chromaticities = info.chrm_chunk.map(|c| {
        let pair = |(x, y): (png::ScaledFloat, png::ScaledFloat)| {
            [f64::from(x.into_value()), f64::from(y.into_value())]
        };
        let [[wx, wy], [rx, ry], [gx, gy], [bx, by]] = [c.white, c.red, c.green, c.blue].map(pair);
        [wx, wy, rx, ry, gx, gy, bx, by]
    });
    ColorTag::Gamma { gamma: f64::from(gamma.into_value()), chromaticities }
}

/// The same, unless it only counts because the decoder passed over a profile.
fn checked(
    tag: ColorTag,
    file: &mut (impl BufRead + Seek),
    warnings: &mut Vec<String>,
) -> ColorTag {
    let counts_before = matches!(tag, ColorTag::Cicp { .. } | ColorTag::Icc(_));
    if counts_before || !has_chunk(file, *b"iCCP").unwrap_or(false) {
        return tag;
    }
    warnings.push(
        "its colour profile is damaged or too large to be read: the colours are taken for sRGB"
            .into(),
    );
    ColorTag::Unmarked
}

/// Whether the file has a chunk of this name before its pixels.
fn has_chunk(file: &mut (impl BufRead + Seek), name: [u8; 4]) -> std::io::Result<bool> {
    const SIGNATURE: u64 = 8;
    const CHECKSUM: i64 = 4;
    file.seek(SeekFrom::Start(SIGNATURE))?;
    loop {
        let mut head = [[0; 4]; 2];
        file.read_exact(head.as_flattened_mut())?;
        let [length, found] = head;
        if found == name || found == *b"IDAT" {
            return Ok(found == name);
        }
        file.seek(SeekFrom::Current(i64::from(u32::from_be_bytes(length)) + CHECKSUM))?;
    }
}

fn refusal(err: DecodingError) -> DecodeError {
    match err {
        DecodingError::IoError(io) => DecodeError::of_io(&io),
        other => {
            let why = other.to_string();
            let is_sum = why.contains("CRC") || why.contains("WrongChecksum");
            DecodeError::Damaged(if is_sum { "a checksum does not fit".into() } else { why })
        }
    }
}
