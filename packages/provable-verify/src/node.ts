import { readFile } from 'node:fs/promises';
import { readModuleBy } from './source.js';

readModuleBy(() => readFile(new URL('../verifier.wasm', import.meta.url)));

export * from './api.js';
