//! Findings that follow from literal operands alone: division by zero, too large shifts, jumps out of the program.

use crate::lang::analysis::findings::Findings;
use crate::lang::analysis::flow::Flow;
use crate::lang::analysis::graph::Graph;
use crate::lang::diagnostics::{Code, Diagnostic};
use crate::lang::isa::{Op, OperandKind};

/// The operand of the PUSH directly before a node, and whether every path to the node passes it.
pub(super) fn pushed_before(graph: &Graph<'_>, flow: &Flow, node: u32) -> Option<(u32, bool)> {
    let push = node.checked_sub(1)?;
    let instruction = graph.instruction(push).filter(|i| i.op == Op::Push)?;
    let value = instruction.operand.filter(|_| flow.is_reached(push))?;
    Some((value, !graph.is_entered(node)))
}

pub(in crate::lang::analysis) fn report(
    graph: &Graph<'_>,
    flow: &Flow,
    findings: &mut Findings<'_>,
) {
    for node in (0..graph.end()).filter(|&node| flow.is_reached(node)) {
        let Some(instruction) = graph.instruction(node) else {
            continue;
        };
        let spec = instruction.op.spec();
        if let (OperandKind::Target, Some(target)) = (spec.operand, instruction.operand) {
            if target > graph.end() {
                outside(findings, node, instruction.op, target, graph.end());
            }
            continue;
        }
        let written = instruction.operand.map(|value| (value, true));
        let Some((value, is_certain)) = written.or_else(|| pushed_before(graph, flow, node)) else {
            continue;
        };
        let (certain, possible, what) = match (instruction.op, value) {
            (Op::Div | Op::Mod, 0) => (
                Code::DivisionByZero,
                Code::PossibleDivisionByZero,
                "divides by zero".to_owned(),
            ),
            (Op::Shl | Op::Shr, 32..) => (
                Code::ShiftTooFar,
                Code::PossibleShiftTooFar,
                format!("shifts by {value}; the most is 31"),
            ),
            (Op::Rotl | Op::Rotr, 32..) => (
                Code::ShiftTooFar,
                Code::PossibleShiftTooFar,
                format!("rotates by {value}; the most is 31"),
            ),
            _ => continue,
        };
        findings.push(|assembly| {
            let (code, may) = if is_certain {
                (certain, "always")
            } else {
                (possible, "on one path")
            };
            let message = format!("{} {may} {what}", spec.mnemonic);
            let diagnostic = Diagnostic::new(code, assembly.span_of(node as usize), message);
            match instruction.operand {
                Some(_) => diagnostic,
                None => diagnostic.related(
                    assembly.span_of(node as usize - 1),
                    "the operand is pushed here",
                ),
            }
        });
    }
}

fn outside(findings: &mut Findings<'_>, node: u32, op: Op, target: u32, end: u32) {
    findings.push(|assembly| {
        let (code, when) = match op {
            Op::Jmp | Op::Call => (Code::JumpOutside, ""),
            _ => (Code::PossibleJumpOutside, ", if it jumps,"),
        };
        let message = format!(
            "{}{when} leaves the program: there is no instruction {target}",
            op.spec().mnemonic
        );
        let help = match end {
            1 => "the program has one instruction, 0; a jump to 1 ends it".to_owned(),
            _ => format!(
                "instructions count from 0 to {}; a jump to {end} ends the program",
                end.saturating_sub(1)
            ),
        };
        Diagnostic::new(code, assembly.span_of(node as usize), message).help(help)
    });
}
