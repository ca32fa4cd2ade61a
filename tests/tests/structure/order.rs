//! The order of the modules: data flows one way through them, and so do the imports.

use super::checker::Graph;
use super::workspace::graph;

/// The order of a crate's modules: a file uses only files of its own row and of rows above it. A row is a file, or a folder
/// with all in it; where two fit, the longer one counts.
struct Order {
    folder: &'static str,
    rows: &'static [&'static str],
    /// What is used from few places: the file or folder, and who may use it.
    reserved: &'static [(&'static str, &'static [&'static str])],
}

const ORDERS: &[Order] = &[
    Order {
        folder: "core",
        rows: &[
            "src/log.rs",
            "src/parallel.rs",
            "src/progress.rs",
            "src/lang/",
            "src/vm/",
            "src/circuit/",
            "src/testing/",
            "src/proof/",
            "src/store/",
            "src/lib.rs",
        ],
        reserved: &[],
    },
    Order {
        folder: "server",
        rows: &[
            "src/mutex.rs",
            "src/web/host.rs",
            "src/web/runtime.rs",
            "src/task.rs",
            "src/show.rs",
            "src/lenient_json.rs",
            "src/parent_process.rs",
            "src/framing/",
            "src/text_file.rs",
            "src/source.rs",
            "src/files/",
            "src/program_files/",
            "src/profile/",
            "src/errors/",
            "src/trace_digest.rs",
            "src/keys.rs",
            "src/destination/",
            "src/logging/",
            "src/worker/",
            "src/jobs/",
            "src/program_state/",
            "src/dap/",
            "src/lsp/",
            "src/cli/",
            "src/web/",
            "src/lib.rs",
        ],
        reserved: &[
            ("src/lsp/requests/", &["src/lsp/server.rs"]),
            (
                "src/lsp/",
                &["src/cli/lsp.rs", "src/web/language_server.rs"],
            ),
            ("src/dap/", &["src/cli/dap/", "src/web/debugger.rs"]),
            ("src/cli/", &["src/main.rs", "src/web/debugger.rs"]),
        ],
    },
];

impl Order {
    /// The place of a file's row.
    fn row(&self, file: &str) -> Option<usize> {
        let fitting = self
            .rows
            .iter()
            .enumerate()
            .filter(|(_, row)| lies_in(file, row));
        fitting.max_by_key(|(_, row)| row.len()).map(|(at, _)| at)
    }

    /// What breaks the order, in words.
    fn broken(&self, graph: &Graph) -> Vec<String> {
        let mut wrong = Vec::new();
        for file in graph.files.iter().filter(|file| self.row(file).is_none()) {
            wrong.push(format!("{file} is in no row"));
        }
        for row in self.rows {
            if !graph.files.iter().any(|file| lies_in(file, row)) {
                wrong.push(format!("the row {row} has no file"));
            }
        }
        for ((from, to), names) in &graph.arrows {
            let names = names
                .iter()
                .map(String::as_str)
                .collect::<Vec<_>>()
                .join(", ");
            if let (Some(of), Some(used)) = (self.row(from), self.row(to))
                && of < used
            {
                wrong.push(format!("{from} uses {to}, of a later row: {names}"));
            }
            for (place, users) in self.reserved {
                let is_entered = lies_in(to, place) && !lies_in(from, place);
                if is_entered && !users.iter().any(|user| lies_in(from, user)) {
                    let users = users.join(", ");
                    wrong.push(format!(
                        "{from} uses {to}, which is for {users} alone: {names}"
                    ));
                }
            }
        }
        wrong
    }
}

/// Whether a file is this place, or lies in this folder, which ends with `/`.
fn lies_in(file: &str, place: &str) -> bool {
    file == place || place.ends_with('/') && file.starts_with(place)
}

#[test]
fn the_modules_of_each_crate_stand_in_order() {
    let mut wrong = Vec::new();
    for order in ORDERS {
        let broken = order.broken(&graph(order.folder, "src/lib.rs"));
        wrong.extend(
            broken
                .iter()
                .map(|what| format!("{}: {what}", order.folder)),
        );
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_breaks_an_order_is_told() {
    let order = Order {
        folder: "",
        rows: &[
            "src/a/",
            "src/a/late.rs",
            "src/gone.rs",
            "src/b.rs",
            "src/lib.rs",
        ],
        reserved: &[("src/b.rs", &["src/lib.rs"])],
    };
    let files = [
        ("src/lib.rs", "mod a; mod b; mod c; pub use b::B;"),
        ("src/a/mod.rs", "mod late; pub struct A(late::Late);"),
        (
            "src/a/late.rs",
            "pub struct Late(super::A, crate::c::C, crate::B);",
        ),
        ("src/b.rs", "use crate::a::A; pub struct B(A);"),
        ("src/c.rs", "pub struct C(crate::B);"),
    ];
    let files = files.map(|(path, text)| (path.to_owned(), text.to_owned()));
    let expected = [
        "src/c.rs is in no row",
        "the row src/gone.rs has no file",
        "src/a/late.rs uses src/b.rs, of a later row: B",
        "src/a/late.rs uses src/b.rs, which is for src/lib.rs alone: B",
        "src/a/mod.rs uses src/a/late.rs, of a later row: Late",
        "src/c.rs uses src/b.rs, which is for src/lib.rs alone: B",
    ];
    assert_eq!(
        order.broken(&Graph::of(&files.into(), "src/lib.rs")),
        expected
    );
}
