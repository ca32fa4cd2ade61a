// Runs tests, by the server.

import * as vscode from 'vscode';
import { ExecuteCommandRequest } from 'vscode-languageclient';
import type { Server } from '../server/server';
import { together, type Answer } from './answers';
import type { Catalogue } from './catalogue';
import { chosen, type Chosen } from './chosen';
import { debugTest } from './debug';
import { Coverage, show } from './results';
import { note, seedOf } from './seeds';
import { summary } from './words';

/** Which tests of a file the server is to run, and how. */
interface What {
  id?: string | undefined;
  seed?: number | undefined;
  coverage?: boolean;
}

export class Runner {
  constructor(
    private readonly controller: vscode.TestController,
    private readonly catalogue: Catalogue,
    private readonly server: Server,
  ) {}

  /** Runs what a request asks for, and answers with all that came of it. */
  async run(request: vscode.TestRunRequest, withCoverage = false): Promise<Answer> {
    return this.inRun(request, async (run, files) => {
      const answers: Answer[] = [];
      for (const { file, tests, isAll } of files) {
        for (const asked of isAll ? [undefined] : tests) {
          const what = { id: asked?.id, ...(withCoverage ? { coverage: true } : {}) };
          answers.push(...(await this.one(run, file, asked === undefined ? tests : [asked], what)));
        }
      }
      const all = together(answers);
      for (const executed of all.coverage ?? []) {
        run.addCoverage(Coverage.of(executed, this.server.files));
      }
      run.appendOutput(`${summary(all)}\r\n`);
      return all;
    });
  }

  /** Goes through tests in the debugger, one after the other. How each comes out is asked for when its session is over. */
  async debug(request: vscode.TestRunRequest): Promise<void> {
    await this.inRun(request, async (run, files) => {
      for (const { file, tests } of files) {
        for (const test of tests) {
          if (run.token.isCancellationRequested || file.uri === undefined) {
            return;
          }
          run.started(test);
          const seed = seedOf(file.id, test.id);
          if (!(await debugTest(this.server.files, file.uri, test.id, run.token))) {
            // What kept it from starting has been told.
            return;
          }
          await this.one(run, file, [test], { id: test.id, seed });
        }
      }
    });
  }

  private async inRun<T>(request: vscode.TestRunRequest, act: (run: vscode.TestRun, files: Chosen[]) => Promise<T>): Promise<T> {
    await this.catalogue.settle();
    const files = chosen(this.controller, request);
    const run = this.controller.createTestRun(request);
    try {
      files.forEach(({ tests }) => tests.forEach((test) => run.enqueued(test)));
      return await act(run, files);
    } finally {
      run.end();
    }
  }

  /** Asks the server for one test of a file, or for all without an `id`, and shows what it answers. */
  private async one(run: vscode.TestRun, file: vscode.TestItem, tests: vscode.TestItem[], what: What): Promise<Answer[]> {
    if (run.token.isCancellationRequested) {
      return [];
    }
    tests.forEach((test) => run.started(test));
    const client = this.server.running;
    try {
      if (client === undefined) {
        throw new Error(this.server.trouble?.message ?? 'The Provable server is not running.');
      }
      const params = { command: 'provable.test', arguments: [{ uri: client.spelled(file.id), shown: true, ...what }] };
      const answer = (await client.sendRequest(ExecuteCommandRequest.type, params, run.token)) as Answer;
      for (const verdict of answer.tests) {
        const item = tests.find((test) => test.id === verdict.id);
        if (item !== undefined) {
          note(file.id, item.id, answer.seed, verdict.verdict === 'passed');
          show(run, item, verdict, this.server.files);
        }
      }
      return [answer];
    } catch (error) {
      // What was cancelled has no result, and keeps the one that it had.
      if (!run.token.isCancellationRequested) {
        const message = new vscode.TestMessage(error instanceof Error ? error.message : String(error));
        tests.forEach((test) => run.errored(test, message));
      }
      return [];
    }
  }
}
