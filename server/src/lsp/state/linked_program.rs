//! The program that a text and its files make, and where its instructions stand. Of a plain text it is the program in the
//! text; of any other the first call links it.

use super::View;
use crate::lsp::document_uri::name_of;
use crate::program_files::is_library;
use provable::lang::isa::Op;
use provable::lang::link::{Place, flat_text};
use provable::lang::program::Program;
use provable::lang::std_library;
use std::ops::Range;

/// Where an instruction is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// The file, as an index among the files of the program.
    pub file: usize,
    /// The instruction in its text.
    pub span: Range<usize>,
    /// The `.inline` lines that copied it, the innermost first: each with its file.
    pub copied: Vec<(usize, Range<usize>)>,
}

impl View {
    /// The program; none if the text or a file has errors.
    pub fn program(&self) -> Option<&Program> {
        let plain = self.snapshot().assembly.program.as_ref();
        plain.or_else(|| self.analysed().linked().program.as_ref())
    }

    /// Whether the text is a program by itself, without the linker.
    pub fn is_plain(&self) -> bool {
        let assembly = &self.snapshot().assembly;
        assembly.program.is_some() || !assembly.tree.has_modules()
    }

    /// Whether the text is a library, so that there is nothing to run.
    pub fn is_library(&self) -> bool {
        is_library(&self.snapshot().assembly)
    }

    /// The digest of the program; none if the text or a file has errors.
    pub fn digest(&self) -> Option<[u8; 32]> {
        self.program().map(Program::digest)
    }

    /// The program as one plain text; none if there is none.
    pub fn flat_text(&self) -> Option<String> {
        if self.is_plain() {
            return Some(self.snapshot().text().to_owned());
        }
        let modules = &self.snapshot().modules;
        let name = |file: usize| self.name_of_file(file);
        flat_text(modules, self.analysed().linked(), &name)
    }

    /// The index of the first instruction of the program that reads an input.
    pub fn first_read(&self) -> Option<u32> {
        let reads = |op: Op| matches!(op, Op::Read | Op::Secret);
        let mut instructions = (0u32..).zip(self.program()?.instructions());
        let first = instructions.find(|(_, one)| reads(one.op));
        first.map(|(index, _)| index)
    }

    /// Where an instruction of the program stands; none for the program's end.
    pub fn place(&self, index: u32) -> Option<Place> {
        let assembly = &self.snapshot().assembly;
        if assembly.program.is_some() {
            let line = assembly.line_of(index as usize)?;
            return Some(Place {
                file: 0,
                line,
                copy: None,
            });
        }
        self.analysed().linked().places.get(index as usize).copied()
    }

    /// The start of the part of the program that an instruction belongs to.
    pub fn part_of(&self, index: u32) -> u32 {
        if self.snapshot().assembly.program.is_some() {
            return 0;
        }
        let part = self.analysed().linked().part(index);
        part.map_or(0, |part| part.instructions.start)
    }

    /// The last instruction of the main code; none if it has none.
    pub fn last_of_main(&self) -> Option<u32> {
        let count = self.program()?.instructions().len();
        let linked = match self.snapshot().assembly.program {
            Some(_) => None,
            None => self.analysed().linked().parts.first(),
        };
        let end = linked.map(|part| part.instructions.end);
        end.or(u32::try_from(count).ok())?.checked_sub(1)
    }

    /// Where an instruction of the program is shown. The program's end is the end of the text.
    pub fn shown(&self, index: u32) -> Shown {
        let Some(place) = self.place(index) else {
            let end = self.snapshot().text().len();
            return Shown {
                file: 0,
                span: end..end,
                copied: Vec::new(),
            };
        };
        let copied = match place.copy {
            Some(_) => self.analysed().linked().chain(place),
            None => Vec::new(),
        };
        let copied = copied
            .iter()
            .map(|one| (one.file, self.span_of_line(one.file, one.line)));
        Shown {
            file: place.file,
            span: self.span_of_line(place.file, place.line),
            copied: copied.collect(),
        }
    }

    /// The instruction on a line of a file, counted from 0; else the line without its end.
    pub fn span_of_line(&self, file: usize, line: usize) -> Range<usize> {
        let tree = self.snapshot().modules.tree(file);
        let found = tree.and_then(|tree| tree.lines().get(line));
        let span = found.map(|line| line.instruction_span().unwrap_or(line.span).range());
        let span = span.unwrap_or_default();
        let text = tree.and_then(|tree| tree.text().get(span.clone()));
        let length = text.map_or(0, |text| text.trim_end().len());
        span.start..span.start + length
    }

    /// Where in the text itself an instruction is shown: where it stands, else at the line that copied or called it there,
    /// else at the first instruction. `calls` are the CALLs that were open, the latest first.
    pub fn shown_in_text(&self, index: u32, calls: &[u32]) -> Range<usize> {
        let all = std::iter::once(index).chain(calls.iter().copied());
        for shown in all.map(|index| self.shown(index)) {
            let own = std::iter::once((shown.file, shown.span)).chain(shown.copied);
            let mut own = own.filter(|(file, _)| *file == 0);
            if let Some((_, span)) = own.next() {
                return span;
            }
        }
        self.use_line(self.shown(index).file)
            .unwrap_or_else(|| self.snapshot().assembly.span_of(0))
    }

    /// What messages call a file of the program.
    pub fn name_of_file(&self, file: usize) -> String {
        let modules = &self.snapshot().modules;
        match modules.files().get(file) {
            Some(module) if file > 0 && std_library::text(&module.id).is_some() => {
                module.id.clone()
            }
            Some(_) if file > 0 => format!("{}.prov", modules.stem(file)),
            _ => name_of(&self.uri),
        }
    }

    /// The path in the line of the text that uses a file.
    pub fn use_line(&self, file: usize) -> Option<Range<usize>> {
        let main = self.snapshot().modules.files().first()?;
        let lines = main.uses.iter().zip(&main.parsed.interface().uses);
        let mut lines = lines.filter(|(used, _)| used.file == Ok(file));
        lines.next().map(|(_, line)| line.span.range())
    }
}
