//! The program: picks the shell that the arguments ask for.

use std::process::ExitCode;

use clap::Parser as _;
use diptych::cli::{Arguments, Request};

fn main() -> ExitCode {
    env_logger::init();
    match Arguments::parse().run() {
        Request::Done(Ok(())) => ExitCode::SUCCESS,
        Request::Done(Err(why)) => {
            eprintln!("diptych: {why}");
            ExitCode::FAILURE
        }
        Request::Window(_) => ExitCode::SUCCESS,
    }
}
