//! `diptych new`.

use std::path::PathBuf;

use super::{first_error, parse_output, print_warnings, run_commands};
use crate::{
    document::{Document, Edit, Landmark, Mark, PerSide, Recipe, Side, Source},
    geometry::Model,
    session::{Command, Session},
    storage::{Pairs, RecentSessions, Settings, read_pairs, read_side, recipe},
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
    /// The model to fit: identity, translation, rigid or similarity
    #[arg(long, value_parser = parse_model)]
    model: Option<Model>,
    /// Landmarks of both sides: CSV with the header name,ax,ay,bx,by
    #[arg(long, value_name = "CSV", conflicts_with_all = ["landmarks_a", "landmarks_b"])]
    landmarks: Option<PathBuf>,
    /// Landmarks of side A: a .tem file
    #[arg(long, value_name = "FILE", requires = "landmarks_b")]
    landmarks_a: Option<PathBuf>,
    /// Landmarks of side B, paired with A's by name
    #[arg(long, value_name = "FILE", requires = "landmarks_a")]
    landmarks_b: Option<PathBuf>,
}

fn parse_recipe(name: &str) -> Result<Recipe, String> {
    recipe(Some(name))
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
        let recipe = self.recipe.clone().map_or_else(|| recipe(None), Ok)?;
        let document = Document::new(recipe);
        let landmarks = self.read_landmarks()?;
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
            .chain(landmarks.map(Edit::ReplaceLandmarks))
            .map(|edit| Command::Edit(edit, None))
            .chain([Command::Save(self.output)]);
        run_commands(&mut session, edits);
        print_warnings(&session);
        print_doubts(session.document());
        first_error(&session)
    }

    fn read_landmarks(&self) -> Result<Option<Pairs>, String> {
        if let Some(path) = &self.landmarks {
            return read_pairs(path).map(Some).map_err(|err| err.to_string());
        }
        let (Some(a), Some(b)) = (&self.landmarks_a, &self.landmarks_b) else { return Ok(None) };
        let read = |path: &PathBuf| read_side(path).map_err(|err| err.to_string());
        let (of_a, of_b) = (read(a)?, read(b)?);
        if of_a.len() != of_b.len() {
            let (n_a, n_b) = (of_a.len(), of_b.len());
            eprintln!("warning: {n_a} landmarks on side A, {n_b} on side B: the rest have no pair");
        }
        let mut pairs: Pairs =
            of_a.into_iter().map(|(name, at)| (name, PerSide::new(Some(at), None))).collect();
        for (name, at) in of_b {
            match pairs.iter_mut().find(|(other, _)| *other == name) {
                Some((_, places)) => places.b = Some(at),
                None => pairs.push((name, PerSide::new(None, Some(at)))),
            }
        }
        Ok(Some(pairs))
    }
}

/// Says on stderr what a reader of the landmark files may not have meant.
fn print_doubts(document: &Document) {
    for (side, source) in document.sources.iter() {
        let Some(area) = source.as_ref().map(Source::area) else { continue };
        let is_outside = |landmark: &&Landmark| {
            landmark.at[side].is_some_and(|Mark { at, .. }| {
                at.x < 0.0 || at.y < 0.0 || at.x > area.max.x || at.y > area.max.y
            })
        };
        let n = document.landmarks.iter().filter(is_outside).count();
        if n > 0 {
            eprintln!("warning: {n} landmarks lie outside of the picture of side {side}");
        }
    }
}
