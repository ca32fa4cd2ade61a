//! What is refused: files that are no such file, of another kind or version, or cut anywhere; values that are none.

use super::{path, refused, run};
use provable_tests::provable;
use std::path::Path;

#[test]
fn what_is_no_ceremony_is_refused_with_the_place_and_nothing_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let bytes = std::fs::read(path("3.ceremony")).unwrap();
    let mut changed = bytes.clone();
    let middle = changed.len() / 2;
    changed[middle] ^= 1;
    for (name, content, part) in [
        ("empty.ceremony", &[][..], "it ends within its tag"),
        (
            "short.ceremony",
            &bytes[..bytes.len() - 1],
            "it ends within delta in G1",
        ),
        ("changed.ceremony", &changed, "no point of the group"),
    ] {
        std::fs::write(at(name), content).unwrap();
        let message = refused(&["ceremony", "verify"], &at(name), 2);
        assert!(
            message.contains(name) && message.contains(part),
            "{message}"
        );
        let out = at("out.ceremony");
        run(&["ceremony", "contribute"], &[at(name), out.clone()], 2);
        assert!(!out.exists());
    }
    let message = run(
        &["ceremony", "new", "113", "--powers"],
        &[path("3.powers"), at("x.ceremony")],
        2,
    );
    assert!(
        message["message"]
            .as_str()
            .unwrap()
            .contains("tier 113 needs 8192"),
        "{message}"
    );
    let message = run(&["powers", "new", "no-tier"], &[at("x.powers")], 2);
    assert!(
        message["message"]
            .as_str()
            .unwrap()
            .contains("no tier and no domain"),
        "{message}"
    );
    let same = path("0.powers");
    let message = run(&["powers", "contribute"], &[same.clone(), same], 2);
    assert!(
        message["message"]
            .as_str()
            .unwrap()
            .contains("written over"),
        "{message}"
    );
}

/// What the command says, which names the file and the way out, before it reads anything to the end.
fn told(words: &[&str], files: &[&Path], texts: &[&str]) {
    let files = files.iter().map(|file| file.to_str().unwrap());
    let call = provable(words.iter().copied().chain(files));
    call.call().status(2).says(texts).says(&["help: "]);
}

#[test]
fn a_file_of_another_kind_or_version_is_called_what_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let (powers, ceremony) = (path("0.powers"), path("0.ceremony"));
    let out = at("out");
    let is_powers = [
        "0.powers: it is a file of powers, and a file of a ceremony is needed",
        "`provable powers` is for files of powers",
    ];
    let is_ceremony = ["0.ceremony: it is a file of a ceremony, and a file of powers is needed"];
    told(&["ceremony", "verify"], &[&powers], &is_powers);
    told(&["ceremony", "contribute"], &[&powers, &out], &is_powers);
    told(&["powers", "verify"], &[&ceremony], &is_ceremony);
    told(
        &["keys", "import"],
        &[&ceremony],
        &["0.ceremony is a file of a ceremony", "ceremony finish FILE"],
    );
    told(
        &["ceremony", "new", "44", "--powers"],
        &[&ceremony, &out],
        &is_ceremony,
    );
    let own = at("own.powers");
    run(&["powers", "new", "2"], &[&own], 0);
    let published = ["it is a file of powers, and a file of published powers is needed"];
    told(
        &["powers", "import"],
        &[&own, Path::new("2"), &out],
        &published,
    );
    for (name, words) in [("0.powers", "powers"), ("0.ceremony", "ceremony")] {
        let mut bytes = std::fs::read(path(name)).unwrap();
        bytes[15] = b'2';
        std::fs::write(at(name), bytes).unwrap();
        let version = [
            name,
            "of another version",
            "take part in it with that version",
        ];
        told(&[words, "verify"], &[&at(name)], &version);
    }
    assert!(!out.exists());
}

#[test]
fn a_file_that_ends_in_any_part_is_refused_with_the_part() {
    let folder = tempfile::tempdir().unwrap();
    let cut = folder.path().join("cut");
    let bytes = std::fs::read(path("3.ceremony")).unwrap();
    // The powers: a header, three contributions, and the lists for 4096 points.
    let record = |point: usize| 3 * point + 1 + 3 * (point + 32);
    let lists = 22 + 3 * record(48);
    let circuit = lists + (4 * 4096 - 1) * 96 + 4097 * 192;
    for (length, part) in [
        (10, "its tag"),
        (17, "its header"),
        (20, "its contributions"),
        (30, "a contribution"),
        (lists, "the powers of tau in G1"),
        (lists + 8191 * 96 + 5, "the powers of tau in G2"),
        (lists + 8191 * 96 + 4096 * 192, "the powers with alpha"),
        (circuit - 193 * 96, "the powers with beta"),
        (circuit - 1, "beta in G2"),
        (circuit, "its circuit"),
        (circuit + 32, "its contributions"),
        (circuit + 40, "a contribution"),
        (circuit + 36 + 3 * record(96), "the A bases"),
        (bytes.len() - 97, "the quotient bases"),
        (bytes.len() - 96, "delta in G1"),
    ] {
        std::fs::write(&cut, &bytes[..length]).unwrap();
        let message = refused(&["ceremony", "verify"], &cut, 2);
        let ends = format!("it ends within {part}");
        assert!(message.ends_with(&ends), "{length}: {message}");
    }
}

#[cfg(unix)]
#[test]
fn what_is_no_file_is_refused_and_not_waited_for() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let pipe = at("pipe");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status();
    assert!(made.unwrap().success());
    let out = at("out.powers");
    for (path, texts) in [
        (
            &*pipe,
            ["pipe: it is no regular file", "written to a file first"],
        ),
        (
            folder.path(),
            ["it is no regular file", "give the path of a file"],
        ),
        (&at("missing"), ["cannot read", "check the path"]),
    ] {
        told(&["powers", "verify"], &[path], &texts);
        told(&["powers", "contribute"], &[path, &out], &texts);
        told(&["powers", "import"], &[path, Path::new("2"), &out], &texts);
        told(
            &["ceremony", "finish", "--keys"],
            &[&at("keys"), path],
            &texts,
        );
    }
    assert!(!out.exists());
}

#[test]
fn a_beacon_over_the_limits_is_refused_before_the_powers_are_read() {
    let folder = tempfile::tempdir().unwrap();
    let missing = folder.path().join("missing.powers");
    let out = folder.path().join("out.powers");
    let long = format!("--beacon={}", "ab".repeat(257));
    for (options, text) in [
        (&["--beacon=abc"][..], "Odd number of digits"),
        (&["--beacon=xy"], "Invalid character"),
        (&["--beacon="], "there is no value"),
        (&[&long], "it has 257 bytes"),
    ] {
        for phase in ["powers", "ceremony"] {
            let words = [&[phase, "contribute"], options].concat();
            let texts = ["--beacon", text, "a public value of 1 to 256 bytes"];
            told(&words, &[&missing, &out], &texts);
        }
    }
    let words = ["powers", "contribute", "--beacon=ab", "--beacon-bits=27"];
    let files = [missing.to_str().unwrap(), out.to_str().unwrap()];
    let call = provable(words.iter().chain(&files)).call().status(2);
    call.says(&["27", "--beacon-bits", "0..=26"]);
}

#[test]
fn more_beacons_than_a_phase_may_have_are_refused_and_none_has_a_hash_to_keep() {
    let folder = tempfile::tempdir().unwrap();
    let at = |number: usize| folder.path().join(format!("{number}.powers"));
    let beacon = ["powers", "contribute", "--beacon=ab", "--beacon-bits=1"];
    run(&["powers", "new", "2"], &[at(0)], 0);
    for number in 0..4 {
        let (from, to) = (at(number), at(number + 1));
        let files = [from.to_str().unwrap(), to.to_str().unwrap()];
        let answer = provable(beacon.iter().chain(&files)).call().status(0);
        assert!(!answer.stdout.contains("yours"), "{answer:?}");
    }
    let texts = [
        "4.powers",
        "a phase has at most 4 beacons",
        "leave out --beacon",
    ];
    told(&beacon, &[&at(4), &at(5)], &texts);
    assert!(!at(5).exists());
}

/// Nobody is there to type anything: the system's random numbers are enough.
#[cfg(unix)]
#[test]
fn a_contribution_needs_no_standard_input() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    run(&["powers", "new", "2"], &[at("0.powers")], 0);
    for from in ["<&-", "</dev/null"] {
        let script = format!("exec \"$0\" \"$@\" {from}");
        let words = ["powers", "contribute", "0.powers", "1.powers"];
        let output = provable_tests::faults::shell(folder.path(), &script, &words);
        assert!(output.status.success(), "{output:?}");
        let verified = run(&["powers", "verify"], &[at("1.powers")], 0);
        assert_eq!(verified["contributors"], 1);
    }
}
