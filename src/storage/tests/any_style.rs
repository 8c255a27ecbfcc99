//! Cards of any style, for tests of what files keep.

use proptest::prelude::*;

use crate::{
    document::{
        Brand, CardStyle, CardWords, Corner, Crop, FindingId, FooterFields, Kind, Layout, LeftOut,
        LoupeId, PerSide, Preset, Source, Theme,
    },
    geometry::{Channel, Kernel, Look},
};

fn any_preset() -> impl Strategy<Value = Preset> {
    let sides = [1..=16_384_u32, 1..=16_384, 0..=900, 0..=900, 0..=200, 0..=200];
    (any::<String>(), sides, proptest::option::of(any::<u64>()), any::<bool>()).prop_map(
        |(name, [width, height, margin_x, margin_y, hidden_x, hidden_y], max_bytes, is_native)| {
            Preset {
                name,
                width,
                height,
                margin_x,
                margin_y,
                hidden_x,
                hidden_y,
                max_bytes,
                is_native,
            }
        },
    )
}

fn any_crop() -> impl Strategy<Value = Option<Crop>> {
    let crop = ((-3.0..3.0, -3.0..3.0), (0.01..9.0, 0.01..9.0), any::<bool>());
    proptest::option::of(crop.prop_map(|(middle, size, on_face)| {
        if on_face { Crop::Face { middle, size } } else { Crop::Area { middle, size } }
    }))
}

fn any_words() -> impl Strategy<Value = CardWords> {
    let alt_text = proptest::option::of(any::<String>());
    (any::<[String; 3]>(), alt_text).prop_map(|([title, subtitle, remark], alt_text)| CardWords {
        title,
        subtitle,
        remark,
        alt_text,
    })
}

fn any_brand(picture: impl Strategy<Value = Option<Source>>) -> impl Strategy<Value = Brand> {
    let corner = proptest::sample::select(&Corner::ALL[..]);
    (any::<String>(), picture, corner).prop_map(|(text, picture, corner)| Brand {
        text,
        picture,
        corner,
    })
}

/// A style that leaves out of four loupes and findings at most; what a document does not have is to be
/// taken away.
pub(super) fn any_style(
    picture: impl Strategy<Value = Option<Source>>,
) -> impl Strategy<Value = CardStyle> {
    let what = (
        any_preset(),
        proptest::sample::select(&Layout::ALL[..]),
        proptest::sample::select(&Kernel::ALL[..]),
        any::<bool>(),
    );
    let colors = (
        proptest::sample::select(&Theme::ALL[..]),
        proptest::option::of((any::<[u8; 3]>(), any::<[u8; 3]>())),
    );
    let left_out = (any::<[bool; 4]>(), any::<[bool; 4]>());
    let rest = (any::<[bool; 4]>(), left_out, any::<String>());
    (what, colors, any_crop(), any_words(), any_brand(picture), rest).prop_map(
        |((preset, layout, kernel, has_look), (theme, accents), crop, words, brand, rest)| {
            let ([kinds, axis, hashes, program], (loupes, findings), file_pattern) = rest;
            let chosen =
                |flags: [bool; 4]| (0..).zip(flags).filter_map(|(id, on)| on.then_some(id));
            let look = Look { channel: Channel::Chroma, exposure: 0.5, contrast: 2.0 };
            CardStyle {
                preset,
                layout,
                kernel,
                look: if has_look { look } else { Look::default() },
                theme,
                accents: accents.map(|(a, b)| PerSide::new(a, b)),
                crop,
                words,
                brand,
                footer: FooterFields { kinds, axis, hashes, program },
                left_out: LeftOut {
                    loupes: chosen(loupes).map(LoupeId).collect(),
                    findings: chosen(findings).map(FindingId).collect(),
                },
                file_pattern,
            }
        },
    )
}

pub(super) fn any_kinds() -> impl Strategy<Value = PerSide<Option<Kind>>> {
    let kind = || proptest::option::of(proptest::sample::select(&Kind::ALL[..]));
    (kind(), kind()).prop_map(|(a, b)| PerSide::new(a, b))
}
