// The commands of lenses, actions, buttons and keys: some are the page's, the others go to the server.

import type { Server } from './lsp/server';
import { PROGRAM } from './lsp/server';
import type { TestAnswer } from './program/status';
import { messageOf } from './shell/errors';
import type { Launch } from './debug/session';

/** What a command does in the page. */
export interface Actions {
  /** Brings a panel to the front. */
  panel(name: 'output' | 'proof' | 'debug'): void;
  /** Whether a proof is what the status is mostly about. */
  hasProof(): boolean;
  debug(launch: Launch): Promise<void>;
  tested(answer: TestAnswer): void;
  /** Writes the texts to where jobs read them. */
  save(): void;
  error(text: string): void;
}

export class Commands {
  constructor(
    private readonly server: () => Server,
    private readonly actions: Actions,
  ) {}

  /** Executes a command, and tells of what goes wrong. */
  execute(command: string, args: unknown[] = [PROGRAM]): void {
    this.dispatch(command, args).catch((error: unknown) => this.actions.error(messageOf(error)));
  }

  private async dispatch(command: string, args: unknown[]): Promise<void> {
    const { actions } = this;
    actions.save();
    switch (command) {
      case 'provable.debug':
        actions.panel('debug');
        return actions.debug((args[0] ?? {}));
      case 'provable.test': {
        actions.panel('output');
        const argument = typeof args[0] === 'string' ? { uri: args[0] } : (args[0] as object);
        actions.tested(await this.server().execute<TestAnswer>(command, [{ ...argument, shown: true }]));
        return;
      }
      case 'provable.show':
        actions.panel(actions.hasProof() ? 'proof' : 'output');
        return;
      case 'provable.run':
        actions.panel('output');
        break;
      case 'provable.prove':
      case 'provable.verify':
        actions.panel('proof');
        break;
    }
    await this.server().execute(command, args);
  }
}
