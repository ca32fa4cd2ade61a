//! Disks that are full or read-only, and folders that are not there.

use crate::support::{Place, Worker, signal};
use provable_tests::Answer;
use std::process::{Command, Output};
use std::sync::OnceLock;

/// Whether a test may mount a disk of its own. Where it may not, limits and permissions stand for one.
fn may_mount() -> bool {
    static MAY: OnceLock<bool> = OnceLock::new();
    *MAY.get_or_init(|| {
        let mut unshare = Command::new("unshare");
        let script = "mount -t tmpfs tmpfs /tmp && mount -o remount,bind,ro /tmp";
        let output = unshare.args(["-rm", "sh", "-c", script]).output();
        output.is_ok_and(|output| output.status.success())
    })
}

/// A call in a script, its streams and status in files, and what is in a folder afterwards.
fn recorded(name: &str, folder: &str) -> String {
    format!(
        "\"$0\" \"$@\" > {name}.out 2> {name}.err; echo $? > {name}.status; ls -A {folder} > {name}.left; "
    )
}

/// What a call came to, and what was left in the folder that it wrote to.
struct Ended {
    answer: Answer,
    left: Vec<String>,
}

impl Ended {
    fn recorded(place: &Place, name: &str) -> Ended {
        let read = |ending: &str| {
            let path = place.path(&format!("{name}.{ending}"));
            std::fs::read_to_string(path).unwrap()
        };
        let answer = Answer {
            status: read("status").trim().parse().unwrap(),
            stdout: read("out"),
            stderr: read("err"),
        };
        let left = read("left").lines().map(str::to_owned).collect();
        Ended { answer, left }
    }

    fn of(output: Output, place: &Place, folder: &str) -> Ended {
        assert_eq!(signal(&output), None, "{output:?}");
        let files = std::fs::read_dir(place.path(folder)).unwrap();
        let answer = Answer {
            status: output.status.code().unwrap(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        };
        let left = files.map(|file| file.unwrap().file_name().into_string().unwrap());
        Ended {
            left: left.collect(),
            answer,
        }
    }
}

/// A call while `folder` has room for so many KiB, and the same one when there is room.
fn short_of_room(place: &Place, folder: &str, room: usize, arguments: &[&str]) -> [Ended; 2] {
    if may_mount() {
        // Of a disk that is to be full, the one page that it has is taken.
        let size = room.max(4);
        let fill = match room {
            0 => format!("head -c 4096 /dev/zero > {folder}/filler; "),
            _ => String::new(),
        };
        let script = format!(
            "mount -t tmpfs -o size={size}k tmpfs {folder} && {fill}{}rm -f {folder}/filler; \
             mount -o remount,size=32m {folder} && {}",
            recorded("first", folder),
            recorded("second", folder)
        );
        let script = format!("exec unshare -rm sh -c '{script}' \"$0\" \"$@\"");
        let output = place.shell(&script, arguments);
        assert!(output.status.success(), "{output:?}");
        return ["first", "second"].map(|name| {
            let mut ended = Ended::recorded(place, name);
            ended.left.retain(|name| name != "filler");
            ended
        });
    }
    let blocks = room * 2;
    let script = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" \"$@\"");
    let first = Ended::of(place.shell(&script, arguments), place, folder);
    let second = place.shell("exec \"$0\" \"$@\"", arguments);
    [first, Ended::of(second, place, folder)]
}

/// What the system says of a disk without room, and of a file without.
#[track_caller]
fn says_no_room(answer: &Answer, path: &str) {
    let told = ["No space left", "File too large"];
    assert_eq!(answer.status, 2, "{answer:?}");
    assert!(
        told.iter().any(|text| answer.stderr.contains(text)),
        "{answer:?}"
    );
    assert!(answer.stderr.contains(path), "{answer:?}");
    assert!(answer.stderr.contains("make room"), "{answer:?}");
}

#[test]
fn a_key_that_does_not_fit_leaves_nothing_and_is_made_when_there_is_room() {
    let place = Place::new();
    let [first, second] = short_of_room(&place, "keys", 3 << 10, &["setup", "--tier", "118"]);
    says_no_room(&first.answer, "keys/118-");
    assert!(
        first.left.iter().all(|name| name.ends_with(".lock")),
        "{:?}",
        first.left
    );
    second.answer.status(0);
    assert_eq!(
        second
            .left
            .iter()
            .filter(|name| name.ends_with(".pk"))
            .count(),
        1
    );
    assert!(
        !second.left.iter().any(|name| name.ends_with(".part")),
        "{:?}",
        second.left
    );
}

#[test]
fn a_proof_that_does_not_fit_leaves_nothing() {
    let place = Place::with_key();
    std::fs::create_dir(place.path("out")).unwrap();
    let arguments = [
        "prove",
        "sum.prov",
        "-o",
        "out/a.json",
        "--opening",
        "out/o.json",
    ];
    let [first, second] = short_of_room(&place, "out", 0, &arguments);
    says_no_room(&first.answer, "out/a.json");
    assert_eq!(first.left, [""; 0]);
    second.answer.status(0);
    assert_eq!(second.left.len(), 2, "{:?}", second.left);
}

#[test]
fn a_text_that_does_not_fit_formatted_stays_as_it_was() {
    let place = Place::new();
    std::fs::create_dir(place.path("out")).unwrap();
    let text = "push 1\n".repeat(600);
    let (input, formatted) = (place.path("out/a.prov"), place.path("out/b.prov"));
    // The folder is mounted over: the text is written behind the shell's back in neither case.
    if may_mount() {
        let script = "exec unshare -rm sh -c 'mount -t tmpfs -o size=8k tmpfs out && cp a.prov out && \
                      \"$0\" fmt out/a.prov 2>err; echo $? >status; cp out/a.prov after; ls -A out >left' \"$0\"";
        std::fs::write(place.path("a.prov"), &text).unwrap();
        let output = place.shell(script, &[]);
        assert!(output.status.success(), "{output:?}");
        let read = |name: &str| std::fs::read_to_string(place.path(name)).unwrap();
        assert_eq!(
            (read("status").trim(), read("left").trim()),
            ("2", "a.prov")
        );
        assert!(read("err").contains("No space left") && read("err").contains("out/a.prov"));
        assert_eq!(read("after"), text);
    } else {
        std::fs::write(&input, &text).unwrap();
        let script = "trap '' XFSZ; ulimit -f 2; exec \"$0\" fmt out/a.prov";
        let output = place.shell(script, &[]);
        assert_eq!(output.status.code(), Some(2), "{output:?}");
        assert_eq!(std::fs::read_to_string(&input).unwrap(), text);
        assert!(!formatted.exists());
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_device_that_is_full_is_named() {
    let place = Place::with_key();
    for arguments in [
        &["prove", "sum.prov", "-o", "/dev/full"][..],
        &["keys", "export", "118", "/dev/full"],
    ] {
        says_no_room(&place.call(arguments), "/dev/full");
    }
    let run = provable_tests::provable(["run", "sum.prov", "--trace", "/dev/full"]);
    says_no_room(&run.in_folder(place.folder()).call(), "/dev/full");
    // Standard output is a file too.
    for form in ["", "--json"] {
        let script = format!("\"$0\" prove sum.prov {form} \"$@\" > /dev/full");
        let output = place.shell(&script, &[]);
        assert_eq!(output.status.code(), Some(2), "{output:?}");
        let stderr = String::from_utf8(output.stderr).unwrap();
        assert!(stderr.contains("standard output"), "{stderr}");
    }
}

/// Calls the command with a key store that cannot be written to.
fn read_only(place: &Place, arguments: &[&str]) -> Answer {
    let ended = |output: Output| Ended::of(output, place, "keys").answer;
    if may_mount() {
        let script = "exec unshare -rm sh -c 'mount --bind keys keys && mount -o remount,bind,ro keys && \
                      exec \"$0\" \"$@\"' \"$0\" \"$@\"";
        return ended(place.shell(script, arguments));
    }
    let script = "chmod 555 keys; ! touch keys/probe 2>/dev/null || exit 99; \"$0\" \"$@\"; status=$?; chmod 755 keys; exit $status";
    let answer = ended(place.shell(script, arguments));
    assert_ne!(
        answer.status, 99,
        "this user may write where nobody may: run the tests as another, or allow user namespaces"
    );
    answer
}

#[test]
fn a_read_only_store_serves_what_it_has_and_takes_nothing() {
    let place = Place::with_key();
    let before = place.names();
    read_only(&place, &["prove", "sum.prov"]).status(0);
    read_only(&place, &["verify", "sum.prov", "sum.proof.json"]).status(0);
    read_only(&place, &["keys", "list"]).status(0);
    read_only(&place, &["keys", "export", "118", "120.vk"]).status(0);
    let refused = |arguments: &[&str], path: &str| {
        let answer = read_only(&place, arguments).status(2);
        assert!(
            answer.stderr.contains(path) && answer.stderr.contains("--keys"),
            "{answer:?}"
        );
    };
    refused(&["setup", "--tier", "247"], "keys/247-");
    refused(&["keys", "remove", "118"], "keys/118-");
    assert_eq!(place.names(), before);

    let empty = Place::new();
    std::fs::copy(place.path("120.vk"), empty.path("120.vk")).unwrap();
    let answer = read_only(&empty, &["keys", "import", "120.vk"]).status(2);
    assert!(answer.stderr.contains("keys"), "{answer:?}");
    assert_eq!(empty.names(), [""; 0]);
}

#[test]
fn a_store_that_cannot_be_is_named_with_the_way_out() {
    let place = Place::new();
    for arguments in [&["keys", "list"][..], &["prove", "sum.prov"], &["setup"]] {
        let arguments = [arguments, &["--keys", "sum.prov/keys"]].concat();
        let call = provable_tests::provable(arguments).in_folder(place.folder());
        call.call()
            .status(2)
            .says(&["sum.prov/keys", "--keys", "PROVABLE_HOME"]);
    }
}

#[test]
fn a_store_that_goes_missing_is_made_again() {
    let place = Place::with_key();
    let mut worker = Worker::start(&place);
    worker.prove(&place);
    let first = worker.result().unwrap()["done"]["answer"]["with"]["key_digest"].clone();
    std::fs::remove_dir_all(place.path("keys")).unwrap();
    std::fs::remove_file(place.proof()).unwrap();
    worker.prove(&place);
    let second = worker.result().unwrap()["done"]["answer"]["with"]["key_digest"].clone();
    assert!(
        first.is_string() && second.is_string() && first != second,
        "{first} {second}"
    );
    place.recovers();
}

#[test]
fn a_job_whose_proof_has_no_place_does_no_work() {
    let place = Place::new();
    let mut worker = Worker::start(&place);
    let mut refused = |told: &str| {
        worker.prove(&place);
        let first = worker.hear().unwrap();
        let message = first["failed"]["error"]["message"].as_str();
        let message = message.unwrap_or_else(|| panic!("no failure at once: {first}"));
        assert!(message.contains(told), "{message}");
        assert_eq!(place.names(), [""; 0]);
    };
    // A pipe would wait for a reader for ever.
    let made = Command::new("mkfifo").arg(place.proof()).status().unwrap();
    assert!(made.success());
    refused("no regular file");
    std::fs::remove_file(place.proof()).unwrap();
    std::fs::create_dir(place.proof()).unwrap();
    refused("it is a folder");
    std::fs::remove_dir(place.proof()).unwrap();
    std::fs::write(place.proof(), "mine").unwrap();
    let mut permissions = std::fs::metadata(place.proof()).unwrap().permissions();
    permissions.set_readonly(true);
    std::fs::set_permissions(place.proof(), permissions).unwrap();
    refused("read-only");
    assert_eq!(std::fs::read_to_string(place.proof()).unwrap(), "mine");
    std::fs::remove_file(place.proof()).unwrap();
    std::os::unix::fs::symlink("gone/sum.proof.json", place.proof()).unwrap();
    refused("its folder does not exist");
    std::fs::remove_file(place.proof()).unwrap();
    worker.prove(&place);
    assert!(worker.result().unwrap()["done"].is_object());
}

#[test]
fn a_folder_that_may_not_be_written_to_is_told_before_the_work() {
    if !may_mount() {
        return;
    }
    let place = Place::new();
    std::fs::create_dir(place.path("out")).unwrap();
    let script = "exec unshare -rm sh -c 'mount --bind out out && mount -o remount,bind,ro out && exec \"$0\" \"$@\"' \"$0\" \"$@\"";
    let arguments = ["prove", "sum.prov", "-o", "out/a.json"];
    let answer = Ended::of(place.shell(script, &arguments), &place, "keys");
    assert_eq!((answer.answer.status, answer.left), (2, Vec::new()));
    assert!(
        answer.answer.stderr.contains("no file can be made in"),
        "{:?}",
        answer.answer
    );
    // The same of the store, before a key is made in vain.
    let script = script.replace(" out", " keys");
    let answer = Ended::of(
        place.shell(&script, &["setup", "--tier", "131k"]),
        &place,
        "keys",
    );
    assert_eq!((answer.answer.status, answer.left), (2, Vec::new()));
    assert!(
        answer.answer.stderr.contains("Read-only"),
        "{:?}",
        answer.answer
    );
}
