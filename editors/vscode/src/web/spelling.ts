// How the server, which knows `file:` alone, is told of files that are elsewhere. Each scheme and authority is a folder of its
// own, so that whatever the editor calls a file can be told from what the server calls it, and the other way round:
//
//   memfs:/programs/a.prov                  /workspace/memfs/programs/a.prov
//   vscode-vfs://github/owner/name/a.prov   /workspace/vscode-vfs@github/owner/name/a.prov

const ROOT = '/workspace/';
/** A scheme has none. */
const AT = '@';

/** The parts of a URI, decoded. */
export interface Parts {
  scheme: string;
  authority: string;
  path: string;
}

/** The path that the server knows a file by. */
export function serverPath({ scheme, authority, path }: Parts): string {
  const place = authority === '' ? scheme : `${scheme}${AT}${encodeURIComponent(authority)}`;
  return `${ROOT}${place}${path.startsWith('/') ? '' : '/'}${path}`;
}

/** What the editor calls the file that the server knows by a path; undefined for what is the server's own. */
export function editorParts(path: string): Parts | undefined {
  if (!path.startsWith(ROOT)) {
    return undefined;
  }
  const end = path.indexOf('/', ROOT.length);
  const place = path.slice(ROOT.length, end === -1 ? undefined : end);
  const [scheme = '', authority = '', ...more] = place.split(AT);
  if (!/^[a-z][a-z0-9+.-]*$/i.test(scheme) || more.length > 0) {
    return undefined;
  }
  return { scheme, authority: decoded(authority), path: end === -1 ? '/' : path.slice(end) };
}

/** Whether a name of a file is a URI; a scheme of one letter is a drive. */
export function isUri(name: string): boolean {
  return /^[a-z][a-z0-9+.-]+:/i.test(name);
}

/** A path seen from a folder, both with `/`. */
export function pathFrom(folder: string, path: string): string {
  const parts: string[] = [];
  for (const part of (path.startsWith('/') ? path : `${folder}/${path}`).split('/')) {
    if (part === '..') {
      parts.pop();
    } else if (part !== '' && part !== '.') {
      parts.push(part);
    }
  }
  return `/${parts.join('/')}`;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
