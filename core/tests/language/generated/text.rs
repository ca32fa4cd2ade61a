//! The texts of a program's files.

use super::expression::PARAMETERS;
use super::{Item, World};
use provable::lang::isa::Op;
use provable::lang::modules::{MemoryFiles, Modules, Parsed};
use std::fmt::Write;
use std::sync::Arc;

/// What is written besides the program, and changes nothing.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Extras {
    None,
    /// Comments, tests, and routines, data and variables that nothing uses.
    All,
}

const LABELS: [&str; 7] = ["end", "a.x", "f.x", "at_3", "f_1.x", "lib.f", "math.f"];

impl World {
    /// A name of a file, as another file writes it.
    pub fn name(&self, from: usize, file: usize, name: &str) -> String {
        match from == file {
            true => name.to_owned(),
            false => format!("m{file}.{name}"),
        }
    }

    /// The texts, each with its path; the main file first.
    pub fn texts(&self, extras: Extras) -> Vec<(&'static str, String)> {
        let files = 0..self.files.len();
        files
            .map(|file| (self.files[file].path, self.text(file, extras)))
            .collect()
    }

    /// The files, loaded.
    pub fn modules(texts: &[(&'static str, String)]) -> Modules {
        let all = texts.iter().map(|(path, text)| (*path, text.as_str()));
        let (path, main) = &texts[0];
        Modules::load(path, Arc::new(Parsed::new(main)), &MemoryFiles::new(all))
    }

    fn text(&self, file: usize, extras: Extras) -> String {
        let is_more = extras == Extras::All;
        let mut text = String::new();
        let own = &self.files[file];
        for (other, module) in self
            .files
            .iter()
            .enumerate()
            .filter(|(at, _)| *at != file && *at != 0)
        {
            let from = if own.path.contains('/') { "../" } else { "./" };
            let _ = writeln!(text, ".use \"{from}{}\" as m{other}", module.path);
        }
        for (name, value) in &own.constants {
            let _ = writeln!(text, ".const {name} {value}");
        }
        if is_more {
            text += "# more\n.var unused 100\n.data unused.too 1, 2, 3\n";
        }
        for name in &own.variables {
            let _ = writeln!(text, ".var {name}");
        }
        for data in &own.data {
            let at = data
                .address
                .map_or(String::new(), |address| format!(" at {address}"));
            let words: Vec<String> = data.words.iter().map(u32::to_string).collect();
            let _ = writeln!(text, ".data {}{at} {}", data.name, words.join(", "));
        }
        for (number, routine) in self.routines.iter().enumerate() {
            if routine.file != file {
                continue;
            }
            if number > 0 {
                self.head(&mut text, number, is_more);
            }
            for item in &routine.items {
                self.item(&mut text, number, item);
            }
            if is_more {
                let title = if number % 2 == 0 { "a test" } else { "another" };
                let _ = writeln!(text, ".test \"{title}\"\n    PUSH 1\n    POP");
            }
        }
        text
    }

    fn head(&self, text: &mut String, number: usize, is_more: bool) {
        let routine = &self.routines[number];
        if is_more {
            let _ = writeln!(text, ".routine unused.{number} ( -- )\n    RET");
            text.push_str("## Documents.\n");
        }
        let inputs: Vec<String> = (0..routine.inputs).map(|at| format!("i{at} ")).collect();
        let outputs = match routine.outputs {
            Some(count) => (0..count).map(|at| format!("o{at} ")).collect(),
            None => "never ".to_owned(),
        };
        let parameters = PARAMETERS[..routine.parameters].join(", ");
        let name = &routine.name;
        let _ = writeln!(
            text,
            ".routine {name} ( {}-- {outputs}) {parameters}",
            inputs.concat()
        );
    }

    fn label(label: usize) -> String {
        match LABELS.get(label) {
            Some(name) => (*name).to_owned(),
            None => format!("l{label}"),
        }
    }

    fn item(&self, text: &mut String, routine: usize, item: &Item) {
        let file = self.routines[routine].file;
        let word = |op: Op| op.spec().mnemonic;
        let _ = match item {
            Item::Op(op, None) => writeln!(text, "    {}", word(*op)),
            Item::Op(op, Some(operand)) => {
                writeln!(text, "    {} {}", word(*op), operand.text(self, file))
            }
            Item::Variable(op, other, place) => {
                let name = self.name(file, *other, &self.files[*other].variables[*place]);
                writeln!(text, "    {} {name}", word(*op))
            }
            Item::Datum(other, place, distance) => {
                let name = self.name(file, *other, self.files[*other].data[*place].name);
                writeln!(text, "    LOAD {name} + {distance}")
            }
            Item::Label(label) => writeln!(text, "{}:", World::label(*label)),
            Item::Jump(op, label) => writeln!(text, "    {} {}", word(*op), World::label(*label)),
            Item::Call {
                routine,
                arguments,
                is_inline,
            } => {
                let called = &self.routines[*routine];
                let name = self.name(file, called.file, &called.name);
                let arguments: Vec<String> =
                    arguments.iter().map(|one| one.text(self, file)).collect();
                let is_inline = *is_inline && !self.calls_itself(*routine);
                let word = if is_inline { ".inline" } else { "CALL" };
                writeln!(text, "    {word} {name} {}", arguments.join(", "))
            }
            Item::Push(other, place) => {
                let name = self.name(file, *other, self.files[*other].data[*place].name);
                writeln!(text, "    .push {name}")
            }
            Item::Loop(grows, count) => writeln!(text, "    .loop +{grows}, {count}"),
        };
    }
}
