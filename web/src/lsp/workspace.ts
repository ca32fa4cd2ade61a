// The texts that are open, each in one editor.

import { LSPPlugin, Workspace, type LSPClient, type WorkspaceFile } from '@codemirror/lsp-client';
import type { ChangeSet, Text } from '@codemirror/state';
import type { EditorView } from '@codemirror/view';

class OpenFile implements WorkspaceFile {
  constructor(
    readonly uri: string,
    readonly languageId: string,
    public version: number,
    public doc: Text,
    private readonly view: EditorView,
  ) {}

  getView(): EditorView {
    return this.view;
  }
}

export class OpenFiles extends Workspace {
  override files: OpenFile[] = [];
  private readonly versions = new Map<string, number>();

  /** `show` brings a text to the front that is not open, such as a file of the standard library, and answers with its editor. */
  constructor(
    client: LSPClient,
    private readonly show: (uri: string) => Promise<EditorView | null>,
  ) {
    super(client);
  }

  override syncFiles(): { file: OpenFile; prevDoc: Text; changes: ChangeSet }[] {
    return this.files.flatMap((file) => {
      const plugin = LSPPlugin.get(file.getView());
      if (plugin === null || plugin.unsyncedChanges.empty) {
        return [];
      }
      const update = { file, prevDoc: file.doc, changes: plugin.unsyncedChanges };
      file.doc = file.getView().state.doc;
      file.version = this.nextVersion(file.uri);
      plugin.clear();
      return [update];
    });
  }

  override openFile(uri: string, languageId: string, view: EditorView): void {
    const file = new OpenFile(uri, languageId, this.nextVersion(uri), view.state.doc, view);
    this.files.push(file);
    this.client.didOpen(file);
  }

  override closeFile(uri: string): void {
    this.files = this.files.filter((file) => file.uri !== uri);
    this.client.didClose(uri);
  }

  override async displayFile(uri: string): Promise<EditorView | null> {
    return (this.getFile(uri) as OpenFile | null)?.getView() ?? (await this.show(uri));
  }

  private nextVersion(uri: string): number {
    const version = (this.versions.get(uri) ?? 0) + 1;
    this.versions.set(uri, version);
    return version;
  }
}
