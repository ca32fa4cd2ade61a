import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readModuleBy } from './source.js';

readModuleBy(() => readFile(join(__dirname, '..', 'verifier.wasm')));

export * from './api.js';
