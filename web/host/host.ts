// The host of the server in a browser: it starts the workers, passes on what they say, and has the files that they see.

import { Files, pathOf, uriOf, isKey, withoutBases } from './files';
import { Jobs, MODULES } from './jobs';
import { Keys } from './keys';
import type { FileChange, FromWorker, ToServer } from './messages';

/** Where the host finds its parts. */
export interface HostOptions {
  /** A worker from a script of the assets, by its file name. It is a classic script. */
  worker(name: string): Promise<Worker>;
  /** The bytes of a file of the assets. */
  bytes(name: string): Promise<Uint8Array<ArrayBuffer>>;
  /** How many threads prove. More than one needs cross-origin isolation. */
  threads: number;
}

/** Messages both ways, as objects. */
export interface Channel {
  send(message: object): void;
  onMessage(handler: (message: object) => void): void;
}

export interface Host {
  /** Messages of the Language Server Protocol. */
  readonly lsp: Channel;
  /** A session of the debugger: messages of the Debug Adapter Protocol. `close` ends it. */
  debug(): Channel & { close(): void };
  /** Writes a file, or removes it. Every message that is sent later is handled after this. */
  write(uri: string, text: string | null): void;
  /** The text of a file; null if there is none. */
  read(uri: string): Promise<string | null>;
  /** Tells of the files that the server wrote and removed, keys not among them. */
  onWritten(handler: (uri: string, text: string | null) => void): void;
  /** Tells of the end of the language server, and why it ended. */
  onEnded(handler: (why: string) => void): void;
  /** The keys in the store. */
  readonly keys: Keys;
  dispose(): void;
}

/** The options of a host whose assets are served in a folder. `assets` is its address, which ends in `/`. */
export function served(assets: string, threads: number): HostOptions {
  return {
    threads,
    worker: (name) => Promise.resolve(new Worker(assets + name)),
    bytes: async (name) => {
      const answer = await fetch(assets + name);
      if (!answer.ok) throw new Error(`${name} cannot be loaded: ${answer.status} ${answer.statusText}`);
      return new Uint8Array(await answer.arrayBuffer());
    },
  };
}

const compiled = async (options: HostOptions, name: string) => WebAssembly.compile(await options.bytes(name));

/**
 * Starts the language server. Its worker is ready when this is done; what proves is loaded when it is first needed.
 *
 * @throws When a part cannot be loaded.
 */
export async function start(options: HostOptions): Promise<Host> {
  const module = await compiled(options, 'server.wasm');
  return new RunningHost(options, module, await options.worker('server.worker.js'));
}

class RunningHost implements Host {
  readonly lsp: Channel;
  readonly keys: Keys;
  readonly #files = new Files();
  readonly #loaded: Promise<void>;
  readonly #debuggers = new Set<Worker>();
  #jobs: Jobs | null = null;
  #jobsModule: Promise<WebAssembly.Module> | null = null;
  #message: (message: object) => void = () => undefined;
  #written: (uri: string, text: string | null) => void = () => undefined;
  #ended: (why: string) => void = () => undefined;

  constructor(
    private readonly options: HostOptions,
    private readonly module: WebAssembly.Module,
    private readonly server: Worker,
  ) {
    this.lsp = {
      send: (message) => this.#tell({ kind: 'message', body: JSON.stringify(message) }),
      onMessage: (handler) => (this.#message = handler),
    };
    this.keys = new Keys((id, call) => this.#loaded.then(() => this.#tell({ kind: 'keys', id, call })));
    server.onmessage = ({ data }: MessageEvent<FromWorker>) => this.#heard(data);
    server.onerror = (event) => this.#ended(event.message);
    this.#tell({ kind: 'start', module, role: 'languageServer' });
    this.#loaded = this.#files.load().then((keys) => this.#tell({ kind: 'files', changes: keys.map(withoutBases) }));
  }

  debug(): Channel & { close(): void } {
    let handler: (message: object) => void = () => undefined;
    let closed = false;
    const worker = this.options.worker('server.worker.js').then((worker) => {
      if (closed) worker.terminate();
      else this.#debuggers.add(worker);
      worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
        if (data.kind === 'message') handler(JSON.parse(data.body) as object);
        else if (data.kind === 'ended') handler(failed(data.why));
      };
      worker.postMessage({ kind: 'start', module: this.module, role: 'debugger' } satisfies ToServer);
      const changes = this.#files.all().filter(([path]) => !isKey(path));
      worker.postMessage({ kind: 'files', changes } satisfies ToServer);
      return worker;
    });
    worker.catch((error: unknown) => handler(failed(String(error))));
    const tell = (message: ToServer) => void worker.then((one) => one.postMessage(message), () => undefined);
    return {
      send: (message) => tell({ kind: 'message', body: JSON.stringify(message) }),
      onMessage: (taken) => (handler = taken),
      close: () => {
        closed = true;
        void worker.then((one) => {
          this.#debuggers.delete(one);
          one.terminate();
        }, () => undefined);
      },
    };
  }

  write(uri: string, text: string | null): void {
    const content = text === null ? null : new TextEncoder().encode(text);
    this.#change([pathOf(uri), content]);
  }

  read(uri: string): Promise<string | null> {
    const content = this.#files.read(pathOf(uri));
    return Promise.resolve(content && new TextDecoder().decode(content));
  }

  onWritten(handler: (uri: string, text: string | null) => void): void {
    this.#written = handler;
  }

  onEnded(handler: (why: string) => void): void {
    this.#ended = handler;
  }

  dispose(): void {
    this.server.terminate();
    this.#jobs?.end();
    for (const worker of this.#debuggers) worker.terminate();
    this.#debuggers.clear();
  }

  #tell(message: ToServer): void {
    this.server.postMessage(message);
  }

  /** Takes a change of a file, and passes it on to all but the one that made it; whether it is one. */
  #change(change: FileChange, by: 'server' | 'jobs' | null = null): boolean {
    if (!this.#files.change(change)) return false;
    const changes = [withoutBases(change)];
    if (by !== 'server') this.#tell({ kind: 'files', changes });
    if (by !== 'jobs') this.#jobs?.send({ kind: 'files', changes: [change] });
    if (!isKey(change[0])) {
      for (const worker of this.#debuggers) worker.postMessage({ kind: 'files', changes } satisfies ToServer);
    }
    return true;
  }

  /** A change that a worker made. The client is told of it, unless it is of a key. */
  #wrote(change: FileChange, by: 'server' | 'jobs'): void {
    const [path, content] = change;
    if (this.#change(change, by) && !isKey(path)) {
      this.#written(uriOf(path), content && new TextDecoder().decode(content));
    }
  }

  #heard(message: FromWorker): void {
    switch (message.kind) {
      case 'message':
        return this.#message(JSON.parse(message.body) as object);
      case 'line':
        return this.#jobs?.send({ kind: 'line', line: message.line });
      case 'startJobs':
        return this.#startJobs();
      case 'endJobs':
        this.#jobs?.end();
        this.#jobs = null;
        return;
      case 'written':
        return this.#wrote(message.change, 'server');
      case 'keys':
        return this.keys.answered(message.id, message.answer);
      case 'ended':
        return this.#ended(message.why);
      case 'thread':
        // Of the jobs alone.
        return;
    }
  }

  #startJobs(): void {
    this.#jobs?.end();
    const name = this.options.threads > 1 ? MODULES.threads : MODULES.single;
    this.#jobsModule ??= compiled(this.options, name);
    // One that could not be loaded is loaded anew the next time.
    this.#jobsModule.catch(() => (this.#jobsModule = null));
    const files = this.#loaded.then(() => this.#files.all());
    const jobs = new Jobs(this.options, this.#jobsModule, files, (heard) => {
      if (jobs === this.#jobs) this.#heardOfJobs(heard);
    });
    this.#jobs = jobs;
  }

  #heardOfJobs(message: FromWorker): void {
    switch (message.kind) {
      case 'message':
        return this.#tell({ kind: 'jobsSaid', line: new TextEncoder().encode(message.body) });
      case 'written':
        return this.#wrote(message.change, 'jobs');
      case 'ended':
        return this.#tell({ kind: 'jobsEnded', why: message.why });
      case 'thread':
      case 'line':
      case 'startJobs':
      case 'endJobs':
      case 'keys':
        // Of the server, or handled where the threads are.
        return;
    }
  }
}

/** What a client of the debugger is told when the session ends by itself. */
function failed(why: string): object {
  return { seq: 0, type: 'event', event: 'terminated', body: { reason: why } };
}
