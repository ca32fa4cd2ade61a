//! Random programs of several files, each with what it means: which words its routines take and leave, and which items
//! stand in them. They keep to their contracts and end without a trap.

mod body;
pub mod contracts;
mod expression;
pub mod reference;
mod text;

pub use expression::Expr;
pub use text::Extras;

use provable::lang::isa::Op;

/// The choices that make a program: bytes, and zeros when they are used up. So a shorter list gives a smaller program.
pub struct Choices {
    bytes: Vec<u8>,
    at: usize,
}

impl Choices {
    pub fn new(bytes: Vec<u8>) -> Self {
        Choices { bytes, at: 0 }
    }

    /// A number below `bound`.
    pub fn below(&mut self, bound: usize) -> usize {
        let byte = self.bytes.get(self.at).copied().unwrap_or(0);
        self.at += 1;
        usize::from(byte) % bound.max(1)
    }

    pub fn one<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }

    /// Whether there is more to choose.
    pub fn goes_on(&self) -> bool {
        self.at < self.bytes.len()
    }
}

/// A file's names, each with what it is worth.
#[derive(Default)]
pub struct File {
    pub path: &'static str,
    pub constants: Vec<(String, i128)>,
    /// Names of variables of one word.
    pub variables: Vec<String>,
    pub data: Vec<Data>,
}

pub struct Data {
    pub name: &'static str,
    pub address: Option<u32>,
    pub words: Vec<u32>,
}

/// A routine; the first one of a program is its main code.
pub struct Routine {
    pub file: usize,
    pub name: String,
    pub inputs: usize,
    /// None if it never comes back.
    pub outputs: Option<usize>,
    pub parameters: usize,
    pub items: Vec<Item>,
}

#[derive(Clone)]
pub enum Item {
    /// An instruction without a name in its operand, or with an expression.
    Op(Op, Option<Expr>),
    /// LOAD or STORE of a variable: file, variable.
    Variable(Op, usize, usize),
    /// LOAD of a word of data: file, data, distance.
    Datum(usize, usize, usize),
    Label(usize),
    /// A jump, or a CALL of a label.
    Jump(Op, usize),
    Call {
        routine: usize,
        arguments: Vec<Expr>,
        is_inline: bool,
    },
    /// `.push` of data: file, data.
    Push(usize, usize),
    /// A declared loop of so many turns, with so many words more each time.
    Loop(usize, usize),
}

pub struct World {
    pub files: Vec<File>,
    /// A routine reaches only routines behind it.
    pub routines: Vec<Routine>,
}

const PATHS: [&str; 5] = [
    "lib/math.prov",
    "math.prov",
    "3d.prov",
    "x-y.prov",
    "a.prov",
];
const NAMES: [&str; 6] = ["f", "a", "f.g", "_q", "f_1", "a.b"];

impl World {
    /// A program that the choices make. `has_loops` says whether there may be declared loops.
    pub fn new(choices: &mut Choices, has_loops: bool) -> World {
        let mut files = vec![File {
            path: "main.prov",
            ..File::default()
        }];
        let skip = choices.below(PATHS.len());
        for place in 0..choices.below(4) {
            files.push(File {
                path: PATHS[(skip + place) % PATHS.len()],
                ..File::default()
            });
        }
        let mut routines = vec![Routine {
            file: 0,
            name: String::new(),
            inputs: 0,
            outputs: None,
            parameters: 0,
            items: Vec::new(),
        }];
        for number in 0..choices.below(6) {
            let file = choices.below(files.len());
            let name = NAMES[choices.below(NAMES.len())];
            let is_taken = |one: &Routine| one.file == file && one.name == name;
            routines.push(Routine {
                file,
                name: match routines.iter().any(is_taken) {
                    true => format!("r{number}"),
                    false => name.to_owned(),
                },
                inputs: choices.below(4),
                outputs: match choices.below(12) {
                    11 => None,
                    outputs => Some(outputs % 4),
                },
                parameters: choices.below(3),
                items: Vec::new(),
            });
        }
        for (number, file) in files.iter_mut().enumerate() {
            for constant in 0..choices.below(3) {
                let value = choices.one(&[0i128, 1, 7, -1, 200, 4_294_967_295, -2_147_483_648]);
                file.constants.push((format!("K{constant}"), value));
            }
            // A label of a routine `a` of the main file is called so in linked text too.
            let names = match number {
                0 => ["T", "f.y", "at_1"],
                _ => ["x", "T", "f.y"],
            };
            for (place, name) in names.iter().take(choices.below(4)).enumerate() {
                let address = match choices.below(3) {
                    0 => Some(0x100 * (number as u32 + 1) + 0x20 * place as u32),
                    _ => None,
                };
                let length = 1 + choices.below(5);
                let words = (0..length).map(|_| choices.one(&[0, 3, 255, u32::MAX]));
                let words = words.collect();
                file.data.push(Data {
                    name,
                    address,
                    words,
                });
            }
            for variable in 0..choices.below(3) {
                file.variables.push(format!("v{variable}"));
            }
        }
        let mut world = World { files, routines };
        for routine in 0..world.routines.len() {
            let items = body::items(&mut world, choices, routine, has_loops);
            world.routines[routine].items = items;
        }
        world
    }

    /// A file that a file may use, or the file itself. The main file is used by none.
    pub fn file(&self, choices: &mut Choices, from: usize) -> usize {
        match from {
            0 => choices.below(self.files.len()),
            _ => 1 + choices.below(self.files.len() - 1),
        }
    }

    /// Whether a routine has a CALL of one of its labels.
    pub fn calls_itself(&self, routine: usize) -> bool {
        let items = &self.routines[routine].items;
        items
            .iter()
            .any(|item| matches!(item, Item::Jump(Op::Call, _)))
    }
}
