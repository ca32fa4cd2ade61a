//! Diagnostics: what is wrong with a program, where, and how to correct it. They are plain values, which the command
//! line and the editor show in their own ways.

use crate::lang::quote::{quoted, shortened};
use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// Useful to know. Nothing goes wrong.
    Hint,
    /// Something may go wrong.
    Warning,
    /// The text does not assemble, or the instruction traps whenever it is executed.
    Error,
}

macro_rules! codes {
    ($(#[doc = $doc:literal] $variant:ident = $name:literal, $severity:ident;)*) => {
        /// The kind of a diagnostic. The names are stable: users look them up, link to them and allow them.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Code { $(#[doc = $doc] $variant,)* }

        impl Code {
            /// Every code, in the order of the reference.
            pub const ALL: &'static [Code] = &[$(Code::$variant,)*];

            /// The stable name, such as `E005`.
            pub fn as_str(self) -> &'static str {
                match self { $(Code::$variant => $name,)* }
            }

            /// How much findings of this kind matter.
            pub fn severity(self) -> Severity {
                match self { $(Code::$variant => Severity::$severity,)* }
            }

            /// A sentence that describes findings of this kind.
            pub fn summary(self) -> &'static str {
                match self { $(Code::$variant => $doc,)* }.trim_start()
            }

            /// The code with this name.
            pub fn named(name: &str) -> Option<Code> {
                Code::ALL.iter().copied().find(|code| code.as_str() == name)
            }

            /// Whether a comment in the text can allow findings of this kind. This holds for warnings and hints about
            /// the program, but not for those about such comments.
            pub fn can_be_allowed(self) -> bool {
                self.severity() != Severity::Error
                    && !matches!(self, Code::BadAllowance | Code::UnusedAllowance)
            }
        }
    };
}

// E0xx: the text does not assemble. E1xx, W1xx and H1xx: the static analysis. There an error and the warning with the
// same number are the certain and the possible form of one finding.
codes! {
    /// A character that belongs to nothing.
    UnexpectedCharacter = "E001", Error;
    /// A number that is not written as numbers are.
    BadNumber = "E002", Error;
    /// A number that does not fit in a word.
    NumberOutOfRange = "E003", Error;
    /// A word where an instruction belongs that names none.
    UnknownInstruction = "E004", Error;
    /// An instruction without the operand it needs.
    MissingOperand = "E005", Error;
    /// Something after the end of the statement.
    ExtraOperand = "E006", Error;
    /// An operand of the wrong kind, such as a label where a number belongs.
    WrongOperand = "E007", Error;
    /// A label or constant with a name that is not allowed.
    BadName = "E008", Error;
    /// A name that is defined a second time.
    DuplicateName = "E009", Error;
    /// A name that is defined nowhere.
    UndefinedName = "E010", Error;
    /// A `.const` line without its name or its value.
    BadConstant = "E011", Error;
    /// A word with a leading dot that is no directive.
    UnknownDirective = "E012", Error;
    /// A label that does not stand as labels do: `name:`, once, alone or before an instruction.
    BadLabel = "E013", Error;
    /// A text or a program over the size limits.
    TooLarge = "E014", Error;
    /// More problems than are worth listing.
    TooMany = "E015", Error;
    /// A `.data` or `.words` line that is not written as they are, or without words.
    BadData = "E016", Error;
    /// Data or variables that overlap others, or that end past the last address.
    MisplacedData = "E017", Error;
    /// An expression, or a text in double quotes, that is not written as they are.
    BadExpression = "E018", Error;
    /// An expression that has no value, such as a division by zero, or a constant that is defined through itself.
    NoValue = "E019", Error;
    /// A `.use` line that is not written as they are, or a path that is none.
    BadUse = "E020", Error;
    /// A file that cannot be used: it is not there, cannot be read, is no library or has errors.
    UnusableFile = "E021", Error;
    /// More files, instructions or nested copies than a program may have.
    TooManyParts = "E022", Error;
    /// A `.routine` line that is not written as they are.
    BadRoutine = "E023", Error;
    /// Arguments that a routine does not take.
    BadArguments = "E024", Error;
    /// A routine that is copied into itself by `.inline`.
    EndlessInline = "E025", Error;
    /// A `.loop` line that is not written as they are, or that stands before no instruction.
    BadLoop = "E026", Error;
    /// A line of a test that is not written as they are, or that stands in no test.
    BadTest = "E027", Error;
    /// A jump that leaves its routine.
    JumpOutOfRoutine = "E028", Error;

    /// The stack is too shallow on every path.
    Underflow = "E101", Error;
    /// The stack is too shallow on some path.
    PossibleUnderflow = "W101", Warning;
    /// Two paths meet with different stack depths.
    DepthMismatch = "W102", Warning;
    /// A loop leaves more on the stack each time round.
    GrowingLoop = "W103", Warning;
    /// RET where no CALL can be open.
    RetWithoutCall = "E104", Error;
    /// RET that some path reaches without a CALL.
    PossibleRetWithoutCall = "W104", Warning;
    /// Code that no path reaches.
    Unreachable = "W105", Warning;
    /// A label or constant that nothing refers to.
    UnusedName = "H106", Hint;
    /// A jump that always leaves the program.
    JumpOutside = "E107", Error;
    /// A conditional jump that leaves the program when taken.
    PossibleJumpOutside = "W107", Warning;
    /// A load from an address that no path has stored and that holds no data.
    LoadBeforeStore = "E108", Error;
    /// A load from an address that some path has not stored and that holds no data.
    PossibleLoadBeforeStore = "W108", Warning;
    /// A division by a literal zero.
    DivisionByZero = "E109", Error;
    /// A division that some path reaches with a literal zero.
    PossibleDivisionByZero = "W109", Warning;
    /// A shift or a rotation by a literal of 32 or more.
    ShiftTooFar = "E110", Error;
    /// A shift or a rotation that some path reaches with a literal of 32 or more.
    PossibleShiftTooFar = "W110", Warning;
    /// A routine that leaves other words than its line declares.
    WrongOutputs = "E113", Error;
    /// A routine that may leave other words than its line declares.
    PossibleWrongOutputs = "W113", Warning;
    /// A routine that touches words below its inputs.
    BelowInputs = "E114", Error;
    /// A routine that may touch words below its inputs.
    PossibleBelowInputs = "W114", Warning;
    /// Code that runs into a routine, or off the end of one.
    RunsOn = "E115", Error;
    /// A loop that changes the stack otherwise than its `.loop` line declares.
    WrongLoop = "E116", Error;
    /// A text of a test that is written as an entry of an inputs file.
    LooksLikeEntry = "W117", Warning;
    /// A comment that allows what cannot be allowed.
    BadAllowance = "W111", Warning;
    /// A comment that allows what is not found there.
    UnusedAllowance = "H112", Hint;
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// How much it matters.
    pub severity: Severity,
    /// What kind of finding it is.
    pub code: Code,
    /// The message: one sentence without a full stop.
    pub message: String,
    /// The place, in bytes of the text.
    pub span: Range<usize>,
    /// Other places that explain the finding, in reading order.
    pub related: Vec<(Range<usize>, String)>,
    /// How to correct it, if that is known.
    pub help: Option<String>,
    /// The text to write in place of the span, if that is the correction.
    pub replacement: Option<String>,
}

impl Diagnostic {
    /// A finding with the severity of its code. A text may contain a word of any length, so quotes in messages are cut
    /// in the middle.
    pub fn new(code: Code, span: impl Into<Range<usize>>, message: impl Into<String>) -> Self {
        Diagnostic {
            severity: code.severity(),
            code,
            message: bounded(message),
            span: span.into(),
            related: Vec::new(),
            help: None,
            replacement: None,
        }
    }

    /// Adds another place that explains the finding.
    pub fn related(mut self, span: impl Into<Range<usize>>, message: impl Into<String>) -> Self {
        self.related.push((span.into(), bounded(message)));
        self
    }

    /// Adds how to correct it.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(bounded(help));
        self
    }

    /// Adds the text to write in place of the span.
    pub fn replacement(mut self, text: impl Into<String>) -> Self {
        self.replacement = Some(text.into());
        self
    }

    /// Adds the name that was probably meant.
    pub fn meant(self, name: &str) -> Self {
        self.help(format!("did you mean `{name}`?"))
            .replacement(name)
    }
}

/// Quoted texts and names are cut, and what in them would control a terminal is escaped.
fn bounded(text: impl Into<String>) -> String {
    let text = text.into();
    if text.contains(char::is_control) {
        return quoted(&text);
    }
    match shortened(&text) {
        Cow::Borrowed(_) => text,
        Cow::Owned(short) => short,
    }
}

/// Collects findings up to a limit, so that a large malformed file does not cost gigabytes of messages.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sink {
    pub(crate) diagnostics: Vec<Diagnostic>,
    omitted: usize,
}

impl Sink {
    pub(crate) const LIMIT: usize = 10_000;

    /// Adds the finding that `make` creates, unless the limit is reached.
    pub(crate) fn push(&mut self, make: impl FnOnce() -> Diagnostic) {
        if self.diagnostics.len() < Self::LIMIT {
            self.diagnostics.push(make());
        } else {
            self.omitted += 1;
        }
    }

    /// The findings in the order of the text. If some were left out, the last finding gives their number.
    pub(crate) fn finish(mut self) -> Vec<Diagnostic> {
        self.diagnostics
            .sort_by_key(|diagnostic| (diagnostic.span.start, diagnostic.span.end));
        if self.omitted > 0 {
            let at = self.diagnostics.last().map_or(0..0, |d| d.span.clone());
            let message = format!("{} more problems are not listed", self.omitted);
            let mut last = Diagnostic::new(Code::TooMany, at, message);
            // The findings that were left out count as severe as the most severe one listed.
            last.severity = self
                .diagnostics
                .iter()
                .map(|d| d.severity)
                .max()
                .unwrap_or(Severity::Error);
            self.diagnostics.push(last);
        }
        self.diagnostics
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_message_quotes_controls_no_terminal() {
        let found = Diagnostic::new(Code::UnknownInstruction, 0..1, "no `\u{1b}[2J`")
            .help("\u{4}")
            .related(0..1, "\0");
        let texts = [&found.message, &found.related[0].1];
        for text in texts.into_iter().chain(&found.help) {
            assert!(!text.contains(char::is_control), "{text:?}");
        }
    }

    #[test]
    fn a_code_is_named_after_its_severity_and_names_are_unique() {
        let mut names = std::collections::HashSet::new();
        for code in Code::ALL {
            let letter = match code.severity() {
                Severity::Error => 'E',
                Severity::Warning => 'W',
                Severity::Hint => 'H',
            };
            assert!(code.as_str().starts_with(letter), "{code}");
            assert!(names.insert(code.as_str()), "{code} twice");
        }
    }
}
