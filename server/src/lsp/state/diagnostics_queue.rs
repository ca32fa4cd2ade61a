//! The documents whose diagnostics are to be published.

use crate::lsp::companion_files::{INPUTS, companion_path};
use crate::mutex::lock;
use crate::program_state::DocumentId;
use std::collections::VecDeque;
use std::sync::Mutex;
use tokio::sync::Notify;
use tower_lsp_server::ls_types::Uri;

/// A document with diagnostics.
#[derive(Debug, PartialEq, Eq)]
pub enum Subject {
    /// The text of a program that is open or was closed.
    Program(Uri),
    /// An inputs file, open or not.
    Inputs(DocumentId),
}

/// A queue that holds each document once. A text that was edited comes first, and what depends on it after all others.
#[derive(Debug, Default)]
pub struct DiagnosticsQueue {
    subjects: Mutex<VecDeque<Subject>>,
    is_filled: Notify,
    /// Programs that were edited, and are in the other queue too.
    edited: Mutex<VecDeque<Uri>>,
    is_edited: Notify,
}

impl DiagnosticsQueue {
    /// Adds a program.
    pub fn add_program(&self, uri: &Uri) {
        self.add(Subject::Program(uri.clone()));
    }

    /// Adds a program that was edited: it is the next.
    pub fn add_edited(&self, uri: &Uri) {
        let mut edited = lock(&self.edited);
        edited.retain(|one| one != uri);
        edited.push_front(uri.clone());
        drop(edited);
        self.is_edited.notify_one();
        let subject = Subject::Program(uri.clone());
        let mut subjects = lock(&self.subjects);
        subjects.retain(|one| *one != subject);
        subjects.push_front(subject);
        drop(subjects);
        self.is_filled.notify_one();
    }

    /// Adds an inputs file.
    pub fn add_inputs(&self, file: DocumentId) {
        self.add(Subject::Inputs(file));
    }

    /// Adds the inputs file of a program.
    pub fn add_inputs_of(&self, program: &Uri) {
        if let Some(path) = companion_path(program, INPUTS) {
            self.add_inputs(DocumentId::placed_path(&path));
        }
    }

    fn add(&self, subject: Subject) {
        let mut subjects = lock(&self.subjects);
        if !subjects.contains(&subject) {
            subjects.push_back(subject);
        }
        drop(subjects);
        self.is_filled.notify_one();
    }

    /// Waits for a program that was edited. It stays among the documents.
    pub async fn next_edited(&self) -> Uri {
        loop {
            if let Some(uri) = lock(&self.edited).pop_front() {
                return uri;
            }
            self.is_edited.notified().await;
        }
    }

    /// Waits for a document and removes it from the queue.
    pub async fn next(&self) -> Subject {
        loop {
            if let Some(subject) = lock(&self.subjects).pop_front() {
                return subject;
            }
            self.is_filled.notified().await;
        }
    }
}
