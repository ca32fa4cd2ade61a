//! Families of constraints: what each constraint of the circuit is for.

macro_rules! families {
    ($($name:ident $text:literal,)*) => {
        /// What a constraint is for. For each family but `Blind` a test has a false witness that no other family refuses.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[repr(u8)]
        pub enum Family {
            $(#[doc = $text] $name,)*
        }

        impl Family {
            /// Every family.
            pub const ALL: &'static [Family] = &[$(Family::$name,)*];

            /// What it is for, in words.
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
    Fetch "The instruction of a row is the program's at its pc.",
    Arithmetic "Addition and subtraction; a pushed operand or top; where a RET goes.",
    CarryBit "The carry out of the adder is boolean.",
    ZeroTest "z says whether what a jump tests is zero.",
    ResultRange "The result is a 32-bit word.",
    Jump "The next pc.",
    CarryFlag "The next carry flag.",
    Top "The next top of the stack.",
    Spill "A push spills the old top, a call the address after it.",
    StackPort "The stacks' term of the memory multiset.",
    HeapPort "The general port's terms of the memory multiset.",
    SetBit "A load finds a cell that was stored.",
    Times "A removed tuple is older than its row.",
    Coprocessor "Rare results come from the coprocessor tables.",
    ProgramTable "The program table is the statement's program.",
    HeapTable "Each heap cell starts once, unset, and ends.",
    Leftovers "What is on the stacks when the machine halts.",
    ArithmeticTable "Multiplication, division and shifts.",
    PowersOfTwo "Shift amounts and their powers.",
    BitwiseTable "And, or, exclusive or.",
    DigitTable "Bitwise operations on digits.",
    CompareTable "Comparisons.",
    RangeTable "Multiplicities of the range table.",
    TopTable "Multiplicities of the table of words' top limbs.",
    MemorySum "The memory multiset ends empty.",
    RangeSum "Range lookups match the range table.",
    FetchSum "Fetches match the program table.",
    CoprocessorSum "Coprocessor lookups match their tables.",
    DigitSum "Digit lookups match the table of digits.",
    TopSum "Lookups of top limbs match their table.",
    PowerSum "Shift lookups match the table of powers.",
    BetaSquared "The square of β.",
    Blind "The blinding variable has a base that is not the identity.",
}
