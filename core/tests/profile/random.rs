//! Random programs that halt: routines that call later ones, loops, and work in every table.

use proptest::prelude::*;

/// A line or a few that leave the stack as it was, or higher.
fn piece() -> impl Strategy<Value = String> {
    let word = prop_oneof![0u32..4, any::<u32>()];
    let address = 0u32..6;
    prop_oneof![
        (word.clone(), word.clone(), operation())
            .prop_map(|(a, b, op)| format!("PUSH {a}\nPUSH {b}\n{op}\nPOP")),
        (word.clone(), word.clone(), operation())
            .prop_map(|(a, b, op)| format!("PUSH {a}\nPUSH {b}\nNOP\n{op}\nPOP")),
        (word.clone(), operation())
            .prop_map(|(a, op)| format!("PUSH {a}\nDUP 0\n{op} 7\nPOP\nPOP")),
        (word.clone(), address.clone()).prop_map(|(a, to)| format!("PUSH {a}\nSTORE {to}")),
        (word.clone(), address.clone())
            .prop_map(|(a, to)| format!("PUSH {a}\nPUSH {to}\nNOP\nSTORE\nLOAD {to}\nNOT\nPOP")),
        (word.clone(), 0u32..32).prop_map(|(a, by)| format!("PUSH {a}\nPUSH {by}\nNOP\nROTR\nPOP")),
        word.prop_map(|a| format!("PUSH {a}")),
        Just("PUSH 200\nPUSH 100\nSHA256".to_owned()),
    ]
}

fn operation() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "ADD", "SUB", "MUL", "MULHI", "AND", "OR", "XOR", "EQ", "LT", "GT",
    ])
}

/// The pieces of a routine, each executed so many times; and which later routines are called among them.
type Body = Vec<(String, u32, Option<u32>)>;

fn body() -> impl Strategy<Value = Body> {
    let times = prop_oneof![3 => Just(1u32), 1 => 2u32..4];
    let call = prop::option::of(1u32..3);
    prop::collection::vec((piece(), times, call), 0..6)
}

/// The texts of programs.
pub fn texts() -> impl Strategy<Value = String> {
    let bodies = prop::collection::vec(body(), 1..4);
    (bodies, any::<bool>()).prop_map(|(bodies, halts)| {
        let mut text = String::from(".data block at 100 1, 2, 3\n.data state at 200 7\n");
        for address in (103..116).chain(201..208) {
            text.push_str(&format!("PUSH {address}\nSTORE {address}\n"));
        }
        for (number, body) in bodies.iter().enumerate() {
            text.push_str(&format!("routine{number}:\n"));
            for (at, (piece, times, call)) in body.iter().enumerate() {
                let name = format!("loop{number}x{at}");
                text.push_str(&format!("PUSH {times}\nSTORE 9\n{name}:\n{piece}\n"));
                let next = number + call.unwrap_or(0) as usize;
                if call.is_some() && next < bodies.len() {
                    // The callee counts its turns at the same address.
                    text.push_str(&format!("LOAD 9\nCALL routine{next}\n"));
                    text.push_str("PUSH 1\nSTORE 9\n");
                }
                text.push_str(&format!("LOAD 9\nSUB 1\nDUP\nSTORE 9\nJNZ {name}\n"));
            }
            text.push_str(match (number, halts) {
                (0, true) => "HALT\n",
                (0, false) => "JMP end\n",
                _ => "RET\n",
            });
        }
        text + "end:\n"
    })
}
