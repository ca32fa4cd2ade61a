// Whether a server's version is one that this extension was made for: the same up to the first number that is not zero.

export type Fit = { fits: true } | { fits: false; message: string };

export function fit(server: string | undefined, extension: string, name: string, remedy: string): Fit {
  if (server !== undefined && line(server) === line(extension) && line(server) !== undefined) {
    return { fits: true };
  }
  const is = server === undefined ? 'does not tell its version' : `is version ${server}`;
  return {
    fits: false,
    message: `The server ${name} ${is}, and this extension (${extension}) is made for ${line(extension) ?? extension}. ${remedy}`,
  };
}

/** `0.4` of 0.4.2, `3` of 3.1.0. */
function line(version: string): string | undefined {
  const numbers = /^(\d+)\.(\d+)\.(\d+)/.exec(version);
  if (numbers === null) {
    return undefined;
  }
  const [, major, minor] = numbers;
  return major === '0' ? `0.${minor}` : major;
}
