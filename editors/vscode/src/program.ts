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

/** The URI in a command's first argument: a text, a `vscode.Uri`, or `{"uri": …}`. */
export function uriIn(argument: unknown): string | undefined {
  if (typeof argument === 'string') {
    return argument;
  }
  if (typeof argument !== 'object' || argument === null) {
    return undefined;
  }
  if ('uri' in argument) {
    return uriIn(argument.uri);
  }
  return 'scheme' in argument ? String(argument) : undefined;
}
