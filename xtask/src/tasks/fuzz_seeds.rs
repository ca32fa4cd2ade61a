//! `cargo xtask fuzz-seeds`: the seeds that hold a proof or a key. They have to be made anew when the form of keys or
//! proofs changes, or a tier's circuit does; the test `fuzz_seeds` of the workspace says when.

use crate::workspace::{Workspace, existing_binary};
use anyhow::{Context, Result};
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use xshell::cmd;

/// The generator of G1, compressed.
const GENERATOR: &str = "97f1d3a73197d7942695638c4fa9ac0fc3688c4f9774b905a14e3a3f171bac586c55e83ff97a1aeffb3af00adb22c6bb";

#[derive(clap::Args)]
pub struct Args {
    /// The command to make them with; without it, it is built
    provable: Option<PathBuf>,
}

pub fn run(workspace: &Workspace, args: &Args) -> Result<()> {
    let sh = &workspace.sh;
    let provable = match &args.provable {
        Some(file) => existing_binary(file)?,
        None => workspace.release_binary()?,
    };
    let work = tempfile::tempdir()?;
    let keys = work.path().join("keys");
    let seeds = workspace.root.join("fuzz/seeds");

    // A sum of a public and a secret word, in the smallest tier.
    let program = seeds.join("text/sum.prov");
    let proof = work.path().join("proof.json");
    cmd!(
        sh,
        "{provable} prove {program} --public 35 --secret 7 -o {proof} --keys {keys}"
    )
    .run()?;
    let text = fs::read_to_string(&proof)?;
    fs::write(seeds.join("proof/sum.json"), &text)?;
    let proof: Value = serde_json::from_str(&text)?;
    let key = proof["verifying_key_digest"].as_str().unwrap_or_default();
    let verifying = work.path().join("vk");
    cmd!(sh, "{provable} keys export {key} {verifying} --keys {keys}").run()?;
    for (name, damaged) in damaged(&proof) {
        write_line(&seeds.join("proof").join(name), &damaged)?;
    }
    let subject =
        json!({ "name": "a.prov", "program": fs::read_to_string(&program)?, "inputs": {} });
    let job = json!({ "do": "verify", "with": { "subject": subject, "proof": text } });
    write_line(
        &seeds.join("worker/verify.jsonl"),
        &json!({ "id": 3, "request": job }),
    )?;

    // The target `key` takes a first byte that says what the rest is. Of the proving key: its head and a few sections'
    // places.
    let verifying = fs::read(verifying)?;
    let proving = fs::read(proving_key(&keys)?)?;
    let head = proving
        .get(..verifying.len() + 104)
        .context("the proving key is shorter than its head")?;
    fs::write(seeds.join("key/honest.vk"), [b"v", &*verifying].concat())?;
    fs::write(seeds.join("key/proving.bin"), [b"p", head].concat())?;
    Ok(())
}

/// The same proof with a point of somebody else, with none, and with two in each other's place.
pub fn damaged(proof: &Value) -> [(&'static str, Value); 3] {
    let infinity = format!("c0{}", "0".repeat(94));
    let with = |points: &[(&str, Value)]| {
        let mut proof = proof.clone();
        for (name, point) in points {
            proof[*name] = point.clone();
        }
        proof
    };
    let (a, c) = (&proof["a"], &proof["c"]);
    [
        ("generator.json", with(&[("c", GENERATOR.into())])),
        ("infinity.json", with(&[("a", infinity.into())])),
        ("swapped.json", with(&[("a", c.clone()), ("c", a.clone())])),
    ]
}

fn write_line(file: &Path, value: &Value) -> Result<()> {
    Ok(fs::write(file, format!("{value}\n"))?)
}

fn proving_key(folder: &Path) -> Result<PathBuf> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|ending| ending == "pk") {
            return Ok(path);
        }
    }
    anyhow::bail!("there is no proving key in {}", folder.display())
}
