//! `provable link`: a program and the files that it uses as one plain text, with the same digest.

use super::args::LinkArgs;
use super::destination::destinations;
use super::load::read_linked;
use super::output::Output;
use crate::errors::failure::{Exit, Failure};
use crate::files::kind::FileKind;
use provable::lang::program::Program;
use serde_json::json;
use std::io::Write;

pub fn command(args: &LinkArgs, output: &Output) -> Result<Exit, Failure> {
    let wanted = args
        .out
        .iter()
        .map(|path| (FileKind::Program, path.as_path()));
    let wanted: Vec<_> = wanted.collect();
    let read = [("the program", args.program.as_path())];
    let (to, output) = &destinations(&wanted, &read, output)?;
    let linked = read_linked(&args.program)?;
    let text = linked.flat_text();
    let flat: Result<Program, _> = text.parse();
    let digest = linked.program.digest();
    // Whoever verifies with the text has to get the program that is proved.
    if flat.map(|flat| flat.digest()).ok() != Some(digest) {
        return Err(Failure::unusable(
            "the linked text has another digest than the program; this is a mistake of `provable`, and nothing was written",
        ));
    }
    let files = linked.modules.files().len();
    let instructions = linked.program.instructions().len();
    let digest = hex::encode(digest);
    match to.first() {
        None if !output.is_json() => output.text(&text)?,
        None => {}
        Some(to) => to.write(|out| out.write_all(text.as_bytes()))?,
    }
    let place = to.first().map(|to| to.path().display().to_string());
    let answer = || {
        json!({
            "status": "ok",
            "files": files,
            "instructions": instructions,
            "program_digest": digest,
            "file": place,
            "text": place.is_none().then_some(&text),
        })
    };
    if output.is_json() || !to.is_empty() {
        let name = to.first().map(|to| to.name()).unwrap_or_default();
        output.answer(answer, || {
            format!(
                "linked {files} files to {instructions} instructions in {name}\n  {:<18}{digest}\n",
                "program digest"
            )
        })?;
    }
    Ok(Exit::Done)
}
