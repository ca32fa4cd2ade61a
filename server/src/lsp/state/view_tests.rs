//! The tests in a text, and what the result of each is bound to.

use super::View;
use super::analysed::Analysed;
use super::view_test::ViewTest;
use crate::lsp::document_uri::path_of;
use crate::worker::protocol::TestFile;
use provable::lang::link::Linked;
use provable::lang::modules::{DefinitionKind, Evaluator, ModulePath};
use provable::testing::{Test, prepare, tests_in};
use sha2::{Digest, Sha256};
use std::sync::{Arc, OnceLock};

impl Analysed {
    /// The tests of the text.
    pub fn tests(&self) -> &[ViewTest] {
        self.tests.get_or_init(|| {
            let tests = tests_in(&self.snapshot.assembly);
            let unknown = |test| ViewTest {
                test,
                digest: OnceLock::new(),
                linked: OnceLock::new(),
            };
            tests.into_iter().map(unknown).collect()
        })
    }

    /// The program of a test; none if it cannot run.
    fn test_program(&self, test: &Test) -> Option<Arc<Linked>> {
        let modules = &self.snapshot.modules;
        let prepared = prepare(modules, &self.linked().assemblies, test).ok()?;
        Some(Arc::new(prepared.linked))
    }

    /// The digest of what a test runs and expects; none if it cannot run.
    fn digest(&self, test: &Test) -> Option<[u8; 32]> {
        let modules = &self.snapshot.modules;
        let prepared = prepare(modules, &self.linked().assemblies, test).ok()?;
        let mut hash = Sha256::new();
        hash.update(prepared.linked.program.as_ref()?.digest());
        let tree = &self.snapshot.assembly.tree;
        let mut evaluator = Evaluator::new(modules);
        for line in tree.lines().get(test.line..test.end).unwrap_or_default() {
            let end = line.comment.map_or(line.span.end, |comment| comment.start);
            let text = tree.text().get(line.span.start as usize..end as usize);
            hash.update(text.unwrap_or_default().trim());
            hash.update(b"\n");
            for name in tree.names(line) {
                let Ok(found) = modules.find(0, tree.slice(name)) else {
                    continue;
                };
                if !matches!(found.definition.kind, DefinitionKind::Routine(_)) {
                    let worth = evaluator.definition(found.file, found.definition.line);
                    hash.update(format!("{:?} {worth:?}", found.definition.kind));
                }
            }
        }
        Some(hash.finalize().into())
    }
}

impl View {
    /// The tests in the text, in its order.
    pub fn tests(&self) -> &[ViewTest] {
        self.analysed().tests()
    }

    /// The digest of what a test of this text runs and expects; none if it cannot run. The first call links the test.
    pub fn test_digest(&self, one: &ViewTest) -> Option<[u8; 32]> {
        *one.digest.get_or_init(|| self.analysed().digest(&one.test))
    }

    /// The program of a test of this text, and where its parts come from; none if it cannot run. The first call links it.
    pub fn test_program(&self, one: &ViewTest) -> Option<Arc<Linked>> {
        let program = || self.analysed().test_program(&one.test);
        one.linked.get_or_init(program).clone()
    }

    /// The id of a test: `FILE::NAME`, as the command line has it.
    pub fn test_id(&self, test: &Test) -> String {
        let path = path_of(&self.uri).map(|path| path.display().to_string());
        let file = path.unwrap_or_else(|| self.uri.as_str().to_owned());
        format!("{file}::{}", test.name)
    }

    /// The texts of the program's files, and which of them their paths mean.
    pub fn test_files(&self) -> Vec<TestFile> {
        let files = self.analysed().files();
        let id_of = |file: usize| files.get(file).map(|module| module.id.clone());
        let each = files.iter().map(|module| {
            let lines = module.uses.iter().zip(&module.parsed.interface().uses);
            let uses = lines.filter_map(|(used, line)| match ModulePath::of(&line.path) {
                Ok(ModulePath::Relative(path)) => Some((path, id_of(*used.file.as_ref().ok()?)?)),
                _ => None,
            });
            TestFile {
                id: module.id.clone(),
                text: module.parsed.tree().text().to_owned(),
                uses: uses.collect(),
            }
        });
        each.collect()
    }
}
