//! What the server knows for as long as it runs: the client, its texts, its settings, what came of jobs.

use super::client_capabilities::ClientCapabilities;
use super::config::Config;
use super::diagnostics::Dirty;
use super::document_locks::DocumentLocks;
use super::documents::{Documents, View};
use super::events::Pending;
use super::folder::Folders;
use super::inputs::{self, Beside, Wrong, beside};
use super::keys::Keys;
use super::lost::{Lost, UNKNOWN};
use super::parent::Parent;
use super::reference::Reference;
use super::refresh::Refreshes;
use super::requests::tokens::Sent;
use super::results::{Now, ProgramState, ProgramStates};
use crate::jobs::{JobId, Jobs};
use provable::lang::isa::Op;
use serde_json::Value;
use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError, RwLock};
use tower_lsp_server::Client;
use tower_lsp_server::ls_types::{MessageType, Uri};

/// The server's state. Every lock is held for moments only, and never across an `await`; only a program's turn is
/// held for longer.
pub struct Session {
    /// The client.
    pub client: Client,
    /// Its open texts.
    pub documents: Documents,
    /// The queue of runs and proofs.
    pub jobs: Jobs,
    /// Who may submit or cancel jobs of a program.
    pub document_locks: DocumentLocks,
    /// Texts whose diagnostics are to be worked out.
    pub dirty: Dirty,
    /// The workspace's folders.
    pub folders: Arc<Folders>,
    /// What came of jobs, for each program.
    pub program_states: ProgramStates,
    /// Texts that are no longer known.
    pub lost: Lost,
    /// The process that started the server.
    pub parent: Parent,
    /// What the client is fetching again.
    pub refreshes: Refreshes,
    /// The last semantic tokens sent for each text.
    pub tokens: Mutex<HashMap<Uri, Sent>>,
    /// Whether the client has asked for the end, as it must before `exit`.
    pub is_shut_down: AtomicBool,
    /// The keys at hand.
    keys: Keys,
    client_capabilities: OnceLock<ClientCapabilities>,
    reference: OnceLock<Reference>,
    config: RwLock<Config>,
    /// What was last said about the settings.
    complaints: Mutex<Vec<String>>,
    pending: Mutex<HashMap<JobId, Pending>>,
}

/// A lock whose holder panicked still guards whole values: no change here is made in two steps.
pub fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Session {
    /// A session before `initialize`.
    pub fn new(client: Client, jobs: Jobs, keys: Option<PathBuf>) -> Session {
        Session {
            client,
            documents: Documents::default(),
            jobs,
            document_locks: DocumentLocks::default(),
            dirty: Dirty::default(),
            folders: Arc::default(),
            program_states: ProgramStates::default(),
            lost: Lost::default(),
            parent: Parent::default(),
            refreshes: Refreshes::default(),
            tokens: Mutex::default(),
            is_shut_down: AtomicBool::new(false),
            keys: Keys::new(keys),
            client_capabilities: OnceLock::new(),
            reference: OnceLock::new(),
            config: RwLock::default(),
            complaints: Mutex::default(),
            pending: Mutex::default(),
        }
    }

    /// Takes in the client's capabilities; the first time counts.
    pub fn learn(&self, client: ClientCapabilities) {
        let _ = self.client_capabilities.set(client);
    }

    /// What the client can do.
    pub fn client_capabilities(&self) -> ClientCapabilities {
        self.client_capabilities.get().copied().unwrap_or_default()
    }

    /// Where codes are explained. The first call may write a file: for threads that may wait.
    pub fn reference(&self) -> &Reference {
        self.reference.get_or_init(Reference::new)
    }

    /// The settings.
    pub fn config(&self) -> Config {
        self.config
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Takes in new settings.
    pub fn set_configuration(self: &Arc<Self>, value: &Value) {
        let (new, complaints) = Config::from_value(value);
        let old = std::mem::replace(
            &mut *self.config.write().unwrap_or_else(PoisonError::into_inner),
            new.clone(),
        );
        if old != new {
            // What failed under the old limits or in the old tier may do under the new ones.
            self.program_states.forget_failures();
            self.refresh();
        }
        let told = std::mem::replace(&mut *lock(&self.complaints), complaints.clone());
        if !complaints.is_empty() && complaints != told {
            let session = Arc::clone(self);
            tokio::spawn(async move {
                let text = complaints.join("\n");
                session
                    .client
                    .show_message(MessageType::WARNING, text)
                    .await;
            });
        }
    }

    /// Forgets what was sent of a text that is no longer open. What came of its jobs is kept: it may be opened again.
    pub fn closed(&self, uri: &Uri) {
        lock(&self.tokens).remove(uri);
        self.keep_few_sheets();
    }

    /// Forgets what came of programs that are neither open nor worked on, but for a few.
    pub fn keep_few_sheets(&self) {
        let open = self.documents.all();
        let pending = self.pending();
        self.program_states.keep_few(|place, number| {
            open.iter().any(|view| view.place == *place)
                || pending.values().any(|job| job.number == number)
        });
    }

    /// The jobs that have not ended.
    pub fn pending(&self) -> MutexGuard<'_, HashMap<JobId, Pending>> {
        lock(&self.pending)
    }

    /// Cancels jobs that have not ended, the last one first, so that none is begun in place of another.
    pub fn cancel(&self, wanted: impl Fn(&Pending) -> bool) {
        let pending = self.pending();
        let wanted = pending.iter().filter(|(_, job)| wanted(job));
        let mut ids: Vec<JobId> = wanted.map(|(id, _)| *id).collect();
        ids.sort_unstable_by(|a, b| b.cmp(a));
        for id in ids {
            self.jobs.cancel(id);
        }
    }

    /// The inputs of a program. Reads a file: for threads that may wait.
    pub fn inputs(&self, program: &Uri) -> Beside {
        match beside(program, "inputs.json") {
            Some(path) if self.lost.has_file(&path) => Beside::Wrong(Wrong {
                message: UNKNOWN.into(),
                range: None,
                path,
            }),
            Some(path) => inputs::at(&path, &self.documents, self.client_capabilities().encoding),
            None => Beside::Absent,
        }
    }

    /// What is known of a program, and how things are with it now. The proof file is read with every question: what was
    /// found out about another one holds no longer, whoever put this one there and whenever. Reads files, and may parse: for
    /// threads that may wait.
    pub fn known(&self, view: &View) -> (ProgramState, Now) {
        let found = beside(&view.uri, "proof.json").map_or(Ok(None), |path| inputs::read(&path));
        let found = found.as_ref().map(Option::as_deref).map_err(String::as_str);
        let program_state = self.program_states.change(&view.place, |program_state| {
            program_state.found(found);
            program_state.clone()
        });
        let proof = program_state.proof.as_ref();
        let now = Now {
            program: view.digest(),
            reads: first_read(view).is_some(),
            inputs: self.inputs(&view.uri),
            key: proof.and_then(|proof| self.keys.origin(&proof.key)),
        };
        (program_state, now)
    }
}

/// The index of the first instruction of a program that reads an input.
pub fn first_read(view: &View) -> Option<usize> {
    let program = view.snapshot().assembly.program.as_ref()?;
    let reads = |op: Op| matches!(op, Op::Read | Op::Secret);
    let mut instructions = program.instructions().iter();
    instructions.position(|one| reads(one.op))
}
