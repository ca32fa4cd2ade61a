// The files in the messages of the debugger: `source.path` in any of them, and what a launch names,
// which comes again with a restart.

const OF_LAUNCH = ['program', 'inputs', 'cwd'];

type Rename = (name: string) => string;

/** The message with every file in it under another name. */
export function renamed(message: object, rename: Rename): object {
  const { command, type, arguments: given } = message as { command?: unknown; type?: unknown; arguments?: unknown };
  if (type === 'request' && command === 'launch' && isObject(given)) {
    return { ...message, arguments: inLaunch(given, rename) };
  }
  if (type === 'request' && command === 'restart' && isObject(given) && 'arguments' in given) {
    return { ...message, arguments: { ...given, arguments: inLaunch(given.arguments, rename) } };
  }
  return inSources(message, rename) as object;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function inLaunch(launch: unknown, rename: Rename): unknown {
  if (!isObject(launch)) {
    return launch;
  }
  return Object.fromEntries(
    Object.entries(launch).map(([key, value]: [string, unknown]) => [key, OF_LAUNCH.includes(key) && typeof value === 'string' ? rename(value) : value]),
  );
}

function inSources(value: unknown, rename: Rename, isSource = false): unknown {
  if (Array.isArray(value)) {
    return value.map((one) => inSources(one, rename, isSource));
  }
  if (!isObject(value)) {
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
