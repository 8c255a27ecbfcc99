//! `diptych new`.

use std::path::PathBuf;

use super::{first_error, parse_output, print_warnings, run_commands};
use crate::{
    document::{Document, Edit, Recipe, Side},
    geometry::Model,
    session::{Command, Session},
    storage::{Library, RecentSessions, Settings},
};

#[derive(Debug, clap::Args)]
pub(super) struct New {
    /// The picture of side A
    a: PathBuf,
    /// The picture of side B
    b: PathBuf,
    /// The session file to write
    #[arg(short, long, value_name = "SESSION", value_parser = parse_output)]
    output: PathBuf,
    /// What side A is called
    #[arg(long, default_value = "")]
    label_a: String,
    /// What side B is called
    #[arg(long, default_value = "")]
    label_b: String,
    /// The recipe by its name
    #[arg(long, value_parser = parse_recipe)]
    recipe: Option<Recipe>,
    /// The model to fit: identity, translation, rigid, similarity, affine or tps
    #[arg(long, value_parser = parse_model)]
    model: Option<Model>,
    /// Landmarks of both sides: CSV with the header name,ax,ay,bx,by, that of `BigWarp`, or TPS
    #[arg(long, value_name = "FILE", conflicts_with_all = ["landmarks_a", "landmarks_b"])]
    landmarks: Option<PathBuf>,
    /// Landmarks of side A: .tem, .tps, .mrk.json, .pts, or one side of a CSV
    #[arg(long, value_name = "FILE", requires = "landmarks_b")]
    landmarks_a: Option<PathBuf>,
    /// Landmarks of side B, paired with A's by name
    #[arg(long, value_name = "FILE", requires = "landmarks_a")]
    landmarks_b: Option<PathBuf>,
}

fn parse_recipe(name: &str) -> Result<Recipe, String> {
    Library::of_user().recipe(Some(name))
}

/// The model of this name.
pub(super) fn parse_model(name: &str) -> Result<Model, String> {
    Model::from_name(name).ok_or_else(|| {
        let names = Model::ALL.map(Model::name).join(", ");
        format!("choose from: {names}")
    })
}

impl New {
    pub(super) fn run(self, settings: Settings) -> Result<(), String> {
        let recipe = self.recipe.clone().map_or_else(|| Library::of_user().recipe(None), Ok)?;
        let document = Document::new(recipe);
        let mut session = Session::new(document, RecentSessions::default()).with_settings(settings);
        run_commands(
            &mut session,
            [Command::OpenPicture(Side::A, self.a), Command::OpenPicture(Side::B, self.b)],
        );
        first_error(&session)?;
        let labels = [(Side::A, self.label_a), (Side::B, self.label_b)];
        let edits = labels
            .into_iter()
            .map(|(side, label)| Edit::SetLabel { side, label })
            .chain(self.model.map(Edit::SetModel))
            .map(|edit| Command::Edit(edit, None));
        let of_side = [(self.landmarks_a, Side::A), (self.landmarks_b, Side::B)];
        let imports =
            self.landmarks.map(|path| Command::ImportLandmarks(path, None)).into_iter().chain(
                of_side
                    .into_iter()
                    .filter_map(|(path, side)| Some(Command::ImportLandmarks(path?, Some(side)))),
            );
        run_commands(&mut session, edits.chain(imports));
        first_error(&session)?;
        run_commands(&mut session, [Command::Save(self.output)]);
        print_warnings(&session);
        first_error(&session)
    }
}
