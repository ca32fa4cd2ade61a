//! Unreachable code and unused names.

use crate::lang::analysis::findings::Findings;
use crate::lang::analysis::flow::Flow;
use crate::lang::analysis::graph::Graph;
use crate::lang::diagnostics::{Code, Diagnostic};
use crate::lang::isa::Op;
use crate::lang::program::{Symbol, SymbolKind};

pub(in crate::lang::analysis) fn report(
    graph: &Graph<'_>,
    flow: &Flow,
    findings: &mut Findings<'_>,
) {
    let mut node = 0;
    while node < graph.end() {
        let first = node;
        while node < graph.end() && !flow.is_reached(node) {
            node += 1;
        }
        if node > first {
            unreachable(graph, findings, first, node);
        }
        node += 1;
    }
    unused(findings);
}

/// Neighbouring unreachable instructions give one finding, at the first of them.
fn unreachable(graph: &Graph<'_>, findings: &mut Findings<'_>, first: u32, end: u32) {
    findings.push(|assembly| {
        let span = assembly.span_of(first as usize).start..assembly.span_of(end as usize - 1).end;
        let message = match end - first {
            1 => "no path reaches this instruction".to_owned(),
            count => format!("no path reaches these {count} instructions"),
        };
        let diagnostic = Diagnostic::new(Code::Unreachable, span, message);
        let before = first
            .checked_sub(1)
            .and_then(|node| graph.instruction(node).map(|i| (node, i.op)));
        match before {
            Some((node, Op::Call)) => diagnostic.related(
                assembly.span_of(node as usize),
                "this CALL never comes back",
            ),
            Some((node, op)) => {
                let message = format!("nothing goes on after this {}", op.spec().mnemonic);
                diagnostic.related(assembly.span_of(node as usize), message)
            }
            None => diagnostic,
        }
    });
}

fn unused(findings: &mut Findings<'_>) {
    let assembly = findings.assembly;
    // The names of a library are for others, unless they begin with `_`.
    let is_library = assembly
        .sections
        .first()
        .is_some_and(|main| main.instructions.is_empty())
        && assembly.tree.has_modules();
    let is_for_others = |symbol: &Symbol| {
        let is_local = matches!(
            symbol.kind,
            SymbolKind::Label | SymbolKind::Parameter | SymbolKind::File
        );
        is_library && !is_local && !symbol.name.starts_with('_')
    };
    for symbol in assembly
        .symbols
        .iter()
        .filter(|symbol| symbol.references.is_empty())
        // Data must have a name, whether or not it is used. The words may be reached by their addresses.
        .filter(|symbol| symbol.kind != SymbolKind::Data && !is_for_others(symbol))
    {
        findings.push(|_| {
            let what = symbol.kind.word();
            Diagnostic::new(
                Code::UnusedName,
                symbol.definition,
                format!("the {what} `{}` is never used", symbol.name),
            )
        });
    }
}
