// Which program a command is for.

const INPUTS = '.inputs.json';
const PROOF = '.proof.json';

/** The program's URI for the URI of a program, of its inputs or of its proof; undefined for anything else. */
export function programOf(uri: string, language?: string): string | undefined {
  for (const ending of [INPUTS, PROOF]) {
    if (uri.endsWith(ending)) {
      return `${uri.slice(0, -ending.length)}.prov`;
    }
  }
  return language === 'provable' || uri.endsWith('.prov') ? uri : undefined;
}

/** The URI in a command's first argument: a text as the server spells it, a `vscode.Uri`, or `{"uri": …}`. */
export function uriIn(argument: unknown, fromServer = (uri: string) => uri): string | undefined {
  if (typeof argument === 'string') {
    return fromServer(argument);
  }
  if (typeof argument !== 'object' || argument === null) {
    return undefined;
  }
  if ('uri' in argument) {
    return uriIn(argument.uri, fromServer);
  }
  // The editor's URIs are no plain objects: their text is what their own method makes of them.
  return 'scheme' in argument && typeof argument.toString === 'function' ? (argument as { toString(): string }).toString() : undefined;
}

/** The test in a command's first argument, `{"uri": …, "id": …}`, or `{"uri": …, "test": …}` where a program could be meant. */
export function testIn(argument: unknown): string | undefined {
  if (typeof argument !== 'object' || argument === null) {
    return undefined;
  }
  const { id, test } = argument as { id?: unknown; test?: unknown };
  return [id, test].find((one) => typeof one === 'string');
}

/** Where a run is to be looked at: after a number of steps, or where it ends. */
export type Step = number | 'end';

/** The step in a command's first argument, `{"uri": …, "step": …}`. */
export function stepIn(argument: unknown): Step | undefined {
  const step = typeof argument === 'object' && argument !== null && 'step' in argument ? argument.step : undefined;
  const isNumber = typeof step === 'number' && Number.isSafeInteger(step) && step >= 0;
  return isNumber || step === 'end' ? step : undefined;
}
