// The examples as a module for the page, from the folder `examples` at the root of the repository.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Those whose runs fit in one of the three smallest tiers, from the simplest on. A proof of one takes seconds in a page. The story test
 * compares this with what the server says of their runs.
 */
const QUICK = ['seed', 'prime', 'gcd', 'age', 'membership', 'auction'];

/** All examples: `name`, `about` (the first line of its comment), `quick`, `program` and `inputs` (a JSON text). */
export function examples(folder) {
  const found = readdirSync(folder).flatMap((file) => (file.endsWith('.prov') ? [file.slice(0, -'.prov'.length)] : []));
  const missing = QUICK.filter((name) => !found.includes(name));
  if (missing.length > 0) {
    throw new Error(`scripts/examples.mjs: there is no example ${missing.join(', ')} in ${folder}`);
  }
  const others = found.filter((name) => !QUICK.includes(name)).sort();
  return [...QUICK, ...others].map((name) => {
    const program = readFileSync(join(folder, `${name}.prov`), 'utf8');
    const inputs = join(folder, `${name}.inputs.json`);
    return {
      name,
      about: /^#+ ?(.*)$/m.exec(program)?.[1]?.replace(/\.$/, '') ?? name,
      quick: QUICK.includes(name),
      program,
      inputs: existsSync(inputs) ? readFileSync(inputs, 'utf8') : '',
    };
  });
}

/** The plug-in for esbuild: the module `examples:all`. */
export function examplesModule(folder) {
  return {
    name: 'examples',
    setup(build) {
      build.onResolve({ filter: /^examples:all$/ }, ({ path }) => ({ path, namespace: 'examples' }));
      build.onLoad({ filter: /.*/, namespace: 'examples' }, () => ({
        contents: JSON.stringify(examples(folder)),
        loader: 'json',
      }));
    },
  };
}
