//! The child by itself: what it answers, what it refuses, and when it ends.

use crate::support::*;
use provable::circuit::shape::Shape;
use provable::circuit::tier::TIERS;
use provable::lang::program::assemble;
use provable::vm::{Inputs, Limits, run_digested};
use provable_server::worker::protocol::{Answer, LINE_LIMIT, Message, ValueHistory, WORDS_KEPT};

#[test]
fn a_run_is_answered_with_its_state_its_value_histories_and_its_cost() {
    let answer = Worker::start(keys()).run(SUM);
    let sum = SECRET + 35;
    assert_eq!((answer.steps, answer.trap), (5, None));
    assert_eq!((answer.outputs, answer.output_words), (vec![sum], 1));
    assert_eq!((answer.stack, answer.stack_words), (vec![], 0));
    assert!(!answer.carry);
    let history = |pc, value| ValueHistory {
        pc,
        values: vec![value],
        count: 1,
    };
    assert_eq!(
        answer.value_histories,
        [history(0, 35), history(1, SECRET), history(2, sum)]
    );
    let program = assemble(SUM).program.unwrap();
    let inputs = subject(SUM).inputs;
    let (_, digest) = run_digested(&program, &inputs, Limits::default()).unwrap();
    assert_eq!(answer.trace_digest, Some(hex::encode(digest)));
    let cost = answer.cost.unwrap();
    let smallest = &TIERS[0];
    let rows = smallest.capacities.rows;
    assert_eq!((cost.tier.as_str(), cost.rows), (smallest.name, rows));
    assert_eq!((cost.key_ready, cost.setup_ms), (true, 0));
    assert!(cost.prove_ms > 0);
    assert_eq!(cost.decided, "it fits in the smallest tier");
    // The smallest tier of each shape.
    let shapes = cost.shapes.iter().map(|one| (&*one.shape, &*one.tier));
    let first = Shape::suited(false).iter().map(|shape| {
        let tier = TIERS.iter().find(|tier| tier.shape == *shape).unwrap();
        (shape.name(), tier.name)
    });
    assert!(shapes.eq(first), "{:?}", cost.shapes);
    assert!(cost.shapes.iter().all(|one| one.prove_ms >= cost.prove_ms));
}

#[test]
fn a_cost_names_the_deciding_capacities_and_the_time_for_the_key() {
    let folder = tempfile::tempdir().unwrap();
    let program = "PUSH 30\nagain: PUSH 1\nSUB\nDUP\nJNZ again\n";
    let [smallest, next, ..] = &TIERS;
    let cost = Worker::start(folder.path()).run(program).cost.unwrap();
    assert_eq!((cost.tier.as_str(), cost.key_ready), (next.name, false));
    assert!(cost.setup_ms > 0);
    let rows = cost.tables.iter().find(|table| table.table == "rows");
    let rows = rows.unwrap();
    assert_eq!(
        (rows.capacity, cost.tables.len()),
        (next.capacities.rows, 8)
    );
    let (most, used) = (smallest.capacities.rows, rows.used);
    let lacks = format!("tier {} holds {most} of {used} rows", smallest.name);
    assert!(cost.decided.contains(&lacks), "{}", cost.decided);
}

#[test]
fn a_trap_is_an_answer_with_its_place() {
    let answer = Worker::start(keys()).run("PUSH 1\nPUSH 0\n\nDIV\n");
    let trap = answer.trap.unwrap();
    assert_eq!((trap.pc, trap.line), (2, Some(4)));
    assert_eq!(trap.message, "division by zero");
    assert_eq!((answer.steps, answer.stack), (3, vec![1, 0]));
    assert_eq!((answer.trace_digest, answer.cost), (None, None));
    assert_eq!(answer.value_histories.len(), 2, "the DIV left nothing");
}

#[test]
fn a_run_past_its_steps_or_its_memory_traps() {
    let mut worker = Worker::start(keys());
    let mut trap =
        |program, max_steps| match worker.ask(run_for(program, max_steps)).result.unwrap() {
            Answer::Run(answer) => answer.trap.unwrap().message,
            other => panic!("{other:?}"),
        };
    assert!(trap(FOREVER, 1000).contains("1000 steps"));
    assert!(trap("here: PUSH 1\nJMP here\n", u64::MAX).contains("memory"));
}

#[test]
fn a_long_stack_or_output_is_cut_and_counted() {
    let mut worker = Worker::start(keys());
    let words = WORDS_KEPT as u64 + 10;
    let mut cut = |program, steps| match worker.ask(run_for(program, steps * words)).result {
        Ok(Answer::Run(answer)) => answer,
        other => panic!("{other:?}"),
    };
    let outputs = cut("here: PUSH 1\nWRITE\nJMP here\n", 3);
    assert_eq!(outputs.outputs.len(), WORDS_KEPT);
    assert_eq!(outputs.output_words, words);
    let stack = cut("here: PUSH 1\nJMP here\n", 2);
    assert_eq!(stack.stack.len(), WORDS_KEPT);
    assert_eq!(stack.stack_words, words);
}

#[test]
fn a_library_is_refused_with_the_way_out() {
    let library = ".routine f ( -- )\n    RET\n.test f ( -- )\n";
    for request in [run(library), prove(library, None, "out".into())] {
        let error = Worker::start(keys()).refused(request);
        let told = "sum.prov is a library: it has no instructions of its own to run; `provable test sum.prov` runs its tests";
        assert_eq!(error.message, told);
    }
}

#[test]
fn a_proof_of_a_run_that_traps_is_refused_with_the_calls_that_are_open() {
    let program = "    CALL f\n    HALT\nf:  PUSH 0\n    ASSERT\n    RET\n";
    let error = Worker::start(keys()).refused(prove(program, None, "out".into()));
    assert_eq!(error.trap.unwrap().calls, [0]);
}

#[test]
fn a_program_with_an_error_is_refused_with_its_place() {
    let error = Worker::start(keys()).refused(run("PUSH 1\nPUSHH 2\n"));
    assert!(error.message.starts_with("sum.prov:2:1: "), "{error:?}");
    assert_eq!(error.trap, None);
}

#[test]
fn a_line_that_is_no_job_is_refused_and_the_next_job_is_done() {
    let mut worker = Worker::start(keys());
    let long = vec![b' '; LINE_LIMIT + 1];
    let lines: [(&[u8], &str); 5] = [
        (b"", "no job"),
        (b"{\"id\":1}", "no job"),
        (b"\xff\xfe", "no job"),
        (&[b'['; 10_000], "no job"),
        (&long, "64 MiB"),
    ];
    for (line, says) in lines {
        worker.write(line);
        worker.write(b"\n");
        match worker.next_message() {
            Some(Message::Failed { id: None, error }) => {
                assert!(error.message.contains(says), "{error:?}");
            }
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(worker.run(SUM).steps, 5);
}

#[test]
fn jobs_over_the_limit_of_waiting_ones_are_refused() {
    let mut worker = Worker::start(keys());
    worker.send(run(FOREVER));
    assert!(matches!(
        worker.next_message(),
        Some(Message::Progress { .. })
    ));
    let last = (0..5).map(|_| worker.send(run(SUM))).last();
    match worker.next_message() {
        Some(Message::Failed { id, error }) => {
            assert_eq!(id, last, "{error:?}");
            assert!(error.message.contains("4 jobs are waiting"), "{error:?}");
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_end_of_stdin_ends_the_worker_during_a_run() {
    let mut worker = Worker::start(keys());
    worker.send(run(FOREVER));
    assert!(matches!(
        worker.next_message(),
        Some(Message::Progress { .. })
    ));
    worker.close();
    assert!(worker.next_message().is_none());
    assert!(worker.process.wait().unwrap().success());
}

#[test]
fn the_end_of_stdin_ends_the_worker_during_a_proof() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("sum.proof.json");
    let mut worker = Worker::start(&folder.path().join("keys"));
    // The key is missing and takes longer than the test.
    worker.send(prove(SUM, Some(TIERS[4].name), out.clone()));
    let in_setup = |message: &Message| match message {
        Message::Progress { phase, .. } => phase == "circuit",
        other => panic!("{other:?}"),
    };
    while !in_setup(&worker.next_message().unwrap()) {}
    worker.close();
    let rest: Vec<Message> = std::iter::from_fn(|| worker.next_message()).collect();
    let only_progress = |message: &Message| matches!(message, Message::Progress { .. });
    assert!(rest.iter().all(only_progress), "{rest:?}");
    assert!(worker.process.wait().unwrap().success());
    assert!(!out.exists());
}

#[cfg(target_os = "linux")]
#[test]
fn the_worker_has_a_low_priority() {
    let mut worker = Worker::start(keys());
    worker.run(SUM);
    // The fields after the name in parentheses begin with the third; the nineteenth is the nice value.
    let nice = |process: &str| -> i64 {
        let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).unwrap();
        let (_, fields) = stat.rsplit_once(") ").unwrap();
        fields.split(' ').nth(16).unwrap().parse().unwrap()
    };
    let own = nice("self");
    assert_eq!(nice(&worker.process.id().to_string()), (own + 10).min(19));
}

#[test]
fn debug_output_of_a_request_has_no_secret() {
    let shown = format!("{:?}", run(SUM));
    assert!(!shown.contains(&SECRET.to_string()), "{shown}");
    assert_ne!(subject(SUM).inputs, Inputs::default());
}
