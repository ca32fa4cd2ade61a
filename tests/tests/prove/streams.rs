//! What goes to standard output, to a pipe or to a device, and what is written together.

use super::support::{names, proved};
use provable::proof::Proof;
use provable_tests::{SMALLEST, binary, provable};
use std::process::Command;

#[test]
fn a_proof_on_standard_output_is_all_that_is_there() {
    let folder = tempfile::tempdir_in(proved().folder.path()).unwrap();
    std::fs::copy(proved().path("seed.prov"), folder.path().join("seed.prov")).unwrap();
    let prove = |to: &[&str]| {
        let arguments = ["prove", "seed.prov"].iter().chain(to);
        let arguments = arguments.chain(&["--keys", "../keys"]);
        provable(arguments).in_folder(folder.path()).call()
    };
    let mut names_of_stdout = vec!["-"];
    if cfg!(target_os = "linux") {
        names_of_stdout.extend(["/dev/stdout", "/proc/self/fd/1"]);
    }
    for name in names_of_stdout {
        let answer = prove(&["-o", name]).status(0);
        Proof::from_json(&answer.stdout).unwrap();
        answer.says(&["proved in", "in standard output", "trace commitment"]);
        prove(&["-o", name, "--json"])
            .status(2)
            .says(&["--json", "the proof cannot go there"]);
        prove(&["-o", "x.proof.json", "--opening", name, "--json"]).status(2);
        assert_eq!(names(folder.path()), ["seed.prov"], "{name}");
        let opening = prove(&["-o", "x.proof.json", "--opening", name]).status(0);
        assert!(opening.stdout.contains("\"blind\""), "{opening:?}");
        std::fs::remove_file(folder.path().join("x.proof.json")).unwrap();
        let run = ["run", "seed.prov", "--trace", name];
        let run = provable(run).in_folder(folder.path()).call().status(0);
        let trace: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
        assert_eq!(trace["states"].as_array().unwrap().len(), 9);
        run.says(&["halted after 8 steps", "trace digest"]);
        let run = ["run", "seed.prov", "--json", "--trace", name];
        provable(run).in_folder(folder.path()).call().status(2);
    }
    assert_eq!(names(folder.path()), ["seed.prov"]);
}

#[cfg(unix)]
#[test]
fn a_file_that_standard_output_goes_to_holds_the_proof_alone_and_a_key_goes_there_too() {
    let shell = |script: &str| {
        let mut shell = Command::new("sh");
        shell.args(["-c", script]).arg(binary());
        shell
            .args(["--keys", "keys"])
            .current_dir(proved().folder.path());
        let output = shell.output().unwrap();
        assert!(output.status.success(), "{output:?}");
        String::from_utf8(output.stderr).unwrap()
    };
    for to in ["-", "/dev/stdout", "out.json"] {
        let told = shell(&format!("\"$0\" prove seed.prov -o {to} \"$@\" > out.json"));
        assert!(told.contains("trace commitment"), "{told}");
        let text = std::fs::read_to_string(proved().path("out.json")).unwrap();
        Proof::from_json(&text).unwrap();
    }
    shell(&format!("\"$0\" keys export {SMALLEST} piped.vk \"$@\""));
    let told = shell(&format!("\"$0\" keys export {SMALLEST} - \"$@\" > out.vk"));
    let exported = format!("exported the key of tier {SMALLEST} to standard output");
    assert!(told.contains(&exported));
    let read = |name: &str| std::fs::read(proved().path(name)).unwrap();
    assert_eq!(read("out.vk"), read("piped.vk"));
}

#[cfg(target_os = "linux")]
#[test]
fn a_proof_and_its_opening_are_written_together_or_not_at_all() {
    let folder = proved().folder.path();
    let prove = |proof: &str, opening: &str| {
        proved().call(&["prove", "seed.prov", "-o", proof, "--opening", opening])
    };
    let told = [
        "No space left",
        "the proof was made and is lost",
        "prove again",
    ];
    prove("with.proof.json", "/dev/full").status(2).says(&told);
    prove("/dev/full", "with.opening.json")
        .status(2)
        .says(&told);
    assert!(!folder.join("with.proof.json").exists());
    assert!(!folder.join("with.opening.json").exists());
    prove("with.proof.json", "with.opening.json").status(0);
    let audit = ["audit", "seed.prov", "with.proof.json", "with.opening.json"];
    proved().call(&audit).status(0);
}

#[cfg(unix)]
#[test]
fn a_proof_that_nobody_reads_is_no_success() {
    let script = "\"$0\" prove seed.prov -o - \"$@\" 2>told | true; cat told";
    let mut shell = Command::new("sh");
    shell.args(["-c", script]).arg(binary());
    shell
        .args(["--keys", "keys"])
        .current_dir(proved().folder.path());
    let told = String::from_utf8(shell.output().unwrap().stdout).unwrap();
    assert!(
        told.contains("is lost: cannot write standard output"),
        "{told}"
    );
}
