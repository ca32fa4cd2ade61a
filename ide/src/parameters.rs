//! The parameters of directives.

use provable::lang::syntax::{Body, Directive, Span};

const NAME: &str = "ASCII letters, digits, `_` and `.`, with a letter or `_` first";
const NUMBER: &str = "a number, a constant or an expression";
const WORDS: &str = "numbers, constants, expressions and texts, separated by commas";
const EFFECT: &str =
    "names of the words that it takes, `--`, and those that it leaves, the top last";

/// A parameter as the notation writes it, and what it may be.
type Parameter = (&'static str, &'static str);

/// The notation of a directive as a line uses it, and its parameters.
pub(super) fn parameters(
    directive: Directive,
    body: &Body,
) -> (&'static str, &'static [Parameter]) {
    let usage = directive.usage();
    match directive {
        Directive::Use => (
            usage,
            &[
                (
                    "\"./PATH\"",
                    "a file beside this one, or one of the standard library: `std@1/...`",
                ),
                (
                    "NAME",
                    "the name of the file here, if it is not the last part of the path",
                ),
            ],
        ),
        Directive::Const => (usage, &[("NAME", NAME), ("value", NUMBER)]),
        Directive::Var => match body {
            Body::Variable {
                address: Some(_), ..
            } => (
                ".var NAME size at ADDRESS",
                &[("NAME", NAME), ("size", NUMBER), ("ADDRESS", NUMBER)],
            ),
            _ => (
                usage,
                &[
                    ("NAME", NAME),
                    ("size", "the number of words; 1 if not given"),
                ],
            ),
        },
        Directive::Data => match body {
            Body::Data { at: Some(_), .. } => (
                ".data NAME at ADDRESS word, ...",
                &[("NAME", NAME), ("ADDRESS", NUMBER), ("word, ...", WORDS)],
            ),
            _ => (usage, &[("NAME", NAME), ("word, ...", WORDS)]),
        },
        Directive::Words | Directive::Public | Directive::Secret | Directive::Output => {
            (usage, &[("word, ...", WORDS)])
        }
        Directive::Bytes => (
            usage,
            &[(
                "\"text\"",
                "a text whose number of bytes is a multiple of four",
            )],
        ),
        Directive::Routine => (usage, &[("NAME", NAME), ("( before -- after )", EFFECT)]),
        Directive::Inline => (
            usage,
            &[
                ("ROUTINE", "a routine, or `FILE.ROUTINE`"),
                ("argument, ...", NUMBER),
            ],
        ),
        Directive::Push => (usage, &[("DATA", "the name of data")]),
        Directive::Loop => (
            usage,
            &[
                (
                    "+WORDS",
                    "by how many words the stack changes each time, with a sign",
                ),
                ("times", "how often the loop is begun"),
            ],
        ),
        Directive::Test => (
            usage,
            &[
                ("ROUTINE", "a routine, a title in double quotes, or both"),
                (
                    "( before -- after )",
                    "the values before, `--`, and those after, the top last",
                ),
            ],
        ),
        Directive::Traps => (
            usage,
            &[
                ("KIND", "the kind of the trap"),
                ("LABEL", "the label or the routine of the trap"),
            ],
        ),
        Directive::Within => (usage, &[("rows", NUMBER)]),
    }
}

/// Where the parameters of a line are, in order, those that are lists aside.
pub(super) fn given(body: &Body) -> [Option<Span>; 2] {
    let [first, _] = body.operands().map(|one| one.map(|operand| operand.span));
    match *body {
        Body::Constant { name, .. } => [name, first],
        Body::Use { path, .. } => [path, None],
        Body::Variable {
            name,
            address: Some(_),
            ..
        } => [name, first.or(name)],
        Body::Variable { name, .. } => [name, None],
        // The word `at` is no parameter, but the address comes after it.
        Body::Data {
            name, at: Some(at), ..
        } => [name.map(|_| at), first],
        Body::Data { name, .. } | Body::Routine { name, .. } => [name, None],
        Body::Inline { target, .. } => [target, None],
        Body::Loop { change, .. } => [change, None],
        Body::Test {
            title,
            target,
            values,
            ..
        } => [target.or(title.filter(|_| values.is_some())), None],
        Body::Traps { kind, .. } => [kind, None],
        _ => [None, None],
    }
}
