//! Families of constraints: what each constraint of the circuit is for.

macro_rules! families {
    ($($name:ident $text:literal,)*) => {
        /// What a constraint is for. For each family but `Blind`, a test makes a false witness that no other family refuses.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[repr(u8)]
        pub enum Family {
            $(#[doc = $text] $name,)*
        }

        impl Family {
            /// Every family.
            pub const ALL: &'static [Family] = &[$(Family::$name,)*];

            /// What constraints of this family are for, as a sentence.
            pub fn purpose(self) -> &'static str {
                match self {
                    $(Family::$name => $text,)*
                }
            }
        }
    };
}

families! {
    Boundary "First and last row.",
    ControlBits "Control bits are boolean.",
    Fetch "A row executes the program's entry at its pc.",
    Base "The base of an address, and what an operation on the top itself cancels.",
    Arithmetic "Addition and subtraction; the pushed operand or top; the return address of a RET.",
    CarryBit "The carry out of the adder is boolean.",
    ZeroTest "Whether the value that a jump tests is zero.",
    ResultRange "The result is a 32-bit word.",
    Jump "The next pc.",
    CarryFlag "The next carry flag.",
    Top "The next top of the stack.",
    Spill "A push stores the old top in the memory; a CALL stores its return address.",
    StackPort "The stack port's term of the memory multiset.",
    HeapPort "The general port's terms of the memory multiset.",
    SetBit "A load reads a cell that was stored before.",
    Times "A row removes only tuples that are older than the row.",
    Coprocessor "The results of coprocessor operations come from the coprocessor tables.",
    ProgramTable "The program table is the statement's program.",
    HeapTable "Each heap cell has one first tuple, not set, and one last tuple; each address and each last value is a word.",
    Leftovers "The words that remain on the stacks when the machine halts.",
    ArithmeticTable "Multiplication, division and shifts.",
    PowersOfTwo "Shift amounts and their powers of two.",
    BitwiseTable "Bitwise and, or, exclusive or.",
    DigitTable "Bitwise operations on digits.",
    CompareTable "Comparisons.",
    RangeTable "Multiplicities of the range table.",
    TopTable "Multiplicities of the table of words' top limbs.",
    MemorySum "The memory multiset is empty after the last row.",
    RangeSum "Range lookups match the range table.",
    FetchSum "Fetches match the program table.",
    CoprocessorSum "Coprocessor lookups match their tables.",
    DigitSum "Digit lookups match the table of digits.",
    TopSum "Lookups of top limbs match their table.",
    PowerSum "Shift lookups match the table of powers.",
    BetaSquared "The square of β.",
    Blind "The blinding variable has a base that is not the identity.",
    Sha256Requests "A row of the SHA-256 table belongs to one step row.",
    Sha256Memory "What SHA-256 reads and writes in the heap.",
    Sha256Pieces "Pieces of words and their spread forms.",
    Sha256Functions "The functions of SHA-256 on chunks of words.",
    Sha256Additions "The additions of SHA-256 modulo 2^32.",
    Sha256Words "Words of the SHA-256 table in limbs.",
    Sha256Tables "The tables of pieces and chunks.",
    Sha256Sums "Lookups of pieces and chunks match their tables.",
}
