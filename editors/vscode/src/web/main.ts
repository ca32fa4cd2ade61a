// The extension in a browser, where there are no processes.

import type * as vscode from 'vscode';
import { activateOn, type Exports } from '../extension';
import { Web } from './platform';

export { deactivate } from '../extension';

export const activate = (context: vscode.ExtensionContext): Promise<Exports> => activateOn(new Web(context), context);
