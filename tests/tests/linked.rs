//! Programs that use files are the programs that their linked texts are, and what stands in them of tests holds.

use provable_tests::{example, examples, provable, root};
use serde_json::Value;

#[test]
fn the_standard_library_and_the_examples_pass_their_tests() {
    let (library, examples) = (root().join("core/src/lang/std"), root().join("examples"));
    let arguments = [
        "test".as_ref(),
        "--json".as_ref(),
        library.as_os_str(),
        examples.as_os_str(),
    ];
    let json = provable(arguments).call().status(0).json();
    assert!(json["passed"].as_u64().unwrap() > 300, "{json}");
}

#[test]
fn the_linked_text_of_every_example_is_the_same_program_and_runs_alike() {
    let folder = tempfile::tempdir().unwrap();
    let mut with_modules = 0;
    for program in examples() {
        let flat = folder.path().join(program.file_name().unwrap());
        let linked = |program: &std::path::Path| -> Value {
            let arguments = ["link".as_ref(), "--json".as_ref(), program.as_os_str()];
            provable(arguments).call().status(0).json()
        };
        let answer = linked(&program);
        with_modules += usize::from(answer["files"].as_u64().unwrap() > 1);
        std::fs::write(&flat, answer["text"].as_str().unwrap()).unwrap();
        let again = linked(&flat);
        assert_eq!(again["files"], 1);
        assert_eq!(
            again["program_digest"],
            answer["program_digest"],
            "{}",
            program.display()
        );
        let inputs = program.with_extension("inputs.json");
        let run = |program: &std::path::Path| -> Value {
            let arguments = [
                "run".as_ref(),
                "--json".as_ref(),
                program.as_os_str(),
                "--inputs".as_ref(),
                inputs.as_os_str(),
            ];
            provable(arguments).call().status(0).json()
        };
        assert_eq!(run(&program), run(&flat), "{}", program.display());
    }
    assert!(with_modules >= 5, "{with_modules} examples use files");
}

#[test]
fn a_proof_of_a_program_of_several_files_verifies_from_its_linked_text_alone() {
    let folder = tempfile::tempdir().unwrap();
    let (proof, flat) = (
        folder.path().join("bid.proof.json"),
        folder.path().join("bid.prov"),
    );
    let keys = folder.path().join("keys");
    let program = example("commitment.prov");
    let call = |arguments: &[&std::ffi::OsStr]| {
        let keys = ["--keys".as_ref(), keys.as_os_str()];
        provable(arguments.iter().copied().chain(keys)).call()
    };
    call(&[
        "prove".as_ref(),
        program.as_os_str(),
        "-o".as_ref(),
        proof.as_os_str(),
    ])
    .status(0);
    provable([
        "link".as_ref(),
        program.as_os_str(),
        "-o".as_ref(),
        flat.as_os_str(),
    ])
    .call()
    .status(0);
    for text in [&program, &flat] {
        call(&["verify".as_ref(), text.as_os_str(), proof.as_os_str()]).status(0);
    }
    let other = std::fs::read_to_string(&flat)
        .unwrap()
        .replacen("ASSERT", "POP", 1);
    std::fs::write(&flat, other).unwrap();
    call(&["verify".as_ref(), flat.as_os_str(), proof.as_os_str()]).status(1);
}
