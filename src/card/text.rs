//! Setting and drawing text with the bundled fonts, so that a card is the same everywhere.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use parley::{
    Alignment, AlignmentOptions, FontContext, FontFamily, FontWeight, Layout, LayoutContext,
    LineHeight, PositionedLayoutItem, StyleProperty,
    fontique::{Blob, Collection, CollectionOptions},
};
use vello_cpu::{
    Glyph, RenderContext, Resources,
    color::{AlphaColor, Srgb},
    kurbo::Affine,
};

use super::scene::{Align, Scene, TextStyle, Tone};

/// Inter Regular (SIL Open Font License 1.1).
pub const FONT_REGULAR: &[u8] = include_bytes!("../../assets/fonts/Inter_400Regular.ttf");
/// Inter `SemiBold` (SIL Open Font License 1.1).
pub const FONT_SEMIBOLD: &[u8] = include_bytes!("../../assets/fonts/Inter_600SemiBold.ttf");

/// Line height in font sizes.
pub(super) const LINE_HEIGHT: f32 = 1.25;
const ELLIPSIS: char = '…';

/// The fonts, and the scratch space that setting text needs. Text is set in the bundled fonts; one that
/// they lack characters of is set with the system's, which is to be said: see [`foreign_characters`].
pub struct Typesetter {
    bundled: FontContext,
    /// The bundled fonts and the system's, once something needs them.
    all: Option<FontContext>,
    layouts: LayoutContext<()>,
    /// Characters beyond ASCII that were looked for, and whether the bundled fonts have them.
    known: BTreeMap<char, bool>,
}

fn fonts(has_system: bool) -> FontContext {
    let options = CollectionOptions { shared: false, system_fonts: has_system };
    let mut collection = Collection::new(options);
    for font in [FONT_REGULAR, FONT_SEMIBOLD] {
        collection.register_fonts(Blob::new(Arc::new(font)), None);
    }
    FontContext { collection, ..FontContext::new() }
}

impl Default for Typesetter {
    fn default() -> Self {
        let known = BTreeMap::new();
        Self { bundled: fonts(false), all: None, layouts: LayoutContext::new(), known }
    }
}

/// The characters of a scene that the bundled fonts lack, in the order of their codes.
#[must_use]
pub fn foreign_characters(scene: &Scene) -> Vec<char> {
    let mut typesetter = Typesetter::default();
    let painted = scene.items.iter().filter(|item| item.style.is_some());
    let all: BTreeSet<char> = painted.flat_map(|item| item.text.chars()).collect();
    all.into_iter().filter(|c| !typesetter.has(*c)).collect()
}

impl Typesetter {
    /// Whether the bundled fonts have a character.
    fn has(&mut self, character: char) -> bool {
        let is_ink = !character.is_control() && !character.is_whitespace();
        if character.is_ascii() || !is_ink {
            return true;
        }
        if let Some(is_known) = self.known.get(&character) {
            return *is_known;
        }
        let text = character.to_string();
        let style = TextStyle { size: 16.0, tone: Tone::Plain, align: Align::Left };
        let layout = set(&mut self.bundled, &mut self.layouts, &text, style, f32::MAX);
        let has = glyphs(&layout).all(|glyph| glyph.id != 0);
        self.known.insert(character, has);
        has
    }

    pub(super) fn layout(&mut self, text: &str, style: TextStyle, width: f32) -> Layout<()> {
        let has_all = text.chars().all(|c| self.has(c));
        let fonts =
            if has_all { &mut self.bundled } else { self.all.get_or_insert_with(|| fonts(true)) };
        set(fonts, &mut self.layouts, text, style, width)
    }

    /// The number of lines `text` takes in `width`, or more than the most a label takes when a
    /// word is wider than a line.
    pub(super) fn n_lines(&mut self, text: &str, style: TextStyle, width: f32) -> usize {
        let layout = self.layout(text, style, width);
        if layout.width() > width { usize::MAX } else { layout.len() }
    }

    /// `text`, or as much of its two ends round an ellipsis as the lines hold.
    pub(super) fn shortened_to(
        &mut self,
        text: &str,
        style: TextStyle,
        width: f32,
        n_lines: usize,
    ) -> String {
        if self.n_lines(text, style, width) <= n_lines {
            return text.to_owned();
        }
        let chars: Vec<char> = text.chars().collect();
        let with = |kept: usize| {
            let head: String = chars[..kept.div_ceil(2)].iter().collect();
            let tail: String = chars[chars.len() - kept / 2..].iter().collect();
            format!("{}{ELLIPSIS}{}", head.trim_end(), tail.trim_start())
        };
        let (mut fits, mut fails) = (0, chars.len());
        while fails - fits > 1 {
            let middle = usize::midpoint(fits, fails);
            if self.n_lines(&with(middle), style, width) <= n_lines {
                fits = middle;
            } else {
                fails = middle;
            }
        }
        with(fits)
    }

    /// Draws `text` with the top left of its box at `at`.
    pub(super) fn draw(
        &mut self,
        canvas: &mut RenderContext,
        resources: &mut Resources,
        text: &str,
        style: TextStyle,
        (x, y, width): (f64, f64, f32),
        color: AlphaColor<Srgb>,
    ) {
        let layout = self.layout(text, style, width);
        canvas.set_transform(Affine::translate((x, y)));
        canvas.set_paint(color);
        for item in layout.lines().flat_map(|line| line.items().collect::<Vec<_>>()) {
            let PositionedLayoutItem::GlyphRun(run) = item else { continue };
            let glyphs: Vec<_> = run
                .positioned_glyphs()
                .map(|glyph| Glyph { id: glyph.id, x: glyph.x, y: glyph.y })
                .collect();
            canvas
                .glyph_run(resources, run.run().font())
                .font_size(run.run().font_size())
                .hint(false)
                .normalized_coords(run.run().normalized_coords())
                .fill_glyphs(glyphs.into_iter());
        }
        canvas.reset_transform();
    }
}

fn set(
    fonts: &mut FontContext,
    layouts: &mut LayoutContext<()>,
    text: &str,
    style: TextStyle,
    width: f32,
) -> Layout<()> {
    let mut builder = layouts.ranged_builder(fonts, text, 1.0, true);
    let weight = match style.tone {
        Tone::Leading => FontWeight::SEMI_BOLD,
        Tone::Plain | Tone::Secondary => FontWeight::NORMAL,
    };
    builder.push_default(StyleProperty::FontSize(style.size));
    builder.push_default(StyleProperty::FontFamily(FontFamily::named("Inter")));
    builder.push_default(StyleProperty::FontWeight(weight));
    builder.push_default(StyleProperty::LineHeight(LineHeight::FontSizeRelative(LINE_HEIGHT)));
    let mut layout = builder.build(text);
    layout.break_all_lines(Some(width));
    let alignment = match style.align {
        Align::Left => Alignment::Left,
        Align::Middle => Alignment::Center,
        Align::Right => Alignment::Right,
    };
    layout.align(alignment, AlignmentOptions::default());
    layout
}

/// The glyphs of a layout.
fn glyphs(layout: &Layout<()>) -> impl Iterator<Item = parley::Glyph> + '_ {
    layout.lines().flat_map(|line| {
        let runs = line.items().filter_map(|item| match item {
            PositionedLayoutItem::GlyphRun(run) => Some(run.glyphs().collect::<Vec<_>>()),
            PositionedLayoutItem::InlineBox(_) => None,
        });
        runs.flatten().collect::<Vec<_>>()
    })
}
