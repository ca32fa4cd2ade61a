//! What the server knows for as long as it runs: the client, its texts, its settings, what came of jobs.

use super::commands::DEBUG;
use super::config::Config;
use super::diagnostics::Dirty;
use super::documents::{Documents, View};
use super::events::Pending;
use super::folder::Folders;
use super::inputs::{self, beside, Beside, Wrong};
use super::keys::Keys;
use super::lost::{Lost, UNKNOWN};
use super::parent::Parent;
use super::position::Encoding;
use super::reference::Reference;
use super::refresh::Refreshes;
use super::requests::tokens::Sent;
use super::results::{Now, Sheet, Sheets};
use super::turns::Turns;
use crate::jobs::{JobId, Jobs};
use provable::lang::isa::Op;
use serde_json::Value;
use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError, RwLock};
use tower_lsp_server::ls_types::{ClientCapabilities, MessageType, ResourceOperationKind, Uri};
use tower_lsp_server::Client;

/// What the client can do, as far as it matters here.
#[derive(Clone, Copy, Debug, Default)]
pub struct Facts {
    /// The unit of a column.
    pub encoding: Encoding,
    /// It asks for diagnostics, and asks again when told to. Such a client is not sent any for its programs.
    pub pulls_diagnostics: bool,
    /// It fetches lenses again when told to.
    pub refreshes_lenses: bool,
    /// It fetches hints again when told to.
    pub refreshes_hints: bool,
    /// It shows progress that the server begins.
    pub shows_progress: bool,
    /// It can be asked for its settings.
    pub has_configuration: bool,
    /// It tells of changed settings when asked to.
    pub watches_configuration: bool,
    /// It tells of changed files when asked to.
    pub watches_files: bool,
    /// It takes edits that name the version they are for.
    pub versioned_edits: bool,
    /// It can create files.
    pub creates_files: bool,
    /// It can rename files.
    pub renames_files: bool,
    /// It expands snippets.
    pub snippets: bool,
    /// It takes a completion with two ranges, to insert in and to replace.
    pub inserts_or_replaces: bool,
    /// It nests symbols.
    pub nested_symbols: bool,
    /// It can start a debugger, and has the command for it: so it says under `experimental.commands.commands`.
    pub debugs: bool,
}

impl Facts {
    /// Reads them from the client's capabilities.
    pub fn new(client: &ClientCapabilities) -> Facts {
        let workspace = client.workspace.as_ref();
        let text = client.text_document.as_ref();
        let window = client.window.as_ref();
        let general = client.general.as_ref();
        let edit = workspace.and_then(|w| w.workspace_edit.as_ref());
        let operates = |kind| {
            let kinds = edit.and_then(|e| e.resource_operations.as_ref());
            kinds.is_some_and(|kinds| kinds.contains(&kind))
        };
        let item = text
            .and_then(|t| t.completion.as_ref())
            .and_then(|c| c.completion_item.as_ref());
        let refreshes_diagnostics = workspace
            .and_then(|w| w.diagnostics.as_ref())
            .and_then(|d| d.refresh_support);
        let experimental = client.experimental.as_ref();
        let commands = experimental.and_then(|one| one.pointer("/commands/commands")?.as_array());
        Facts {
            debugs: commands.is_some_and(|list| list.iter().any(|one| one == DEBUG)),
            encoding: Encoding::negotiate(general.and_then(|g| g.position_encodings.as_deref())),
            pulls_diagnostics: text.is_some_and(|t| t.diagnostic.is_some())
                && refreshes_diagnostics == Some(true),
            refreshes_lenses: workspace
                .and_then(|w| w.code_lens.as_ref())
                .and_then(|c| c.refresh_support)
                == Some(true),
            refreshes_hints: workspace
                .and_then(|w| w.inlay_hint.as_ref())
                .and_then(|c| c.refresh_support)
                == Some(true),
            shows_progress: window.and_then(|w| w.work_done_progress) == Some(true),
            has_configuration: workspace.and_then(|w| w.configuration) == Some(true),
            watches_configuration: workspace
                .and_then(|w| w.did_change_configuration.as_ref())
                .and_then(|d| d.dynamic_registration)
                == Some(true),
            watches_files: workspace
                .and_then(|w| w.did_change_watched_files.as_ref())
                .and_then(|d| d.dynamic_registration)
                == Some(true),
            versioned_edits: edit.and_then(|e| e.document_changes) == Some(true),
            creates_files: operates(ResourceOperationKind::Create),
            renames_files: operates(ResourceOperationKind::Rename),
            snippets: item.and_then(|i| i.snippet_support) == Some(true),
            inserts_or_replaces: item.and_then(|i| i.insert_replace_support) == Some(true),
            nested_symbols: text
                .and_then(|t| t.document_symbol.as_ref())
                .and_then(|d| d.hierarchical_document_symbol_support)
                == Some(true),
        }
    }
}

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
    pub turns: Turns,
    /// Texts whose diagnostics are to be worked out.
    pub dirty: Dirty,
    /// The workspace's folders.
    pub folders: Arc<Folders>,
    /// What came of jobs, for each program.
    pub sheets: Sheets,
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
    facts: OnceLock<Facts>,
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
            turns: Turns::default(),
            dirty: Dirty::default(),
            folders: Arc::default(),
            sheets: Sheets::default(),
            lost: Lost::default(),
            parent: Parent::default(),
            refreshes: Refreshes::default(),
            tokens: Mutex::default(),
            is_shut_down: AtomicBool::new(false),
            keys: Keys::new(keys),
            facts: OnceLock::new(),
            reference: OnceLock::new(),
            config: RwLock::default(),
            complaints: Mutex::default(),
            pending: Mutex::default(),
        }
    }

    /// Takes in the client's capabilities; the first time counts.
    pub fn learn(&self, facts: Facts) {
        let _ = self.facts.set(facts);
    }

    /// What the client can do.
    pub fn facts(&self) -> Facts {
        self.facts.get().copied().unwrap_or_default()
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
            self.sheets.forget_failures();
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
        self.sheets.keep_few(|place, number| {
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
            Some(path) => inputs::at(&path, &self.documents, self.facts().encoding),
            None => Beside::Absent,
        }
    }

    /// What is known of a program, and how things are with it now. The proof file is read with every question: what was
    /// found out about another one holds no longer, whoever put this one there and whenever. Reads files, and may parse: for
    /// threads that may wait.
    pub fn known(&self, view: &View) -> (Sheet, Now) {
        let found = beside(&view.uri, "proof.json").map_or(Ok(None), |path| inputs::read(&path));
        let found = found.as_ref().map(Option::as_deref).map_err(String::as_str);
        let sheet = self.sheets.change(&view.place, |sheet| {
            sheet.found(found);
            sheet.clone()
        });
        let proof = sheet.proof.as_ref();
        let now = Now {
            program: view.digest(),
            reads: first_read(view).is_some(),
            inputs: self.inputs(&view.uri),
            key: proof.and_then(|proof| self.keys.origin(&proof.key)),
        };
        (sheet, now)
    }
}

/// The index of the first instruction of a program that reads an input.
pub fn first_read(view: &View) -> Option<usize> {
    let program = view.snapshot().assembly.program.as_ref()?;
    let reads = |op: Op| matches!(op, Op::Read | Op::Secret);
    let mut instructions = program.instructions().iter();
    instructions.position(|one| reads(one.op))
}
