//! Where proofs, openings, traces and keys go: tried before any work, never over what somebody needs.

use super::support::{names, proved};
use provable_tests::{Answer, SMALLEST, provable};
use std::path::Path;

const PROGRAM: &str = "READ\nSECRET\nADD\nWRITE\nHALT\n";
const INPUTS: &str = r#"{"public": [35], "secret": [7]}"#;

/// A folder with a program and its inputs, and without a key.
fn place() -> tempfile::TempDir {
    let here = tempfile::tempdir().unwrap();
    std::fs::write(here.path().join("p.prov"), PROGRAM).unwrap();
    std::fs::write(here.path().join("p.inputs.json"), INPUTS).unwrap();
    here
}

/// Calls the command there with a key store that is not there: where work begins, it is made.
fn call(here: &Path, arguments: &[&str]) -> Answer {
    let keys: &[&str] = match arguments {
        ["run", ..] => &[],
        _ => &["--keys", "keys"],
    };
    provable(arguments.iter().chain(keys))
        .in_folder(here)
        .call()
}

#[test]
fn two_outputs_on_one_file_are_refused_before_any_work() {
    let here = place();
    let at = |name: &str| here.path().join(name);
    std::fs::write(at("old.json"), "old").unwrap();
    std::fs::hard_link(at("old.json"), at("hard.json")).unwrap();
    let whole = at("new.json");
    #[cfg(unix)]
    {
        use std::os::unix::fs::symlink;
        symlink("new.json", at("soft.json")).unwrap();
        symlink(".", at("here")).unwrap();
    }
    let before = names(here.path());
    let mut pairs = vec![
        ("new.json", "new.json"),
        ("new.json", "./new.json"),
        ("new.json", whole.to_str().unwrap()),
        ("old.json", "hard.json"),
        ("-", "-"),
    ];
    if cfg!(unix) {
        pairs.extend([("new.json", "soft.json"), ("here/new.json", "new.json")]);
    }
    for (proof, opening) in pairs {
        call(
            here.path(),
            &["prove", "p.prov", "-o", proof, "--opening", opening],
        )
        .status(2)
        .says(&["the proof and the opening cannot both", "nothing was done"]);
        assert_eq!(names(here.path()), before, "{proof} {opening}");
    }
    // The proof's own place, where none is given.
    let opening = ["prove", "p.prov", "--opening", "p.proof.json"];
    call(here.path(), &opening).status(2).says(&["cannot both"]);
    assert_eq!(names(here.path()), before);
    assert_eq!(std::fs::read_to_string(at("old.json")).unwrap(), "old");
}

#[test]
fn what_the_command_reads_and_what_is_named_as_a_source_is_never_replaced() {
    let here = place();
    let at = |name: &str| here.path().join(name);
    let kept = ["q.prov", "q.inputs.json", "q.pk", "q.vk", "q.proof.json"];
    for name in kept {
        std::fs::write(at(name), name).unwrap();
    }
    std::fs::write(at("inputs"), INPUTS).unwrap();
    std::fs::hard_link(at("p.prov"), at("hard")).unwrap();
    let before = names(here.path());
    let refused = |arguments: &[&str], told: &str| {
        call(here.path(), arguments).status(2).says(&[told]);
        assert_eq!(names(here.path()), before, "{arguments:?}");
    };
    let over_program = "over the program";
    refused(&["prove", "p.prov", "-o", "p.prov"], over_program);
    refused(&["prove", "p.prov", "-o", "hard"], over_program);
    refused(&["prove", "p.prov", "--opening", "./p.prov"], over_program);
    refused(&["run", "p.prov", "--trace", "p.prov"], over_program);
    let over_inputs = "over the inputs";
    refused(&["prove", "p.prov", "-o", "p.inputs.json"], over_inputs);
    refused(&["run", "p.prov", "--trace", "p.inputs.json"], over_inputs);
    let given = ["prove", "p.prov", "--inputs", "inputs", "-o", "inputs"];
    refused(&given, over_inputs);
    // Named as something that is not made again, or that is given to others.
    for name in kept {
        refused(&["prove", "p.prov", "--opening", name], "is named as");
        refused(&["run", "p.prov", "--trace", name], "is named as");
        if name != "q.proof.json" {
            refused(&["prove", "p.prov", "-o", name], "is named as");
        }
        if name != "q.vk" {
            let export = ["keys", "export", SMALLEST, name];
            proved().call(&export[..3]).status(2);
            let to = at(name);
            let export = ["keys", "export", SMALLEST, to.to_str().unwrap()];
            proved().call(&export).status(2).says(&["is named as"]);
        }
    }
    for name in kept {
        assert_eq!(std::fs::read_to_string(at(name)).unwrap(), name);
    }
    assert_eq!(std::fs::read_to_string(at("p.prov")).unwrap(), PROGRAM);
    assert_eq!(
        std::fs::read_to_string(at("p.inputs.json")).unwrap(),
        INPUTS
    );
    // With lists the file is not read, and it is somebody's source all the same.
    let lists = [
        "run",
        "p.prov",
        "--public",
        "1",
        "--secret",
        "2",
        "--trace",
        "p.inputs.json",
    ];
    refused(&lists, "the inputs");
}

#[test]
fn a_destination_that_cannot_be_written_is_refused_before_any_work() {
    let here = place();
    let at = |name: &str| here.path().join(name);
    std::fs::create_dir(at("folder")).unwrap();
    std::fs::write(at("fixed.json"), "as it was").unwrap();
    let mut permissions = std::fs::metadata(at("fixed.json")).unwrap().permissions();
    permissions.set_readonly(true);
    std::fs::set_permissions(at("fixed.json"), permissions).unwrap();
    let mut cases = vec![
        ("nowhere/x.json", "its folder does not exist"),
        ("p.prov/x.json", "Not a directory"),
        ("folder", "it is a folder"),
        ("new/", "it is a folder"),
        ("fixed.json", "read-only"),
    ];
    if cfg!(target_os = "linux") {
        cases.push(("/proc/x.json", "no file can be made in /proc"));
    }
    let before = names(here.path());
    for (path, told) in cases {
        for arguments in [
            &["prove", "p.prov", "-o", path][..],
            &["prove", "p.prov", "--opening", path],
            &["run", "p.prov", "--trace", path],
        ] {
            call(here.path(), arguments).status(2).says(&[told]);
            assert_eq!(names(here.path()), before, "{arguments:?}");
        }
        let path = match path {
            "/proc/x.json" => path.to_owned(),
            path => {
                at(path).to_str().unwrap().to_owned() + if path.ends_with('/') { "/" } else { "" }
            }
        };
        proved()
            .call(&["keys", "export", SMALLEST, &path])
            .status(2)
            .says(&[told]);
    }
    assert_eq!(
        std::fs::read_to_string(at("fixed.json")).unwrap(),
        "as it was"
    );
    let json = call(
        here.path(),
        &["prove", "p.prov", "-o", "nowhere/x.json", "--json"],
    );
    assert_eq!(json.status(2).json()["file"], "nowhere/x.json");
}

#[test]
fn a_link_to_a_file_that_is_not_there_yet_is_followed() {
    #[cfg(unix)]
    {
        let folder = proved().folder.path();
        std::fs::create_dir_all(folder.join("linked")).unwrap();
        std::os::unix::fs::symlink("linked/target.json", folder.join("link.json")).unwrap();
        let prove = ["prove", "seed.prov", "-o", "link.json"];
        proved().call(&prove).status(0);
        let target = std::fs::symlink_metadata(folder.join("linked/target.json")).unwrap();
        assert!(target.is_file());
        assert!(folder.join("link.json").is_symlink());
    }
}
