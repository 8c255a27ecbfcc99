//! What stands where on a card.

use super::{
    composer::{f32_of, f64_of, whole},
    palette::Palette,
};
use crate::{
    document::Side,
    geometry::{Look, Output, OutputPoint, Similarity},
    raster::View,
};

/// An upright rectangle of whole card pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CardRect {
    /// Pixels from the left edge.
    pub x: usize,
    /// Pixels from the top edge.
    pub y: usize,
    /// Width in pixels.
    pub width: usize,
    /// Height in pixels.
    pub height: usize,
}

impl CardRect {
    /// The column right of this one.
    #[must_use]
    pub const fn right(&self) -> usize {
        self.x + self.width
    }

    /// The row below this one.
    #[must_use]
    pub const fn bottom(&self) -> usize {
        self.y + self.height
    }
}

/// What an item is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ItemKind {
    /// What the card is called.
    Title,
    /// The line under the title.
    Subtitle,
    /// Which of several pictures it is, and of how many.
    Page,
    /// The author's mark: a text, or the place of its picture.
    Brand,
    /// A side's large picture.
    Panel,
    /// A side's name with its letter.
    Label,
    /// One half of a loupe pair.
    Loupe,
    /// A loupe pair's region.
    LoupeName,
    /// A loupe pair's magnification, A then B.
    LoupeMagnification,
    /// A finding's number beside a panel, its leader line and its outline on it.
    Callout,
    /// A finding's number and words.
    Legend,
    /// What a column of verdicts answers.
    ColumnHead,
    /// The region of a row of verdicts, or what is asked of it.
    RowHead,
    /// An answer: a side's letter, or a word.
    Verdict,
    /// How often each answer was given, or that nothing was.
    Summary,
    /// A line between rows.
    Rule,
    /// What the author adds.
    Remark,
    /// What the pictures are and how they were made.
    Footer,
    /// The program's name.
    Mark,
}

impl ItemKind {
    /// The name in the scene that `export --json` prints.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Subtitle => "subtitle",
            Self::Page => "page",
            Self::Brand => "brand",
            Self::Panel => "panel",
            Self::Label => "label",
            Self::Loupe => "loupe",
            Self::LoupeName => "loupe name",
            Self::LoupeMagnification => "loupe magnification",
            Self::Callout => "callout",
            Self::Legend => "legend",
            Self::ColumnHead => "column head",
            Self::RowHead => "row head",
            Self::Verdict => "verdict",
            Self::Summary => "summary",
            Self::Rule => "rule",
            Self::Remark => "remark",
            Self::Footer => "footer",
            Self::Mark => "mark",
        }
    }
}

/// How important a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// It leads: semibold, full contrast.
    Leading,
    /// It is read: regular, full contrast.
    Plain,
    /// It explains: regular, secondary contrast.
    Secondary,
}

/// How a text is set.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TextStyle {
    /// Font size in card pixels.
    pub size: f32,
    /// Its weight and colour.
    pub tone: Tone,
    /// Where in its rectangle it stands.
    pub align: Align,
}

/// Where a text stands in its rectangle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// From the left edge on.
    Left,
    /// In the middle.
    Middle,
    /// Up to the right edge.
    Right,
}

/// A line over the pictures, in card pixels.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// Its points.
    pub points: Vec<(f64, f64)>,
    /// Whether the last one is joined to the first.
    pub is_closed: bool,
}

/// One thing on the card.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// What it is.
    pub kind: ItemKind,
    /// Whose it is, where it belongs to one side.
    pub side: Option<Side>,
    /// Where it stands; text lies inside.
    pub rect: CardRect,
    /// What it says, or the region it shows.
    pub text: String,
    /// How the text is set; `None` where the text is not painted.
    pub style: Option<TextStyle>,
    /// What it shows; `None` for plain text.
    pub view: Option<View>,
    /// Lines that belong to it, drawn over the pictures.
    pub lines: Vec<Line>,
}

impl CardRect {
    /// The same rectangle on a card this many times as large, its edges on whole pixels.
    fn scaled(self, factor: f64) -> Self {
        let at = |edge: usize| whole(f64_of(edge) * factor);
        let (x, y) = (at(self.x), at(self.y));
        let length = |from: usize, to: usize| to.saturating_sub(from).max(1);
        Self { x, y, width: length(x, at(self.right())), height: length(y, at(self.bottom())) }
    }
}

impl Scene {
    /// The same scene on a card this many times as large, such as one at the size of the screen. Every
    /// picture comes straight from its source here, too; pictures lie within half a pixel of their place.
    #[must_use]
    pub fn scaled(&self, factor: f64) -> Self {
        let rect = CardRect { x: 0, y: 0, width: self.width, height: self.height }.scaled(factor);
        let item = |item: &Item| {
            let rect = item.rect.scaled(factor);
            let size = |style: TextStyle| TextStyle { size: style.size * f32_of(factor), ..style };
            let line = |line: &Line| Line {
                points: line.points.iter().map(|(x, y)| (x * factor, y * factor)).collect(),
                ..*line
            };
            let view = |view: &View| {
                let corner = OutputPoint::new(0.0, 0.0);
                let card_from_screen: Similarity<Output, Output> =
                    Similarity::about(1.0 / factor, 0.0, corner, corner);
                View {
                    source_from_output: view.source_from_output.after(card_from_screen),
                    width: rect.width,
                    height: rect.height,
                    ..view.clone()
                }
            };
            Item {
                rect,
                style: item.style.map(size),
                view: item.view.as_ref().map(view),
                lines: item.lines.iter().map(line).collect(),
                ..item.clone()
            }
        };
        Self {
            width: rect.width,
            height: rect.height,
            unit: self.unit * factor,
            items: self.items.iter().map(item).collect(),
            ..self.clone()
        }
    }
}

/// A whole card, in painting order.
#[derive(Clone, Debug, PartialEq)]
pub struct Scene {
    /// Width in pixels.
    pub width: usize,
    /// Height in pixels.
    pub height: usize,
    /// Card pixels a unit of type: 1 on a card 1080 wide.
    pub unit: f64,
    /// How the pictures look.
    pub look: Look,
    /// Its colours.
    pub palette: Palette,
    /// What its file's name has behind the card's, where there are several: `1`, `a`.
    pub suffix: Option<String>,
    /// Everything on it.
    pub items: Vec<Item>,
}
