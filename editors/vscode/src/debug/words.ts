// What a line of a program says about the state: the words that its instruction meets, as expressions of the debugger.

/** A line that touches the heap: an optional label, the instruction, and its operand, an expression, if it has one. */
const TOUCH = /^\s*(?:[A-Za-z_][\w.]*:\s*)?(?:LOAD|STORE)(?:[ \t]+((?:'(?:\\.|[^'\\])+'|[^#;'])*(?:'(?:\\.|[^'\\])+'|[^\s#;'])))?(?=[\s#;]|$)/i;
const INSTRUCTION = /^\s*(?:[A-Za-z_][\w.]*:\s*)?[A-Za-z]+(?![\w.:])/;

/** An expression, and the columns (from 0, the end left out) of what it is about. */
export interface Named {
  expression: string;
  start: number;
  end: number;
}

/** The heap cell that a line names. */
export function cellOf(line: string): Named | undefined {
  const [all, operand] = TOUCH.exec(line) ?? [];
  if (all === undefined || operand === undefined) {
    return undefined;
  }
  return { expression: `heap[${operand}]`, start: all.length - operand.length, end: all.length };
}

/** What the instruction at which the program stands will meet: the top words of the stack, deepest first, and the cell. */
export function metBy(line: string): Named[] {
  if (!INSTRUCTION.test(line)) {
    return [];
  }
  const at = { start: line.length - line.trimStart().length, end: line.trimEnd().length };
  const words = ['stack[1]', 'top'].map((expression) => ({ expression, ...at }));
  const cell = cellOf(line);
  if (cell !== undefined) {
    return [...words, cell];
  }
  // Without an operand the address is on the stack.
  return TOUCH.test(line) ? [...words, { expression: 'heap[top]', ...at }] : words;
}
