// What came of the last run and of the tests.

import { duration, plural, type Cost, type RunAnswer, type State, type Status, type TestAnswer, type TestResult } from '../program/status';
import { button, h } from '../shell/dom';
import { digest, facts, section, verdict } from './section';
import { shownWords } from './words';

export class OutputPanel {
  private status: Status | undefined;
  private tests: TestAnswer | undefined;

  constructor(
    private readonly panel: HTMLElement,
    private readonly goToLine: (line: number) => void,
  ) {
    this.render();
  }

  showStatus(status: Status): void {
    this.status = status;
    this.render();
  }

  showTests(tests: TestAnswer | undefined): void {
    this.tests = tests;
    this.render();
  }

  private render(): void {
    const { status } = this;
    const answer = status?.run.answer ?? undefined;
    const parts: HTMLElement[] = [];
    if (status !== undefined && status.failure !== null && status.run.state === 'failed') {
      parts.push(verdict('bad', status.failure));
    }
    if (answer !== undefined && status !== undefined) {
      parts.push(...this.run(answer, status.run.state, status.run.why));
    }
    if (this.tests !== undefined) {
      parts.push(this.testsPart(this.tests));
    }
    if (parts.length === 0) {
      parts.push(h('p', { className: 'empty' }, 'Run the program, and its output, its stack and what a proof takes are shown here; values appear behind the lines.'));
    }
    this.panel.replaceChildren(...parts);
  }

  private run(answer: RunAnswer, state: State, why: string | null): HTMLElement[] {
    const stale = state === 'stale' ? `Of an older version: ${why ?? 'the program or its inputs have changed'}.` : undefined;
    const tone = state === 'stale' ? 'stale' : answer.trap === null ? 'good' : 'bad';
    const { trap } = answer;
    const title = trap === null ? `Halted after ${plural(answer.steps, 'step')}` : `Trapped after ${plural(answer.steps, 'step')}`;
    const line = trap?.line ?? undefined;
    const place = line === undefined ? undefined : button(`Go to line ${line}`, () => this.goToLine(line));
    return [
      verdict(tone, title, stale, trap?.message, place),
      section('Output', shownWords(answer.outputs, answer.output_words)),
      section('Stack', shownWords(answer.stack, answer.stack_words)),
      section('The run', facts(['carry', answer.carry ? '1' : '0'], answer.trace_digest !== null && ['trace digest', digest(answer.trace_digest)])),
      ...(answer.cost === null ? [] : [costPart(answer.cost)]),
    ];
  }

  private testsPart(answer: TestAnswer): HTMLElement {
    const { passed = 0, failed = 0, tests } = answer;
    const head = tests.length === 0 ? verdict('plain', 'There are no tests in the program.') : verdict(failed === 0 ? 'good' : 'bad', failed === 0 ? `${plural(passed, 'test')} passed` : `${failed} of ${plural(tests.length, 'test')} failed`);
    return section('Tests', head, h('ul', { className: 'tests' }, ...tests.map((test) => this.test(test))));
  }

  private test(test: TestResult): HTMLElement {
    const { verdict: result = 'not run', message, counterexample } = test;
    const random = counterexample == null ? '' : ` Random words: ${counterexample.join(', ')}.`;
    return h(
      'li',
      { className: result },
      h('span', { className: 'mark' }, result),
      button(test.name, () => this.goToLine(test.line)),
      (message != null || random !== '') && h('p', {}, `${message ?? ''}${random}`),
    );
  }
}

function costPart(cost: Cost): HTMLElement {
  const key = cost.key_ready ? '' : `, and once ${duration(cost.setup_ms)} for its key`;
  const rows = cost.tables
    .filter(({ used }) => used > 0)
    .map(({ what, used, capacity }) => {
      const name = h('th', { scope: 'row' }, what);
      const meter = h('meter', { max: capacity, value: used, high: capacity * 0.9, ariaLabel: `${what}: ${used} of ${capacity}` });
      return h('tr', {}, name, h('td', { className: 'number' }, `${used.toLocaleString('en')} of ${capacity.toLocaleString('en')}`), h('td', {}, meter));
    });
  return section(
    'A proof of this run',
    facts(['tier', cost.tier], ['because', cost.decided], ['takes', `about ${duration(cost.prove_ms)}${key}`]),
    h('table', { className: 'tables' }, h('caption', { className: 'hidden' }, 'How full the tables of the tier are'), h('tbody', {}, ...rows)),
  );
}
