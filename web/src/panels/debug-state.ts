// The state of a program that stands still: stack, heap, tapes, machine and open calls.

import type { Frame, Scope, Stop, Variable } from '../debug/state';
import { button, h } from '../shell/dom';
import { section } from './section';

const STACK = 'Operand stack';

/** The parts of a stop. Words of the stack that are others than at the last stop are marked. */
export function shownStop(stop: Stop, before: Stop | undefined, openFrame: (frame: Frame) => void): HTMLElement[] {
  const scopes = stop.scopes.map((scope) => {
    return scope.name === STACK ? stack(scope, before?.scopes.find(({ name }) => name === STACK)) : section(scope.name, variables(scope));
  });
  return [...scopes, section('Call stack', calls(stop.frames, openFrame))];
}

function stack(scope: Scope, before: Scope | undefined): HTMLElement {
  if (scope.variables.length === 0) {
    return section('Stack', h('p', { className: 'none' }, 'empty'));
  }
  const depth = scope.variables.length + scope.left;
  const items = scope.variables.map((variable, index) => {
    // Words keep their place from the bottom.
    const old = before?.variables[index + (before.variables.length + before.left - depth)];
    const isChanged = before !== undefined && old?.value !== variable.value;
    return h('li', { className: isChanged ? 'changed' : '' }, h('span', { className: 'name' }, index === 0 ? 'top' : variable.name), h('span', {}, variable.value));
  });
  return section('Stack', h('ol', { className: 'stack' }, ...items, ...more(scope.left)));
}

function variables({ variables: list, left }: { variables: Variable[]; left: number }): HTMLElement {
  if (list.length === 0) {
    return h('p', { className: 'none' }, 'nothing');
  }
  return h('ul', { className: 'variables' }, ...list.map(variable), ...more(left));
}

function variable(one: Variable): HTMLElement {
  const line = [h('span', { className: 'name' }, one.name), h('span', {}, one.value)];
  return one.children.length === 0
    ? h('li', {}, ...line)
    : h('li', {}, h('details', { open: one.children.length <= 16 }, h('summary', {}, ...line), variables({ variables: one.children, left: one.left })));
}

function more(left: number): HTMLElement[] {
  return left > 0 ? [h('li', { className: 'more' }, `and ${left.toLocaleString('en')} more`)] : [];
}

function calls(frames: Frame[], open: (frame: Frame) => void): HTMLElement {
  return h('ol', { className: 'frames' }, ...frames.map((frame) => h('li', {}, button(`${frame.name}, line ${frame.line}`, () => open(frame)))));
}
