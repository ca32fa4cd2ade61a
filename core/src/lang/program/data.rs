//! The data of a text while it is assembled: the words of each `.data` line with those of the `.words` lines after it, and
//! whether they have addresses of their own.

use crate::lang::diagnostics::{Code, Diagnostic, Sink};
use crate::lang::syntax::{Span, Tree};
use std::ops::Range;

/// The end of the address space: one more than the last address.
const END: u64 = 1 << 32;

/// The address of data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Placement {
    /// This one.
    Known(u32),
    /// The linker chooses it, or what it depends on.
    Later,
    /// There is a diagnostic for it.
    Bad,
}

/// The words of one `.data` line and of the `.words` lines that continue it.
struct Block {
    /// The name, or the directive if there is none.
    name: Span,
    /// The address as it is written.
    place: Span,
    address: Placement,
    /// Its words in the list of all words.
    words: Range<usize>,
    is_well_formed: bool,
}

impl Block {
    /// The addresses of the words; none if the address is not known.
    fn addresses(&self) -> Option<Range<u64>> {
        let Placement::Known(start) = self.address else {
            return None;
        };
        let start = u64::from(start);
        Some(start..start + self.words.len() as u64)
    }
}

/// The data of a text, in its order.
#[derive(Default)]
pub(super) struct DataBlocks {
    blocks: Vec<Block>,
    /// A word for which there is a diagnostic is 0.
    words: Vec<u32>,
    /// Whether a word is known only when the program is linked.
    pub has_later: bool,
    /// Whether `.words` may follow.
    pub is_open: bool,
}

impl DataBlocks {
    /// Begins a block, to which the words that are pushed from now on belong.
    pub fn open(&mut self, name: Span, place: Span, address: Placement, is_well_formed: bool) {
        let start = self.words.len();
        self.blocks.push(Block {
            name,
            place,
            address,
            words: start..start,
            is_well_formed,
        });
        self.is_open = true;
    }

    /// Adds words to the last block.
    pub fn push(&mut self, words: impl IntoIterator<Item = u32>) {
        self.words.extend(words);
        if let Some(block) = self.blocks.last_mut() {
            block.words.end = self.words.len();
        }
    }

    /// Whether every word and every address is known without the linker.
    pub fn is_placed(&self) -> bool {
        let is_known = |block: &Block| matches!(block.address, Placement::Known(_));
        !self.has_later && self.blocks.iter().all(is_known)
    }

    /// The known addresses of the blocks, in order.
    pub fn ranges(&self) -> Vec<Range<u64>> {
        let mut ranges: Vec<_> = self.blocks.iter().filter_map(Block::addresses).collect();
        ranges.sort_by_key(|range| range.start);
        ranges
    }

    /// Each word after its address. The blocks are to be free of errors.
    pub fn words(&self) -> impl Iterator<Item = (u32, u32)> + '_ {
        self.blocks.iter().flat_map(|block| {
            let words = self.words.get(block.words.clone()).unwrap_or_default();
            let address = match block.address {
                Placement::Known(address) => address,
                _ => 0,
            };
            (address..=u32::MAX).zip(words.iter().copied())
        })
    }

    /// Checks that every block has words, and addresses of its own.
    pub fn check(&self, tree: &Tree, sink: &mut Sink) {
        let mut placed: Vec<(Range<u64>, &Block)> = Vec::new();
        for block in &self.blocks {
            let name = tree.slice(block.name);
            if block.words.is_empty() && block.is_well_formed {
                sink.push(|| {
                    let message = format!("the data `{name}` have no words");
                    Diagnostic::new(Code::BadData, block.name, message)
                        .help("write them after the address, or on lines `.words` below")
                });
            }
            // A line with an error may not mean what it says.
            let addresses = block.addresses().filter(|_| block.is_well_formed);
            let Some(addresses) = addresses.filter(|range| !range.is_empty()) else {
                continue;
            };
            if addresses.end > END {
                sink.push(|| {
                    let message = format!(
                        "the data `{name}` end past the last address, {}: there is room for {} words from here",
                        END - 1,
                        END - addresses.start
                    );
                    Diagnostic::new(Code::MisplacedData, block.place, message)
                });
            }
            placed.push((addresses, block));
        }
        placed.sort_by_key(|(addresses, block)| (addresses.start, block.place.start));
        // In the order of addresses, a block overlaps an earlier one exactly if it overlaps that which ends last.
        let mut last: Option<(Range<u64>, &Block)> = None;
        for (addresses, block) in placed {
            if let Some((before, other)) = &last
                && addresses.start < before.end
            {
                overlap(tree, sink, (block, other), addresses.start);
            }
            if last
                .as_ref()
                .is_none_or(|(before, _)| before.end < addresses.end)
            {
                last = Some((addresses, block));
            }
        }
    }
}

/// The finding is at the one that comes later in the text.
fn overlap(tree: &Tree, sink: &mut Sink, (one, other): (&Block, &Block), address: u64) {
    let (later, earlier) = match one.place.start > other.place.start {
        true => (one, other),
        false => (other, one),
    };
    sink.push(|| {
        let (name, taken) = (tree.slice(later.name), tree.slice(earlier.name));
        let message = format!("the data `{name}` overlap `{taken}` at address {address}");
        Diagnostic::new(Code::MisplacedData, later.place, message)
            .related(earlier.place, format!("`{taken}` is placed here"))
    });
}
