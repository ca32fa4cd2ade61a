//! Expressions with their values. Each is a word, whatever the arguments are.

use super::{Choices, World};

#[derive(Clone)]
pub enum Expr {
    Number(i128),
    /// A constant: file, constant.
    Constant(usize, usize),
    Parameter(usize),
    /// The length of data: file, data.
    Length(usize, usize),
    /// The low byte of an operation: the place of its sign, and the operands.
    Byte(usize, Box<Expr>, Box<Expr>),
}

const SIGNS: [&str; 8] = ["+", "-", "*", "^", "|", "<<", "==", "<"];
pub const PARAMETERS: [&str; 2] = ["P", "Q.p"];

impl Expr {
    /// An expression in a routine.
    pub fn new(world: &World, choices: &mut Choices, routine: usize) -> Expr {
        Expr::nested(world, choices, routine, 2)
    }

    fn nested(world: &World, choices: &mut Choices, routine: usize, fuel: usize) -> Expr {
        let parameters = world.routines[routine].parameters;
        let file = world.file(choices, world.routines[routine].file);
        let found = &world.files[file];
        match choices.below(6) {
            1 if parameters > 0 => Expr::Parameter(choices.below(parameters)),
            2 if !found.constants.is_empty() => {
                Expr::Constant(file, choices.below(found.constants.len()))
            }
            3 if !found.data.is_empty() => Expr::Length(file, choices.below(found.data.len())),
            4 | 5 if fuel > 0 => {
                let sign = choices.below(SIGNS.len());
                let left = Expr::nested(world, choices, routine, fuel - 1);
                let right = match SIGNS[sign] {
                    "<<" => Expr::Number(choices.below(8) as i128),
                    _ => Expr::nested(world, choices, routine, fuel - 1),
                };
                Expr::Byte(sign, Box::new(left), Box::new(right))
            }
            _ => Expr::Number(choices.one(&[0, 1, 2, 300, -1, -7])),
        }
    }

    /// The value, with those of the parameters.
    pub fn value(&self, world: &World, parameters: &[i128]) -> i128 {
        match self {
            Expr::Number(number) => *number,
            Expr::Constant(file, place) => world.files[*file].constants[*place].1,
            Expr::Parameter(place) => parameters[*place],
            Expr::Length(file, place) => world.files[*file].data[*place].words.len() as i128,
            Expr::Byte(sign, left, right) => {
                let (a, b) = (
                    left.value(world, parameters),
                    right.value(world, parameters),
                );
                let result = match SIGNS[*sign] {
                    "+" => a + b,
                    "-" => a - b,
                    "*" => a * b,
                    "^" => a ^ b,
                    "|" => a | b,
                    "<<" => a << b,
                    "==" => i128::from(a == b),
                    _ => i128::from(a < b),
                };
                result & 0xff
            }
        }
    }

    /// The text in a file.
    pub fn text(&self, world: &World, from: usize) -> String {
        match self {
            Expr::Number(number) => number.to_string(),
            Expr::Constant(file, place) => {
                world.name(from, *file, &world.files[*file].constants[*place].0)
            }
            Expr::Parameter(place) => PARAMETERS[*place].to_owned(),
            Expr::Length(file, place) => {
                let name = world.name(from, *file, world.files[*file].data[*place].name);
                format!("len({name})")
            }
            Expr::Byte(sign, left, right) => {
                let (left, right) = (left.text(world, from), right.text(world, from));
                format!("((({left}) {} ({right})) & 0xff)", SIGNS[*sign])
            }
        }
    }
}
