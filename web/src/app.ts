// Where the parts are put together.

import type { Host } from '@host';
import { Prec } from '@codemirror/state';
import { EditorView, keymap } from '@codemirror/view';
import { Commands } from './commands';
import { breakpointGutter, breakpointLines, markLine, setBreakpointLines } from './debug/gutter';
import type { Frame } from './debug/state';
import { makeEditor, setText } from './editor/editor';
import { provable } from './editor/language';
import { depthAt } from './lsp/hints';
import { showLocation } from './lsp/locations';
import { ProgressList } from './lsp/progress';
import { INPUTS, PROGRAM, PROOF, Server } from './lsp/server';
import { DebugPanel } from './panels/debug';
import { InputsPanel } from './panels/inputs';
import { OutputPanel } from './panels/output';
import { ProblemsPanel } from './panels/problems';
import { ProofPanel } from './panels/proof';
import { Reader } from './panels/reader';
import type { Status } from './program/status';
import { Texts } from './program/texts';
import { shareDialog } from './share/dialog';
import { byId } from './shell/dom';
import { Notices, type Tone } from './shell/notices';
import { StatusLine } from './shell/status-line';
import { Tabs } from './shell/tabs';

const TONES = { 1: 'error', 2: 'warning', 3: 'info', 4: 'info', 5: 'info' } as const;

export class App {
  private readonly tabs = new Tabs(byId('tabs', HTMLElement));
  private readonly notices = new Notices(byId('calm', HTMLElement), byId('urgent', HTMLElement));
  private readonly statusLine: StatusLine;
  private readonly server: Server;
  private readonly commands: Commands;
  private readonly editor: EditorView;
  private readonly reader: Reader;
  private readonly inputs: InputsPanel;
  private readonly output: OutputPanel;
  private readonly proof: ProofPanel;
  private readonly problems: ProblemsPanel;
  private readonly debug: DebugPanel;
  private readonly texts: Texts;
  /** How grave the messages are that jobs end with. */
  private readonly tones = new Map<string, Tone>();
  private status: Status | undefined;

  constructor(
    private readonly host: Host,
    engine: string,
  ) {
    this.commands = new Commands(() => this.server, {
      panel: (name) => this.tabs.show(`tab-${name}`),
      hasProof: () => this.status?.proof.trace_commitment != null,
      debug: (launch) => this.debug.start(launch),
      tested: (answer) => this.output.showTests(answer),
      save: () => this.save(),
      error: (text) => this.notices.show('error', text),
    });
    this.statusLine = new StatusLine(engine, (token) => this.server.cancel(token));
    const progress = new ProgressList(
      (one) => this.statusLine.job(one),
      (title, message) => this.statusLine.say(message === '' ? `${title}: done` : message, this.tones.get(message)),
    );
    this.server = this.makeServer(progress);
    this.problems = new ProblemsPanel(byId('panel-problems', HTMLElement), byId('problem-count', HTMLElement), (uri, { range }) => {
      if (uri === INPUTS) {
        this.tabs.show('tab-inputs');
        this.inputs.showJson();
      }
      void showLocation(this.server.client, { uri, range });
    });
    this.output = new OutputPanel(byId('panel-output', HTMLElement), (line) => this.goToLine(line));
    this.proof = this.makeProofPanel();
    this.editor = this.makeProgramEditor();
    this.reader = new Reader(byId('reader', HTMLElement), byId('editor', HTMLElement), () => this.editor.focus());
    this.inputs = new InputsPanel(byId('panel-inputs', HTMLElement), this.server.inputsExtensions(), (text) => {
      this.host.write(INPUTS, text);
      if (text === null) this.server.fileChanged(INPUTS);
      this.textsChanged();
    });
    this.debug = this.makeDebugPanel();
    this.texts = this.makeTexts();
    this.bindButtons();
    host.onEnded((why) => this.notices.show('error', `The language server has ended: ${why}. Load the page again: your program is kept.`));
    host.onWritten((uri, text) => this.written(uri, text));
  }

  /** Shows the first program, and connects it with the server. */
  async start(): Promise<void> {
    await this.texts.first();
    this.save();
    await this.server.connect();
    this.statusLine.say('Ready');
    for (const id of ['run', 'test', 'debug', 'prove', 'verify']) {
      byId(id, HTMLButtonElement).disabled = false;
    }
    await this.refreshStatus();
  }

  offline(works: boolean): void {
    this.statusLine.offline(works);
  }

  private makeServer(progress: ProgressList): Server {
    return new Server(
      this.host,
      {
        execute: (command, args) => this.commands.execute(command, args),
        message: ({ type, message }) => this.tell(TONES[type], message),
        ask: ({ type, message, actions = [] }) => {
          return new Promise((resolve) => {
            const choices = actions.map((action) => ({ title: action.title, choose: () => resolve(action) }));
            this.notices.show(TONES[type], message, choices, () => resolve(null));
          });
        },
        diagnostics: (uri, list) => {
          this.problems.show(uri, list);
        },
        resultsChanged: () => void this.refreshStatus(),
        settings: () => ({}),
        showFile: (uri) => this.showFile(uri),
      },
      progress,
    );
  }

  /** What a job ends with is said in the line at the bottom, and shown in a panel. Anything else is a message over the page. */
  private tell(tone: Tone, text: string): void {
    if (tone === 'info' || this.statusLine.isAtWork || this.statusLine.says(text)) {
      this.tones.clear();
      this.tones.set(text, tone);
      this.statusLine.say(text, tone);
    } else {
      this.notices.show(tone, text);
    }
  }

  private makeProgramEditor(): EditorView {
    const command = (name: string) => () => {
      this.commands.execute(name);
      return true;
    };
    return makeEditor({
      parent: byId('editor', HTMLElement),
      doc: '',
      label: 'Program',
      extensions: [
        Prec.highest(
          keymap.of([
            { key: 'Mod-Enter', run: command('provable.run') },
            { key: 'Mod-Shift-Enter', run: command('provable.prove') },
          ]),
        ),
        provable,
        EditorView.lineWrapping,
        breakpointGutter(() => this.debug.breakpointsChanged()),
        this.server.programExtensions(PROGRAM),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) {
            this.textsChanged();
          }
          const { head } = update.state.selection.main;
          const line = update.state.doc.lineAt(head);
          this.statusLine.place(line.number, head - line.from + 1, depthAt(update.state, line.from, line.to));
        }),
      ],
    });
  }

  private makeProofPanel(): ProofPanel {
    const actions = {
      load: (text: string) => {
        const content = text === '' ? null : text;
        this.host.write(PROOF, content);
        this.written(PROOF, content);
        this.server.fileChanged(PROOF);
      },
      verify: () => this.commands.execute('provable.verify'),
      say: (tone: 'info' | 'error', text: string) => this.notices.show(tone, text),
      keysChanged: () => this.server.fileChanged(PROOF),
    };
    return new ProofPanel(byId('panel-proof', HTMLElement), actions, this.host.keys);
  }

  private makeDebugPanel(): DebugPanel {
    return new DebugPanel(byId('panel-debug', HTMLElement), this.host, {
      breakpoints: () => breakpointLines(this.editor.state),
      setBreakpoints: (lines) => setBreakpointLines(this.editor, lines),
      showFrame: (frame, text) => void this.showFrame(frame, text),
      say: (tone, text) => this.notices.show(tone, text),
      save: () => this.save(),
    });
  }

  private makeTexts(): Texts {
    return new Texts(
      {
        current: () => ({ program: this.editor.state.doc.toString(), inputs: this.inputs.text }),
        show: ({ program, inputs }) => {
          setText(this.editor, program);
          this.inputs.text = inputs;
          this.output.showTests(undefined);
        },
        offerBack: (text, back) => this.notices.show('info', text, [{ title: 'Bring mine back', choose: back }]),
        error: (text) => this.notices.show('error', text),
      },
      byId('examples', HTMLSelectElement),
    );
  }

  private bindButtons(): void {
    for (const name of ['run', 'test', 'debug', 'prove', 'verify']) {
      byId(name, HTMLButtonElement).addEventListener('click', () => this.commands.execute(`provable.${name}`, name === 'debug' ? [{}] : [PROGRAM]));
    }
    const share = shareDialog((withInput) => {
      const program = this.editor.state.doc.toString();
      return withInput ? { program, publicInput: this.inputs.publicInput } : { program };
    });
    byId('share', HTMLButtonElement).addEventListener('click', () => share.open());
  }

  private textsChanged(): void {
    // The first changes come while the parts are being made.
    (this.texts as Texts | undefined)?.changed();
  }

  private save(): void {
    this.host.write(PROGRAM, this.editor.state.doc.toString());
    this.host.write(INPUTS, this.inputs.file);
  }

  private written(uri: string, text: string | null): void {
    if (uri === PROOF) {
      this.proof.showProof(text);
      void this.refreshStatus();
    } else if (uri === INPUTS && text !== null) {
      this.inputs.text = text;
    }
  }

  private async refreshStatus(): Promise<void> {
    try {
      this.status = await this.server.execute<Status>('provable.status', [PROGRAM]);
      this.output.showStatus(this.status);
      this.proof.showStatus(this.status);
    } catch {
      // Of a text that cannot be read there is no status; its diagnostics say why.
    }
  }

  private goToLine(number: number): void {
    this.reader.close();
    const line = this.editor.state.doc.line(Math.min(number, this.editor.state.doc.lines));
    this.editor.dispatch({ selection: { anchor: line.from }, effects: EditorView.scrollIntoView(line.from, { y: 'center' }) });
    this.editor.focus();
  }

  private async showFile(uri: string): Promise<EditorView | null> {
    const text = await this.host.read(uri);
    if (text === null) {
      this.notices.show('error', `${uri} cannot be read in this page.`);
      return null;
    }
    return this.reader.open(uri, text, this.server.programExtensions(uri));
  }

  private async showFrame(frame: Frame | undefined, text?: () => Promise<string>): Promise<void> {
    const editor = this.editor as EditorView | undefined;
    if (frame === undefined || frame.sourceReference === 0) {
      (this.reader as Reader | undefined)?.hide();
      if (editor !== undefined) {
        markLine(editor, frame?.line);
      }
      return;
    }
    if (text !== undefined) {
      this.reader.open(frame.sourceName, await text(), []);
      this.reader.mark(frame.line);
    }
  }
}
