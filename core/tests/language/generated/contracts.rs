//! Follows a linked program along any path, and sees whether its routines keep to what their lines say.

use provable::lang::isa::Op;
use provable::lang::link::Linked;
use provable::lang::program::SectionKind;

/// A routine that is being executed.
struct Frame {
    back: usize,
    /// What the routine says of itself; none for code that is called by its label.
    declared: Option<(usize, Option<usize>)>,
    /// The words that belong to who called.
    base: usize,
}

/// What is broken, if anything is. `outcome` says which conditional jumps are taken.
pub fn broken(linked: &Linked, mut outcome: impl FnMut() -> bool) -> Option<String> {
    let program = linked.program.as_ref()?;
    let code = program.instructions();
    let contract_at = |index: u32| {
        let part = linked.parts.iter().find(|part| {
            part.instructions.start == index
                && !part.name.is_empty()
                && !part.instructions.is_empty()
        })?;
        let routine = part.routine?;
        match &linked.assemblies[routine.file].sections[routine.section].kind {
            SectionKind::Routine { contract, .. } => *contract,
            _ => None,
        }
    };
    let part_of = |index: usize| {
        let part = linked.part(u32::try_from(index).unwrap_or(u32::MAX));
        part.map(|part| part.instructions.clone())
    };
    let mut frames: Vec<Frame> = Vec::new();
    let (mut at, mut depth) = (0usize, 0usize);
    for _ in 0..2_000 {
        let instruction = code.get(at)?;
        let effect = instruction.op.effect(instruction.operand);
        let base = frames.last().map_or(0, |frame| frame.base);
        if depth < base + effect.needs as usize {
            return Some(format!("{at}: below the inputs"));
        }
        let operand = instruction.operand.unwrap_or(0) as usize;
        let change = |depth: usize| depth.saturating_add_signed(effect.change as isize);
        // The instruction after which control goes on, in the same part.
        let mut from = at;
        match instruction.op {
            Op::Halt => return None,
            Op::Jmp => at = operand,
            Op::Jz | Op::Jnz | Op::Jc | Op::Jnc => {
                depth = change(depth);
                at = if outcome() { operand } else { at + 1 };
            }
            Op::Call => {
                let declared = contract_at(operand as u32)
                    .map(|one| (one.inputs as usize, one.outputs.map(|one| one as usize)));
                if declared.is_some_and(|(inputs, _)| depth < base + inputs) {
                    return Some(format!("{at}: too few words for the routine"));
                }
                frames.push(Frame {
                    back: at + 1,
                    declared,
                    base: declared.map_or(base, |(inputs, _)| depth - inputs),
                });
                at = operand;
                from = at;
            }
            Op::Ret => {
                let Some(frame) = frames.pop() else {
                    return Some(format!("{at}: no CALL to return from"));
                };
                if let Some((_, outputs)) = frame.declared
                    && outputs.map(|outputs| frame.base + outputs) != Some(depth)
                {
                    return Some(format!("{at}: {} left", depth - frame.base));
                }
                at = frame.back;
                from = at - 1;
            }
            _ => {
                depth = change(depth);
                at += 1;
            }
        }
        let is_over = at >= code.len();
        let is_elsewhere = match is_over {
            true => part_of(from).is_some_and(|part| part.start > 0),
            false => part_of(from) != part_of(at),
        };
        if is_elsewhere {
            return Some(format!("{from}: runs on into {at}"));
        }
    }
    None
}
