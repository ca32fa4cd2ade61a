// The grammar, in the engine that VS Code uses. What the words of an example are is worked out a second time here, from the
// rules of the language reference.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import * as oniguruma from 'vscode-oniguruma';
import * as textmate from 'vscode-textmate';

const SOURCE = '../../syntaxes/provable.tmLanguage.json';
const wasm = readFileSync(createRequire(`${process.cwd()}/`).resolve('vscode-oniguruma/release/onig.wasm'));
const registry = new textmate.Registry({
  onigLib: oniguruma.loadWASM(wasm).then(() => ({
    createOnigScanner: (patterns: string[]) => new oniguruma.OnigScanner(patterns),
    createOnigString: (text: string) => new oniguruma.OnigString(text),
  })),
  loadGrammar: async () => textmate.parseRawGrammar(readFileSync(SOURCE, 'utf8'), SOURCE),
});
const loaded = registry.loadGrammar('source.provable');

/** The tokens of a line that are not blank, each with its innermost scope. Commas between words have none. */
async function scopes(line: string): Promise<[string, string][]> {
  const grammar = await loaded;
  assert.ok(grammar);
  return grammar
    .tokenizeLine(line, textmate.INITIAL)
    .tokens.map((token): [string, string] => [
      line.slice(token.startIndex, token.endIndex),
      (token.scopes.at(-1) ?? '').replace(/\.provable$/, ''),
    ])
    .filter(([text]) => text.replace(/[\s,]/g, '') !== '');
}

async function assertScopes(line: string, expected: [string, string][]): Promise<void> {
  assert.deepEqual(await scopes(line), expected, line);
}

const CONTROL = new Set(['JMP', 'JZ', 'JNZ', 'JC', 'JNC', 'CALL', 'RET', 'HALT']);
const reference = readFileSync('../../docs/language.md', 'utf8').split('<!-- end of instructions -->')[0] ?? '';
const MNEMONICS = [...reference.matchAll(/^\| <a id="\w+"><\/a>`(\w+)`/gm)].map((match) => match[1] ?? '');

test('every instruction of the reference is one, in any letter case', async () => {
  assert.ok(MNEMONICS.length > 30);
  for (const mnemonic of MNEMONICS) {
    const scope = CONTROL.has(mnemonic) ? 'keyword.control' : 'keyword.other.instruction';
    for (const written of [mnemonic, mnemonic.toLowerCase()]) {
      await assertScopes(`    ${written}`, [[written, scope]]);
    }
  }
});

test('a label before an instruction with an operand and a comment', async () => {
  await assertScopes('loop.1: JNZ loop.1 # again', [
    ['loop.1', 'entity.name.label'],
    [':', 'punctuation.separator.label'],
    ['JNZ', 'keyword.control'],
    ['loop.1', 'variable.other'],
    ['#', 'punctuation.definition.comment'],
    [' again', 'comment.line.number-sign'],
  ]);
});

test('a constant, its name and its value', async () => {
  await assertScopes('.const LIMIT 0b1_0 ; two', [
    ['.const', 'keyword.other.directive'],
    ['LIMIT', 'variable.other.constant.definition'],
    ['0b1_0', 'constant.numeric.binary'],
    [';', 'punctuation.definition.comment'],
    [' two', 'comment.line.semicolon'],
  ]);
});

test('data, with its words on two lines', async () => {
  await assertScopes(".data PRIMES at 0x10 2,'a', N", [
    ['.data', 'keyword.other.directive'],
    ['PRIMES', 'variable.other.constant.definition'],
    ['at', 'keyword.other.directive'],
    ['0x10', 'constant.numeric.hex'],
    ['2', 'constant.numeric.decimal'],
    ["'a'", 'constant.character'],
    ['N', 'variable.other'],
  ]);
  await assertScopes('    .words -1', [['.words', 'keyword.other.directive'], ['-1', 'constant.numeric.decimal']]);
});

test('comment signs in character literals are characters', async () => {
  for (const literal of ["'#'", "';'", "' '", "-'a'", "'🦀'"]) {
    await assertScopes(`PUSH ${literal}`, [['PUSH', 'keyword.other.instruction'], [literal, 'constant.character']]);
  }
  await assertScopes("PUSH '\\n'", [
    ['PUSH', 'keyword.other.instruction'],
    ["'", 'constant.character'],
    ['\\n', 'constant.character.escape'],
    ["'", 'constant.character'],
  ]);
});

test('numbers in every base, and what only begins as one', async () => {
  for (const [number, scope] of [
    ['007', 'constant.numeric.decimal'],
    ['-1_000', 'constant.numeric.decimal'],
    ['0xFF_ff', 'constant.numeric.hex'],
    ['0b101', 'constant.numeric.binary'],
    ['12a', 'invalid.illegal.number'],
    ['1_', 'invalid.illegal.number'],
    ['0b2', 'invalid.illegal.number'],
  ] as const) {
    await assertScopes(`PUSH ${number}`, [['PUSH', 'keyword.other.instruction'], [number, scope]]);
  }
});

test('a name that holds a mnemonic is a name', async () => {
  await assertScopes('CALL add.two', [['CALL', 'keyword.control'], ['add.two', 'variable.other']]);
  await assertScopes('CALL unpush', [['CALL', 'keyword.control'], ['unpush', 'variable.other']]);
});

/** What the words of a line are by the language's rules. */
function expected(line: string): [string, string][] {
  const code = /^(?:'(?:\\.|[^\\])'|[^#;'])*/u.exec(line)?.[0] ?? '';
  const words = [...code.matchAll(/'(?:\\.|[^\\])'|-?[\w.]+|:/gu)].map((match) => match[0]);
  return words.map((word, i): [string, string] => {
    if (word === ':') return [word, 'punctuation.separator.label'];
    if (/^\.(?:const|data|words)$/.test(word)) return [word, 'keyword.other.directive'];
    if (word === 'at' && words[i - 2] === '.data') return [word, 'keyword.other.directive'];
    if (words[i - 1] === '.const' || words[i - 1] === '.data') return [word, 'variable.other.constant.definition'];
    if (words[i + 1] === ':') return [word, 'entity.name.label'];
    if (CONTROL.has(word.toUpperCase())) return [word, 'keyword.control'];
    if (MNEMONICS.includes(word.toUpperCase())) return [word, 'keyword.other.instruction'];
    if (word.startsWith("'")) return [word, 'constant.character'];
    if (/^-?0x/i.test(word)) return [word, 'constant.numeric.hex'];
    if (/^-?0b/i.test(word)) return [word, 'constant.numeric.binary'];
    if (/^-?\d/.test(word)) return [word, 'constant.numeric.decimal'];
    return [word, 'variable.other'];
  });
}

test('every line of every example', async () => {
  const programs = readdirSync('../../examples').filter((name) => name.endsWith('.prov'));
  assert.ok(programs.length > 0);
  for (const program of programs) {
    for (const [i, line] of readFileSync(`../../examples/${program}`, 'utf8').split(/\r?\n/).entries()) {
      const found = (await scopes(line)).filter(([, scope]) => !scope.includes('comment'));
      assert.deepEqual(found, expected(line), `${program}:${i + 1}`);
    }
  }
});
