// A first program, for the walkthrough: written beside its inputs, so that it can be proved at once.

import * as vscode from 'vscode';

const PROGRAM = `# A number is a product, and its factors stay secret.
#
# Public input:  the product
# Secret input:  two numbers, both greater than 1
# Proved: the prover knows two numbers greater than 1 whose product this is.

    SECRET
    DUP
    PUSH 1
    GT
    ASSERT  # the first is greater than 1
    SECRET
    DUP
    PUSH 1
    GT
    ASSERT  # and so is the second
    MUL
    JC tricked
    READ
    EQ
    ASSERT  # their product is the public input
    HALT
tricked:    # the product did not fit in a word
    POP
    PUSH 0
    ASSERT

.test "a product of two primes"
    .public 3599
    .secret 59, 61

.test "one is no factor"
    .public 61
    .secret 1, 61
    .traps ASSERT

.test "a product that does not fit in a word"
    .public 0
    .secret 65536, 65536
    .traps ASSERT at tricked
`;
const INPUTS = `{"public": [3599], "secret": [59, 61]}\n`;

/** Asks where, writes the program and its inputs, and opens it. */
export async function newExample(): Promise<void> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const suggested = folder && vscode.Uri.joinPath(folder, 'product.prov');
  const chosen = await vscode.window.showSaveDialog({
    title: 'Where to write the example',
    filters: { 'Provable programs': ['prov'] },
    ...(suggested === undefined ? {} : { defaultUri: suggested }),
  });
  if (chosen === undefined) {
    return;
  }
  const program = chosen.path.endsWith('.prov') ? chosen : chosen.with({ path: `${chosen.path}.prov` });
  const inputs = program.with({ path: program.path.replace(/\.prov$/, '.inputs.json') });
  const encoder = new TextEncoder();
  // The dialog has asked about the program; nobody has been asked about its inputs.
  const hasInputs = await vscode.workspace.fs.stat(inputs).then(
    () => true,
    () => false,
  );
  await vscode.workspace.fs.writeFile(program, encoder.encode(PROGRAM));
  if (!hasInputs) {
    await vscode.workspace.fs.writeFile(inputs, encoder.encode(INPUTS));
  }
  await vscode.window.showTextDocument(program);
}
