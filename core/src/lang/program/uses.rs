//! The `.use` lines of a text.

use super::assembler::Assembler;
use crate::lang::diagnostics::{Code, Diagnostic};
use crate::lang::modules::{FileError, ModulePath};

impl Assembler<'_> {
    /// Reports the files that cannot be used.
    pub(super) fn uses(&mut self) {
        let Some(module) = self.modules.files().get(self.file) else {
            return;
        };
        if module.uses.is_empty() {
            return;
        }
        let lines = &module.parsed.interface().uses;
        for (line, used) in lines.iter().zip(&module.uses) {
            let (code, error) = match &used.file {
                Ok(file) => {
                    let Some((main, message)) = self.main_code(*file) else {
                        continue;
                    };
                    let error = FileError::new(message).help(format!(
                        "what stands before its first routine, from line {main} on, is a program"
                    ));
                    (Code::UnusableFile, error)
                }
                Err(error) if used.is_bad_path => (Code::BadUse, error.clone()),
                Err(error) if used.is_too_many => (Code::TooManyParts, error.clone()),
                Err(error) => (Code::UnusableFile, error.clone()),
            };
            self.sink.push(|| {
                let mut diagnostic = Diagnostic::new(code, line.span, error.message);
                if let Some(help) = error.help {
                    diagnostic = diagnostic.help(help);
                }
                // A name on disk may be one that no path can have.
                match error.meant.filter(|path| ModulePath::of(path).is_ok()) {
                    Some(path) => {
                        let path = path.replace('\\', "\\\\").replace('"', "\\\"");
                        diagnostic.replacement(format!("\"{path}\""))
                    }
                    None => diagnostic,
                }
            });
        }
    }

    /// The line (from 1) at which the main code of a file begins that should be a library.
    fn main_code(&self, file: usize) -> Option<(usize, String)> {
        let module = self.modules.files().get(file)?;
        let main = module.parsed.interface().main?;
        let message =
            "the file is a program and no library: it has instructions before its first routine";
        Some((main + 1, message.to_owned()))
    }
}
