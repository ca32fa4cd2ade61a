//! The example programs: each runs to its end, says what it proves, is laid out the standard way, has no finding;
//! and each refuses the lie that it is there to refuse.

use provable_tests::{example, examples, provable};
use serde_json::{Value, json};
use std::path::Path;

fn run(program: &Path, inputs: Option<&Value>) -> (i32, Value) {
    let folder = tempfile::tempdir().unwrap();
    let mut arguments = vec![
        "run".into(),
        "--json".into(),
        program.as_os_str().to_os_string(),
    ];
    if let Some(inputs) = inputs {
        let path = folder.path().join("inputs.json");
        std::fs::write(&path, inputs.to_string()).unwrap();
        arguments.extend(["--inputs".into(), path.into_os_string()]);
    }
    let answer = provable(arguments).call();
    (answer.status, answer.json())
}

fn inputs(name: &str) -> Value {
    let path = example(name).with_extension("inputs.json");
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// The example traps on its own inputs after this change.
#[track_caller]
fn refuses(name: &str, change: impl FnOnce(&mut Value)) {
    let mut inputs = inputs(name);
    change(&mut inputs);
    let (status, json) = run(&example(name), Some(&inputs));
    assert_eq!((status, &json["status"]), (1, &json!("trapped")), "{json}");
}

#[test]
fn every_example_halts_and_says_what_is_proved() {
    let mut longest = 0;
    for program in examples() {
        let text = std::fs::read_to_string(&program).unwrap();
        assert!(text.contains("# Proved: "), "{}", program.display());
        assert!(
            program.with_extension("inputs.json").is_file(),
            "{}",
            program.display()
        );
        let (status, json) = run(&program, None);
        assert_eq!(status, 0, "{}: {json}", program.display());
        longest = longest.max(json["steps"].as_u64().unwrap());
    }
    assert!(longest > 4000, "the longest takes {longest} steps");
}

#[test]
fn no_example_has_a_finding_and_each_is_formatted() {
    let check = provable(
        [Path::new("check")]
            .into_iter()
            .chain(examples().iter().map(AsRef::as_ref)),
    );
    let answer = check.call().status(0);
    assert_eq!(answer.stderr, "");
    let fmt = provable(
        ["fmt", "--check"]
            .map(Path::new)
            .into_iter()
            .chain(examples().iter().map(AsRef::as_ref)),
    );
    assert_eq!(fmt.call().status(0).stdout, "");
}

#[test]
fn the_examples_outputs_are_what_they_say() {
    let outputs = |name| run(&example(name), None).1["public_outputs"].clone();
    assert_eq!(outputs("fibonacci.prov"), json!([2_971_215_073u32]));
    assert_eq!(outputs("auction.prov"), json!([3, 690]));
    assert_eq!(outputs("membership.prov"), json!([1]));
    let mut list: Vec<u64> = inputs("sorting.prov")["public"]
        .as_array()
        .unwrap()
        .iter()
        .skip(1)
        .map(|word| word.as_u64().unwrap())
        .collect();
    list.sort_unstable();
    assert_eq!(outputs("sorting.prov"), json!(list));
}

#[test]
fn fibonacci_begins_with_0_and_1() {
    for (n, expected) in [(0, 0), (1, 1), (2, 1), (10, 55)] {
        let (_, json) = run(&example("fibonacci.prov"), Some(&json!({ "public": [n] })));
        assert_eq!(json["public_outputs"], json!([expected]), "F({n})");
    }
}

#[test]
fn false_claims_about_the_examples_are_refused() {
    refuses("gcd.prov", |inputs| inputs["public"] = json!([7]));
    refuses("prime.prov", |inputs| inputs["secret"] = json!([1]));
    refuses("prime.prov", |inputs| {
        inputs["secret"] = inputs["public"].clone()
    });
    refuses("prime.prov", |inputs| inputs["public"] = json!([65_537]));
    refuses("membership.prov", |inputs| inputs["secret"] = json!([1]));
    refuses("age.prov", |inputs| inputs["secret"] = json!([20_080_102]));
    refuses("age.prov", |inputs| inputs["secret"] = json!([20_270_101]));
    refuses("age.prov", |inputs| inputs["secret"] = json!([0]));
}

#[test]
fn old_enough_is_from_the_birthday_on() {
    let halts = |birth| {
        let inputs = json!({ "public": [20_260_101, 18], "secret": [birth] });
        run(&example("age.prov"), Some(&inputs)).0 == 0
    };
    assert!(halts(20_080_101));
    assert!(!halts(20_080_102));
}

#[test]
fn the_sorting_refuses_what_is_no_permutation() {
    // A place taken twice, a place beyond the list, two places exchanged.
    refuses("sorting.prov", |inputs| {
        inputs["secret"][1] = inputs["secret"][0].clone()
    });
    refuses("sorting.prov", |inputs| inputs["secret"][0] = json!(100));
    refuses("sorting.prov", |inputs| {
        let first = inputs["secret"][0].clone();
        inputs["secret"][0] = inputs["secret"][99].clone();
        inputs["secret"][99] = first;
    });
}

#[test]
fn the_sudoku_refuses_every_wrong_digit() {
    let blanks = inputs("sudoku.prov")["secret"].as_array().unwrap().len();
    for digit in 0..blanks {
        refuses("sudoku.prov", |inputs| {
            let right = inputs["secret"][digit].as_u64().unwrap();
            inputs["secret"][digit] = json!(right % 9 + 1);
        });
    }
    // What is no digit: a zero, a power of two too far, a word that would wrap.
    for wrong in [0u32, 10, 31, 32, u32::MAX] {
        refuses("sudoku.prov", |inputs| inputs["secret"][0] = json!(wrong));
    }
}

/// The entry with another last hexadecimal digit.
fn flipped(entry: &Value) -> Value {
    let mut text = entry.as_str().unwrap().to_owned();
    let last = text.pop().unwrap().to_digit(16).unwrap();
    json!(format!("{text}{:x}", last ^ 1))
}

#[test]
fn another_text_or_digest_is_refused() {
    for (name, tape) in [("hash.prov", "public"), ("hash.prov", "secret")] {
        refuses(name, |inputs| inputs[tape][0] = flipped(&inputs[tape][0]));
    }
}

#[test]
fn the_commitment_opens_to_one_amount_and_not_below_the_limit() {
    refuses("commitment.prov", |inputs| {
        inputs["secret"][0] = json!(48_501)
    });
    refuses("commitment.prov", |inputs| {
        inputs["secret"][1] = flipped(&inputs["secret"][1])
    });
    refuses("commitment.prov", |inputs| {
        inputs["public"][0] = flipped(&inputs["public"][0])
    });
    refuses("commitment.prov", |inputs| {
        inputs["public"][1] = json!(48_501)
    });
    let mut inputs = inputs("commitment.prov");
    inputs["public"][1] = json!(48_500);
    assert_eq!(run(&example("commitment.prov"), Some(&inputs)).0, 0);
}

#[test]
fn another_key_path_or_root_is_refused() {
    refuses("merkle.prov", |inputs| {
        inputs["public"][0] = flipped(&inputs["public"][0])
    });
    let entries = inputs("merkle.prov")["secret"].as_array().unwrap().len();
    assert_eq!(entries, 1 + 2 * 20);
    for entry in 0..entries {
        refuses("merkle.prov", |inputs| {
            let secret = &mut inputs["secret"][entry];
            *secret = match secret.as_u64() {
                Some(side) => json!(1 - side),
                None => flipped(secret),
            };
        });
    }
}

#[test]
fn the_auction_takes_the_first_of_equal_bids() {
    let inputs = json!({ "public": [3], "secret": [5, 9, 9] });
    let (_, json) = run(&example("auction.prov"), Some(&inputs));
    assert_eq!(json["public_outputs"], json!([1, 9]));
}

/// The smallest tier is public: it must not tell in which order losing bids came.
#[test]
fn what_an_auction_costs_does_not_depend_on_the_bids() {
    let tables = |bids: [u32; 3]| {
        let inputs = json!({ "public": [3], "secret": bids });
        let (status, json) = run(&example("auction.prov"), Some(&inputs));
        assert_eq!(status, 0, "{json}");
        json["cost"]["tables"].clone()
    };
    let expected = tables([1, 2, 3]);
    assert!(expected[0]["used"].as_u64() > Some(0), "{expected}");
    for bids in [[3, 2, 1], [1, 3, 2], [3, 1, 2], [2, 2, 2], [0, 0, u32::MAX]] {
        assert_eq!(tables(bids), expected, "{bids:?}");
    }
}

/// Another bidder's commitment cannot be opened at a place of one's own.
#[test]
fn a_copied_bid_is_refused() {
    refuses("sealed_bid.prov", |inputs| {
        inputs["public"][2] = inputs["public"][4].clone();
        inputs["secret"][0] = inputs["secret"][4].clone();
        inputs["secret"][1] = inputs["secret"][5].clone();
    });
    refuses("sealed_bid.prov", |inputs| inputs["public"][0] = json!(1));
}
