// The debugger: sessions as the editor has them, with the adapter that came with the extension.

import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { breakAt, debugging } from './sessions';
import { diagnostics, file, lenses, open, until, whole, withSettings } from './support';

/** Three, two, one: what is left is at the heap's address 7. */
const COUNT = `.const LEFT 7
    READ
    STORE LEFT
again:
    LOAD LEFT
    WRITE
    CALL less
    LOAD LEFT
    JNZ again
    HALT
less:
    LOAD LEFT
    PUSH 1
    SUB
    STORE LEFT
    RET
`;

suite('debugging', () => {
  async function count(name: string): Promise<vscode.TextDocument> {
    await file(`${name}.inputs.json`, '{"public": [3]}\n');
    return open(`${name}.prov`, COUNT);
  }
  const f5 = () => vscode.commands.executeCommand('workbench.action.debug.start');

  test('F5 without a launch.json: it stops at the breakpoint, shows the state, and steps back', async () => {
    const document = await count('both');
    breakAt(document, 15);
    await debugging(f5, async (session) => {
      assert.equal(await session.stop(), '15 breakpoint · step 8');
      const frames = await session.frames();
      assert.deepEqual(frames.map((frame) => `${frame.name} ${frame.line}`), ['less 15', 'both 7']);
      assert.deepEqual(await session.group('Operand stack'), ['[0] = 2']);
      assert.deepEqual(await session.group('Heap'), ['[7] = 3']);

      await session.ask('stepBack', { threadId: 1 });
      assert.equal(await session.stop(), '14 step 7');
      assert.deepEqual(await session.group('Operand stack'), ['[0] = 1', '[1] = 3']);
      assert.equal(await session.value('stack[1] - top'), '2');
    });
  });

  test('it continues in both directions of time, from breakpoint to breakpoint', async () => {
    const document = await count('directions');
    breakAt(document, 15);
    await debugging(f5, async (session) => {
      await session.stop();
      for (const left of ['1', '0']) {
        await session.ask('continue', { threadId: 1 });
        await session.stop();
        assert.equal(await session.value('top'), left);
      }
      for (const left of ['1', '2']) {
        await session.ask('reverseContinue', { threadId: 1 });
        await session.stop();
        assert.equal(await session.value('top'), left);
      }
      assert.equal(await session.value('step'), '8');
    });
  });

  test('a changed value makes it another run, and the editor says so', async () => {
    const document = await count('fork');
    breakAt(document, 9);
    await debugging(f5, async (session) => {
      await session.stop();
      const variablesReference = await session.reference('Operand stack');
      await session.ask('setVariable', { variablesReference, name: '[0]', value: '0' });
      await until(() => session.output, (text) => /what if: .*this is another run than the program's/.test(text));
      const { threads } = await session.ask<{ threads: { name: string }[] }>('threads');
      assert.match(threads[0]?.name ?? '', /what if/);
      await session.ask('continue', { threadId: 1 });
      assert.match(await session.stop(), /halted/);
      assert.equal(await session.value('output[0]'), '3');
      await assert.rejects(() => session.value('output[1]'), /1 entr/);
    });
  });

  test('without a breakpoint it stops at the beginning; it takes the file of inputs that Run takes, and its limit', async () => {
    const document = await count('plain');
    await withSettings({ 'limits.steps': 5 }, async () => {
      await debugging(
        () => vscode.commands.executeCommand('provable.debug', document.uri),
        async (session) => {
          assert.match(await session.stop(), /^2 .* step 0$/);
          assert.equal(await session.value('public[0]'), '3');
          await session.ask('continue', { threadId: 1 });
          assert.match(await session.stop(), /trapped.*limit.* step 5$/);
        },
      );
    });
  });

  test('the lens starts it, and an argument with a step stops there', async () => {
    const document = await count('lens-debug');
    const all = await until(() => lenses(document), (found) => found.some((lens) => lens.command?.title === 'Debug'));
    const { command, arguments: given } = all.find((lens) => lens.command?.title === 'Debug')?.command ?? {};
    assert.ok(command !== undefined && given !== undefined);
    await debugging(
      () => vscode.commands.executeCommand(command, ...(given as unknown[])),
      async (session) => assert.match(await session.stop(), /^2 .* step 0$/),
    );
    await debugging(
      () => vscode.commands.executeCommand(command, { ...(given[0] as object), step: 6 }),
      async (session) => assert.match(await session.stop(), /^13 step 6$/),
    );
  });

  test('Debug here, at the trap of a run: it opens where the run ended, and steps back from there', async () => {
    await file('here.inputs.json', '{"public": [0]}\n');
    const document = await open('here.prov', '    READ\n    ASSERT\n    HALT\n');
    await vscode.commands.executeCommand('provable.run');
    const [trap] = await diagnostics(document, (all) => all.some((one) => /trapped here/.test(one.message)));
    assert.ok(trap);
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>('vscode.executeCodeActionProvider', document.uri, trap.range);
    const { command, arguments: given } = actions.find((action) => action.title === 'Debug here')?.command ?? {};
    assert.ok(command !== undefined && given !== undefined, actions.map((action) => action.title).join(', '));
    await debugging(
      () => vscode.commands.executeCommand(command, ...(given as unknown[])),
      async (session) => {
        assert.match(await session.stop(), /^2 trapped: .* step 2$/);
        await session.ask('stepBack', { threadId: 1 });
        assert.match(await session.stop(), /^2 step 1$/);
        assert.equal(await session.value('top'), '0');
      },
    );
  });

  test('a launch.json may say which inputs, where to stop, and how far to go', async () => {
    const document = await count('launch');
    const folder = vscode.workspace.getWorkspaceFolder(document.uri);
    const launch = { type: 'provable', request: 'launch', name: 'two', program: 'launch.prov', inputs: { public: ['0x2'] } };
    await debugging(
      () => vscode.debug.startDebugging(folder, { ...launch, stopAtStep: 2, stepLimit: 4 }),
      async (session) => {
        assert.match(await session.stop(), /^5 step 2$/);
        assert.deepEqual(await session.group('Heap'), ['[7] = 2  (new)']);
        await session.ask('continue', { threadId: 1 });
        assert.match(await session.stop(), /trapped.* step 4$/);
        assert.equal(session.configuration['program'], document.uri.fsPath);
      },
    );
  });

  test('beside the inputs it is the program that is debugged', async () => {
    const document = await count('beside');
    const inputs = document.uri.with({ path: document.uri.path.replace('.prov', '.inputs.json') });
    await vscode.window.showTextDocument(inputs);
    await debugging(
      () => vscode.commands.executeCommand('provable.debug'),
      async (session) => assert.match(await session.stop(), /^2 /),
    );
  });

  test('a trap is stopped at, with its reason', async () => {
    const document = await open('trap-debug.prov', '    PUSH 0\n    ASSERT\n    HALT\n');
    breakAt(document, 2);
    await debugging(f5, async (session) => {
      await session.stop();
      await session.ask('continue', { threadId: 1 });
      assert.match(await session.stop(), /^2 trapped: .* step 2$/);
      const info = await session.ask<{ exceptionId: string }>('exceptionInfo', { threadId: 1 });
      assert.equal(info.exceptionId, 'assertion');
      await session.ask('stepBack', { threadId: 1 });
      assert.match(await session.stop(), /^2 breakpoint · step 1$/);
    });
  });

  test('values stand in the text: the words that come next, and heap cells', async () => {
    const document = await count('values');
    const stoppedLocation = new vscode.Range(12, 0, 12, 0);
    const found = await vscode.commands.executeCommand<vscode.InlineValueEvaluatableExpression[]>(
      'vscode.executeInlineValueProvider',
      document.uri,
      whole(document),
      { frameId: 1, stoppedLocation },
    );
    const cells = [3, 5, 8, 12, 15].map((line) => `${line}: heap[LEFT]`);
    const met = ['13: stack[1]', '13: top'];
    assert.deepEqual(
      found.map(({ range, expression }) => `${range.start.line + 1}: ${expression}`),
      [...cells.slice(0, 4), ...met, ...cells.slice(4)],
    );
  });
});
