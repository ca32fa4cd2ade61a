//! Runs tests.

use super::expected::{Values, Words};
use super::list::Test;
use super::prepare::{Prepared, prepare};
use super::random::{Random, simpler};
use super::trapped;
use super::verdict::{Difference, TestTrap, Verdict};
use crate::circuit::ExecutionTrace;
use crate::lang::modules::Modules;
use crate::lang::program::{Assembly, Program};
use crate::lang::syntax::Tape;
use crate::vm::{Inputs, Limits, Outcome, Trap, run, run_traced};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Runs of a test with random words.
pub const RANDOM_CASES: u32 = 100;

/// Most runs in search of a simpler counterexample.
const SHRINKING: u32 = 500;

/// How tests run.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// The seed of the random words.
    pub seed: u64,
    /// How far a run may go.
    pub limits: Limits,
    /// Whether it is counted how often each line is executed.
    pub counts_lines: bool,
}

/// Runs a test of the main file.
pub fn run_test(
    modules: &Modules,
    assemblies: &[Arc<Assembly>],
    test: &Test,
    options: Options,
) -> Verdict {
    let prepared = match prepare(modules, assemblies, test) {
        Ok(prepared) => prepared,
        Err(message) => return Verdict::failed(message),
    };
    let runner = Runner {
        modules,
        prepared: &prepared,
        options,
    };
    if prepared.random.is_empty() {
        return runner.once(&Words::new());
    }
    runner.random()
}

struct Runner<'a> {
    modules: &'a Modules,
    prepared: &'a Prepared,
    options: Options,
}

impl Runner<'_> {
    fn random(&self) -> Verdict {
        let mut random = Random::new(self.options.seed);
        let mut last = Verdict::default();
        for runs in 1..=RANDOM_CASES {
            let words = self.prepared.random.iter();
            let words: Words = words.map(|name| (name.clone(), random.word())).collect();
            let mut verdict = self.once(&words);
            verdict.runs = runs;
            for (line, count) in std::mem::take(&mut last.lines) {
                *verdict.lines.entry(line).or_insert(0) += count;
            }
            last = verdict;
            if !last.passed() {
                return self.shrunk(words, last);
            }
        }
        last
    }

    /// The failure with the simplest words that still fail.
    fn shrunk(&self, mut words: Words, mut verdict: Verdict) -> Verdict {
        let mut left = SHRINKING;
        'again: while left > 0 {
            for name in &self.prepared.random {
                let word = words.get(name).copied().unwrap_or(0);
                for other in simpler(word) {
                    if left == 0 {
                        break 'again;
                    }
                    left -= 1;
                    let mut fewer = words.clone();
                    fewer.insert(name.clone(), other);
                    let tried = self.once(&fewer);
                    if !tried.passed() {
                        // The runs that only look for simpler words are not counted.
                        verdict = Verdict {
                            runs: verdict.runs,
                            lines: verdict.lines,
                            ..tried
                        };
                        words = fewer;
                        continue 'again;
                    }
                }
            }
            break;
        }
        let names = self.prepared.random.iter();
        let example = names.map(|name| (name.clone(), words.get(name).copied().unwrap_or(0)));
        verdict.counterexample = Some(example.collect());
        verdict
    }

    /// One run, with these random words.
    fn once(&self, words: &Words) -> Verdict {
        self.judged(words).unwrap_or_else(Verdict::failed)
    }

    fn judged(&self, words: &Words) -> Result<Verdict, String> {
        let prepared = self.prepared;
        let program = prepared.program(self.modules, words)?;
        let inputs = prepared.inputs(self.modules, words)?;
        let mut lines = BTreeMap::new();
        let outcome = match self.options.counts_lines {
            false => run(&program, &inputs, self.options.limits),
            true => self.counted(&program, &inputs, &mut lines),
        };
        let mut verdict = Verdict {
            steps: outcome.steps,
            runs: 1,
            lines,
            ..Verdict::default()
        };
        verdict.trap = outcome.trap().map(|trap| self.trap(trap));
        verdict.failure = match (&prepared.trap, &verdict.trap) {
            (None, Some(trap)) => Some(format!("it trapped: {}", trap.message)),
            (Some(expected), None) => Some(format!("it did not trap; expected {}", expected.kind)),
            (Some(expected), Some(_)) => outcome
                .trap()
                .and_then(|trap| trapped::unlike(self.modules, prepared, expected, &outcome, trap)),
            (None, None) => None,
        };
        if verdict.failure.is_none() && verdict.trap.is_none() {
            self.judge_stack(&outcome, words, &mut verdict)?;
        }
        if verdict.failure.is_none() {
            self.judge_output(&outcome, words, &mut verdict)?;
        }
        let bound = match prepared.within {
            Some(rows) => Some(Values::new(self.modules, &prepared.linked).word(rows, words)?),
            None => None,
        };
        if let Some(bound) = bound
            && verdict.failure.is_none()
            && verdict.trap.is_none()
        {
            match ExecutionTrace::new(&program, &inputs, self.options.limits) {
                Ok(trace) => {
                    let rows = trace.usage().rows as u64;
                    verdict.rows = Some(rows);
                    verdict.failure = (rows > u64::from(bound))
                        .then(|| format!("it took {rows} rows; at most {bound} are allowed"));
                }
                Err(error) => {
                    verdict.failure = Some(format!("its rows cannot be counted: {error}"));
                }
            }
        }
        Ok(verdict)
    }

    /// A run, with how often each line is executed.
    fn counted(
        &self,
        program: &Program,
        inputs: &Inputs,
        lines: &mut BTreeMap<(usize, usize), u64>,
    ) -> Outcome {
        let mut counts = vec![0u64; program.instructions().len()];
        let observed = run_traced(program, inputs, self.options.limits, |machine| {
            // The last state is that after the run, at the instruction that ended it.
            if let (true, Some(count)) =
                (machine.will_step(), counts.get_mut(machine.pc() as usize))
            {
                *count += 1;
            }
            Ok::<(), std::convert::Infallible>(())
        });
        let linked = &self.prepared.linked;
        for (place, count) in linked.places.iter().zip(counts) {
            // Of the copies of a line, and of the instructions on it, the one that is executed most. What is copied belongs
            // to the `.inline` lines too.
            for place in linked.chain(*place).iter().chain([place]) {
                let line = lines.entry((place.file, place.line)).or_insert(0);
                *line = count.max(*line);
            }
        }
        match observed {
            Ok(outcome) => outcome,
            Err(never) => match never {},
        }
    }

    /// Compares the stack that a run left with the one that the test expects.
    fn judge_stack(
        &self,
        outcome: &Outcome,
        words: &Words,
        verdict: &mut Verdict,
    ) -> Result<(), String> {
        let Some(outputs) = &self.prepared.outputs else {
            return Ok(());
        };
        let expected = Values::new(self.modules, &self.prepared.linked).words(outputs, words)?;
        if expected != outcome.stack {
            verdict.failure = Some("the stack differs".to_owned());
            verdict.difference = Some(Difference {
                what: "stack",
                expected,
                actual: outcome.stack.clone(),
            });
        }
        Ok(())
    }

    /// Compares the output with the one that the test expects; after a trap, what was written before it.
    fn judge_output(
        &self,
        outcome: &Outcome,
        words: &Words,
        verdict: &mut Verdict,
    ) -> Result<(), String> {
        let Some(output) = self.prepared.tapes.get(&Tape::Output) else {
            return Ok(());
        };
        let expected = Values::new(self.modules, &self.prepared.linked).words(output, words)?;
        if expected != outcome.outputs {
            let before = match verdict.trap {
                Some(_) => " before the trap",
                None => "",
            };
            verdict.failure = Some(format!("the output{before} differs"));
            verdict.difference = Some(Difference {
                what: "output",
                expected,
                actual: outcome.outputs.clone(),
            });
        }
        Ok(())
    }

    fn trap(&self, trap: &Trap) -> TestTrap {
        let linked = &self.prepared.linked;
        let place = linked.place(trap.pc);
        TestTrap {
            kind: trap.reason.kind(),
            message: trap.reason.to_string(),
            pc: trap.pc,
            place,
            copied: place.map_or(Vec::new(), |place| linked.chain(place)),
        }
    }
}
