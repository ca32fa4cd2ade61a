// The extension in an editor that starts processes.

import type * as vscode from 'vscode';
import { activateOn, type Exports } from '../extension';
import { Desktop } from './platform';

export { deactivate } from '../extension';

export const activate = (context: vscode.ExtensionContext): Promise<Exports> => activateOn(new Desktop(context), context);
