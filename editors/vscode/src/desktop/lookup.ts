// Where the server is: the setting, else the binary that came with the extension, else the search path. A setting that
// leads nowhere is said to, and nothing else is started in its place.

import * as path from 'node:path';

export interface Place {
  /** The setting `provable.server.path`, empty if it is not set. */
  setting: string;
  /** The extension's own folder. */
  extension: string;
  /** The search path, as the environment has it. */
  searchPath: string;
  home: string;
  platform: NodeJS.Platform;
  isProgram: (file: string) => boolean;
}

export type Origin = 'setting' | 'bundled' | 'path';

export type Found =
  | { kind: 'found'; file: string; origin: Origin }
  | { kind: 'missing'; message: string; isSetting: boolean };

export function find(place: Place): Found {
  const { setting } = place;
  if (setting.trim() !== '') {
    return fromSetting(place, setting.trim());
  }
  const paths = flavour(place.platform);
  const name = place.platform === 'win32' ? 'provable.exe' : 'provable';
  const bundled = paths.join(place.extension, 'server', name);
  if (place.isProgram(bundled)) {
    return { kind: 'found', file: bundled, origin: 'bundled' };
  }
  // A relative entry would have a folder that somebody sent decide what is started.
  const folders = place.searchPath.split(paths.delimiter).filter((folder) => paths.isAbsolute(folder));
  const file = folders.map((folder) => paths.join(folder, name)).find(place.isProgram);
  if (file !== undefined) {
    return { kind: 'found', file, origin: 'path' };
  }
  return {
    kind: 'missing',
    isSetting: false,
    message:
      'There is no `provable` to start: none came with this extension and none is on the PATH. ' +
      'Install the extension made for this platform, or build the command with `cargo install --path server`, ' +
      'or say where it is in the setting `provable.server.path`.',
  };
}

function fromSetting(place: Place, setting: string): Found {
  const paths = flavour(place.platform);
  const file = /^~[/\\]/.test(setting) ? paths.join(place.home, setting.slice(2)) : setting;
  const missing = (why: string): Found => ({
    kind: 'missing',
    isSetting: true,
    message: `The setting \`provable.server.path\` is \`${setting}\`, ${why}.`,
  });
  if (!paths.isAbsolute(file)) {
    return missing('which is no absolute path: write it from the root, or leave the setting empty');
  }
  if (!place.isProgram(file)) {
    return missing('and no program that can be started is there: mend the path, or leave the setting empty');
  }
  return { kind: 'found', file, origin: 'setting' };
}

function flavour(platform: NodeJS.Platform): path.PlatformPath {
  return platform === 'win32' ? path.win32 : path.posix;
}
