//! What each picture of `tests/pictures` must show.

/// The picture that a file is compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shows {
    /// `reference.png`.
    Colour,
    /// `reference.png` without its last three columns and its last row.
    Odd,
    /// `reference_alpha.png`.
    Alpha,
    /// `reference_grey.png`.
    Grey,
    /// `reference_grey.png` with its alpha.
    GreyAlpha,
    /// Nothing to compare with: few colours, or one of them transparent.
    Something,
}

/// One file.
pub(super) struct Expected {
    pub(super) name: &'static str,
    pub(super) shows: Shows,
    /// Bits a channel.
    pub(super) depth: u8,
    pub(super) has_alpha: bool,
    pub(super) orientation: u8,
    /// The most that a channel may differ, and the most that its mean may, in 8-bit levels.
    pub(super) within: (u8, f64),
    /// A word of the only warning; empty when there must be none.
    pub(super) warning: &'static str,
}

use Shows::{Alpha, Colour, Grey, GreyAlpha, Odd, Something};

const EXACT: (u8, f64) = (0, 0.0);
const ROUNDED: (u8, f64) = (1, 0.2);
/// Coded with loss at a high quality.
const LOSSY: (u8, f64) = (4, 0.6);
const AV1: (u8, f64) = (6, 0.75);
/// The same with colours stored at half the width, and at half the width and height.
const HALVED: (u8, f64) = (38, 0.8);
const QUARTERED: (u8, f64) = (57, 1.45);
/// With 256 colours, and with two.
const PALETTE: (u8, f64) = (3, 0.05);
const BILEVEL: (u8, f64) = (123, 68.0);

const fn of(name: &'static str, shows: Shows, depth: u8, within: (u8, f64)) -> Expected {
    let has_alpha = matches!(shows, Alpha | GreyAlpha);
    Expected { name, shows, depth, has_alpha, orientation: 1, within, warning: "" }
}

const fn turned(name: &'static str, orientation: u8, within: (u8, f64)) -> Expected {
    Expected { orientation, ..of(name, Colour, 8, within) }
}

const fn warned(mut expected: Expected, warning: &'static str) -> Expected {
    expected.warning = warning;
    expected
}

const fn transparent(mut expected: Expected) -> Expected {
    expected.has_alpha = true;
    expected
}

pub(super) const READ: &[Expected] = &[
    of("reference.png", Colour, 8, EXACT),
    of("reference16.png", Colour, 16, ROUNDED),
    of("reference_alpha.png", Alpha, 8, EXACT),
    of("reference_grey.png", Grey, 8, EXACT),
    of("png_grey1.png", Grey, 8, BILEVEL),
    of("png_grey2.png", Grey, 8, (38, 8.9)),
    of("png_grey4.png", Grey, 8, (9, 4.0)),
    of("png_grey8.png", Grey, 8, EXACT),
    of("png_grey16.png", Grey, 16, ROUNDED),
    of("png_grey_alpha8.png", GreyAlpha, 8, EXACT),
    of("png_grey_alpha16.png", GreyAlpha, 16, EXACT),
    of("png_rgba16.png", Alpha, 16, EXACT),
    of("png_palette1.png", Something, 8, LOSSY),
    of("png_palette2.png", Something, 8, LOSSY),
    of("png_palette4.png", Colour, 8, (16, 1.9)),
    of("png_palette4_interlaced.png", Colour, 8, (16, 1.9)),
    of("png_palette8.png", Colour, 8, PALETTE),
    transparent(of("png_palette4_trns.png", Something, 8, LOSSY)),
    transparent(of("png_rgb_trns.png", Something, 8, LOSSY)),
    of("png_grey1_interlaced.png", Grey, 8, BILEVEL),
    of("png_rgb_interlaced.png", Colour, 8, EXACT),
    of("png_rgb_interlaced_odd.png", Odd, 8, EXACT),
    of("png_rgba16_interlaced.png", Alpha, 16, EXACT),
    turned("png_orientation1.png", 1, EXACT),
    turned("png_orientation2.png", 2, EXACT),
    turned("png_orientation3.png", 3, EXACT),
    turned("png_orientation4.png", 4, EXACT),
    turned("png_orientation5.png", 5, EXACT),
    turned("png_orientation6.png", 6, EXACT),
    turned("png_orientation7.png", 7, EXACT),
    turned("png_orientation8.png", 8, EXACT),
    turned("png_orientation6_after_idat.png", 6, EXACT),
    warned(of("png_animated.png", Colour, 8, EXACT), "animation"),
    of("png_gamma_chroma.png", Colour, 16, ROUNDED),
    of("png_gamma_linear.png", Colour, 16, ROUNDED),
    of("png_srgb_chunk.png", Colour, 8, EXACT),
    of("png_cicp_p3.png", Colour, 16, ROUNDED),
    of("png_icc_p3.png", Colour, 8, ROUNDED),
    of("png_icc_adobe.png", Colour, 8, ROUNDED),
    of("png_icc_prophoto.png", Colour, 16, ROUNDED),
    of("png_icc_rec2020.png", Colour, 16, ROUNDED),
    of("png_icc_swapped.png", Colour, 8, EXACT),
    of("png_icc_srgb.png", Colour, 8, EXACT),
    of("png_icc_table.png", Colour, 8, EXACT),
    of("png_icc_grey.png", Grey, 16, ROUNDED),
    warned(of("png_icc_p3_clipped.png", Something, 8, LOSSY), "25.0 % of its pixels"),
    warned(of("png_icc_bomb.png", Colour, 8, EXACT), "profile is damaged or too large"),
    of("png_text_bomb.png", Colour, 8, EXACT),
    warned(of("png_icc_broken.png", Colour, 8, EXACT), "cannot be read"),
    of("jpeg_444.jpg", Colour, 8, LOSSY),
    of("jpeg_422.jpg", Colour, 8, HALVED),
    of("jpeg_420.jpg", Colour, 8, QUARTERED),
    of("jpeg_progressive.jpg", Colour, 8, LOSSY),
    of("jpeg_restart.jpg", Colour, 8, LOSSY),
    of("jpeg_grey.jpg", Grey, 8, LOSSY),
    of("jpeg_rgb.jpg", Colour, 8, LOSSY),
    of("jpeg_separate_444.jpg", Colour, 8, LOSSY),
    of("jpeg_separate_420.jpg", Colour, 8, QUARTERED),
    of("jpeg_separate_420_odd.jpg", Odd, 8, QUARTERED),
    of("jpeg_separate_chroma_first.jpg", Colour, 8, HALVED),
    of("jpeg_luma_apart.jpg", Colour, 8, QUARTERED),
    of("jpeg_progressive_420_odd.jpg", Odd, 8, QUARTERED),
    of("jpeg_rgb_adobe.jpg", Colour, 8, LOSSY),
    turned("jpeg_orientation1.jpg", 1, LOSSY),
    turned("jpeg_orientation2.jpg", 2, LOSSY),
    turned("jpeg_orientation3.jpg", 3, LOSSY),
    turned("jpeg_orientation4.jpg", 4, LOSSY),
    turned("jpeg_orientation5.jpg", 5, LOSSY),
    turned("jpeg_orientation6.jpg", 6, LOSSY),
    turned("jpeg_orientation7.jpg", 7, LOSSY),
    turned("jpeg_orientation8.jpg", 8, LOSSY),
    of("jpeg_icc_p3.jpg", Colour, 8, LOSSY),
    of("jpeg_icc_long.jpg", Colour, 8, LOSSY),
    warned(of("jpeg_cmyk.jpg", Colour, 8, LOSSY), "inks"),
    of("jpeg_cmyk_icc.jpg", Colour, 8, LOSSY),
    warned(of("jpeg_cmyk_no_marker.jpg", Colour, 8, LOSSY), "inks"),
    warned(of("jpeg_ycck.jpg", Colour, 8, QUARTERED), "inks"),
    of("webp_lossless.webp", Colour, 8, EXACT),
    of("webp_lossless_alpha.webp", Alpha, 8, EXACT),
    of("webp_lossy.webp", Colour, 8, QUARTERED),
    of("webp_lossy_alpha.webp", Alpha, 8, QUARTERED),
    warned(of("webp_animated.webp", Colour, 8, EXACT), "animation"),
    turned("webp_orientation6.webp", 6, EXACT),
    of("webp_icc_p3.webp", Colour, 8, ROUNDED),
    of("webp_odd.webp", Odd, 8, EXACT),
    of("tiff_rgb.tif", Colour, 8, EXACT),
    of("tiff_lzw.tif", Colour, 8, EXACT),
    of("tiff_deflate.tif", Colour, 8, EXACT),
    of("tiff_packbits.tif", Colour, 8, EXACT),
    of("tiff_predictor.tif", Colour, 8, EXACT),
    of("tiff_tiled.tif", Colour, 8, EXACT),
    of("tiff_tiled_odd.tif", Odd, 8, EXACT),
    of("tiff_tiled_lzw.tif", Colour, 8, EXACT),
    of("tiff_rgb16.tif", Colour, 16, ROUNDED),
    of("tiff_rgb16_big_endian.tif", Colour, 16, ROUNDED),
    of("tiff_grey.tif", Grey, 8, EXACT),
    of("tiff_grey16.tif", Grey, 16, EXACT),
    of("tiff_white_is_zero.tif", Grey, 8, EXACT),
    of("tiff_rgba.tif", Alpha, 8, EXACT),
    of("tiff_planar.tif", Colour, 8, EXACT),
    of("tiff_big.tif", Colour, 8, EXACT),
    warned(of("tiff_pages.tif", Colour, 8, EXACT), "several pictures"),
    of("tiff_icc_p3.tif", Colour, 8, ROUNDED),
    warned(of("tiff_cmyk.tif", Colour, 8, EXACT), "inks"),
    of("tiff_palette.tif", Colour, 8, PALETTE),
    of("tiff_tiled_lzw_odd.tif", Odd, 8, EXACT),
    of("tiff_tiled_planar.tif", Odd, 8, EXACT),
    of("tiff_planar16_big_endian.tif", Colour, 16, ROUNDED),
    of("tiff_strips.tif", Colour, 8, EXACT),
    of("tiff_associated.tif", Alpha, 8, (2, 0.3)),
    of("tiff_associated16.tif", Alpha, 16, ROUNDED),
    warned(of("tiff_unknown_channel.tif", Colour, 8, EXACT), "no stated meaning"),
    of("tiff_grey_alpha.tif", GreyAlpha, 8, EXACT),
    of("tiff_jpeg_ycbcr.tif", Colour, 8, LOSSY),
    of("tiff_jpeg_420.tif", Colour, 8, QUARTERED),
    of("tiff_jpeg_tables.tif", Colour, 8, LOSSY),
    of("tiff_grey4.tif", Grey, 8, (9, 4.0)),
    of("tiff_grey12.tif", Grey, 16, ROUNDED),
    of("tiff_bits_reversed.tif", Grey, 8, BILEVEL),
    of("tiff_cmyk_icc.tif", Colour, 8, LOSSY),
    warned(of("tiff_cmyk16.tif", Colour, 16, ROUNDED), "inks"),
    of("tiff_thumbnail_first.tif", Colour, 8, EXACT),
    of("bmp_icc_p3.bmp", Colour, 8, ROUNDED),
    of("gif_still_with_loop.gif", Colour, 8, PALETTE),
    warned(of("gif_played_once.gif", Colour, 8, PALETTE), "animation"),
    of("tiff_bilevel.tif", Grey, 8, BILEVEL),
    turned("tiff_orientation1.tif", 1, EXACT),
    turned("tiff_orientation2.tif", 2, EXACT),
    turned("tiff_orientation3.tif", 3, EXACT),
    turned("tiff_orientation4.tif", 4, EXACT),
    turned("tiff_orientation5.tif", 5, EXACT),
    turned("tiff_orientation6.tif", 6, EXACT),
    turned("tiff_orientation7.tif", 7, EXACT),
    turned("tiff_orientation8.tif", 8, EXACT),
    of("bmp_24.bmp", Colour, 8, EXACT),
    of("bmp_32.bmp", Colour, 8, EXACT),
    of("bmp_palette.bmp", Colour, 8, PALETTE),
    of("bmp_1.bmp", Grey, 8, BILEVEL),
    of("gif_plain.gif", Colour, 8, PALETTE),
    of("gif_interlaced.gif", Colour, 8, PALETTE),
    warned(of("gif_animated.gif", Colour, 8, PALETTE), "animation"),
    of("qoi_rgb.qoi", Colour, 8, EXACT),
    of("qoi_rgba.qoi", Alpha, 8, EXACT),
    of("jxl_lossless.jxl", Colour, 8, EXACT),
    of("jxl_container.jxl", Colour, 8, EXACT),
    of("jxl_lossy.jxl", Colour, 8, (10, 0.6)),
    of("jxl_16.jxl", Colour, 16, ROUNDED),
    of("jxl_grey.jxl", Grey, 8, EXACT),
    of("jxl_alpha.jxl", Alpha, 8, EXACT),
    of("avif_444.avif", Colour, 8, AV1),
    of("avif_422.avif", Colour, 8, (37, 1.0)),
    of("avif_420.avif", Colour, 8, QUARTERED),
    of("avif_alpha.avif", Alpha, 8, AV1),
    of("avif_odd.avif", Odd, 8, QUARTERED),
    of("avif_limited.avif", Colour, 8, AV1),
    turned("avif_orientation2.avif", 2, AV1),
    turned("avif_orientation3.avif", 3, AV1),
    turned("avif_orientation5.avif", 5, AV1),
    turned("avif_orientation6.avif", 6, AV1),
    turned("avif_orientation7.avif", 7, AV1),
    turned("avif_orientation8.avif", 8, AV1),
    of("avif_icc_p3.avif", Colour, 8, AV1),
    of("avif_10.avif", Colour, 16, ROUNDED),
    of("avif_grey.avif", Grey, 8, EXACT),
    of("jpeg_called.png", Colour, 8, LOSSY),
];

/// Files that are refused, and a word of the refusal.
pub(super) const REFUSED: &[(&str, &str)] = &[
    ("tiff_float.tif", "floating-point"),
    ("tiff_lab.tif", "L*a*b*"),
    ("tiff_zstd.tif", "Zstandard"),
    ("jpeg_arithmetic.jpg", "arithmetic"),
    ("jpeg_12bit.jpg", "12 bits"),
    ("jpeg_lossless.jpg", "lossless"),
    ("heic.heic", "HEIC"),
    ("photoshop.psd", "Photoshop"),
    ("jpeg2000.jp2", "JPEG 2000"),
    ("hdr.hdr", "Radiance"),
    ("openexr.exr", "OpenEXR"),
    ("icon.ico", "ICO"),
    ("pnm.ppm", "PNM"),
    ("svg.svg", "SVG"),
    ("pdf.pdf", "PDF"),
    ("empty.png", "not a picture"),
    ("text.png", "not a picture"),
    ("huge.png", "60000x60000"),
    ("huge.jpg", "65500x65500"),
    ("huge.qoi", "60000x60000"),
    ("huge.bmp", "60000x60000"),
    ("huge.tif", "100000x100000"),
];

/// What files say of their colours, as told to the user.
pub(super) const PROFILES: &[(&str, Option<&str>)] = &[
    ("reference.png", None),
    ("png_srgb_chunk.png", Some("sRGB")),
    ("png_icc_srgb.png", Some("sRGB")),
    ("png_icc_p3.png", Some("Display P3")),
    ("png_icc_adobe.png", Some("Adobe RGB (1998)")),
    ("png_icc_prophoto.png", Some("ProPhoto RGB")),
    ("png_icc_rec2020.png", Some("Rec. 2020")),
    ("png_icc_grey.png", Some("grey 1.8")),
    ("png_icc_broken.png", None),
    ("png_cicp_p3.png", Some("Display P3 (cICP)")),
    ("png_gamma_linear.png", Some("gamma 1 (gAMA)")),
    ("jpeg_icc_long.jpg", Some("Display P3")),
    ("jpeg_cmyk_icc.jpg", Some("four inks")),
    ("webp_icc_p3.webp", Some("Display P3")),
    ("tiff_icc_p3.tif", Some("Display P3")),
    ("tiff_cmyk_icc.tif", Some("four inks")),
    ("bmp_icc_p3.bmp", Some("Display P3")),
    ("avif_icc_p3.avif", Some("Display P3")),
    ("jxl_lossless.jxl", Some("sRGB")),
];
