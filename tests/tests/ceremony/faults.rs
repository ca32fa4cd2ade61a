//! Steps that are killed, as by kill -9, and disks that are full. What a step reads stays as it was, and so does what was in the
//! place of what it writes, until that is whole. The next call works, and leaves nothing of what was begun before.

use super::path;
use provable_tests::faults::{TOO_LARGE, names, says_no_room, shell, short_of_room, signal};
use provable_tests::provable;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// A domain of 512 points: the powers have 300 KB.
const BITS: &str = "9";
/// Blocks of 512 bytes of a file of these powers.
const BLOCKS: u64 = 570;

/// A folder with powers and published powers, and an empty folder `out`.
struct Place {
    folder: TempDir,
}

impl Place {
    fn new() -> Place {
        let place = Place {
            folder: tempfile::tempdir().unwrap(),
        };
        std::fs::create_dir(place.path("out")).unwrap();
        place.done(&["powers", "new", BITS, "in.powers"]);
        let bytes = std::fs::read(place.path("in.powers")).unwrap();
        // A header of 22 bytes: nobody has contributed.
        std::fs::write(place.path("published"), &bytes[22..]).unwrap();
        place
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn done(&self, words: &[&str]) {
        let call = provable(words).in_folder(self.folder.path());
        call.call().status(0);
    }

    /// The names in a folder that are of unfinished files.
    fn begun(&self, folder: &str) -> Vec<String> {
        let mut names = names(&self.path(folder));
        names.retain(|name| name.ends_with(".partial") || name.ends_with(".part"));
        names
    }

    /// Calls a command whose files may not grow over so many blocks: the system ends it when one does.
    fn killed_after(&self, blocks: u64, words: &[&str]) {
        let script = format!("ulimit -c 0; ulimit -f {blocks}; exec \"$0\" \"$@\"");
        let output = shell(self.folder.path(), &script, words);
        assert_eq!(signal(&output), Some(TOO_LARGE), "{output:?}");
    }
}

/// The steps of phase 1, from the folder of a place to `out/a.powers`.
const FIRST: [&[&str]; 3] = [
    &["powers", "new", BITS, "out/a.powers"],
    &["powers", "contribute", "in.powers", "out/a.powers"],
    &["powers", "import", "published", BITS, "out/a.powers"],
];

#[test]
fn a_step_that_is_killed_while_it_writes_leaves_what_was_there() {
    let place = Place::new();
    let read = || ["in.powers", "published"].map(|name| std::fs::read(place.path(name)).unwrap());
    let inputs = read();
    let out = place.path("out/a.powers");
    for step in FIRST {
        for (blocks, before) in [
            (1, None),
            (BLOCKS / 2, Some("mine")),
            (BLOCKS - 1, Some("mine")),
        ] {
            match before {
                Some(before) => std::fs::write(&out, before).unwrap(),
                None => assert!(!out.exists()),
            }
            place.killed_after(blocks, step);
            assert_eq!(std::fs::read_to_string(&out).ok().as_deref(), before);
            // What is left is of this call alone: it has swept away what the one before left.
            assert_eq!(place.begun("out").len(), 1);
        }
        place.done(step);
        place.done(&["powers", "verify", "out/a.powers"]);
        assert_eq!(names(&place.path("out")), ["a.powers"]);
        std::fs::remove_file(&out).unwrap();
    }
    assert!(read() == inputs, "what is read stays as it was");
}

#[test]
fn a_step_of_phase_2_that_is_killed_while_it_writes_leaves_what_was_there() {
    let place = Place::new();
    let from = path("0.ceremony");
    let from = from.to_str().unwrap();
    let inputs = std::fs::read(from).unwrap();
    let out = place.path("out/a.ceremony");
    std::fs::write(&out, "mine").unwrap();
    place.killed_after(8_000, &["ceremony", "contribute", from, "out/a.ceremony"]);
    assert_eq!(std::fs::read_to_string(&out).unwrap(), "mine");
    assert_eq!(place.begun("out").len(), 1);
    assert!(std::fs::read(from).unwrap() == inputs);
}

#[test]
fn a_disk_that_is_full_is_named_and_nothing_is_left_on_it() {
    let place = Place::new();
    let from = path("0.ceremony");
    let from = from.to_str().unwrap();
    let second: &[&str] = &["ceremony", "contribute", from, "out/a.ceremony"];
    for (step, room) in FIRST
        .map(|step| (step, 100))
        .into_iter()
        .chain([(second, 4_000)])
    {
        let [first, again] = short_of_room(place.folder.path(), "out", room, step);
        says_no_room(&first.answer, "out/a.");
        assert_eq!(first.left, [""; 0], "{step:?}");
        assert_eq!(again.answer.status, 0, "{again:?}");
        assert_eq!(again.left.len(), 1, "{again:?}");
        let _ = std::fs::remove_file(place.path("out/a.powers"));
    }
}

#[test]
fn a_key_of_a_ceremony_that_does_not_fit_leaves_nothing_and_is_stored_when_there_is_room() {
    let place = Place::new();
    let from = path("3.ceremony");
    let finish = ["ceremony", "finish", "--keys=out", from.to_str().unwrap()];
    let [first, again] = short_of_room(place.folder.path(), "out", 3 << 10, &finish);
    says_no_room(&first.answer, "out/44-");
    assert!(
        first.left.iter().all(|name| name.ends_with(".lock")),
        "{first:?}"
    );
    assert_eq!(again.answer.status, 0, "{again:?}");
    let keys = |ending: &str| {
        again
            .left
            .iter()
            .filter(|name| name.ends_with(ending))
            .count()
    };
    assert_eq!((keys(".pk"), keys(".part")), (1, 0), "{:?}", again.left);
}

#[test]
fn a_store_that_cannot_be_written_is_told_before_the_ceremony_is_read() {
    let place = Place::new();
    let words = [
        "ceremony",
        "finish",
        "--keys=in.powers/keys",
        "missing.ceremony",
    ];
    let call = provable(words).in_folder(place.folder.path());
    call.call().status(2).says(&["in.powers/keys", "--keys"]);
}

#[test]
fn a_partly_written_key_of_a_ceremony_is_no_key_and_is_removed() {
    let place = Place::new();
    let from = path("3.ceremony");
    let finish = ["ceremony", "finish", "--keys=out", from.to_str().unwrap()];
    place.killed_after(3_000, &finish);
    let begun = place.begun("out");
    let [begun] = &begun[..] else {
        panic!("{begun:?}");
    };
    let part = place.path("out").join(begun);
    let half = std::fs::read(&part).unwrap();
    let list = || {
        let call =
            provable(["keys", "--keys=out", "list", "--json"]).in_folder(place.folder.path());
        call.call().status(0).json()["keys"]
            .as_array()
            .unwrap()
            .len()
    };
    assert_eq!(list(), 0);
    // Each of these removes it.
    let removals: [&[&str]; 3] = [
        &["keys", "--keys=out", "remove", "unfinished"],
        &["keys", "--keys=out", "remove", "44"],
        &finish,
    ];
    for words in removals {
        std::fs::write(&part, &half).unwrap();
        place.done(words);
        assert_eq!(place.begun("out"), [""; 0], "{words:?}");
    }
    assert_eq!(list(), 1);
}

#[cfg(target_os = "linux")]
mod moments {
    use super::*;
    use provable_tests::binary;
    use std::process::{Child, Command, Stdio};

    /// When a step is killed: while it reads, or when it has read all and works.
    #[derive(Clone, Copy, Debug)]
    enum Moment {
        Reading,
        Working,
    }

    /// Whether a process has a file open.
    fn has_open(process: &Child, file: &Path) -> bool {
        let open = std::fs::read_dir(format!("/proc/{}/fd", process.id()));
        let mut open = open.into_iter().flatten().flatten();
        open.any(|one| std::fs::read_link(one.path()).is_ok_and(|path| path == file))
    }

    fn killed(place: &Place, moment: Moment, words: &[&str], from: &Path) {
        let from = from.canonicalize().unwrap();
        let mut process = Command::new(binary())
            .args(words)
            .current_dir(place.folder.path())
            .env_remove("PROVABLE_HOME")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut wait = |is_open: bool| {
            while has_open(&process, &from) != is_open {
                let ended = process.try_wait().unwrap();
                assert!(ended.is_none(), "{words:?} ended: {ended:?}");
                std::thread::yield_now();
            }
        };
        wait(true);
        if let Moment::Working = moment {
            wait(false);
        }
        process.kill().unwrap();
        let ended = process.wait().unwrap();
        assert_eq!(ended.code(), None, "{words:?} was done before {moment:?}");
    }

    #[test]
    fn a_step_that_is_killed_before_it_writes_leaves_nothing() {
        let place = Place::new();
        let at = |name: &str| path(name).to_str().unwrap().to_owned();
        let (powers, begun, last) = (at("3.powers"), at("0.ceremony"), at("3.ceremony"));
        let new = [
            "ceremony",
            "new",
            "44",
            "--powers",
            &powers,
            "out/a.ceremony",
        ];
        let contribute = ["ceremony", "contribute", &begun, "out/a.ceremony"];
        let finish = ["ceremony", "finish", "--keys=out", &last];
        let steps: [(&[&str], PathBuf); 5] = [
            (FIRST[1], place.path("in.powers")),
            (FIRST[2], place.path("published")),
            (&new, powers.clone().into()),
            (&contribute, begun.clone().into()),
            (&finish, last.clone().into()),
        ];
        for (words, from) in steps {
            let before = std::fs::read(&from).unwrap();
            for moment in [Moment::Reading, Moment::Working] {
                killed(&place, moment, words, &from);
                assert_eq!(names(&place.path("out")), [""; 0], "{words:?} {moment:?}");
            }
            assert!(std::fs::read(&from).unwrap() == before);
        }
    }
}
