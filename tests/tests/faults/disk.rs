//! Disks that are full.

use crate::support::Place;
use provable_tests::SMALLEST;
use provable_tests::faults::{Ended, may_mount, says_no_room, short_of_room};

/// A call with the place's key store.
fn short(place: &Place, folder: &str, room: usize, arguments: &[&str]) -> [Ended; 2] {
    let arguments = [arguments, &["--keys", "keys"]].concat();
    short_of_room(place.folder(), folder, room, &arguments)
}

#[test]
fn a_key_that_does_not_fit_leaves_nothing_and_is_made_when_there_is_room() {
    let place = Place::new();
    let [first, second] = short(&place, "keys", 3 << 10, &["setup", "--tier", SMALLEST]);
    says_no_room(&first.answer, &format!("keys/{SMALLEST}-"));
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
    let [first, second] = short(&place, "out", 0, &arguments);
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
        &["keys", "export", SMALLEST, "/dev/full"],
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
