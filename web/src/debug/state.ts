// What is shown of a program that stands still, and how it is asked for.

import type { Adapter } from './adapter';

export interface Frame {
  id: number;
  name: string;
  line: number;
  path: string | undefined;
  /** Of a file that comes from the adapter. */
  sourceReference: number;
  sourceName: string;
}

export interface Variable {
  name: string;
  value: string;
  children: Variable[];
  /** Children that are not fetched. */
  left: number;
}

export interface Scope {
  name: string;
  variables: Variable[];
  left: number;
}

export interface Stop {
  /** Why, and at which step, in the adapter's words. */
  description: string;
  reason: string;
  step: number;
  frames: Frame[];
  scopes: Scope[];
}

/** The most variables that are fetched of each list. */
const MOST = 200;
const THREAD = 1;

interface RawVariable {
  name: string;
  value: string;
  variablesReference: number;
  indexedVariables?: number;
}

interface RawFrame {
  id: number;
  name: string;
  line: number;
  source?: { path?: string; name?: string; sourceReference?: number };
}

export async function stopOf(adapter: Adapter, stopped: { reason: string; description?: string }): Promise<Stop> {
  const [step, frames] = await Promise.all([stepOf(adapter), framesOf(adapter)]);
  const top = frames[0];
  const scopes = top === undefined ? [] : await scopesOf(adapter, top.id);
  return { reason: stopped.reason, description: stopped.description ?? stopped.reason, step, frames, scopes };
}

export async function stepOf(adapter: Adapter): Promise<number> {
  return Number((await adapter.request<{ result: string }>('evaluate', { expression: 'step', context: 'watch' })).result);
}

async function framesOf(adapter: Adapter): Promise<Frame[]> {
  const { stackFrames } = await adapter.request<{ stackFrames: RawFrame[] }>('stackTrace', { threadId: THREAD, levels: MOST });
  return stackFrames.map(({ id, name, line, source }) => {
    return { id, name, line, path: source?.path, sourceReference: source?.sourceReference ?? 0, sourceName: source?.name ?? '' };
  });
}

export async function scopesOf(adapter: Adapter, frameId: number): Promise<Scope[]> {
  const { scopes } = await adapter.request<{ scopes: (RawVariable & { name: string })[] }>('scopes', { frameId });
  return Promise.all(
    scopes.map(async (scope) => {
      const variables = await variablesOf(adapter, scope.variablesReference, 1);
      return { name: scope.name, variables, left: leftOf(scope, variables) };
    }),
  );
}

/** The variables behind a reference, and what is in them, `depth` levels deep. */
export async function variablesOf(adapter: Adapter, variablesReference: number, depth: number): Promise<Variable[]> {
  const { variables } = await adapter.request<{ variables: RawVariable[] }>('variables', { variablesReference, start: 0, count: MOST });
  return Promise.all(
    variables.slice(0, MOST).map(async (one) => {
      const children = one.variablesReference > 0 && depth > 0 ? await variablesOf(adapter, one.variablesReference, depth - 1) : [];
      return { name: one.name, value: one.value, children, left: leftOf(one, children) };
    }),
  );
}

function leftOf({ indexedVariables = 0 }: { indexedVariables?: number }, fetched: Variable[]): number {
  return Math.max(0, indexedVariables - fetched.length);
}
