//! The routines that a program calls and copies, with the values of their arguments.

use super::emit::Emitter;
use super::instances::MOST;
use super::linked::{Place, Values};
use super::names::of_member;
use super::no_value::no_value;
use crate::lang::diagnostics::Code;
use crate::lang::expression;
use crate::lang::isa::Op;
use crate::lang::modules::Worth;
use crate::lang::program::{Invocation, RoutineId, SectionKind};
use crate::lang::syntax::{self, Operand};

impl Emitter<'_> {
    /// Whether a routine has a CALL of one of its labels.
    pub(super) fn calls_itself(&self, routine: RoutineId) -> bool {
        let assembly = self.assemblies.get(routine.file);
        let section = assembly.and_then(|one| Some((one, one.sections.get(routine.section)?)));
        section.is_some_and(|(assembly, section)| {
            let mut nodes = section.instructions.clone();
            nodes.any(|node| {
                let instruction = assembly.node(node as usize).instruction();
                instruction.is_some_and(|one| one.op == Op::Call)
            })
        })
    }

    /// The name of a routine in linked text.
    pub(super) fn name_of(&self, routine: RoutineId) -> String {
        let assembly = self.assemblies.get(routine.file);
        let kind = assembly.and_then(|one| Some((one, &one.sections.get(routine.section)?.kind)));
        let name = match kind {
            Some((assembly, SectionKind::Routine { name, .. })) => {
                name.map_or("", |name| assembly.tree.slice(name))
            }
            _ => "",
        };
        of_member(self.modules, routine.file, name)
    }

    /// The instance that a CALL at a place of a file calls. None if an argument has no value, or there are too many.
    pub(super) fn instance(
        &mut self,
        file: usize,
        invocation: &Invocation,
        values: &Values,
        place: Place,
    ) -> Option<usize> {
        let (arguments, values) = self.arguments(file, invocation, values)?;
        let (routine, name) = (invocation.routine, self.name_of(invocation.routine));
        let instance = self.instances.get(routine, arguments, &name, values);
        if instance.is_none() {
            let message = format!(
                "the program has more than {MOST} routines, those with other arguments counted"
            );
            self.report(place, Code::TooManyParts, message);
        }
        instance
    }

    /// The values of arguments, and each by the name of its parameter.
    pub(super) fn arguments(
        &mut self,
        file: usize,
        invocation: &Invocation,
        values: &Values,
    ) -> Option<(Vec<i128>, Values)> {
        let tree = self.modules.tree(file)?.clone();
        let mut arguments = Vec::new();
        for operand in tree.listed(invocation.arguments) {
            arguments.push(self.number(file, operand, values)?);
        }
        let routine = invocation.routine;
        let assembly = self.assemblies.get(routine.file)?;
        let line = assembly.sections.get(routine.section)?.lines.start;
        let body = assembly.tree.lines().get(line)?.body;
        let syntax::Body::Routine { parameters, .. } = body else {
            return None;
        };
        let names = assembly
            .tree
            .listed(parameters)
            .map(|one| assembly.tree.slice(one.span).to_owned());
        let values = names.zip(arguments.iter().copied()).collect();
        Some((arguments, values))
    }

    pub(super) fn number(
        &mut self,
        file: usize,
        operand: Operand,
        values: &Values,
    ) -> Option<i128> {
        let mut local = |name: &str| values.get(name).map(|&value| Worth::Number(value));
        let number = self.evaluator.number(file, operand, &mut local);
        number
            .map_err(|worth| no_value(&mut self.found, file, worth, operand.span))
            .ok()
    }

    /// The word that an operand of a file is; 0 if there is a finding for it.
    pub(super) fn word(&mut self, file: usize, operand: Operand, values: &Values) -> u32 {
        let number = self.number(file, operand, values);
        number.and_then(expression::word).unwrap_or(0)
    }
}
