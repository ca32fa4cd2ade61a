//! The present state of a program: its results, and what they are compared with.

use super::inputs::{self, InputsProblem};
use super::out_of_sync::ADVICE;
use super::{Session, View};
use crate::lsp::companion_files::{INPUTS, PROOF, companion_path};
use crate::program_state::{Current, InputsFile, ProgramState};
use crate::text_file;
use provable::vm::Inputs;
use tower_lsp_server::ls_types::Uri;

impl Session {
    /// The inputs of a program; none if there are none. Reads a file: to be called on threads that may block.
    ///
    /// # Errors
    /// Why the inputs cannot be used.
    pub fn inputs(&self, program: &Uri) -> Result<Option<Inputs>, InputsProblem> {
        let Some(path) = companion_path(program, INPUTS) else {
            return Ok(None);
        };
        if self.out_of_sync.has_file(&path) {
            return Err(InputsProblem {
                message: ADVICE.into(),
                range: None,
                path,
            });
        }
        inputs::read(&path, &self.documents, self.client_capabilities().encoding)
    }

    /// The results of a program, and the present program, inputs and key. The proof file is read by each call: a verdict
    /// about another file must not be shown, whenever and by whom the file was replaced. Reads files and may parse: to be
    /// called on threads that may block.
    pub fn program_state(&self, view: &View) -> (ProgramState, Current) {
        let proof_file =
            companion_path(&view.uri, PROOF).map_or(Ok(None), |path| text_file::read(&path));
        let text = proof_file
            .as_ref()
            .map(Option::as_deref)
            .map_err(String::as_str);
        let program_state = self.program_states.change(&view.place, |program_state| {
            program_state.set_proof_file(text);
            program_state.clone()
        });
        let proof = program_state.proof.as_ref();
        let current = Current {
            program: view.digest(),
            reads_inputs: view.first_read().is_some(),
            inputs: match self.inputs(&view.uri) {
                Ok(None) => InputsFile::Absent,
                Ok(Some(inputs)) => InputsFile::Given(inputs),
                Err(_) => InputsFile::Unusable,
            },
            key: proof.and_then(|proof| self.key_origins.origin(&proof.key)),
        };
        (program_state, current)
    }
}
