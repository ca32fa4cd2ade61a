//! Commands of the console, where everything else is an expression.

use super::edit::set;
use super::value::value_of;
use crate::dap::goal::Goal;
use crate::dap::protocol::Problem;
use crate::dap::session::Session;
use provable::lang::quote::shortened;

/// The commands, with what they do.
pub const COMMANDS: [(&str, &str); 6] = [
    (
        "goto N",
        "go to the state after N steps; also goto start, goto end",
    ),
    (
        "back",
        "one step back, also into a routine; back N goes N steps back",
    ),
    (
        "on",
        "one step on, also into a routine; on N goes N steps on",
    ),
    (
        "steps",
        "where in the run this is, and how much of it is known",
    ),
    (
        "set PLACE = VALUE",
        "what if top, stack[i], heap[a] or carry were another?",
    ),
    ("help", "this list"),
];

/// Carries out a text if it is a command, in a frame. Returns the answer.
pub fn command(
    session: &mut Session<'_>,
    text: &str,
    frame: Option<u64>,
) -> Result<Option<String>, Problem> {
    let text = text.trim();
    let (word, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    let (rest, here) = (rest.trim(), session.recording.position());
    let said = match (word, rest) {
        ("goto", "start") => moved(session, 0),
        ("goto", "end") => moved(session, u64::MAX),
        ("goto", _) => {
            let step = number(session, rest, frame)?;
            moved(session, step)
        }
        ("back", "") => {
            session.announce_continued();
            session.back(Goal::Depth(usize::MAX), "step");
            String::new()
        }
        ("back", _) => {
            let steps = number(session, rest, frame)?;
            moved(session, here.saturating_sub(steps))
        }
        ("on", "") => {
            session.announce_continued();
            session.forward(Goal::Depth(usize::MAX), "step");
            String::new()
        }
        ("on", _) => {
            let steps = number(session, rest, frame)?;
            moved(session, here.saturating_add(steps))
        }
        ("steps", "") => steps(session),
        ("set", _) => {
            let (name, value) = rest
                .split_once('=')
                .ok_or_else(|| Problem::new("set takes a place and a value: set heap[3] = 7"))?;
            set(session, name, value, frame)?.to_string()
        }
        ("help", "") => help(),
        _ => return Ok(None),
    };
    Ok(Some(said))
}

fn moved(session: &mut Session<'_>, position: u64) -> String {
    session.announce_continued();
    session.go_to(position, "goto");
    String::new()
}

/// A number of steps, which may be larger than a word. A negative number is refused: as a word, it would be a large one.
fn number(session: &Session<'_>, text: &str, frame: Option<u64>) -> Result<u64, Problem> {
    if text.starts_with('-') {
        return Err(Problem::new(format!(
            "{}: a number of steps is not negative; `goto start` goes to the beginning, `back N` goes back from here",
            shortened(text)
        )));
    }
    if !text.is_empty() && text.bytes().all(|digit| digit.is_ascii_digit()) {
        // A number that does not fit is larger than any run.
        return Ok(text.parse().unwrap_or(u64::MAX));
    }
    match text.parse() {
        Ok(number) => Ok(number),
        Err(_) => value_of(session, text, frame).map(u64::from),
    }
}

fn steps(session: &Session<'_>) -> String {
    let here = session.recording.position();
    match session.recording.furthest() {
        (end, true) => format!("step {here} of {end}, where the run ends"),
        (furthest, false) => format!(
            "step {here}; the run has been followed to step {furthest}, and goes on (goto end)"
        ),
    }
}

fn help() -> String {
    let lines = COMMANDS.map(|(command, what)| format!("{command:<18} {what}"));
    let mut text = lines.join("\n");
    text.push_str(
        "\nanything else is an expression: top, stack[1], heap[3], depth, step, 2 * top == 14",
    );
    text
}
