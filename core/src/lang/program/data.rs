//! Assembles the lines of data: gathers the words of each `.data` with those of the `.words` lines after it, and checks
//! that they do not overlap.

use super::assemble::{Assembler, Taker};
use crate::lang::diagnostics::{Code, Diagnostic, Sink};
use crate::lang::syntax::{Body, Directive, Line, Operand, Span, Tree, Value};
use std::ops::Range;

/// The end of the address space: one more than the last address.
const END: u64 = 1 << 32;

/// The words of one `.data` line and of the `.words` lines that continue it.
struct Block {
    /// The name, or the directive if there is none.
    name: Span,
    /// The address as it is written.
    place: Span,
    /// None if there is a diagnostic for it.
    address: Option<u32>,
    /// Its words in the list of all words.
    words: Range<usize>,
    is_well_formed: bool,
}

impl Block {
    /// The addresses of the words; none if the address is not known.
    fn addresses(&self) -> Option<Range<u64>> {
        let start = u64::from(self.address?);
        Some(start..start + self.words.len() as u64)
    }
}

/// The data of a text, in its order.
#[derive(Default)]
pub(super) struct DataBlocks {
    blocks: Vec<Block>,
    /// A word for which there is a diagnostic is 0.
    words: Vec<u32>,
    /// Whether `.words` may follow.
    is_open: bool,
}

impl DataBlocks {
    fn open(&mut self, name: Span, place: Span, address: Option<u32>, is_well_formed: bool) {
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

    fn push(&mut self, words: impl IntoIterator<Item = u32>) {
        self.words.extend(words);
        if let Some(block) = self.blocks.last_mut() {
            block.words.end = self.words.len();
        }
    }

    /// Each word after its address. The blocks are to be free of errors.
    pub fn words(&self) -> impl Iterator<Item = (u32, u32)> + '_ {
        self.blocks.iter().flat_map(|block| {
            let words = self.words.get(block.words.clone()).unwrap_or_default();
            let address = block.address.unwrap_or(0);
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

impl Assembler<'_> {
    /// Takes in the data of a line, if there are any.
    pub(super) fn data_on(&mut self, line: &Line) {
        match line.body {
            Body::Empty if line.label.is_none() => {}
            Body::Data {
                keyword,
                name,
                address,
                ..
            } => {
                let place = address.map_or(keyword, |address| address.span);
                let address = self.address(name, address);
                let name = name.unwrap_or(keyword);
                self.data.open(name, place, address, line.is_well_formed);
                self.items(&line.body, Directive::Data);
            }
            Body::Words { keyword, .. } => {
                if !self.data.is_open {
                    // Words without a place, to which the lines after this one belong too.
                    self.data.open(keyword, keyword, None, false);
                    self.sink.push(|| {
                        let message =
                            "there is no `.data` line directly above for `.words` to continue";
                        Diagnostic::new(Code::BadData, keyword, message)
                    });
                }
                self.items(&line.body, Directive::Words);
            }
            _ => self.data.is_open = false,
        }
    }

    fn items(&mut self, body: &Body, directive: Directive) {
        let tree = self.tree;
        let words = tree.items(body).map(|item| {
            let taker = taker(directive);
            self.resolve(taker, item).unwrap_or(0)
        });
        let words: Vec<u32> = words.collect();
        self.data.push(words);
    }

    /// The address of data. None if there is a diagnostic for it.
    fn address(&mut self, name: Option<Span>, address: Option<Operand>) -> Option<u32> {
        let address = address?;
        let found = self.resolve(taker(Directive::Data), address);
        let (Some(name), Value::Name) = (name, address.value) else {
            return found;
        };
        // The address may come from data below, whose own address is a name. Then it was not known in time.
        let other = self.symbols.get(self.tree.slice(address.span))?;
        let own = self.symbols.get(self.tree.slice(name));
        let own = own.filter(|own| own.definition == name)?;
        if own.value.is_none()
            && other.definition.start >= name.start
            && is_data(self.tree, other.line)
        {
            let message = format!(
                "the address of `{}` is not known here, because that is a name too",
                other.name
            );
            let diagnostic = Diagnostic::new(Code::BadData, address.span, message)
                .related(other.definition, "it is defined here")
                .help("define it above this line");
            self.sink.push(|| diagnostic);
        }
        own.value
    }
}

fn taker(directive: Directive) -> Taker {
    Taker {
        word: directive.word(),
        is_jump: false,
    }
}

fn is_data(tree: &Tree, line: usize) -> bool {
    let line = tree.lines().get(line);
    line.is_some_and(|line| matches!(line.body, Body::Data { .. }))
}
