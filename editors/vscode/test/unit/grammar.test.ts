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

/**
 * The tokens of a line that are not blank, each with its innermost scope; a text between quotes is one up to an escape. Commas
 * have none. Nothing goes on in the next line.
 */
async function scopes(line: string): Promise<[string, string][]> {
  const grammar = await loaded;
  assert.ok(grammar);
  const { tokens, ruleStack } = grammar.tokenizeLine(line, textmate.INITIAL);
  assert.equal(ruleStack.depth, 1, `goes on behind its end: ${line}`);
  const found: [string, string][] = [];
  for (const token of tokens) {
    const text = line.slice(token.startIndex, token.endIndex);
    const scope = (token.scopes.at(-1) ?? '').replace(/\.provable$/, '');
    const last = found.at(-1);
    if (last?.[1] === scope && scope === 'string.quoted.double') last[0] += text;
    else found.push([text, scope]);
  }
  return found.filter(([text]) => text.replace(/[\s,]/g, '') !== '');
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
  await assertScopes('CALL add.two', [['CALL', 'keyword.control'], ['add.two', 'entity.name.function']]);
  await assertScopes('JMP unpush', [['JMP', 'keyword.control'], ['unpush', 'variable.other']]);
});

/** A line whose words are its scopes: `word:scope`, separated by spaces. */
async function assertWords(line: string, expected: string): Promise<void> {
  const short: Record<string, string> = {
    dir: 'keyword.other.directive',
    fn: 'entity.name.function',
    def: 'variable.other.constant.definition',
    name: 'variable.other',
    par: 'variable.parameter',
    num: 'constant.numeric.decimal',
    op: 'keyword.operator',
    eff: 'keyword.operator.effect',
    str: 'string.quoted.double',
    esc: 'constant.character.escape',
    trap: 'constant.language.trap',
    '(': 'punctuation.bracket',
  };
  const words = expected.split(' ').map((word): [string, string] => {
    const at = word.lastIndexOf(':');
    const scope = word.slice(at + 1);
    return [word.slice(0, at).replaceAll('_', ' ').trim() || '_', short[scope] ?? scope];
  });
  assert.deepEqual((await scopes(line)).map(([text, scope]) => [text.trim(), scope]), words, line);
}

test('another file and its name', async () => {
  await assertWords('.use "std@1/sha256" as sha', '.use:dir "std@1/sha256":str as:dir sha:entity.name.namespace');
  await assertWords('.USE "./check"', '.USE:dir "./check":str');
});

test('variables and data, with their places and without', async () => {
  await assertWords('.var COUNT', '.var:dir COUNT:def');
  await assertWords('.var V 2*N at BASE+4', '.var:dir V:def 2:num *:op N:name at:dir BASE:name +:op 4:num');
  await assertWords('.data K 1, ~N', '.data:dir K:def 1:num ~:op N:name');
  await assertWords('.data T at K+len(K)', '.data:dir T:def at:dir K:name +:op len:support.function (:( K:name ):(');
});

test('strings and their escapes', async () => {
  await assertWords('.bytes "a#b;c\'d"', '.bytes:dir "a#b;c\'d":str');
  await assertWords(String.raw`.bytes "a\n\x00\""`, String.raw`.bytes:dir "a:str \n:esc \x00:esc \":esc ":str`);
  await assertWords(String.raw`.bytes "\q\x0"`, String.raw`.bytes:dir ":str \q:invalid.illegal.escape \x:invalid.illegal.escape 0":str`);
});

test('a string that does not end, ends with its line', async () => {
  await assertWords('.use "./check', '.use:dir "./check:str');
  await assertWords('.public "', '.public:dir ":str');
  await assertWords('.test "x ( 1', '.test:dir "x_(_1:str');
});

test('operators, and signs that are none', async () => {
  for (const operator of ['||', '&&', '==', '!=', '<', '<=', '>', '>=', '|', '^', '&', '<<', '>>', '+', '-', '*', '/', '%']) {
    await assertWords(`PUSH A${operator}B`, `PUSH:keyword.other.instruction A:name ${operator}:op B:name`);
  }
  await assertWords('DUP 32-1', 'DUP:keyword.other.instruction 32:num -:op 1:num');
  await assertWords('DUP (N)-1', 'DUP:keyword.other.instruction (:( N:name ):( -:op 1:num');
  await assertWords('DUP N-\'a\'', "DUP:keyword.other.instruction N:name -:op 'a':constant.character");
  await assertWords("DUP 'a'-1", "DUP:keyword.other.instruction 'a':constant.character -:op 1:num");
  await assertWords('DUP !-1', 'DUP:keyword.other.instruction !:op -1:num');
});

test('a routine, its effect and its parameters', async () => {
  await assertWords('.routine rot ( ... a b -- y ) D, N', '.routine:dir rot:fn (:( ...:eff a:par b:par --:eff y:par ):( D:par N:par');
  await assertWords('.routine stop ( -- never )', '.routine:dir stop:fn (:( --:eff never:dir ):(');
  await assertWords('.routine f ( push -- a', '.routine:dir f:fn (:( push:par --:eff a:par');
});

test('calls, copies and what is pushed', async () => {
  await assertWords('CALL sha.block 7, N+1', 'CALL:keyword.control sha.block:fn 7:num N:name +:op 1:num');
  await assertWords('CALL 12', 'CALL:keyword.control 12:num');
  await assertWords('.inline bits.rotl -7', '.inline:dir bits.rotl:fn -7:num');
  await assertWords('.push sha.K', '.push:dir sha.K:name');
  await assertWords('.loop +2, 64', '.loop:dir +:op 2:num 64:num');
});

test('a case of a test', async () => {
  await assertWords('.test mulmod ( 7 8 10 -- 6 )', '.test:dir mulmod:fn (:( 7:num 8:num 10:num --:eff 6:num ):(');
  await assertWords('.test "wraps" m.add ( -1 a -- (a-1) ) N', '.test:dir "wraps":str m.add:fn (:( -1:num a:name --:eff (:( a:name -:op 1:num ):( ):( N:name');
});

test('a test of a program', async () => {
  await assertWords('.test "not ascending"', '.test:dir "not_ascending":str');
  await assertWords('    .public 2, "ab"', '.public:dir 2:num "ab":str');
  await assertWords('    .secret N', '.secret:dir N:name');
  await assertWords('    .output -1', '.output:dir -1:num');
  await assertWords('    .within 2*N', '.within:dir 2:num *:op N:name');
  await assertWords('    .traps ASSERT at fill', '.traps:dir ASSERT:trap at:dir fill:name');
  await assertWords('    .traps sha256', '.traps:dir sha256:trap');
  await assertWords('    .traps BOREDOM', '.traps:dir BOREDOM:name');
});

test('a comment that documents', async () => {
  await assertScopes('## Adds.', [
    ['##', 'punctuation.definition.comment'],
    [' Adds.', 'comment.line.documentation'],
  ]);
  for (const line of ['.use "./a"', '.data K', '.var V at 1', '.routine f ( a -- ) N', '.routine f ( a', '.test f ( 1 -- 2 )', '.traps ASSERT']) {
    for (const [sign, scope] of [['#', 'comment.line.number-sign'], [';', 'comment.line.semicolon']] as const) {
      assert.deepEqual((await scopes(`${line} ${sign} c`)).at(-1), [' c', scope], line);
    }
  }
});

const DIRECTIVE = 'keyword.other.directive';
const NAMED: Record<string, string> = {
  '.const': 'variable.other.constant.definition',
  '.data': 'variable.other.constant.definition',
  '.var': 'variable.other.constant.definition',
  '.routine': 'entity.name.function',
  '.inline': 'entity.name.function',
  '.test': 'entity.name.function',
  call: 'entity.name.function',
};
const TOKEN =
  /"(?:\\.|[^"\\])*"|(?:(?<![\w.)'])-)?(?:'(?:\\.|[^\\])'|\d\w*)|--|\.{3}|\.?[A-Za-z_][\w.]*|\|\||&&|[=!<>]=|<<|>>|[-+*/%<>|^&~!():]/gu;

/** What the words of a line are by the language's rules; a string is one word. */
function expected(line: string): [string, string][] {
  const code = /^(?:'(?:\\.|[^\\])'|"(?:\\.|[^"\\])*"|[^#;'"])*/u.exec(line)?.[0] ?? '';
  const words = [...code.matchAll(TOKEN)].map((match) => match[0]);
  const start = words[1] === ':' ? 2 : 0;
  const first = words[start]?.toLowerCase() ?? '';
  const named = words[start + 1]?.startsWith('"') ? start + 2 : start + 1;
  return words.map((word, i) => [word, scopeOf(word, i)]);

  function scopeOf(word: string, i: number): string {
    if (word === ':') return 'punctuation.separator.label';
    if (start === 2 && i === 0) return 'entity.name.label';
    if (word.startsWith('"')) return 'string.quoted.double';
    if (word.endsWith("'")) return 'constant.character';
    if (/^-?0x/i.test(word)) return 'constant.numeric.hex';
    if (/^-?0b/i.test(word)) return 'constant.numeric.binary';
    if (/^-?\d/.test(word)) return 'constant.numeric.decimal';
    if (word === '--' || word === '...') return 'keyword.operator.effect';
    if (/^[()]$/.test(word)) return 'punctuation.bracket';
    if (/^\W+$/.test(word)) return 'keyword.operator';
    if (i === start && word.startsWith('.')) return DIRECTIVE;
    if (i === start && CONTROL.has(word.toUpperCase())) return 'keyword.control';
    if (i === start && MNEMONICS.includes(word.toUpperCase())) return 'keyword.other.instruction';
    if (i === named && first in NAMED) return NAMED[first] ?? '';
    if (first === '.use') return word.toLowerCase() === 'as' ? DIRECTIVE : 'entity.name.namespace';
    if (first === '.traps') return i === start + 1 ? 'constant.language.trap' : word === 'at' ? DIRECTIVE : 'variable.other';
    if (first === '.routine') return word === 'never' ? DIRECTIVE : 'variable.parameter';
    if ((first === '.data' || first === '.var') && word === 'at') return DIRECTIVE;
    if (word === 'len' && words[i + 1] === '(') return 'support.function';
    return 'variable.other';
  }
}

test('every line of every example', async () => {
  const programs = readdirSync('../../examples', { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.prov'));
  assert.ok(programs.length > 0);
  for (const program of programs) {
    for (const [i, line] of readFileSync(`../../examples/${program}`, 'utf8').split(/\r?\n/).entries()) {
      const found = (await scopes(line)).filter(([, scope]) => !scope.includes('comment'));
      assert.deepEqual(found, expected(line), `${program}:${i + 1}`);
    }
  }
});
