//! What the server knows for as long as it runs: the client, its texts, its settings, what came of jobs.

use super::commands::DEBUG;
use super::config::Config;
use super::diagnostics::Dirty;
use super::documents::{Documents, View};
use super::events::Pending;
use super::folder::Folders;
use super::inputs;
use super::position::Encoding;
use super::reference::Reference;
use super::requests::tokens::Sent;
use super::results::{Now, Sheet};
use super::turns::Turns;
use crate::jobs::{JobId, Jobs};
use provable_core::proof::store::KeyStore;
use serde_json::Value;
use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError, RwLock};
use std::time::SystemTime;
use tower_lsp_server::ls_types::{ClientCapabilities, Uri};
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
    /// It expands snippets.
    pub snippets: bool,
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
            creates_files: edit
                .and_then(|e| e.resource_operations.as_ref())
                .is_some_and(|kinds| {
                    kinds.contains(&tower_lsp_server::ls_types::ResourceOperationKind::Create)
                }),
            snippets: item.and_then(|i| i.snippet_support) == Some(true),
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
    pub folders: Folders,
    /// The last semantic tokens sent for each text.
    pub tokens: Mutex<HashMap<Uri, Sent>>,
    /// Whether the client has asked for the end, as it must before `exit`.
    pub is_shut_down: AtomicBool,
    keys: Option<PathBuf>,
    facts: OnceLock<Facts>,
    reference: OnceLock<Reference>,
    config: RwLock<Config>,
    sheets: Mutex<HashMap<Uri, Sheet>>,
    pending: Mutex<HashMap<JobId, Pending>>,
    present_keys: Mutex<(Option<SystemTime>, HashMap<String, bool>)>,
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
            folders: Folders::default(),
            tokens: Mutex::default(),
            is_shut_down: AtomicBool::new(false),
            keys,
            facts: OnceLock::new(),
            reference: OnceLock::new(),
            config: RwLock::default(),
            sheets: Mutex::default(),
            pending: Mutex::default(),
            present_keys: Mutex::default(),
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
        let new = Config::from_value(value);
        let old = std::mem::replace(
            &mut *self.config.write().unwrap_or_else(PoisonError::into_inner),
            new.clone(),
        );
        if old != new {
            self.refresh();
        }
    }

    /// What is known of a program.
    pub fn sheet(&self, uri: &Uri) -> Sheet {
        lock(&self.sheets).get(uri).cloned().unwrap_or_default()
    }

    /// Changes what is known of a program.
    pub fn with_sheet<T>(&self, uri: &Uri, change: impl FnOnce(&mut Sheet) -> T) -> T {
        change(lock(&self.sheets).entry(uri.clone()).or_default())
    }

    /// Forgets a program that is no longer open.
    pub fn forget(&self, uri: &Uri) {
        lock(&self.sheets).remove(uri);
        lock(&self.tokens).remove(uri);
    }

    /// The jobs that have not ended.
    pub fn pending(&self) -> MutexGuard<'_, HashMap<JobId, Pending>> {
        lock(&self.pending)
    }

    /// How things are with a program now. Reads files, and may parse: for threads that may wait.
    pub fn now(&self, view: &View, sheet: &Sheet) -> Now {
        let program = view.snapshot().assembly.program.as_ref();
        Now {
            program: program.map(|program| program.digest()),
            inputs: inputs::of(&view.uri, &self.documents)
                .ok()
                .map(|(inputs, _)| inputs),
            key_is_here: match &sheet.proof {
                Some(proof) => self.has_key(&proof.key),
                None => true,
            },
        }
    }

    /// Whether a verifying key with this digest is at hand. Asked of the folder again only when the folder changed.
    fn has_key(&self, digest: &str) -> bool {
        let Ok(store) = KeyStore::open(self.keys.clone()) else {
            return false;
        };
        let changed = std::fs::metadata(store.folder())
            .and_then(|data| data.modified())
            .ok();
        let mut present = lock(&self.present_keys);
        if present.0 != changed {
            *present = (changed, HashMap::new());
        }
        if let Some(is_here) = present.1.get(digest) {
            return *is_here;
        }
        let mut hash = [0; 32];
        let is_here = hex::decode_to_slice(digest, &mut hash).is_ok()
            && store.find(&hash).is_ok_and(|entry| entry.is_some());
        present.1.insert(digest.to_owned(), is_here);
        is_here
    }

    /// Has the client fetch again what depends on results, settings or files.
    pub fn refresh(self: &Arc<Self>) {
        let facts = self.facts();
        let session = Arc::clone(self);
        // A client that has asked the server to end has no answer for it.
        let may_ask = move |session: &Session| !session.is_shut_down.load(Ordering::Relaxed);
        tokio::spawn(async move {
            // A client that refuses shows what it has; the next change reaches it anyway.
            if facts.refreshes_lenses && may_ask(&session) {
                let _ = session.client.code_lens_refresh().await;
            }
            if facts.refreshes_hints && may_ask(&session) {
                let _ = session.client.inlay_hint_refresh().await;
            }
            if facts.pulls_diagnostics && may_ask(&session) {
                let _ = session.client.workspace_diagnostic_refresh().await;
            }
        });
    }
}
