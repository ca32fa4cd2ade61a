//! Expressions as trees. Names stand in them as places of the text; who evaluates a tree says what they mean.

use crate::lang::syntax::Span;

/// A parsed expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expression {
    /// A number or a character literal.
    Number(u32),
    /// A name.
    Name(Span),
    /// `len(name)`, with the place of the name.
    Length(Span),
    /// `name[place]`, an entry of a list. Only the debugger has lists.
    Entry(Span, Box<Expression>),
    /// An operator before its operand.
    Unary(Unary, Box<Expression>),
    /// An operator between its operands.
    Binary(Binary, Box<Expression>, Box<Expression>),
}

/// An operator with one operand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unary {
    /// `-`
    Negate,
    /// `~`, every bit.
    Invert,
    /// `!`: 1 for 0, else 0.
    Not,
}

/// An operator with two operands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Binary {
    /// `||`
    Or,
    /// `&&`
    And,
    /// `==`
    Equal,
    /// `!=`
    Unequal,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
    /// `|`
    BitOr,
    /// `^`
    BitXor,
    /// `&`
    BitAnd,
    /// `<<`
    ShiftLeft,
    /// `>>`
    ShiftRight,
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`
    Divide,
    /// `%`
    Remainder,
}

impl Binary {
    /// The operators and their signs, those of two characters first.
    pub const SIGNS: [(&'static str, Binary); 18] = [
        ("||", Binary::Or),
        ("&&", Binary::And),
        ("==", Binary::Equal),
        ("!=", Binary::Unequal),
        ("<=", Binary::LessOrEqual),
        (">=", Binary::GreaterOrEqual),
        ("<<", Binary::ShiftLeft),
        (">>", Binary::ShiftRight),
        ("<", Binary::Less),
        (">", Binary::Greater),
        ("|", Binary::BitOr),
        ("^", Binary::BitXor),
        ("&", Binary::BitAnd),
        ("+", Binary::Add),
        ("-", Binary::Subtract),
        ("*", Binary::Multiply),
        ("/", Binary::Divide),
        ("%", Binary::Remainder),
    ];

    /// How strongly the operator binds: as in Rust, comparisons weaker than every operator of bits.
    pub(super) fn strength(self) -> u8 {
        use Binary::*;
        match self {
            Or => 0,
            And => 1,
            Equal | Unequal | Less | LessOrEqual | Greater | GreaterOrEqual => 2,
            BitOr => 3,
            BitXor => 4,
            BitAnd => 5,
            ShiftLeft | ShiftRight => 6,
            Add | Subtract => 7,
            Multiply | Divide | Remainder => 8,
        }
    }
}

impl Expression {
    /// The names in the expression, in the order of the text, and whether each stands in `len(name)`.
    pub fn names(&self) -> Vec<(Span, bool)> {
        let mut names = Vec::new();
        self.collect(&mut names);
        names
    }

    fn collect(&self, names: &mut Vec<(Span, bool)>) {
        match self {
            Expression::Number(_) => {}
            Expression::Name(span) => names.push((*span, false)),
            Expression::Length(span) => names.push((*span, true)),
            Expression::Entry(span, place) => {
                names.push((*span, false));
                place.collect(names);
            }
            Expression::Unary(_, operand) => operand.collect(names),
            Expression::Binary(_, left, right) => {
                left.collect(names);
                right.collect(names);
            }
        }
    }
}
