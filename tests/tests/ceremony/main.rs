//! `provable powers` and `provable ceremony`: a ceremony as its coordinator, its contributors and a doubter go through it.

#[cfg(unix)]
mod faults;
mod refusals;

use provable_tests::provable;
use serde_json::Value;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use tempfile::TempDir;

/// A ceremony of the smallest tier with three contributions to each phase: its folder, with `2.ceremony` and `3.ceremony`.
static CEREMONY: LazyLock<TempDir> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: String| folder.path().join(name).into_os_string();
    run(&["powers", "new", "44"], &[at("0.powers".into())], 0);
    for number in 0..3 {
        let files = [
            at(format!("{number}.powers")),
            at(format!("{}.powers", number + 1)),
        ];
        run(&["powers", "contribute"], &files, 0);
    }
    let files = [at("3.powers".into()), at("0.ceremony".into())];
    run(&["ceremony", "new", "44", "--powers"], &files, 0);
    for number in 0..3 {
        let files = [
            at(format!("{number}.ceremony")),
            at(format!("{}.ceremony", number + 1)),
        ];
        run(&["ceremony", "contribute"], &files, 0);
    }
    folder
});

fn path(name: &str) -> PathBuf {
    CEREMONY.path().join(name)
}

/// What a command answers as JSON.
fn run(words: &[&str], files: &[impl AsRef<OsStr>], status: i32) -> Value {
    let words = words.iter().map(OsStr::new);
    let files = files.iter().map(AsRef::as_ref);
    let json = [OsStr::new("--json")].into_iter();
    provable(json.chain(words).chain(files))
        .call()
        .status(status)
        .json()
}

fn refused(words: &[&str], file: &Path, status: i32) -> String {
    let answer = run(words, &[file], status);
    answer["message"].as_str().unwrap().to_owned()
}

#[test]
fn a_key_of_three_contributors_convinces_on_another_machine_that_checked_the_ceremony() {
    let (here, there) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let folder = tempfile::tempdir().unwrap();
    let program = folder.path().join("seven.prov");
    std::fs::write(&program, "PUSH 7\nWRITE\nHALT\n").unwrap();
    let proof = folder.path().join("seven.proof.json");
    let keys = |store: &TempDir| format!("--keys={}", store.path().display());
    let finished = run(
        &["ceremony", "finish", &keys(&here)],
        &[path("3.ceremony")],
        0,
    );
    assert_eq!(
        (&finished["can_prove"], &finished["contributors"]),
        (&Value::Bool(true), &3.into())
    );
    run(&["prove", &keys(&here)], &[&program], 0);
    let verify = ["verify", &keys(&there)];
    let files = [&program, &proof];
    assert!(
        run(&verify, &files, 2)["message"]
            .as_str()
            .unwrap()
            .contains("no key")
    );
    // The bytes of the key alone do not say how it was made.
    let key = folder.path().join("key.vk");
    run(&["keys", &keys(&here), "export", "44"], &[&key], 0);
    run(&["keys", &keys(&there), "import"], &[&key], 0);
    assert_eq!(run(&verify, &files, 0)["key"]["origin"], "imported");
    let taken = run(
        &["ceremony", "finish", "--verifying", &keys(&there)],
        &[path("3.ceremony")],
        0,
    );
    assert_eq!(
        (&taken["can_prove"], &taken["key"]),
        (&Value::Bool(false), &finished["key"])
    );
    let valid = run(&verify, &files, 0);
    let hash = &finished["hash"].as_str().unwrap()[..32];
    let origin = format!("ceremony {hash} of 3 + 3 contributions, verified here");
    assert_eq!(
        (&valid["valid"], &valid["key"]["origin"]),
        (&Value::Bool(true), &origin.into())
    );
}

#[test]
fn each_contributor_finds_their_hash_in_what_is_published() {
    let last = run(&["ceremony", "verify"], &[path("3.ceremony")], 0);
    let hashes = |phase: &str| -> Vec<String> {
        let all = last[phase].as_array().unwrap().iter();
        all.map(|one| one["hash"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!((hashes("phase_1").len(), hashes("phase_2").len()), (3, 3));
    for number in 1..=3 {
        let powers = run(
            &["powers", "verify"],
            &[path(&format!("{number}.powers"))],
            0,
        );
        assert_eq!(powers["hash"], hashes("phase_1")[number - 1]);
        let ceremony = run(
            &["ceremony", "verify"],
            &[path(&format!("{number}.ceremony"))],
            0,
        );
        assert_eq!(ceremony["hash"], hashes("phase_2")[number - 1]);
    }
    let words = [
        OsStr::new("ceremony"),
        OsStr::new("verify"),
        path("3.ceremony").as_os_str(),
    ]
    .map(ToOwned::to_owned);
    let told = provable(words.iter().map(|word| word.as_os_str()))
        .call()
        .status(0);
    assert!(told.stdout.contains(
        "all 3 contributors to phase 1 together, or by all 3 contributors to phase 2 together"
    ));
}

#[test]
fn a_ceremony_without_secrets_makes_no_key() {
    let store = tempfile::tempdir().unwrap();
    let keys = format!("--keys={}", store.path().display());
    for words in [&["ceremony", "finish", &keys][..], &["ceremony", "verify"]] {
        let message = refused(words, &path("0.ceremony"), 1);
        assert!(
            message.contains("nobody contributed a secret to gamma, delta and kappa"),
            "{message}"
        );
    }
    // A public beacon in place of the secrets of phase 1.
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    run(
        &["powers", "contribute", "--beacon=c0ffee", "--beacon-bits=2"],
        &[path("0.powers"), at("b.powers")],
        0,
    );
    run(
        &["ceremony", "new", "44", "--powers"],
        &[at("b.powers"), at("0.ceremony")],
        0,
    );
    run(
        &["ceremony", "contribute"],
        &[at("0.ceremony"), at("1.ceremony")],
        0,
    );
    for words in [&["ceremony", "finish", &keys][..], &["ceremony", "verify"]] {
        let message = refused(words, &at("1.ceremony"), 1);
        assert!(
            message.contains("nobody contributed a secret to tau, alpha and beta"),
            "{message}"
        );
    }
    assert!(
        std::fs::read_dir(store.path()).unwrap().next().is_none(),
        "nothing is stored"
    );
}

#[test]
fn published_powers_begin_a_ceremony_that_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    // The layout of published files: the end of a file of powers, with a hash before it.
    let bytes = std::fs::read(path("3.powers")).unwrap();
    let points = (4 * 4096 - 1) * 96 + 4097 * 192;
    let published = [&[7; 64], &bytes[bytes.len() - points..]].concat();
    std::fs::write(at("challenge"), published).unwrap();
    let arguments = [
        at("challenge").into_os_string(),
        "44".into(),
        at("p.powers").into_os_string(),
    ];
    let import = run(&["powers", "import"], &arguments, 0);
    assert_eq!(import["contributors"], 0);
    let hash = import["published_powers"].as_str().unwrap().to_owned();
    // Whoever imports the same file finds the same hash in everything that is made of it.
    run(
        &["powers", "contribute"],
        &[at("p.powers"), at("q.powers")],
        0,
    );
    let verified = run(&["powers", "verify"], &[at("q.powers")], 0);
    assert_eq!(
        (&verified["published_powers"], &verified["contributors"]),
        (&Value::String(hash.clone()), &1.into())
    );
    run(
        &["ceremony", "new", "44", "--powers"],
        &[at("p.powers"), at("0.ceremony")],
        0,
    );
    run(
        &["ceremony", "contribute"],
        &[at("0.ceremony"), at("1.ceremony")],
        0,
    );
    let message = refused(&["ceremony", "verify"], &at("1.ceremony"), 1);
    assert!(
        message.contains("nobody contributed to the powers after they were imported"),
        "{message}"
    );
    std::fs::write(at("challenge"), [0; 1000]).unwrap();
    let message = run(&["powers", "import"], &arguments, 2);
    assert!(
        message["message"]
            .as_str()
            .unwrap()
            .contains("published powers have"),
        "{message}"
    );
}
