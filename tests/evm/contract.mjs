// Contracts: how they are compiled, what is in them, and calls of `verify`.

import solc from 'solc';
import { digits } from './curve.mjs';

/** Settings under which a contract has to compile and to do the same. The first is the one that gas is told of. */
export const SETTINGS = {
  'via IR': { viaIR: true, optimizer: { enabled: true, runs: 1_000_000 } },
  legacy: { optimizer: { enabled: true, runs: 200 } },
  'not optimized': { optimizer: { enabled: false } },
};

/** Compiles a contract. Warnings are errors. */
export function compile(source, settings = SETTINGS['via IR']) {
  const input = {
    language: 'Solidity',
    sources: { 'Verifier.sol': { content: source } },
    settings: { evmVersion: 'prague', outputSelection: { '*': { '*': ['evm.bytecode.object', 'evm.deployedBytecode.object', 'evm.methodIdentifiers', 'abi'] } }, ...settings },
  };
  const { errors = [], contracts } = JSON.parse(solc.compile(JSON.stringify(input)));
  if (errors.length > 0) throw new Error(errors.map((error) => error.formattedMessage).join('\n'));
  const [[name, { evm, abi }]] = Object.entries(contracts['Verifier.sol']);
  return { name, abi, code: evm.bytecode.object, size: evm.deployedBytecode.object.length / 2, methods: evm.methodIdentifiers };
}

const literal = (source, from, to) => [...source.slice(source.indexOf(from), source.indexOf(to)).matchAll(/hex"(\w*)"/g)].map(([, text]) => text).join('');

/** The entries of the program in the source of a contract with a table, as pairs of numbers, and its data. */
export function tables(source) {
  const size = Number(source.match(/ENTRY_BYTES = (\d+);/)[1]);
  const count = Number(source.match(/The program's (\d+) entries/)[1]);
  const table = literal(source, 'function _table', 'function _program');
  const all = table.match(new RegExp(`.{${2 * size}}`, 'g')).map((text) => BigInt(`0x${text}`));
  const entries = all.map((entry) => [entry & 0xffffffn, (entry >> 24n) - 0xffffffffn]).slice(0, count);
  const data = source.includes('_dataTable') ? literal(source, 'function _dataTable', 'function _data(') : '';
  const pairs = (data.match(/.{16}/g) ?? []).map((text) => [text.slice(0, 8), text.slice(8)].map((part) => parseInt(part, 16)));
  return { entries, data: pairs };
}

export const SELECTOR = 'de8f50a1';

/** The calldata of `verify`, in the canonical form unless `layout` changes it. */
export function encode(parts) {
  let head = '';
  let tail = '';
  for (const part of parts) {
    head += digits(BigInt(96 + tail.length / 2), 64);
    tail += digits(BigInt(part.length / 2), 64) + part.padEnd(Math.ceil(part.length / 64) * 64, '0');
  }
  return SELECTOR + head + tail;
}

export const TRUE = digits(1n, 64);
