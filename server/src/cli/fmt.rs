//! `provable fmt`: formats programs, in place or from standard input to standard output. A text that does not parse is
//! left as it is, and its errors are reported.

use super::args::FmtArgs;
use super::destination::destinations;
use super::output::Output;
use super::program_paths::some_programs;
use super::read;
use super::report::Report;
use crate::errors::failure::{Exit, Failure};
use crate::files::identity::{FileIdentity, Stream, is_descriptor};
use crate::files::kind::FileKind;
use crate::source::Source;
use provable::lang::diagnostics::Diagnostic;
use provable::lang::quote::{self, plural};
use provable::lang::syntax::{format_tree, parse};
use serde_json::json;
use std::io::Write;
use std::path::Path;

/// One text, and its formatted form.
struct Text<'a> {
    path: &'a Path,
    source: Source,
    formatted: Result<String, Vec<Diagnostic>>,
}

impl<'a> Text<'a> {
    fn read(path: &'a Path) -> Result<Self, Failure> {
        let source = read::program(path)?;
        let tree = parse(&source.text);
        let formatted = match tree.diagnostics() {
            [] => Ok(format_tree(&tree).text().to_owned()),
            errors => Err(errors.to_vec()),
        };
        Ok(Text {
            path,
            source,
            formatted,
        })
    }

    /// The formatted text, if it differs.
    fn change(&self) -> Option<&str> {
        let formatted = self.formatted.as_deref().ok()?;
        (formatted != self.source.text).then_some(formatted)
    }
}

pub fn command(args: &FmtArgs, output: &Output) -> Result<Exit, Failure> {
    let stdin = args.files.iter().any(|path| read::is_stdin(path));
    if stdin && args.files.len() > 1 {
        return Err(
            Failure::unusable("- stands for standard input and takes no files beside it")
                .help("format the files in a call of their own"),
        );
    }
    let files = some_programs(&args.files)?;
    for file in &files {
        in_place(&file.path)?;
    }
    let texts = files.iter().map(|file| Text::read(&file.path));
    let texts: Vec<Text<'_>> = texts.collect::<Result<_, _>>()?;
    if let ([text], true) = (texts.as_slice(), stdin && !args.check) {
        return stream(text, output);
    }
    let changes = texts.iter().filter_map(|text| Some((text, text.change()?)));
    let changes: Vec<(&Text<'_>, &str)> = changes.collect();
    if !args.check {
        // Each is checked by itself, since a file may be named twice. All are checked before one is written.
        let checked = changes
            .iter()
            .map(|(text, _)| destinations(&[(FileKind::Program, text.path)], &[], output));
        let checked = checked.collect::<Result<Vec<_>, _>>()?;
        for ((to, _), (_, formatted)) in checked.iter().zip(&changes) {
            for to in to {
                to.write(|out| out.write_all(formatted.as_bytes()))?;
            }
        }
    }
    answer(&texts, &changes, args.check, output)
}

/// Refuses what cannot be formatted in place: what is no file, and the file that standard output goes to.
fn in_place(path: &Path) -> Result<(), Failure> {
    let refuse = |why: &str, help: &str| {
        let failure = Failure::unusable(format!("{}: {why}", read::shown(path)));
        let name = read::name_of(path);
        Err(failure.field("file", json!(name)).help(help))
    };
    let elsewhere = "send the answer to another file";
    if read::is_stdin(path) {
        let both = FileIdentity::behind(Stream::Input);
        return match both.is_some() && both == FileIdentity::behind(Stream::Output) {
            true => refuse("standard output goes to this file too", elsewhere),
            false => Ok(()),
        };
    }
    if std::fs::metadata(path).is_ok_and(|data| !data.is_file()) || is_descriptor(path) {
        let help = "give the path of a program, or - for standard input and output";
        return refuse("this is no regular file, and is not written to", help);
    }
    match FileIdentity::is_stdout(path) {
        true => refuse("standard output goes to this file", elsewhere),
        false => Ok(()),
    }
}

/// Reports what was changed, or would be, and which texts have errors.
fn answer(
    texts: &[Text<'_>],
    changes: &[(&Text<'_>, &str)],
    is_check: bool,
    output: &Output,
) -> Result<Exit, Failure> {
    let wrong = texts
        .iter()
        .filter_map(|text| Some((&text.source, text.formatted.as_ref().err()?)));
    let wrong: Vec<(&Source, &Vec<Diagnostic>)> = wrong.collect();
    let (status, exit) = match (wrong.is_empty(), changes.is_empty() || !is_check) {
        (false, _) => ("errors", Exit::Unusable),
        (true, false) => ("unformatted", Exit::Negative),
        (true, true) => ("ok", Exit::Done),
    };
    if !output.is_json() {
        for (source, errors) in &wrong {
            output.note(&format!("{}\n", Report::new(source).text(errors)));
        }
        if !wrong.is_empty() {
            output.help("what has errors is not formatted: mend them first");
        }
    }
    output.answer(
        || {
            let names = changes.iter().map(|(text, _)| text.source.name.as_str());
            let mut object = json!({ "status": status, "changed": names.collect::<Vec<_>>() });
            let wrong = wrong.iter().map(|(source, errors)| {
                json!({ "file": source.name, "diagnostics": Report::new(source).json(errors) })
            });
            if let (Some(map), "errors") = (object.as_object_mut(), status) {
                map.insert("errors".into(), wrong.collect());
            }
            object
        },
        || match is_check {
            true => {
                let names = changes
                    .iter()
                    .map(|(text, _)| quote::name(&text.source.name));
                names.map(|name| format!("{name}\n")).collect()
            }
            false => format!(
                "{} of {} changed\n",
                changes.len(),
                plural(texts.len(), "file")
            ),
        },
    )?;
    Ok(exit)
}

/// From standard input to standard output. Of a text with errors, nothing is written.
fn stream(text: &Text<'_>, output: &Output) -> Result<Exit, Failure> {
    let formatted = match &text.formatted {
        Ok(formatted) => formatted,
        Err(errors) => return Err(Report::new(&text.source).failure(errors)),
    };
    let changed: Vec<&str> = text
        .change()
        .map(|_| text.source.name.as_str())
        .into_iter()
        .collect();
    output.answer(
        || json!({ "status": "ok", "changed": changed, "text": formatted }),
        || formatted.clone(),
    )?;
    Ok(Exit::Done)
}
