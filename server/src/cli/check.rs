//! `provable check`: what is wrong with programs, without running them.

use super::args::{CheckArgs, Deny};
use super::output::Output;
use super::program_paths::some_programs;
use super::read::{self, name_of};
use super::report::Report;
use crate::errors::failure::{Exit, Failure};
use crate::program_files::{self, DiskFiles};
use crate::source::Source;
use provable::lang::analysis::analyse;
use provable::lang::diagnostics::{Code, Diagnostic, Severity};
use provable::lang::link::link;
use provable::lang::quote::plural;
use serde_json::{Value, json};
use std::path::Path;

/// Each file is judged on its own. The worst answer is the exit status.
pub fn command(args: &CheckArgs, output: &Output) -> Result<Exit, Failure> {
    read::read_once(args.files.iter().map(|path| path.as_os_str()))?;
    let files = some_programs(&args.files)?;
    let checked = files.iter().map(|file| Checked::new(&file.path)).collect();
    let checked = with_used(checked);
    let counts = Counts::of(&checked, args.deny);
    if !output.is_json() {
        for one in &checked {
            one.note(output);
        }
    }
    output.answer(|| counts.to_json(&checked), || counts.to_text())?;
    Ok(counts.exit())
}

/// What was found in a file.
struct Findings {
    /// The file's path without links.
    id: String,
    source: Source,
    /// In the order of their positions.
    found: Vec<Diagnostic>,
    /// How many more its author allows.
    allowed: usize,
    /// If nothing is wrong in the file, and yet it cannot be linked: the files that it uses with their errors.
    used: Vec<Findings>,
}

/// A file and what was found in it, or why it cannot be read.
enum Checked {
    Read(Findings),
    Unread { name: String, failure: Failure },
}

impl Checked {
    fn new(path: &Path) -> Checked {
        match read::program(path) {
            Ok(source) => Checked::Read(findings(path, source)),
            Err(failure) => Checked::Unread {
                name: name_of(path),
                failure,
            },
        }
    }

    fn found(&self) -> &[Diagnostic] {
        match self {
            Checked::Read(one) => &one.found,
            Checked::Unread { .. } => &[],
        }
    }

    /// Shows people what was found.
    fn note(&self, output: &Output) {
        match self {
            Checked::Read(one) if one.found.is_empty() => {}
            Checked::Read(one) => {
                let text = Report::new(&one.source).text(&one.found);
                output.note(&format!("{text}\n"));
            }
            Checked::Unread { failure, .. } => output.note(&format!("{}\n", failure.to_text())),
        }
    }

    fn to_json(&self) -> Value {
        match self {
            Checked::Read(one) => {
                let found = Report::new(&one.source).json(&one.found);
                json!({ "file": one.source.name, "diagnostics": found })
            }
            // The same object as for a failure of the whole command.
            Checked::Unread { name, failure } => {
                let mut object = failure.to_json();
                if let Some(map) = object.as_object_mut() {
                    map.insert("file".into(), json!(name));
                }
                object
            }
        }
    }
}

/// The findings in a text.
fn findings(path: &Path, source: Source) -> Findings {
    let modules = program_files::load(path, &source.text, &DiskFiles);
    let linked = link(&modules);
    let (mut found, mut allowed) = (linked.diagnostics_of(0), 0);
    if let Some(assembly) = linked.assemblies.first() {
        let analysis = analyse(assembly);
        found.extend(analysis.diagnostics);
        found.sort_by_key(|one| (one.span.start, one.span.end));
        allowed = analysis.allowed;
    }
    let is_error = |one: &Diagnostic| one.severity == Severity::Error;
    // That a file that is used has errors is said best by these.
    let is_own = |one: &Diagnostic| is_error(one) && one.code != Code::UnusableFile;
    let is_whole = linked.program.is_some() || found.iter().any(is_own);
    let files = modules.files().iter().map(|module| module.id.clone());
    let sources = program_files::sources(&modules, source.clone()).into_iter();
    let used = files.clone().zip(sources).enumerate().skip(1);
    let used = used.map(|(file, (id, source))| {
        let mut found = linked.diagnostics_of(file);
        found.retain(is_error);
        Findings {
            id,
            source,
            found,
            allowed: 0,
            used: Vec::new(),
        }
    });
    let used = used.filter(|one| !is_whole && !one.found.is_empty());
    Findings {
        id: files.clone().next().unwrap_or_default(),
        used: used.collect(),
        source,
        found,
        allowed,
    }
}

/// The files, and with them those that keep one of them from being linked.
fn with_used(mut checked: Vec<Checked>) -> Vec<Checked> {
    let mut used = Vec::new();
    for one in &mut checked {
        if let Checked::Read(one) = one {
            used.append(&mut one.used);
        }
    }
    for one in used {
        let known = checked.iter_mut().find_map(|other| match other {
            Checked::Read(other) if other.id == one.id => Some(other),
            _ => None,
        });
        match known {
            None => checked.push(Checked::Read(one)),
            Some(known) => {
                for found in one.found {
                    if !known.found.contains(&found) {
                        known.found.push(found);
                    }
                }
            }
        }
    }
    checked
}

/// How many files, findings of each severity, and allowed findings there are.
struct Counts {
    files: usize,
    unread: usize,
    errors: usize,
    warnings: usize,
    hints: usize,
    allowed: usize,
    deny: Option<Deny>,
}

impl Counts {
    fn of(checked: &[Checked], deny: Option<Deny>) -> Counts {
        let count = |severity| {
            let all = checked.iter().flat_map(Checked::found);
            all.filter(|one| one.severity == severity).count()
        };
        let is_unread = |one: &&Checked| matches!(one, Checked::Unread { .. });
        let allowed = checked.iter().map(|one| match one {
            Checked::Read(one) => one.allowed,
            Checked::Unread { .. } => 0,
        });
        Counts {
            files: checked.len(),
            unread: checked.iter().filter(is_unread).count(),
            errors: count(Severity::Error),
            warnings: count(Severity::Warning),
            hints: count(Severity::Hint),
            allowed: allowed.sum(),
            deny,
        }
    }

    /// Findings that are no errors and count as errors.
    fn denied(&self) -> usize {
        match self.deny {
            None => 0,
            Some(Deny::Warnings) => self.warnings,
            Some(Deny::Hints) => self.warnings + self.hints,
        }
    }

    fn exit(&self) -> Exit {
        match (self.unread, self.errors + self.denied()) {
            (0, 0) => Exit::Done,
            (0, _) => Exit::Negative,
            _ => Exit::Unusable,
        }
    }

    fn to_json(&self, checked: &[Checked]) -> Value {
        let files: Vec<Value> = checked.iter().map(Checked::to_json).collect();
        let mut object = json!({
            "status": match self.exit() {
                Exit::Done => "ok",
                Exit::Negative if self.errors > 0 => "errors",
                Exit::Negative => "denied",
                Exit::Unusable => "error",
            },
            "errors": self.errors,
            "warnings": self.warnings,
            "hints": self.hints,
            "allowed": self.allowed,
            "unread": self.unread,
            "files": files,
        });
        // Every command that fails has these fields.
        let first = checked.iter().find_map(|one| match one {
            Checked::Unread { failure, .. } => Some(failure.to_json()),
            Checked::Read(_) => None,
        });
        if let (Some(Value::Object(failure)), Some(map)) = (first, object.as_object_mut()) {
            map.extend(failure);
        }
        object
    }

    fn to_text(&self) -> String {
        let found: Vec<String> = [
            (self.errors, "error"),
            (self.warnings, "warning"),
            (self.hints, "hint"),
        ]
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, name)| plural(count, name))
        .collect();
        let mut text = match found.is_empty() {
            _ if self.unread == self.files => {
                return format!("{}: not read\n", plural(self.files, "file"));
            }
            true => "no findings".to_string(),
            false => found.join(", "),
        };
        if self.allowed > 0 {
            text.push_str(&format!(" ({} allowed)", self.allowed));
        }
        if self.denied() > 0 {
            text.push_str(match self.deny {
                Some(Deny::Hints) => "; warnings and hints are denied",
                _ => "; warnings are denied",
            });
        }
        if self.unread > 0 {
            text.push_str(&format!("; {} not read", plural(self.unread, "file")));
        }
        format!("{}: {text}\n", plural(self.files, "file"))
    }
}
