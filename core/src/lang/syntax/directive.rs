//! The directives: words with a leading dot. Of these, only `.inline` and `.push` make instructions.

/// A directive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Directive {
    /// `.use`
    Use,
    /// `.const`
    Const,
    /// `.var`
    Var,
    /// `.data`
    Data,
    /// `.words`
    Words,
    /// `.bytes`
    Bytes,
    /// `.routine`
    Routine,
    /// `.inline`
    Inline,
    /// `.push`
    Push,
    /// `.loop`
    Loop,
    /// `.test`
    Test,
    /// `.public`
    Public,
    /// `.secret`
    Secret,
    /// `.output`
    Output,
    /// `.traps`
    Traps,
    /// `.within`
    Within,
}

impl Directive {
    /// Every directive.
    pub const ALL: [Directive; 16] = [
        Directive::Use,
        Directive::Const,
        Directive::Var,
        Directive::Data,
        Directive::Words,
        Directive::Bytes,
        Directive::Routine,
        Directive::Inline,
        Directive::Push,
        Directive::Loop,
        Directive::Test,
        Directive::Public,
        Directive::Secret,
        Directive::Output,
        Directive::Traps,
        Directive::Within,
    ];

    /// The directive that a word is, in any letter case.
    pub fn named(word: &str) -> Option<Self> {
        let mut all = Self::ALL.into_iter();
        all.find(|directive| directive.word().eq_ignore_ascii_case(word))
    }

    /// The word, with its dot.
    pub fn word(self) -> &'static str {
        self.usage().split(' ').next().unwrap_or_default()
    }

    /// How it is written.
    pub fn usage(self) -> &'static str {
        match self {
            Directive::Use => ".use \"./PATH\" as NAME",
            Directive::Const => ".const NAME value",
            Directive::Var => ".var NAME size",
            Directive::Data => ".data NAME word, ...",
            Directive::Words => ".words word, ...",
            Directive::Bytes => ".bytes \"text\"",
            Directive::Routine => ".routine NAME ( before -- after )",
            Directive::Inline => ".inline ROUTINE argument, ...",
            Directive::Push => ".push DATA",
            Directive::Loop => ".loop +WORDS, times",
            Directive::Test => ".test ROUTINE ( before -- after )",
            Directive::Public => ".public word, ...",
            Directive::Secret => ".secret word, ...",
            Directive::Output => ".output word, ...",
            Directive::Traps => ".traps KIND at LABEL",
            Directive::Within => ".within rows",
        }
    }

    /// A sentence that says what it does.
    pub fn summary(self) -> &'static str {
        match self {
            Directive::Use => {
                "Makes the routines, constants, variables and data of another file known, as `NAME.member`."
            }
            Directive::Const => "Names a number.",
            Directive::Var => {
                "Names the address of words of the heap that the program stores; their place is chosen when the program is linked."
            }
            Directive::Data => {
                "Names an address, and puts words into the heap from there on before the run starts."
            }
            Directive::Words => "Continues the words of the `.data` line above.",
            Directive::Bytes => {
                "Continues the words of the `.data` line above with the bytes of a text, four a word, the first one the most significant."
            }
            Directive::Routine => {
                "Begins a routine, with the words that it takes from the stack and leaves on it."
            }
            Directive::Inline => "Copies the instructions of a routine to this place.",
            Directive::Push => {
                "Pushes the words of data by instructions, so that the first word is on top."
            }
            Directive::Loop => {
                "Says that the loop that begins here changes the stack by so many words each time, and how often it is begun."
            }
            Directive::Test => "Begins a test of a routine or of the program.",
            Directive::Public => "The public input of a test.",
            Directive::Secret => "The secret input of a test.",
            Directive::Output => "The public output that a test expects.",
            Directive::Traps => "The trap that a test expects.",
            Directive::Within => "The most rows that a test may take.",
        }
    }

    /// Whether the directive begins a section.
    pub fn begins_section(self) -> bool {
        matches!(self, Directive::Routine | Directive::Test)
    }

    /// Whether its line belongs to one above: to data, a routine or a test.
    pub(super) fn is_indented(self) -> bool {
        use Directive::*;
        !matches!(self, Use | Const | Var | Data | Routine | Test)
    }

    /// Whether commas may stand on its line.
    pub(super) fn takes_commas(self) -> bool {
        use Directive::*;
        matches!(
            self,
            Data | Words | Routine | Inline | Loop | Test | Public | Secret | Output
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_names_its_directive() {
        for directive in Directive::ALL {
            assert!(directive.word().starts_with('.'));
            assert_eq!(Directive::named(directive.word()), Some(directive));
        }
    }
}
