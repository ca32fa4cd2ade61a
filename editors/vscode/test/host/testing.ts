// Tests that stand in programs: listed, run, debugged and covered as the Test Explorer has it.

import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { breakAt, debugging } from './sessions';
import { extension, file, lenses, open, replace, until } from './support';
import type { Answer } from '../../src/testing/answers';

const LIBRARY = `## Twice as much.
.routine twice ( a -- b )
    DUP
    ADD
    RET

## One less, of what is not zero.
.routine less ( a -- b )
    DUP
    ASSERT
    PUSH 1
    SUB
    RET

.test twice ( 3 -- 6 )
.test twice ( 3 -- 7 )
.test twice ( word -- (word) )
.test less ( 0 -- 0 )
`;
const PROGRAM = `.use "./numbers"
    READ
    CALL numbers.less
    WRITE
    HALT

.test "one less"
    .public 8
    .output 7

.test "zero has nothing before it"
    .public 0
    .traps ASSERT at numbers.less
`;
/** More than anybody waits for: each goes on to the limit of steps. */
const ENDLESS = Array.from({ length: 1000 }, (_, index) => `.test "for ever ${index}"\nagain:\n    JMP again\n`).join('\n');

interface Result {
  name: string;
  state: 'passed' | 'failed' | 'errored';
  message?: vscode.TestMessage | undefined;
}
interface Run {
  request: vscode.TestRunRequest;
  results: Result[];
  output: string;
  coverage: vscode.FileCoverage[];
  isOver: boolean;
}

suite('tests', () => {
  const runs: Run[] = [];

  suiteSetup(async () => {
    const { tests } = (await extension().activate()) as { tests: vscode.TestController };
    const create = tests.createTestRun.bind(tests);
    tests.createTestRun = (request, ...rest) => watched(create(request, ...rest), request, runs);
  });
  setup(async () => {
    runs.length = 0;
    await file('numbers.prov', LIBRARY);
    await file('one-less.prov', PROGRAM);
  });

  const controller = () => (extension().exports as { tests: vscode.TestController }).tests;
  const listed = async () => {
    await controller().refreshHandler?.(new vscode.CancellationTokenSource().token);
    const files = [...controller().items].map(([, item]) => item);
    return files.filter(({ label }) => label === 'numbers.prov' || label === 'one-less.prov');
  };
  const names = (item: vscode.TestItem | undefined) => [...(item?.children ?? [])].map(([, child]) => child.label);
  /** The run that a step starts, once it is over. */
  async function runOf(start: () => PromiseLike<unknown>): Promise<Run> {
    await start();
    const [run] = await until(() => runs.filter((one) => one.isOver), (found) => found.length > 0);
    assert.ok(run);
    return run;
  }
  const told = ({ results }: Run) => results.map(({ name, state }) => `${state}: ${name}`).sort();
  const cursorAt = (line: number) => {
    const editor = vscode.window.activeTextEditor;
    assert.ok(editor);
    editor.selection = new vscode.Selection(line - 1, 0, line - 1, 0);
  };

  test('the tests of every program are listed, whether or not it is open, where they stand', async () => {
    const [library, program, ...others] = await listed();
    assert.deepEqual(others, []);
    assert.deepEqual(names(library), ['twice ( 3 -- 6 )', 'twice ( 3 -- 7 )', 'twice ( word -- (word) )', 'less ( 0 -- 0 )']);
    assert.deepEqual(names(program), ['one less', 'zero has nothing before it']);
    const range = [...(program?.children ?? [])][0]?.[1].range;
    assert.deepEqual([range?.start.line, range?.end.line], [6, 8]);
  });

  test('they follow what is typed, and go with their file', async () => {
    const document = await open('typed.prov', '    HALT\n');
    const item = () => controller().items.get(document.uri.toString());
    await replace(document, '    HALT\n\n.test "it halts"\n');
    await until(() => names(item()), (found) => found.join() === 'it halts');
    await replace(document, '    HALT\n\n.test "it stops"\n\n.test "again"\n');
    await until(() => names(item()), (found) => found.join() === 'it stops,again');
    await replace(document, '    HALT\n');
    await until(item, (found) => found === undefined);
    await replace(document, '    HALT\n\n.test "it halts"\n');
    await until(() => names(item()), (found) => found.length === 1);
    await document.save();
    await vscode.workspace.fs.delete(document.uri);
    await until(item, (found) => found === undefined);
  });

  test('Run Tests runs those of the program, and what came of each is told', async () => {
    const { uri } = await open('numbers.prov', LIBRARY);
    let answer: Answer | undefined;
    const run = await runOf(async () => (answer = await vscode.commands.executeCommand<Answer>('provable.test', uri)));
    assert.deepEqual([answer?.passed, answer?.failed], [1, 3]);
    assert.deepEqual(told(run), ['failed: less ( 0 -- 0 )', 'failed: twice ( 3 -- 7 )', 'failed: twice ( word -- (word) )', 'passed: twice ( 3 -- 6 )']);
    const message = (name: string) => run.results.find((one) => one.name === name)?.message;

    const differs = message('twice ( 3 -- 7 )');
    assert.deepEqual([differs?.message, differs?.expectedOutput, differs?.actualOutput], ['the stack differs', '7', '6']);
    assert.equal(differs?.location?.range.start.line, 15);
    // A trap is shown where it happened.
    const trap = message('less ( 0 -- 0 )');
    assert.match(text(trap), /^it trapped: the assertion failed/);
    assert.deepEqual([trap?.location?.uri.toString(), trap?.location?.range.start.line], [uri.toString(), 9]);
    // Random words are those that it failed with, made as small as they can be.
    assert.match(text(message('twice ( word -- (word) )')), /^the stack differs, with word = 1$/);
    assert.match(run.output, /3 failed, 1 passed \(seed \d+\)/);
  });

  test('the lens over a test runs that one', async () => {
    const document = await open('numbers.prov', LIBRARY);
    const all = await until(() => lenses(document), (found) => found.some((lens) => lens.command?.command === 'provable.test'));
    const lens = all.find((one) => one.command?.command === 'provable.test' && one.range.start.line === 14);
    const { command, arguments: given } = lens?.command ?? {};
    assert.ok(command !== undefined && given !== undefined, all.map((one) => `${one.range.start.line} ${one.command?.title}`).join(', '));
    const run = await runOf(() => vscode.commands.executeCommand(command, ...(given as unknown[])));
    assert.deepEqual(told(run), ['passed: twice ( 3 -- 6 )']);
  });

  test('the Test Explorer runs a file, or the test at the cursor', async () => {
    await open('one-less.prov', PROGRAM);
    await listed();
    const whole = await runOf(() => vscode.commands.executeCommand('testing.runCurrentFile'));
    assert.deepEqual(told(whole), ['passed: one less', 'passed: zero has nothing before it']);
    runs.length = 0;
    cursorAt(12);
    const one = await runOf(() => vscode.commands.executeCommand('testing.runAtCursor'));
    assert.deepEqual(told(one), ['passed: zero has nothing before it']);
  });

  test('coverage counts the lines of the file and of what it uses', async () => {
    const document = await open('one-less.prov', PROGRAM);
    await listed();
    const run = await runOf(() => vscode.commands.executeCommand('testing.coverageCurrentFile'));
    const counts = run.coverage.map(({ uri, statementCoverage: { covered, total } }) => `${uri.path.split('/').pop()} ${covered}/${total}`);
    // Of the library, what doubles is not called.
    assert.deepEqual(counts.sort(), ['numbers.prov 5/8', 'one-less.prov 4/4']);
    assert.ok(run.coverage.some(({ uri }) => uri.toString() === document.uri.toString()));
  });

  test('a test is debugged to a breakpoint in the file that it uses, and has its verdict afterwards', async () => {
    const library = await vscode.workspace.openTextDocument((await listed())[0]?.uri ?? assert.fail());
    const document = await open('one-less.prov', PROGRAM);
    breakAt(library, 11);
    breakAt(document, 2);
    cursorAt(7);
    const start = vscode.commands.executeCommand('testing.debugAtCursor');
    await debugging(
      async () => undefined,
      async (session) => {
        assert.match(await session.stop(), /^2 breakpoint/);
        assert.equal(await session.value('public[0]'), '8');
        await session.ask('continue', { threadId: 1 });
        assert.match(await session.stop(), /^11 breakpoint/);
        assert.deepEqual(await session.group('Operand stack'), ['[0] = 8']);
      },
    );
    assert.deepEqual(told(await runOf(() => start)), ['passed: one less']);
  });

  test('a test that is cancelled has no result', async () => {
    const { uri } = await open('endless.prov', ENDLESS);
    const answered = vscode.commands.executeCommand<Answer>('provable.test', uri);
    await until(() => runs, (found) => found.length > 0);
    await vscode.commands.executeCommand('testing.cancelRun');
    assert.deepEqual((await answered).tests, []);
    assert.deepEqual(runs[0]?.results, []);
    await vscode.workspace.fs.delete(uri);
  });

  test('a program with an error has no verdicts: each test says why', async () => {
    const { uri } = await open('wrong.prov', '    PUHS 1\n    HALT\n\n.test "it halts"\n');
    const run = await runOf(() => vscode.commands.executeCommand('provable.test', uri));
    assert.deepEqual(told(run), ['errored: it halts']);
    assert.match(text(run.results[0]?.message), /wrong\.prov has errors/);
    await vscode.workspace.fs.delete(uri);
  });

  test('a program without tests says so instead of failing', async () => {
    const { uri } = await open('none.prov', '    HALT\n');
    assert.equal(await vscode.commands.executeCommand('provable.test', uri), undefined);
    assert.deepEqual(runs, []);
  });
});

function text(message: vscode.TestMessage | undefined): string {
  const text = message?.message ?? '';
  return typeof text === 'string' ? text : text.value;
}

/** A run that notes what it is told. */
function watched(run: vscode.TestRun, request: vscode.TestRunRequest, runs: Run[]): vscode.TestRun {
  const noted: Run = { request, results: [], output: '', coverage: [], isOver: false };
  runs.push(noted);
  const result = (state: Result['state']) => (item: vscode.TestItem, message?: vscode.TestMessage) => {
    noted.results.push({ name: item.label, state, message });
    run[state](item, message as never);
  };
  const notes: Partial<vscode.TestRun> = {
    passed: (item) => result('passed')(item),
    failed: (item, message) => result('failed')(item, [message].flat()[0]),
    errored: (item, message) => result('errored')(item, [message].flat()[0]),
    appendOutput: (text, ...rest) => {
      noted.output += text;
      run.appendOutput(text, ...rest);
    },
    addCoverage: (coverage) => {
      noted.coverage.push(coverage);
      run.addCoverage(coverage);
    },
    end: () => {
      run.end();
      noted.isOver = true;
    },
  };
  return new Proxy(run, {
    get: (target, name) => {
      const note: unknown = notes[name as keyof vscode.TestRun];
      const own: unknown = Reflect.get(target, name);
      return note ?? (typeof own === 'function' ? (own.bind(target) as unknown) : own);
    },
  });
}
