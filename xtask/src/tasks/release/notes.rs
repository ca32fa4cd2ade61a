//! What a release says of itself: the section of `CHANGELOG.md`. The versions are compared first.

use crate::workspace::Workspace;
use anyhow::{Context, Result, bail};
use serde_json::Value;
use std::io::Write;

#[derive(clap::Args)]
pub struct Args {
    /// The tag of the release: v and the version
    tag: String,
}

pub fn run(workspace: &Workspace, args: &Args) -> Result<()> {
    let version = args
        .tag
        .strip_prefix('v')
        .with_context(|| format!("{} is no tag of a release, as v0.2.0 is", args.tag))?;
    same(workspace, version)?;
    let changes = workspace.sh.read_file("CHANGELOG.md")?;
    let section = section(&changes, version)
        .with_context(|| format!("CHANGELOG.md has no section ## {version}"))?;
    writeln!(std::io::stdout(), "{section}")?;
    Ok(())
}

/// The text under the heading of a version, up to the next one.
pub fn section<'a>(changes: &'a str, version: &str) -> Option<&'a str> {
    let mut start = None;
    let mut at = 0;
    for line in changes.split_inclusive('\n') {
        let heading = line.strip_prefix("## ");
        match (start, heading) {
            (Some(start), Some(_)) => return Some(changes.get(start..at)?.trim()),
            // A heading may have a date after the version.
            (None, Some(heading))
                if heading.split([' ', '\n']).next()?.trim_matches(['[', ']']) == version =>
            {
                start = Some(at + line.len());
            }
            _ => {}
        }
        at += line.len();
    }
    Some(changes.get(start?..)?.trim())
}

/// That everything which is released has this version.
fn same(workspace: &Workspace, version: &str) -> Result<()> {
    let mut versions = vec![("Cargo.toml", workspace.version()?.to_owned())];
    for (file, place) in [
        ("editors/vscode/package.json", "/version"),
        ("syntaxes/tree-sitter-provable/package.json", "/version"),
        (
            "syntaxes/tree-sitter-provable/tree-sitter.json",
            "/metadata/version",
        ),
    ] {
        let json: Value = serde_json::from_str(&workspace.sh.read_file(file)?)?;
        let found = json.pointer(place).and_then(Value::as_str);
        let found = found.with_context(|| format!("{file} has no version"))?;
        versions.push((file, found.to_owned()));
    }
    for (file, found) in versions {
        if found != version {
            bail!("{file} is of version {found}, and the release is {version}");
        }
    }
    Ok(())
}
