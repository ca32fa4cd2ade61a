// What scripts/build.mjs fills in.

/** The folder of workers and wasm files, relative to the page. */
declare const ENGINE: string;
/** The nonce of styles that the editor adds, which the page's policy allows. */
declare const STYLE_NONCE: string;

declare module 'examples:all' {
  const examples: { name: string; about: string; quick: boolean; program: string; inputs: string }[];
  export default examples;
}
