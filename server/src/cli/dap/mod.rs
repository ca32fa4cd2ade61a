//! `provable dap`: the debug adapter.

mod files;
mod test;

#[cfg(not(target_family = "wasm"))]
use super::args::DapArgs;
use super::args::ProgramArgs;
use super::load::LoadedProgram;
#[cfg(not(target_family = "wasm"))]
use super::output::Output;
use super::read;
use crate::dap::{self, DebuggedProgram, Debuggee, Launch, LaunchInputs, WatchedFile};
use crate::errors::failure::{Exit, Failure};
use files::watched;
use provable::vm::{Inputs, Limits};
use provable_host::fs;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

#[cfg(not(target_family = "wasm"))]
pub fn command(args: &DapArgs, output: &Output) -> Result<Exit, Failure> {
    match args.port {
        None => dap::serve(std::io::stdin(), std::io::stdout(), &load),
        Some(port) => {
            let listening = |port: u16| output.note(&format!("listening on 127.0.0.1:{port}"));
            dap::listen(port, Arc::new(load), listening).map_err(|error| {
                Failure::unusable(format!("cannot listen on 127.0.0.1:{port}: {error}"))
                    .help("choose another port, or 0 for one that is free")
            })?;
        }
    }
    Ok(Exit::Done)
}

/// Reads what a client wants to debug, as `provable run` would.
pub fn load(launch: &Launch) -> Result<Debuggee, String> {
    debuggee(launch).map_err(|failure| failure.in_one_line())
}

fn debuggee(launch: &Launch) -> Result<Debuggee, Failure> {
    let (given, words) = match &launch.inputs {
        None => (None, None),
        Some(LaunchInputs::File(path)) => (Some(Path::new(path)), None),
        Some(LaunchInputs::Words(words)) => (None, Some(words)),
    };
    let cwd = launch.cwd.as_deref().map(Path::new);
    let path = absolute(cwd, Path::new(&launch.program))?;
    let beside = cwd.or(path.parent());
    let file = given.map(|file| absolute(beside, file)).transpose()?;
    for path in [Some(Path::new(&launch.program)), given]
        .into_iter()
        .flatten()
    {
        if read::is_stdin(path) {
            return Err(
                Failure::unusable("standard input is where the debugger is talked to")
                    .help("give the path of a file"),
            );
        }
    }
    let mut limits = Limits::default();
    if let Some(steps) = launch.step_limit {
        limits.max_steps = steps;
    }
    let memory = launch
        .memory_limit_mib
        .map(|size| size.saturating_mul(1 << 20));
    if let Some(bytes) = memory.and_then(|bytes| usize::try_from(bytes).ok()) {
        limits.max_memory = bytes;
    }
    if let Some(test) = &launch.test {
        return test::debuggee(path, test, launch.seed, limits);
    }
    let inputs = words.map(|words| {
        Inputs::from_json(&words.to_string()).map_err(|error| {
            Failure::unusable(format!("the launch argument \"inputs\": {error}"))
                .help("give the path of a file, or {\"public\": [10, \"0xff\"], \"secret\": []}")
        })
    });
    let inputs = inputs.transpose()?;
    let args = ProgramArgs {
        program: path.clone(),
        inputs: file.clone(),
        // Inputs that the launch request contains replace the file beside the program, which may be missing or wrong.
        public: inputs.as_ref().map(|_| String::new()),
        secret: None,
        max_steps: launch.step_limit,
    };
    let loaded = LoadedProgram::read(&args)?;
    let mut files = watched(&loaded.linked.modules, &path);
    if inputs.is_none() {
        let path = file.unwrap_or_else(|| read::beside(&path, "inputs.json"));
        files.push(WatchedFile::inputs(&path));
    }
    let name = path.file_stem();
    let program = DebuggedProgram {
        name: name.map_or_else(
            || "program".into(),
            |name| name.to_string_lossy().into_owned(),
        ),
        note: None,
        path,
        modules: loaded.linked.modules,
        linked: loaded.linked.linked,
        program: loaded.linked.program,
    };
    let inputs = inputs.unwrap_or(loaded.inputs);
    Ok(Debuggee::new(program, inputs, limits, files))
}

/// An absolute path, for a client that may be in another folder. A relative path begins in `folder`, and a relative
/// `folder` in the adapter's own.
fn absolute(folder: Option<&Path>, path: &Path) -> Result<PathBuf, Failure> {
    let path = folder.map_or_else(|| path.to_path_buf(), |folder| folder.join(path));
    let whole = fs::absolute(&path).map_err(|error| {
        Failure::unusable(format!("cannot read {}: {error}", read::shown(&path)))
    })?;
    // Clients compare paths as texts. What lies before `..` may be a link, so that is looked up.
    let goes_up = whole.components().any(|part| part == Component::ParentDir);
    match goes_up.then(|| fs::canonicalize(&whole)) {
        Some(Ok(real)) => Ok(real),
        _ => Ok(whole),
    }
}
