//! Which open programs depend on a text.

use super::analysed::Analysed;
use super::documents::Documents;
use super::view::View;
use crate::lsp::document_role::Role;
use crate::mutex::lock;
use std::collections::HashSet;
use std::sync::Arc;
use tower_lsp_server::ls_types::Uri;

impl Documents {
    /// The open programs that use a file, directly or not, each with the index of the file among its own. Analyses the
    /// programs whose files changed.
    pub fn users_of(&self, view: &View) -> Vec<(Arc<View>, usize)> {
        if view.id.is_empty() {
            return Vec::new();
        }
        let mut users: Vec<(Arc<View>, usize)> = self
            .users(view)
            .iter()
            .filter_map(|uri| self.view(uri))
            .filter_map(|user| {
                let file = user.analysed().file(&view.id)?;
                Some((user, file))
            })
            .collect();
        users.sort_by(|(a, _), (b, _)| a.uri.cmp(&b.uri));
        users
    }

    /// The open programs whose findings depend on a text: those that use it, and then the files that it and they use. As
    /// far as that is known without analysing anything; what is not analysed is new, and looked at anyway.
    pub fn dependents(&self, view: &View) -> Vec<Uri> {
        let users = self.users(view);
        let mut used: HashSet<String> = HashSet::new();
        let open = lock(&self.texts.open);
        let known = |uri: &Uri| open.get(uri).and_then(|view| view.last_analysis());
        let around = users.iter().filter_map(known);
        for analysis in around.chain(view.last_analysis()) {
            used.extend(analysis.files().iter().map(|module| module.id.clone()));
        }
        let mut rest: Vec<&Uri> = open
            .values()
            .filter(|one| used.contains(&one.id) && one.role == Role::Program)
            .map(|one| &one.uri)
            .filter(|uri| **uri != view.uri && !users.contains(uri))
            .collect();
        rest.sort();
        users.iter().chain(rest).cloned().collect()
    }

    /// The open programs that use other files, by their last analysis.
    pub fn with_files(&self) -> Vec<Uri> {
        let open = lock(&self.texts.open);
        let has_files = |analysis: &Analysed| analysis.files().len() > 1 || analysis.lacks_a_file();
        let found = open
            .values()
            .filter(|one| one.role == Role::Program)
            .filter(|one| one.last_analysis().is_some_and(|known| has_files(&known)));
        let mut found: Vec<Uri> = found.map(|one| one.uri.clone()).collect();
        found.sort();
        found
    }

    /// The open programs that use a file or lack one, by their last analysis.
    fn users(&self, view: &View) -> Vec<Uri> {
        let is_user = |analysis: &Analysed| {
            let is_used = analysis.file(&view.id).is_some_and(|file| file > 0);
            is_used || analysis.lacks_a_file()
        };
        let open = lock(&self.texts.open);
        let users = open.values().filter(|one| {
            let is_other = one.uri != view.uri && one.role == Role::Program;
            is_other && one.last_analysis().is_some_and(|known| is_user(&known))
        });
        let mut users: Vec<Uri> = users.map(|one| one.uri.clone()).collect();
        users.sort();
        users
    }
}
