//! What the server holds for as long as it runs.

use super::client_capabilities::ClientCapabilities;
use super::config::Config;
use super::diagnostics_queue::DiagnosticsQueue;
use super::document_locks::DocumentLocks;
use super::documents::Documents;
use super::out_of_sync::OutOfSyncTexts;
use super::pending_job::PendingJob;
use super::reference::Reference;
use super::refresh_requests::RefreshRequests;
use super::sent_tokens::SentTokens;
use super::workspace_folders::WorkspaceFolders;
use crate::jobs::{JobId, Jobs};
use crate::mutex::lock;
use crate::parent_process::ParentProcess;
use crate::program_state::{KeyOrigins, ProgramStates};
use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError, RwLock};
use tower_lsp_server::Client;
use tower_lsp_server::ls_types::Uri;

/// The state of the server. Every lock is held for a short time and never across an `await`, except the lock of a
/// document in `document_locks`.
pub struct Session {
    /// The client.
    pub client: Client,
    /// The texts that the client has open.
    pub documents: Documents,
    /// The queue of runs and proofs.
    pub jobs: Jobs,
    /// The locks for submitting and cancelling jobs of a program.
    pub document_locks: DocumentLocks,
    /// The documents whose diagnostics are to be published.
    pub diagnostics_queue: DiagnosticsQueue,
    /// The workspace's folders.
    pub folders: Arc<WorkspaceFolders>,
    /// The results of jobs, for each program.
    pub program_states: ProgramStates,
    /// The texts that are out of sync with the client.
    pub out_of_sync: OutOfSyncTexts,
    /// The process that started the server.
    pub parent: ParentProcess,
    /// The refresh requests that the client has not answered.
    pub refresh_requests: RefreshRequests,
    /// The semantic tokens that were sent last for each text.
    pub sent_tokens: Mutex<HashMap<Uri, SentTokens>>,
    /// Whether the client sent `shutdown`, as it must before `exit`.
    pub is_shut_down: AtomicBool,
    /// The origins of the keys in the store.
    pub key_origins: KeyOrigins,
    client_capabilities: OnceLock<ClientCapabilities>,
    reference: OnceLock<Reference>,
    config: RwLock<Config>,
    /// The complaints about the settings that the user was told last.
    config_complaints: Mutex<Vec<String>>,
    pending_jobs: Mutex<HashMap<JobId, PendingJob>>,
}

impl Session {
    /// A session before `initialize`. `keys` is the folder of the key store; with none, the default folder.
    pub fn new(client: Client, jobs: Jobs, keys: Option<PathBuf>) -> Session {
        Session {
            client,
            documents: Documents::default(),
            jobs,
            document_locks: DocumentLocks::default(),
            diagnostics_queue: DiagnosticsQueue::default(),
            folders: Arc::default(),
            program_states: ProgramStates::default(),
            out_of_sync: OutOfSyncTexts::default(),
            parent: ParentProcess::default(),
            refresh_requests: RefreshRequests::default(),
            sent_tokens: Mutex::default(),
            is_shut_down: AtomicBool::new(false),
            key_origins: KeyOrigins::new(keys),
            client_capabilities: OnceLock::new(),
            reference: OnceLock::new(),
            config: RwLock::default(),
            config_complaints: Mutex::default(),
            pending_jobs: Mutex::default(),
        }
    }

    /// Sets the capabilities of the client. Only the first call has an effect.
    pub fn set_client_capabilities(&self, client: ClientCapabilities) {
        let _ = self.client_capabilities.set(client);
    }

    /// The capabilities of the client.
    pub fn client_capabilities(&self) -> ClientCapabilities {
        self.client_capabilities.get().copied().unwrap_or_default()
    }

    /// The language reference. The first call may write a file: to be called on threads that may block.
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

    /// Sets the settings. Returns whether they changed.
    pub fn set_config(&self, new: Config) -> bool {
        let mut config = self.config.write().unwrap_or_else(PoisonError::into_inner);
        let is_changed = *config != new;
        *config = new;
        is_changed
    }

    /// Sets the complaints about the settings. Returns whether they changed.
    pub fn set_config_complaints(&self, new: &[String]) -> bool {
        let mut complaints = lock(&self.config_complaints);
        let is_changed = *complaints != new;
        *complaints = new.to_vec();
        is_changed
    }

    /// Drops what was sent for a text that was closed. The results of its jobs are kept: it may be opened again.
    pub fn forget_closed(&self, uri: &Uri) {
        lock(&self.sent_tokens).remove(uri);
        self.forget_old_program_states();
    }

    /// Drops the states of programs that are neither open nor have a job, except for a few.
    pub fn forget_old_program_states(&self) {
        let open = self.documents.all();
        let pending = self.pending_jobs();
        self.program_states.keep_few(|place, number| {
            open.iter().any(|view| view.place == *place)
                || pending.values().any(|job| job.number == number)
        });
    }

    /// The jobs that have not ended.
    pub fn pending_jobs(&self) -> MutexGuard<'_, HashMap<JobId, PendingJob>> {
        lock(&self.pending_jobs)
    }

    /// Cancels pending jobs, the last one first, so that none of them is started in place of another.
    pub fn cancel_jobs(&self, wanted: impl Fn(&PendingJob) -> bool) {
        let pending = self.pending_jobs();
        let wanted = pending.iter().filter(|(_, job)| wanted(job));
        let mut ids: Vec<JobId> = wanted.map(|(id, _)| *id).collect();
        ids.sort_unstable_by(|a, b| b.cmp(a));
        for id in ids {
            self.jobs.cancel(id);
        }
    }
}
