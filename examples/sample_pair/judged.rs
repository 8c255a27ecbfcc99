//! The session of the pair: its pictures marked, aligned, and judged for what is known of them.

use std::{error::Error, path::Path};

use diptych::{
    document::{Answer, Confidence, Document, Edit, Finding, FindingEdit, Severity, Side, Verdict},
    geometry::{ImagePoint, Rect, Shape},
    session::{Command, Session, run_to_quiet},
    storage::{Library, RecentSessions},
};

use crate::maths::Point;
use crate::pose;
use crate::view::View;

/// The outline of something known, on the face.
enum Spot {
    /// Middle and half axes.
    Ellipse(Point, Point),
    /// Middle and half sides.
    Upright(Point, Point),
    /// A line drawn by hand.
    Stroke(&'static [Point]),
    /// From tail to tip.
    Arrow(Point, Point),
    /// One place.
    Pin(Point),
}

/// Something known of one of the pictures.
struct Known {
    on: Side,
    code: &'static str,
    is_strength: bool,
    spot: Spot,
    severity: u8,
    confidence: Confidence,
    note: &'static str,
}

/// A defect.
const fn defect(
    on: Side,
    code: &'static str,
    spot: Spot,
    (severity, confidence): (u8, Confidence),
    note: &'static str,
) -> Known {
    Known { on, code, is_strength: false, spot, severity, confidence, note }
}

/// What speaks for a picture.
const fn strength(on: Side, code: &'static str, spot: Spot, note: &'static str) -> Known {
    Known { on, code, is_strength: true, spot, severity: 0, confidence: Clear, note }
}

use Confidence::{Clear, Probable};
use Side::{A, B};
use Spot::{Arrow, Ellipse, Pin, Stroke, Upright};

/// What the finishes are known to differ in, each at its place.
const KNOWN: [Known; 17] = [
    defect(
        A,
        "TEE-A3",
        Upright([0.0, 0.088], [0.27, 0.065]),
        (4, Clear),
        "The crowns run together from canine to canine; no gap at the biting edges.",
    ),
    defect(
        A,
        "TEE-S1",
        Ellipse([0.07, 0.090], [0.062, 0.054]),
        (4, Clear),
        "Paper white from neck to edge, and as white on the canines.",
    ),
    defect(
        A,
        "TEE-S2",
        Stroke(&[[-0.13, 0.133], [-0.07, 0.140], [0.0, 0.139], [0.07, 0.140], [0.13, 0.133]]),
        (2, Clear),
        "Opaque down to the biting edge.",
    ),
    defect(
        A,
        "SKI-A1",
        Ellipse([-0.60, -0.42], [0.17, 0.15]),
        (3, Clear),
        "Bare cheek beside crisp lashes.",
    ),
    defect(
        A,
        "SKI-S1",
        Ellipse([0.0, 0.57], [0.17, 0.10]),
        (3, Probable),
        "The chin shades like moulded wax.",
    ),
    defect(
        A,
        "SKI-S3",
        Ellipse([0.27, -0.44], [0.10, 0.11]),
        (2, Probable),
        "Hardly any redness round the wing of the nose.",
    ),
    defect(
        A,
        "IDN-I3",
        Pin([0.421, 0.210]),
        (3, Clear),
        "The mole below the left mouth corner is almost gone.",
    ),
    defect(
        A,
        "LIP-A1",
        Stroke(&[[-0.40, -0.034], [-0.25, -0.066], [-0.10, -0.090], [0.0, -0.072], [0.10, -0.090]]),
        (3, Clear),
        "A second, darker line inside the border, like a liner.",
    ),
    defect(
        A,
        "LIP-S1",
        Ellipse([0.0, 0.207], [0.19, 0.046]),
        (2, Clear),
        "The swell of the lower lip has no creases.",
    ),
    defect(
        A,
        "GLS-X2",
        Ellipse([-0.500, -0.945], [0.39, 0.39]),
        (4, Clear),
        "A pale band of even width follows the rim, as after cutting out.",
    ),
    defect(
        A,
        "GLS-P4",
        Arrow([0.89, -0.56], [0.755, -0.69]),
        (2, Clear),
        "The shine runs round the whole rim, also where no light falls.",
    ),
    defect(
        A,
        "GLS-P3",
        Ellipse([-0.45, -0.575], [0.19, 0.05]),
        (2, Probable),
        "The rim hovers over the cheek.",
    ),
    defect(
        A,
        "EYE-S2",
        Ellipse([0.66, -1.115], [0.08, 0.05]),
        (2, Probable),
        "White without veins or shade to the corner.",
    ),
    strength(B, "TEE-A3", Upright([0.0, 0.088], [0.27, 0.065]), "Each crown has its own outline."),
    strength(
        B,
        "SKI-A1",
        Ellipse([-0.40, -0.48], [0.12, 0.12]),
        "Pores grow towards the nose and crowd where the cheek turns away.",
    ),
    strength(
        B,
        "LIP-S1",
        Ellipse([0.0, 0.207], [0.19, 0.046]),
        "Creases fork and bend over the swell.",
    ),
    strength(
        B,
        "GLS-P3",
        Ellipse([-0.45, -0.575], [0.19, 0.05]),
        "The shadow is tight where the rim nears the cheek and soft elsewhere.",
    ),
];

/// Why B is more believable, one for each question of the recipe.
const REMARKS: [(&str, &str); 4] = [
    ("TEE", "A's row is one white band."),
    ("LIP", "A's border is drawn."),
    ("CHK", "A's cheek is smooth up to the wing of the nose."),
    ("GLS", "A's rim shines alike all round."),
];

impl Spot {
    /// Its outline in a picture.
    fn shape(&self, view: &View, is_rigid: bool) -> Shape {
        let place = |p: &Point| {
            // The forms of the face are no mirror images of each other; glasses are.
            let at = view.project(if is_rigid { pose::worn(*p) } else { pose::place(*p) });
            ImagePoint::new(at[0], at[1])
        };
        let around = |middle: &Point, half: &Point| {
            let at = place(middle);
            let [x, y] = half.map(|v| v * view.scale);
            Rect::new(at.offset(-x, -y), at.offset(x, y))
        };
        match self {
            Self::Ellipse(middle, half) => Shape::Ellipse(around(middle, half)),
            Self::Upright(middle, half) => Shape::Box(around(middle, half)),
            Self::Stroke(points) => Shape::Stroke(points.iter().map(place).collect()),
            Self::Arrow(tail, tip) => Shape::Arrow(place(tail), place(tip)),
            Self::Pin(at) => Shape::Pin(place(at)),
        }
    }
}

/// The findings of the list.
fn findings(library: &Library, views: [&View; 2]) -> Result<Vec<Finding>, String> {
    let all = KNOWN.iter().map(|known| {
        let defect = library.taxonomy.defect(known.code);
        let defect = defect.ok_or_else(|| format!("the taxonomy has no {}", known.code))?;
        let severity = Severity::new(known.severity).ok_or("severities go from 0 to 4")?;
        let view = if known.on == A { views[0] } else { views[1] };
        let shape = known.spot.shape(view, known.code.starts_with("GLS"));
        Ok(Finding {
            code: Some(defect.code.clone()),
            confidence: known.confidence,
            is_strength: known.is_strength,
            note: known.note.to_owned(),
            ..Finding::drawn(known.on, shape, severity)
        })
    });
    all.collect()
}

/// Makes the session of the pair and saves it.
pub(crate) fn write_session(
    [a, b]: [&Path; 2],
    table: &Path,
    views: [&View; 2],
    to: &Path,
) -> Result<(), Box<dyn Error>> {
    let library = Library::built_in();
    let recipe = library.recipe(None)?;
    let edit = |edit| Command::Edit(edit, None);
    let verdicts = recipe.questions.iter().map(|question| {
        let remark = REMARKS.iter().find(|(region, _)| *region == question.region);
        edit(Edit::SetVerdict(Verdict {
            criterion: question.clone(),
            answer: Some(Answer::B),
            remark: remark.map_or_else(String::new, |(_, words)| (*words).to_owned()),
        }))
    });
    let verdicts: Vec<Command> = verdicts.collect();
    let mut commands = vec![
        Command::OpenPicture(A, a.to_owned()),
        Command::OpenPicture(B, b.to_owned()),
        edit(Edit::SetLabel { side: A, label: "Processed".to_owned() }),
        edit(Edit::SetLabel { side: B, label: "Photographic".to_owned() }),
        Command::ImportLandmarks(table.to_owned(), None),
        edit(Edit::Findings(FindingEdit::Add(findings(&library, views)?, None))),
    ];
    commands.extend(verdicts);
    commands.push(Command::Save(to.to_owned()));
    let mut session = Session::new(Document::new(recipe), RecentSessions::default());
    run_to_quiet(&mut session, commands);
    Ok(())
}
