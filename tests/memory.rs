//! How much memory pictures take, counted by the allocator. A binary of its own, so that nothing
//! else allocates meanwhile.

#![expect(clippy::unwrap_used, reason = "a test that panics has failed, which is its purpose")]

use std::{io::Write as _, path::Path, thread};

use diptych::{
    document::{Document, Recipe, Side},
    session::{Command, Session, Slot, ViewCommand, run, run_to_quiet},
    storage::{Limits, RecentSessions, read_picture, recipe},
};
use peak_alloc::PeakAlloc;

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// Bytes of a picture's pixels for each of them.
const PIXEL: usize = 4;

/// Writes a picture of so many pixels, in a ramp that takes little room as a file.
fn write_png(path: &Path, (width, height): (u32, u32)) {
    let file = std::fs::File::create(path).unwrap();
    let mut encoder = png::Encoder::new(std::io::BufWriter::new(file), width, height);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_compression(png::Compression::Fastest);
    let mut writer = encoder.write_header().unwrap();
    let mut rows = writer.stream_writer().unwrap();
    for y in 0..height {
        let code = u8::try_from(y / 64 % 256).unwrap();
        rows.write_all(&vec![code; 3 * width as usize]).unwrap();
    }
    rows.finish().unwrap();
}

fn fresh() -> Session {
    let recipe: Recipe = recipe(None).unwrap();
    Session::new(Document::new(recipe), RecentSessions::default())
}

/// A session with that picture on both sides, read at once as the window reads them, and the most
/// memory that took.
fn open_pair(path: &Path) -> (Session, usize) {
    let mut session = fresh();
    let before = MEMORY.current_usage();
    MEMORY.reset_peak_usage();
    let jobs: Vec<_> = Side::BOTH
        .into_iter()
        .flat_map(|side| session.update(Command::OpenPicture(side, path.to_owned())))
        .collect();
    let outcomes: Vec<_> = thread::scope(|scope| {
        let started: Vec<_> = jobs
            .iter()
            .map(|job| {
                let named = thread::Builder::new().name("opening".to_owned());
                named.spawn_scoped(scope, || (job.id, run(job))).unwrap()
            })
            .collect();
        started.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    for (id, outcome) in outcomes {
        run_to_quiet(&mut session, [Command::Finished(id, outcome)]);
    }
    assert!(Side::BOTH.iter().all(|side| session.loaded(*side).is_some()));
    (session, MEMORY.peak_usage() - before)
}

/// The most memory that moving both panes takes beyond what lies there already.
fn pan(session: &mut Session) -> usize {
    let size = Side::BOTH.map(|side| Command::View(ViewCommand::PaneSize(side, 700, 600)));
    run_to_quiet(session, size);
    let show = |session: &mut Session| {
        for side in Side::BOTH {
            let view = session.pane_view(side).unwrap();
            run_to_quiet(session, [Command::Show(Slot::Pane(side), side, view)]);
        }
    };
    show(session);
    let before = MEMORY.current_usage();
    MEMORY.reset_peak_usage();
    for _ in 0..5 {
        run_to_quiet(session, [Command::View(ViewCommand::Pan(Side::A, 13.0, -7.0))]);
        show(session);
    }
    MEMORY.peak_usage().saturating_sub(before)
}

#[test]
fn memory_grows_with_the_pictures_and_panning_takes_none_of_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut shares = Vec::new();
    let mut pans = Vec::new();
    for (width, height) in [(2048, 2048), (12_000, 9000)] {
        let path = folder.path().join(format!("{width}.png"));
        write_png(&path, (width, height));
        let (mut session, peak) = open_pair(&path);
        let pixels = 2 * PIXEL * width as usize * height as usize;
        eprintln!("{width}x{height}: {peak} bytes at most, {pixels} of pixels");
        assert!(2 * peak < 3 * pixels, "{peak} bytes for {pixels} bytes of pixels");
        shares.push(1000 * peak / pixels);
        pans.push(pan(&mut session));
    }
    eprintln!("a thousandth of the pixels: {shares:?}; panning: {pans:?} bytes");
    assert!(shares[1] <= shares[0], "the share grows with the picture: {shares:?}");
    // Two views of a pane and scratch for each thread.
    assert!(pans.iter().all(|bytes| *bytes < 16 << 20), "{pans:?}");
    assert!(pans[1] < pans[0] + (1 << 20), "panning takes more of a larger picture: {pans:?}");

    let path = folder.path().join("12000.png");
    let before = MEMORY.current_usage();
    MEMORY.reset_peak_usage();
    let limits = Limits { max_pixels: 50_000_000, ..Limits::default() };
    assert!(read_picture(&path, limits).is_err());
    let peak = MEMORY.peak_usage() - before;
    assert!(peak < 1 << 20, "{peak} bytes to refuse a picture");
}
