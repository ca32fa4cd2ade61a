//! Disks that a test mounts for itself, and calls of the command on them.

use crate::support::{Place, signal};
use provable_tests::Answer;
use std::process::{Command, Output};
use std::sync::OnceLock;

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
pub fn recorded(name: &str, folder: &str) -> String {
    format!(
        "\"$0\" \"$@\" > {name}.out 2> {name}.err; echo $? > {name}.status; ls -A {folder} > {name}.left; "
    )
}

/// What a call came to, and what was left in the folder that it wrote to.
pub struct Ended {
    pub answer: Answer,
    pub left: Vec<String>,
}

impl Ended {
    pub fn recorded(place: &Place, name: &str) -> Ended {
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

    pub fn of(output: Output, place: &Place, folder: &str) -> Ended {
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
