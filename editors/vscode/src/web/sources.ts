// The files in the messages of the debugger: `source.path` in any of them, and what a launch names.

const OF_LAUNCH = ['program', 'inputs', 'cwd'];

type Rename = (name: string) => string;

/** The message with every file in it under another name. */
export function renamed(message: object, rename: Rename): object {
  const { command, type, arguments: given } = message as { command?: unknown; type?: unknown; arguments?: unknown };
  const isLaunch = type === 'request' && (command === 'launch' || command === 'attach');
  if (!isLaunch || typeof given !== 'object' || given === null) {
    return inSources(message, rename) as object;
  }
  const launch = Object.fromEntries(
    Object.entries(given).map(([key, value]: [string, unknown]) => [key, OF_LAUNCH.includes(key) && typeof value === 'string' ? rename(value) : value]),
  );
  return { ...message, arguments: launch };
}

function inSources(value: unknown, rename: Rename, isSource = false): unknown {
  if (Array.isArray(value)) {
    return value.map((one) => inSources(one, rename, isSource));
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]: [string, unknown]) => {
      if (isSource && key === 'path' && typeof inner === 'string') {
        return [key, rename(inner)];
      }
      return [key, inSources(inner, rename, key === 'source' || key === 'sources')];
    }),
  );
}
