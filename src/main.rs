//! The program: picks the shell that the arguments ask for.

use std::{path::Path, process::ExitCode};

use clap::Parser as _;
use diptych::{
    cli::{Arguments, Request, WindowRequest, export_demo},
    storage::{RecentSessions, sample_folder},
    ui::{Start, run_window},
};

/// The card that the demo leaves on a machine without a display.
const DEMO_CARD: &str = "./diptych-demo.png";

fn main() -> ExitCode {
    // Without a desktop portal the dialogs fall back to another way, which is no error of ours.
    let quiet = env_logger::Env::default().default_filter_or("error,rfd=off");
    env_logger::Builder::from_env(quiet).init();
    let result = match Arguments::parse().run() {
        Request::Done(result) => result,
        Request::Window(WindowRequest::Demo, _) if !has_display() => {
            eprintln!("no display: the pair's card is exported to {DEMO_CARD}");
            export_demo(&sample_folder(), Path::new(DEMO_CARD))
        }
        Request::Window(WindowRequest::Files(files), _)
            if files.iter().any(|file| !file.exists()) =>
        {
            let missing = files.iter().find(|file| !file.exists());
            let name = missing.map(|file| file.display().to_string()).unwrap_or_default();
            Err(format!("could not open {name}: there is no such file or command; see --help"))
        }
        Request::Window(request, settings) => {
            let start = match request {
                WindowRequest::Demo => Start { files: Vec::new(), is_demo: true },
                WindowRequest::Files(files) => Start { files, is_demo: false },
            };
            run_window(&start, RecentSessions::of_user(), settings, sample_folder())
        }
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("diptych: {why}");
            ExitCode::FAILURE
        }
    }
}

/// Whether a window can be opened at all, as far as the environment tells.
fn has_display() -> bool {
    let is_set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    !cfg!(target_os = "linux") || is_set("DISPLAY") || is_set("WAYLAND_DISPLAY")
}
