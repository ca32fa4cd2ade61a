//! Calls of the command under limits that a shell sets, and on disks that a test mounts for itself.

use crate::{Answer, binary};
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Command, Output};
use std::sync::OnceLock;

/// The signal of a file that grows over its limit.
pub const TOO_LARGE: i32 = 25;

/// What ended a process, if a signal did.
pub fn signal(output: &Output) -> Option<i32> {
    output.status.signal()
}

/// Calls the command in a folder, behind a line of shell in which `"$0" "$@"` is the command.
pub fn shell(folder: &Path, script: &str, arguments: &[&str]) -> Output {
    let mut shell = Command::new("sh");
    shell.args(["-c", script]).arg(binary()).args(arguments);
    let shell = shell.current_dir(folder).env_remove("PROVABLE_HOME");
    shell.output().expect("there is a shell")
}

/// Whether a test may mount a disk of its own. Where it may not, limits and permissions stand for one.
pub fn may_mount() -> bool {
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

/// A call while `inner`, in the folder, has room for so many KiB, and the same one when there is room. Where a disk is mounted,
/// what is written is gone with it.
pub fn short_of_room(folder: &Path, inner: &str, room: usize, arguments: &[&str]) -> [Ended; 2] {
    if may_mount() {
        // Of a disk that is to be full, the one page that it has is taken.
        let size = room.max(4);
        let fill = match room {
            0 => format!("head -c 4096 /dev/zero > {inner}/filler; "),
            _ => String::new(),
        };
        let script = format!(
            "mount -t tmpfs -o size={size}k tmpfs {inner} && {fill}{}rm -f {inner}/filler; \
             mount -o remount,size=32m {inner} && {}",
            recorded("first", inner),
            recorded("second", inner)
        );
        let script = format!("exec unshare -rm sh -c '{script}' \"$0\" \"$@\"");
        let output = shell(folder, &script, arguments);
        assert!(output.status.success(), "{output:?}");
        return ["first", "second"].map(|name| {
            let mut ended = Ended::recorded(folder, name);
            ended.left.retain(|name| name != "filler");
            ended
        });
    }
    let blocks = room * 2;
    let script = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" \"$@\"");
    let first = Ended::of(&shell(folder, &script, arguments), &folder.join(inner));
    let second = shell(folder, "exec \"$0\" \"$@\"", arguments);
    [first, Ended::of(&second, &folder.join(inner))]
}

/// What the system says of a disk without room, and of a file without.
#[track_caller]
pub fn says_no_room(answer: &Answer, path: &str) {
    let told = ["No space left", "File too large"];
    assert_eq!(answer.status, 2, "{answer:?}");
    assert!(
        told.iter().any(|text| answer.stderr.contains(text)),
        "{answer:?}"
    );
    assert!(answer.stderr.contains(path), "{answer:?}");
    assert!(answer.stderr.contains("make room"), "{answer:?}");
}

/// What a call came to, and what was left in the folder that it wrote to.
#[derive(Debug)]
pub struct Ended {
    /// The answer.
    pub answer: Answer,
    /// The names of the files.
    pub left: Vec<String>,
}

impl Ended {
    fn recorded(folder: &Path, name: &str) -> Ended {
        let read = |ending: &str| {
            let path = folder.join(format!("{name}.{ending}"));
            std::fs::read_to_string(path).expect("the script wrote it")
        };
        let answer = Answer {
            status: read("status").trim().parse().expect("it is a number"),
            stdout: read("out"),
            stderr: read("err"),
        };
        let left = read("left").lines().map(str::to_owned).collect();
        Ended { answer, left }
    }

    /// Of a call that wrote to this folder.
    pub fn of(output: &Output, written: &Path) -> Ended {
        assert_eq!(signal(output), None, "{output:?}");
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let answer = Answer {
            status: output.status.code().expect("no signal ended it"),
            stdout: text(&output.stdout),
            stderr: text(&output.stderr),
        };
        let left = names(written);
        Ended { answer, left }
    }
}

/// The names in a folder, in order.
pub fn names(folder: &Path) -> Vec<String> {
    let files = std::fs::read_dir(folder).expect("there is such a folder");
    let name = |file: std::io::Result<std::fs::DirEntry>| {
        let name = file.expect("an entry of the folder").file_name();
        name.into_string().expect("it is UTF-8")
    };
    let mut names: Vec<String> = files.map(name).collect();
    names.sort();
    names
}
