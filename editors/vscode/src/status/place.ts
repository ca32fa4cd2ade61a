// What the place that a program is worked on in lacks, where it lacks anything: beside the language of its editor.

import * as vscode from 'vscode';
import type { Platform } from '../platform';

/** The command behind the text; it stands in no menu. */
const MORE = 'provable.aboutPlace';

export function showPlace(platform: Platform): vscode.Disposable {
  const item = vscode.languages.createLanguageStatusItem('provable.place', []);
  item.name = 'Provable: where it runs';
  let more = '';
  const update = (): void => {
    const document = vscode.window.activeTextEditor?.document;
    const remark = document?.languageId === 'provable' ? platform.remark(document.uri) : undefined;
    item.selector = remark === undefined ? [] : { language: 'provable' };
    if (remark !== undefined) {
      item.text = remark.text;
      item.detail = remark.detail;
      item.command = { title: 'More', command: MORE };
      more = remark.more;
    }
  };
  update();
  return vscode.Disposable.from(
    item,
    vscode.window.onDidChangeActiveTextEditor(update),
    vscode.commands.registerCommand(MORE, () => void vscode.window.showInformationMessage(more)),
  );
}
