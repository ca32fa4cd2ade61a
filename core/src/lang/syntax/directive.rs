//! The directives: words with a leading dot that make no instruction.

/// A directive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Directive {
    /// `.const`
    Const,
    /// `.data`
    Data,
    /// `.words`
    Words,
}

impl Directive {
    /// Every directive.
    pub const ALL: [Directive; 3] = [Directive::Const, Directive::Data, Directive::Words];

    /// The directive that a word is, in any letter case.
    pub fn named(word: &str) -> Option<Self> {
        let mut all = Self::ALL.into_iter();
        all.find(|directive| directive.word().eq_ignore_ascii_case(word))
    }

    /// The word, with its dot.
    pub fn word(self) -> &'static str {
        match self {
            Directive::Const => ".const",
            Directive::Data => ".data",
            Directive::Words => ".words",
        }
    }

    /// How it is written.
    pub fn usage(self) -> &'static str {
        match self {
            Directive::Const => ".const NAME value",
            Directive::Data => ".data NAME at ADDRESS word, ...",
            Directive::Words => ".words word, ...",
        }
    }

    /// A sentence that says what it does.
    pub fn summary(self) -> &'static str {
        match self {
            Directive::Const => "Names a number.",
            Directive::Data => {
                "Names an address, and puts words into the heap from there on before the run starts."
            }
            Directive::Words => "Continues the words of the `.data` line above.",
        }
    }
}
