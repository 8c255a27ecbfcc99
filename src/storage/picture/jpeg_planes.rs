//! JPEG data by the decoder that reads components plane by plane: those with a scan for each
//! component, and those whose colour transform is stated elsewhere, as inside of a TIFF.

use jpeg_decoder::{ColorTransform, Decoder, Error, ImageInfo, PixelFormat, UnsupportedFeature};

use super::{DecodeError, Limits, Watch, raw::check_size, watch::Watched};

/// What a JPEG decodes to.
pub(super) struct Planes {
    /// Width in pixels.
    pub width: usize,
    /// Height in pixels.
    pub height: usize,
    /// Room for every pixel; the channels lie packed at the beginning.
    pub pixels: Vec<[u8; 4]>,
    /// 1, 3 or 4.
    pub n_channels: usize,
    pub icc: Option<Vec<u8>>,
    pub exif: Option<Vec<u8>>,
}

/// For four components that are to come as they are stored. The decoder's transform for them leaves
/// the components alone but turns them upside down, which is undone; with none at all it does not
/// put them side by side.
pub(super) const AS_STORED: ColorTransform = ColorTransform::CMYK;

/// Reads all pixels; `transform` says what the components are.
///
/// # Errors
/// See [`DecodeError`].
pub(super) fn read(
    bytes: &[u8],
    transform: ColorTransform,
    limits: Limits,
    watch: &dyn Watch,
) -> Result<Planes, DecodeError> {
    let (mut decoder, info) = open(bytes, limits, watch)?;
    decoder.set_color_transform(transform);
    let n_channels = match info.pixel_format {
        PixelFormat::L8 => 1,
        PixelFormat::RGB24 => 3,
        PixelFormat::CMYK32 => 4,
        PixelFormat::L16 => {
            return Err(DecodeError::Unsupported("this kind of JPEG (of 16 bits)".into()));
        }
    };
    let mut packed = decoder.decode().map_err(|err| refusal(err, watch))?;
    if transform == AS_STORED && n_channels == 4 {
        // What the decoder did to them.
        for value in &mut packed {
            *value = u8::MAX - *value;
        }
    }
    let (width, height) = (usize::from(info.width), usize::from(info.height));
    let mut pixels = vec![[0; 4]; width * height];
    let room = &mut pixels.as_flattened_mut()[..n_channels * width * height];
    if packed.len() != room.len() {
        return Err(DecodeError::Truncated);
    }
    room.copy_from_slice(&packed);
    let (icc, exif) = (decoder.icc_profile(), decoder.exif_data().map(<[u8]>::to_vec));
    Ok(Planes { width, height, pixels, n_channels, icc, exif })
}

/// Whether every scan has all its data, without making more than an eighth of the picture of it.
///
/// # Errors
/// See [`DecodeError`].
pub(super) fn check(bytes: &[u8], limits: Limits, watch: &dyn Watch) -> Result<(), DecodeError> {
    let (mut decoder, info) = open(bytes, limits, watch)?;
    let refusal = |err| refusal(err, watch);
    decoder.scale(info.width.div_ceil(8), info.height.div_ceil(8)).map_err(refusal)?;
    decoder.decode().map_err(refusal)?;
    Ok(())
}

type Opened<'a> = (Decoder<Watched<'a>>, ImageInfo);

fn open<'a>(
    bytes: &'a [u8],
    limits: Limits,
    watch: &'a dyn Watch,
) -> Result<Opened<'a>, DecodeError> {
    let mut decoder = Decoder::new(Watched::new(bytes, watch));
    decoder.read_info().map_err(|err| refusal(err, watch))?;
    let info = decoder.info().ok_or(DecodeError::Truncated)?;
    check_size(u32::from(info.width), u32::from(info.height), limits)?;
    Ok((decoder, info))
}

fn refusal(err: Error, watch: &dyn Watch) -> DecodeError {
    if watch.is_cancelled() {
        return DecodeError::Cancelled;
    }
    match err {
        Error::Io(io) => DecodeError::of_io(&io),
        Error::Unsupported(UnsupportedFeature::ComponentCount(n)) => {
            DecodeError::Unsupported(format!("this kind of JPEG (of {n} channels)"))
        }
        Error::Unsupported(what) => {
            DecodeError::Unsupported(format!("this kind of JPEG ({what:?})"))
        }
        other => DecodeError::Damaged(other.to_string()),
    }
}
