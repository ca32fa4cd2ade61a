//! Fixes of what a routine declares, and of code that runs on past its end.

use super::super::formatting::Edit;
use super::super::snapshot::Snapshot;
use super::code::halt;
use super::fix::Fix;
use super::lines::insert_lines;
use provable::lang::diagnostics::Diagnostic;
use provable::lang::isa::Op;
use provable::lang::program::SectionKind;
use provable::lang::quote::plural;
use provable::lang::syntax::Body;

/// The most words that are declared by a fix. If there are more, the mistake is another.
const OUTPUTS: usize = 16;

/// Declares as many outputs as every RET of the routine leaves.
pub(super) fn declare_outputs(s: &Snapshot, diagnostic: &Diagnostic) -> Option<Fix> {
    let line = s.assembly.tree.line_at(diagnostic.span.start)?;
    let section = s.assembly.sections.get(s.assembly.section_at(line))?;
    let Body::Routine {
        effect: Some(span), ..
    } = s.rows().get(section.lines.start)?.body
    else {
        return None;
    };
    let mut depths = section.instructions.clone().filter_map(|node| {
        let node = usize::try_from(node).ok()?;
        let is_return = s.assembly.instruction(node)?.op == Op::Ret;
        let depth = s.analysis.depth_before.get(node).copied().flatten()?;
        is_return.then(|| depth.exact())
    });
    let left = depths.next()??;
    if !depths.all(|depth| depth == Some(left)) {
        return None;
    }
    let left = usize::try_from(left).ok().filter(|&left| left <= OUTPUTS)?;
    let tree = &s.assembly.tree;
    let effect = tree.effect(span);
    let written = |span: &provable::lang::syntax::Span| tree.slice(*span).to_owned();
    let inputs: Vec<String> = effect.inputs.iter().map(written).collect();
    let declared: Vec<String> = effect.outputs.iter().map(written).collect();
    // The top is last: words that are not there are missing below.
    let kept = declared.get(declared.len().saturating_sub(left)..)?;
    let mut outputs: Vec<String> = (1..=left - kept.len())
        .map(|number| format!("out{number}"))
        .collect();
    outputs.extend_from_slice(kept);
    let below = effect.looks_below.then(|| "...".to_owned());
    let words = ["(".to_owned()]
        .into_iter()
        .chain(below)
        .chain(inputs)
        .chain(["--".to_owned()])
        .chain(outputs)
        .chain([")".to_owned()]);
    let edit = Edit {
        span: span.range(),
        text: words.collect::<Vec<_>>().join(" "),
    };
    let title = format!("Declare that the routine leaves {}", plural(left, "word"));
    Some(Fix::mending(diagnostic, title, vec![edit]))
}

/// Ends the code that runs on into a routine: the main code with HALT, a routine with RET.
pub(super) fn stop(s: &Snapshot, diagnostic: &Diagnostic) -> Option<Fix> {
    let line = s.assembly.tree.line_at(diagnostic.span.start)?;
    let node = s.assembly.instruction_on(line)?;
    let section = s.assembly.sections.get(s.assembly.section_at(line))?;
    let halt = halt(s, node);
    let (op, text) = match section.kind {
        SectionKind::Routine { .. } => ("RET", halt.replace("HALT", "RET").replace("halt", "ret")),
        _ => ("HALT", halt),
    };
    let edit = insert_lines(s, line + 1, &text);
    Some(Fix::mending(diagnostic, format!("End it with {op}"), vec![edit]).preferred())
}
