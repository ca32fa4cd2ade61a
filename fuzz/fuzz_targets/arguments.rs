//! The command line: arguments, one a line, and the lists of inputs that they may hold.
#![no_main]

use clap::Parser;
use libfuzzer_sys::fuzz_target;
use provable::vm::Inputs;
use provable_fuzz::text;
use provable_server::cli::args::{Cli, Command, ProgramArgs};
use provable_server::cli::inputs::inputs;

fuzz_target!(|data: &[u8]| {
    let text = text(data);
    let arguments = std::iter::once("provable").chain(text.split('\n'));
    match Cli::try_parse_from(arguments) {
        Ok(cli) => match &cli.command {
            Command::Run(args) => lists(&args.program),
            Command::Prove(args) => lists(&args.program),
            _ => {}
        },
        Err(error) => assert!(!error.render().to_string().is_empty()),
    }
});

/// A list is read as the same words in an inputs file are. Files and standard input are left alone.
fn lists(args: &ProgramArgs) {
    let is_dash = |list: &Option<String>| list.as_deref().is_some_and(|list| list.trim() == "-");
    let has_list = args.public.is_some() || args.secret.is_some();
    if !has_list || is_dash(&args.public) || is_dash(&args.secret) {
        return;
    }
    match inputs(args) {
        Ok(inputs) => {
            let Inputs { public, secret } = &inputs;
            let written = serde_json::json!({ "public": public, "secret": secret });
            let read = Inputs::from_json(&written.to_string());
            assert_eq!(read.ok().as_ref(), Some(&inputs));
        }
        Err(failure) => {
            let message = failure.to_text();
            assert!(message.contains("entry"), "{message}");
        }
    }
}
