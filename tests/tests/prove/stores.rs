//! Key stores: whose they are, how keys in them are named, and what is said of a store that cannot be used.

use super::support::proved;
use provable::circuit::tier::Tier;
use provable_tests::{NEXT, SMALLEST, provable};
use std::path::{Path, PathBuf};

/// The file of the smallest tier's key.
fn made() -> PathBuf {
    let files = std::fs::read_dir(proved().path("keys")).unwrap();
    let mut paths = files.map(|file| file.unwrap().path());
    paths
        .find(|path| path.extension().is_some_and(|ending| ending == "pk"))
        .unwrap()
}

/// A store with the smallest tier's key, in this folder.
fn store(folder: &Path) -> PathBuf {
    std::fs::create_dir_all(folder).unwrap();
    let path = folder.join(made().file_name().unwrap());
    std::fs::copy(made(), &path).unwrap();
    path
}

#[test]
fn advice_about_a_damaged_key_is_about_its_own_store() {
    let here = tempfile::tempdir().unwrap();
    std::fs::copy(proved().path("seed.prov"), here.path().join("seed.prov")).unwrap();
    let healthy = store(&here.path().join("home"));
    let damaged = store(&here.path().join("my keys"));
    std::fs::write(&damaged, "no key").unwrap();
    let call = |arguments: &[&str]| {
        let call = provable(arguments).in_folder(here.path());
        call.env("PROVABLE_HOME", here.path().join("home")).call()
    };
    let advice = &format!("keys remove {SMALLEST} --keys 'my keys'");
    for command in [&["prove", "seed.prov"][..], &["setup"]] {
        let arguments = [command, &["--keys", "my keys"]].concat();
        call(&arguments).status(2).says(&[advice, "my keys"]);
    }
    // A key for the same tier that was taken in is another: the advice does not cost it.
    proved()
        .call(&["keys", "export", SMALLEST, "for-advice.vk"])
        .status(0);
    let export = proved().path("for-advice.vk");
    call(&[
        "keys",
        "import",
        export.to_str().unwrap(),
        "--keys",
        "my keys",
    ])
    .status(0);
    let removed = call(&["keys", "remove", SMALLEST, "--keys", "my keys"]).status(0);
    let told = format!("removed the damaged key of tier {SMALLEST}\n");
    assert_eq!(removed.stdout, told);
    assert!(healthy.exists() && !damaged.exists());
    let list = call(&["keys", "list", "--json", "--keys", "my keys"]).status(0);
    assert_eq!(list.json()["keys"][0]["origin"], "imported");
    // Where nothing names a store, or the environment does, the advice says which all the same.
    std::fs::write(&healthy, "no key").unwrap();
    call(&["prove", "seed.prov"])
        .status(2)
        .says(&[&format!("keys remove {SMALLEST} --keys "), "/home"]);
    // So does all other advice.
    let verify = ["verify", "seed.prov", "proof.json", "--keys", "none"];
    std::fs::write(here.path().join("proof.json"), proved().proof()).unwrap();
    call(&verify)
        .status(2)
        .says(&["held in none", "keys import FILE --keys none"]);
    let export = ["keys", "export", SMALLEST, "x.vk", "--keys", "none"];
    call(&export)
        .status(2)
        .says(&["keys list --keys none", "setup --keys none"]);
    let list = call(&["keys", "list", "--keys", "none"]).status(0);
    assert!(
        list.stdout
            .contains("no keys in none yet; `provable setup --keys none`")
    );
}

#[test]
fn a_store_that_is_only_looked_into_is_not_made() {
    let here = tempfile::tempdir().unwrap();
    std::fs::copy(proved().path("seed.prov"), here.path().join("seed.prov")).unwrap();
    std::fs::write(here.path().join("p.json"), proved().proof()).unwrap();
    for (arguments, status) in [
        (&["keys", "list"][..], 0),
        (&["verify", "seed.prov", "p.json"], 2),
        (&["verify", "seed.prov", "p.json", "p.json"], 2),
        (&["keys", "remove", SMALLEST], 2),
        (&["keys", "remove", "unknown"], 0),
        (&["keys", "export", SMALLEST, "x.vk"], 2),
        (&["prove", "seed.prov", "--tier", "7"], 2),
    ] {
        let arguments = [arguments, &["--keys", "none"]].concat();
        provable(&arguments)
            .in_folder(here.path())
            .call()
            .status(status);
        assert!(!here.path().join("none").exists(), "{arguments:?}");
    }
}

#[test]
fn a_few_digits_name_no_key() {
    let list = proved().call(&["keys", "list", "--json"]).status(0).json();
    let digest = list["keys"][0]["digest"].as_str().unwrap().to_owned();
    let here = tempfile::tempdir().unwrap();
    let key = store(&here.path().join("keys"));
    let remove = |name: &str| {
        let call = provable(["keys", "remove", name, "--keys", "keys"]);
        call.in_folder(here.path()).call()
    };
    // A key in so many has a digest that begins with the name of a tier.
    let is_no_tier = |digits: &usize| Tier::named(&digest[..*digits]).is_none();
    for digits in (0..8).filter(is_no_tier) {
        let answer = remove(&digest[..digits]).status(2);
        answer.says(&["8 or more of its digest's first digits"]);
        assert!(key.exists());
    }
    remove(NEXT).status(2);
    assert!(key.exists(), "a tier's name is that tier's alone");
    let export = ["keys", "export", &digest[..7], "digits.vk"];
    proved().call(&export).status(2);
    remove(&digest[..8]).status(0);
    assert!(!key.exists());
}

#[test]
fn unfinished_keys_are_listed_and_removed() {
    let here = tempfile::tempdir().unwrap();
    let key = store(&here.path().join("keys"));
    let part = |name: &str| {
        let path = here.path().join("keys").join(name);
        std::fs::write(&path, [0; 3000]).unwrap();
        path
    };
    let of_tier = part(&format!(
        "{}.a1b2c3.part",
        key.file_name().unwrap().to_str().unwrap()
    ));
    let other = part(&format!("{NEXT}-000000000000.pk.a1b2c3.part"));
    let call = |arguments: &[&str]| {
        let arguments = arguments.iter().chain(&["--keys", "keys"]);
        provable(arguments).in_folder(here.path()).call().status(0)
    };
    let listed = call(&["keys", "list"]).stdout;
    assert!(listed.contains("2 unfinished files, 6 KB"), "{listed}");
    assert!(
        listed.contains("keys remove unfinished --keys keys"),
        "{listed}"
    );
    let json = call(&["keys", "list", "--json"]).json();
    assert_eq!(json["unfinished"].as_array().unwrap().len(), 2, "{json}");
    assert_eq!(json["unfinished"][0]["bytes"], 3000);
    call(&["keys", "remove", SMALLEST]);
    assert!(!key.exists() && other.exists());
    let removed = call(&["keys", "remove", "unfinished"]).stdout;
    assert!(removed.starts_with("removed "), "{removed}");
    assert!(!of_tier.exists() && !other.exists());
    assert!(!call(&["keys", "list"]).stdout.contains("unfinished"));
}

#[cfg(unix)]
mod permissions {
    use super::*;
    use std::fs::Permissions;
    use std::os::unix::fs::PermissionsExt;
    use std::os::unix::process::CommandExt;
    use std::process::Command;

    /// A user who is not the one that owns the files here, unless the tests run as such a one.
    const NOBODY: u32 = 65_534;

    fn allow(path: &Path, mode: u32) {
        std::fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
    }

    fn mode(path: &Path) -> u32 {
        std::fs::metadata(path).unwrap().permissions().mode() & 0o777
    }

    /// Calls the command as a user to whom permissions apply. Whoever may read everything becomes another.
    fn as_other(here: &Path, arguments: &[&str]) -> (i32, String) {
        let copy = here.join("provable");
        if !copy.exists() {
            std::fs::copy(provable_tests::binary(), &copy).unwrap();
            allow(&copy, 0o755);
        }
        let mut call = Command::new(&copy);
        call.args(arguments)
            .current_dir(here)
            .env_remove("PROVABLE_HOME");
        let probe = here.join("probe");
        std::fs::write(&probe, "").unwrap();
        allow(&probe, 0);
        if std::fs::read(&probe).is_ok() {
            call.uid(NOBODY).gid(NOBODY);
        }
        let output = call.output().unwrap();
        let streams = [output.stdout, output.stderr].concat();
        (
            output.status.code().unwrap(),
            String::from_utf8(streams).unwrap(),
        )
    }

    #[test]
    fn a_key_is_made_readable_as_the_users_mask_says() {
        let here = tempfile::tempdir().unwrap();
        let script = format!("umask 022; exec \"$0\" setup --tier {SMALLEST} --keys keys");
        let mut shell = Command::new("sh");
        shell.args(["-c", &script]).arg(provable_tests::binary());
        assert!(
            shell
                .current_dir(here.path())
                .output()
                .unwrap()
                .status
                .success()
        );
        let files = std::fs::read_dir(here.path().join("keys")).unwrap();
        for path in files.map(|file| file.unwrap().path()) {
            assert_eq!(mode(&path), 0o644, "{}", path.display());
        }
    }

    #[test]
    fn a_store_that_may_not_be_read_is_reported() {
        let here = tempfile::tempdir().unwrap();
        allow(here.path(), 0o755);
        for (name, text) in [
            (
                "seed.prov",
                std::fs::read_to_string(proved().path("seed.prov")).unwrap(),
            ),
            ("p.json", proved().proof()),
        ] {
            std::fs::write(here.path().join(name), text).unwrap();
        }
        let key = store(&here.path().join("keys"));
        allow(&key, 0o0);
        let commands = [
            &["keys", "list"][..],
            &["verify", "seed.prov", "p.json"],
            &["prove", "seed.prov", "-o", "/dev/null"],
            &["keys", "export", SMALLEST, "-"],
            &["keys", "remove", SMALLEST],
        ];
        for command in commands {
            let arguments = [command, &["--keys", "keys"]].concat();
            let (status, told) = as_other(here.path(), &arguments);
            assert_eq!(status, if command[1] == "list" { 0 } else { 2 }, "{told}");
            for part in ["Permission denied", &format!("keys/{SMALLEST}-"), "chmod"] {
                assert!(told.contains(part), "{command:?}, {part}: {told}");
            }
            assert!(!told.contains("no keys"), "{told}");
        }
        assert!(key.exists());
        // The folder itself.
        allow(&key, 0o644);
        allow(&here.path().join("keys"), 0o0);
        for command in &commands[..2] {
            let arguments = [*command, &["--keys", "keys"]].concat();
            let (status, told) = as_other(here.path(), &arguments);
            allow(&here.path().join("keys"), 0o755);
            assert_eq!(status, 2, "{told}");
            assert!(
                told.contains("Permission denied") && told.contains("chmod"),
                "{told}"
            );
            allow(&here.path().join("keys"), 0o0);
        }
        allow(&here.path().join("keys"), 0o755);
        // Readable by all, it serves all.
        let (status, told) = as_other(
            here.path(),
            &["verify", "seed.prov", "p.json", "--keys", "keys"],
        );
        assert_eq!(status, 0, "{told}");
    }

    #[test]
    fn inputs_that_may_not_be_read_are_not_taken_for_none() {
        let here = tempfile::tempdir().unwrap();
        allow(here.path(), 0o755);
        std::fs::write(here.path().join("p.prov"), "HALT\n").unwrap();
        std::fs::write(here.path().join("p.inputs.json"), "{}").unwrap();
        allow(&here.path().join("p.inputs.json"), 0o0);
        let (status, told) = as_other(here.path(), &["run", "p.prov"]);
        assert_eq!(status, 2, "{told}");
        assert!(
            told.contains("cannot read p.inputs.json: Permission denied"),
            "{told}"
        );
    }
}
