//! The markers of a JPEG (ITU-T T.81, annex B): which kind it is, and where its scans lie.

use std::{borrow::Cow, collections::BTreeMap};

use jpeg_decoder::ColorTransform;

use super::{DecodeError, jpeg_planes::AS_STORED};

const FIRST_FRAME: u8 = 0xC0;
const LAST_FRAME: u8 = 0xCF;
const PROGRESSIVE_FRAME: u8 = 0xC2;
const LOSSLESS_FRAME: u8 = 0xC3;
/// Markers among those of the frames that are none: tables, an extension, arithmetic conditioning.
const NO_FRAMES: [u8; 3] = [0xC4, 0xC8, 0xCC];
const FIRST_RESTART: u8 = 0xD0;
const LAST_RESTART: u8 = 0xD7;
const END_OF_IMAGE: u8 = 0xD9;
const START_OF_SCAN: u8 = 0xDA;
const APP2: u8 = 0xE2;
const APP14: u8 = 0xEE;

/// The frame header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Frame {
    marker: u8,
    /// Bits a sample.
    precision: u8,
    height: u16,
    n_components: u8,
    /// Whether the components are named by the letters R, G and B.
    is_named_rgb: bool,
    /// Whether some component is sampled more finely than the first, or three times as finely as
    /// another.
    is_sampled_oddly: bool,
}

impl Frame {
    fn of(marker: u8, body: &[u8]) -> Option<Self> {
        let &[precision, h0, h1, _, _, n_components, ref components @ ..] = body else {
            return None;
        };
        let height = u16::from_be_bytes([h0, h1]);
        let names = components.chunks(3).take(3).map(|component| component[0]);
        let is_named_rgb = n_components == 3 && names.eq(*b"RGB");
        let sampling = |component: &[u8]| component.get(1).map(|both| (both >> 4, both & 15));
        let all: Vec<(u8, u8)> =
            components.chunks(3).take(n_components.into()).filter_map(sampling).collect();
        let first = all.first().copied().unwrap_or((1, 1));
        let is_odd = |(across, down): &(u8, u8)| {
            *across > first.0 || *down > first.1 || *across == 3 || *down == 3
        };
        let is_sampled_oddly = all.iter().any(is_odd);
        Some(Self { marker, precision, height, n_components, is_named_rgb, is_sampled_oddly })
    }
}

/// What the markers say, and whether the picture has an end.
#[derive(Debug, Default)]
pub(super) struct Markers {
    frame: Option<Frame>,
    /// The colour transform that Adobe's marker names, where there is one.
    adobe: Option<u8>,
    pub has_icc: bool,
    /// Whether some scan lacks some of the components.
    has_partial_scans: bool,
    /// By component: which of its 64 coefficients a scan has brought to their last bit.
    finished: BTreeMap<u8, u64>,
    /// Where the entropy-coded data of each scan end.
    scan_ends: Vec<usize>,
    /// Where the end-of-image marker lies. A decoder fills what is missing with grey, which must
    /// never pass for a picture.
    pub end: Option<usize>,
}

/// The most scans that are looked at.
const MAX_SCANS: usize = 500;

impl Markers {
    /// Reads the markers up to the end of the image, or as far as the file makes sense.
    pub(super) fn of(bytes: &[u8]) -> Self {
        let mut markers = Self::default();
        let mut at = 2;
        while let Some(&[0xFF, marker, ref rest @ ..]) = bytes.get(at..) {
            match marker {
                0xFF => {
                    at += 1;
                    continue;
                }
                END_OF_IMAGE => {
                    markers.end = Some(at);
                    break;
                }
                FIRST_RESTART..=LAST_RESTART => {
                    at += 2;
                    continue;
                }
                _ => (),
            }
            let Some((&[high, low], body)) = rest.split_first_chunk() else { break };
            match (marker, body) {
                (FIRST_FRAME..=LAST_FRAME, body) if !NO_FRAMES.contains(&marker) => {
                    markers.frame = markers.frame.or(Frame::of(marker, body));
                }
                (START_OF_SCAN, body) => markers.note_scan(body),
                (APP2, body) => markers.has_icc |= body.starts_with(b"ICC_PROFILE\0"),
                (APP14, body) if body.starts_with(b"Adobe") => {
                    markers.adobe = body.get(11).copied();
                }
                _ => (),
            }
            at += 2 + usize::from(u16::from_be_bytes([high, low]));
            if marker == START_OF_SCAN {
                at = scan_end(bytes, at);
                markers.scan_ends.push(at);
                if markers.scan_ends.len() > MAX_SCANS {
                    break;
                }
            }
        }
        markers
    }

    /// Takes note of a scan header: its components, and which of their coefficients it completes.
    fn note_scan(&mut self, body: &[u8]) {
        let Some((&n_components, rest)) = body.split_first() else { return };
        let is_part = |frame: Frame| n_components < frame.n_components;
        self.has_partial_scans |= self.frame.is_some_and(is_part);
        let Some((components, [first, last, bits, ..])) =
            rest.split_at_checked(2 * usize::from(n_components))
        else {
            return;
        };
        // The low half of the last byte: how many bits are left to later scans.
        if bits % 16 == 0 && first <= last && *last < 64 {
            let brought = u64::MAX >> (63 - last) & u64::MAX << first;
            for component in components.chunks_exact(2) {
                *self.finished.entry(component[0]).or_default() |= brought;
            }
        }
    }

    /// Whether scans are missing that would bring the rest of a progressive picture's detail.
    pub(super) fn lacks_scans(&self) -> bool {
        let is_progressive = |frame: &Frame| frame.marker == PROGRESSIVE_FRAME;
        self.frame.filter(is_progressive).is_some_and(|frame| {
            let n_whole = self.finished.values().filter(|bits| **bits == u64::MAX).count();
            n_whole < usize::from(frame.n_components)
        })
    }

    /// Why this kind of JPEG cannot be read, if it cannot; damaged ones are not refused here.
    pub(super) fn refusal(&self) -> Option<DecodeError> {
        let frame = self.frame?;
        let kind = match (frame.marker, frame.precision) {
            (LOSSLESS_FRAME, _) => "lossless".into(),
            (0xC5..=0xC7 | 0xCD..=0xCF, _) => "hierarchical".into(),
            (0xC9..=0xCB, _) => "with arithmetic coding".into(),
            (_, 8) if frame.height == 0 => "whose height follows its first scan".into(),
            (_, 8) if self.scan_ends.len() > MAX_SCANS => {
                format!("of more than {MAX_SCANS} scans")
            }
            (_, 8) => return None,
            (_, precision) => format!("of {precision} bits a channel"),
        };
        Some(DecodeError::Unsupported(format!("this kind of JPEG ({kind})")))
    }

    /// Whether all coefficients of a block stand in one scan.
    pub(super) fn is_sequential(&self) -> bool {
        self.frame.is_some_and(|frame| frame.marker != PROGRESSIVE_FRAME)
    }

    /// Whether components have scans of their own though nothing is progressive.
    pub(super) fn has_separate_scans(&self) -> bool {
        self.is_sequential() && self.has_partial_scans
    }

    /// Whether components are sampled as hardly any program does it: colours more finely than
    /// lightness, or by threes.
    pub(super) fn is_sampled_oddly(&self) -> bool {
        self.frame.is_some_and(|frame| frame.is_sampled_oddly)
    }

    /// Whether Adobe's marker says that three components are red, green and blue as they are.
    pub(super) fn is_plain_rgb(&self) -> bool {
        self.adobe == Some(0) && self.frame.is_some_and(|frame| frame.n_components == 3)
    }

    /// Whether the components' names say so, and no marker says otherwise.
    fn is_named_rgb(&self) -> bool {
        self.adobe.is_none() && self.frame.is_some_and(|frame| frame.is_named_rgb)
    }

    /// Whether four components are inks of which the first three are stored as YCbCr.
    pub(super) fn is_ycck(&self) -> bool {
        self.adobe == Some(2)
    }

    /// What the components are, so that four of them come as they are stored.
    pub(super) fn transform(&self) -> ColorTransform {
        match self.frame.map(|frame| frame.n_components) {
            Some(1) => ColorTransform::Grayscale,
            Some(3) if self.is_plain_rgb() || self.is_named_rgb() => ColorTransform::RGB,
            Some(3) => ColorTransform::YCbCr,
            _ => AS_STORED,
        }
    }

    /// The file with bits at the end of each scan that no Huffman code begins with: all ones (T.81,
    /// annex C). A decoder that runs out of data before it has all pixels of a scan meets them and
    /// says so, where it would have taken the next marker for a reason to fill up with grey. To one
    /// that has all pixels they are padding.
    pub(super) fn fenced<'a>(&self, bytes: &'a [u8]) -> Cow<'a, [u8]> {
        /// One bits, each byte escaped.
        const FENCE: [u8; 32] = {
            let mut fence = [0xFF; 32];
            let mut idx = 1;
            while idx < fence.len() {
                fence[idx] = 0;
                idx += 2;
            }
            fence
        };
        let mut fenced = Vec::with_capacity(bytes.len() + FENCE.len() * self.scan_ends.len());
        let mut from = 0;
        for &end in &self.scan_ends {
            fenced.extend_from_slice(&bytes[from..end]);
            fenced.extend_from_slice(&FENCE);
            from = end;
        }
        fenced.extend_from_slice(&bytes[from..]);
        Cow::Owned(fenced)
    }
}

/// Where the data of a scan end that begin at `start`: at the first marker that is no restart. (A
/// marker cannot occur inside: its bytes are escaped there.)
fn scan_end(bytes: &[u8], start: usize) -> usize {
    let is_inside = |marker: u8| matches!(marker, 0 | 0xFF | FIRST_RESTART..=LAST_RESTART);
    let rest = bytes.get(start..).unwrap_or_default();
    let end = rest.windows(2).position(|pair| pair[0] == 0xFF && !is_inside(pair[1]));
    end.map_or(bytes.len(), |n| start + n)
}
