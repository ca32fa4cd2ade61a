import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';

const read = (file: string) => readFileSync(file, 'utf8');
const manifest = JSON.parse(read('package.json'));
const { contributes } = manifest;
const settings: Record<string, unknown>[] = contributes.configuration.map((group: { properties: object }) => group.properties);

test('the extension has the version of the server that it is made with', () => {
  const version = /\[workspace\.package\]\s+version = "(.+)"/.exec(read('../../Cargo.toml'))?.[1];
  assert.equal(manifest.version, version);
});

test('the settings are those that the server documents, and two of the extension', () => {
  const section = read('../../docs/editor.md').split('## Settings')[1]?.split('\n## ')[0] ?? '';
  const rows = section.split('\n').filter((line) => line.startsWith('| `'));
  const documented = rows.flatMap((row) => [...(row.split('|')[1] ?? '').matchAll(/`(.+?)`/g)].map((match) => `provable.${match[1]}`));
  assert.ok(documented.length > 0);
  const own = ['provable.server.path', 'provable.trace.server'];
  assert.deepEqual(settings.flatMap((group) => Object.keys(group)).sort(), [...documented, ...own].sort());
});

test('every command that a menu, a walkthrough or the palette names is contributed, and none is always shown', () => {
  const commands = new Set(contributes.commands.map((one: { command: string }) => one.command));
  const menus: { command: string; when?: string }[] = Object.values(contributes.menus).flat() as never;
  for (const { command, when } of menus) {
    assert.ok(commands.has(command), command);
    assert.ok(when, `${command} has a condition`);
  }
  const links = [...JSON.stringify(contributes.walkthroughs).matchAll(/command:([\w.]+)/g)].map((match) => match[1]);
  for (const link of links) {
    assert.ok(commands.has(link), link);
  }
  const palette = new Set(contributes.menus.commandPalette.map((one: { command: string }) => one.command));
  assert.deepEqual(palette, commands);
});

test('the server\'s commands for users are the extension\'s', () => {
  const source = read('../../server/src/lsp/command_names.rs');
  const ofServer = [...source.matchAll(/pub const \w+: &str = "(provable\.\w+)"/g)].map((match) => match[1]);
  const ofExtension = contributes.commands.map((one: { command: string }) => one.command);
  // These two answer to programs.
  const hidden = ['provable.status', 'provable.tests'];
  assert.deepEqual(
    ofServer.filter((command) => !ofExtension.includes(command)),
    ofServer.filter((command) => hidden.includes(command ?? '')),
  );
});

test('running, testing, debugging and proving are off where nobody trusts the folder', () => {
  for (const id of ['provable.run', 'provable.test', 'provable.debug', 'provable.prove']) {
    const command = contributes.commands.find((one: { command: string }) => one.command === id);
    assert.equal(command.enablement, 'isWorkspaceTrusted');
  }
  assert.equal(manifest.capabilities.untrustedWorkspaces.supported, 'limited');
  assert.deepEqual(manifest.capabilities.untrustedWorkspaces.restrictedConfigurations, ['provable.server.path']);
});

test('there is an entry for the desktop and one for browsers, in any workspace', () => {
  assert.equal(manifest.main, './out/extension.js');
  assert.equal(manifest.browser, './out/web.js');
  assert.equal(manifest.capabilities.virtualWorkspaces, true);
  const ignored = read('.vscodeignore').split('\n');
  for (const line of ['!out/extension.js', '!out/web.js', '!dist/**']) {
    assert.ok(ignored.includes(line), line);
  }
});

test('the entry for browsers needs nothing of a desktop', () => {
  const needs = [...read('out/web.js').matchAll(/\brequire\("([^"]+)"\)/g)].map((match) => match[1]);
  assert.deepEqual([...new Set(needs)], ['vscode']);
});

test('every file that the manifest names is there', () => {
  const files = [...JSON.stringify(manifest).matchAll(/"((?:\.\/|images\/|walkthrough\/)[^"]+)"/g)].map((match) => match[1] ?? '');
  assert.ok(files.length > 10);
  for (const file of files) {
    assert.ok(existsSync(file), file);
  }
});

test('a launch has the attributes that the adapter takes, each with its meaning', () => {
  const source = read('../../server/src/dap/protocol/launch.rs');
  const struct = /pub struct Launch \{(.*?)\n\}/s.exec(source)?.[1] ?? '';
  const fields = [...struct.matchAll(/(?:rename = "(\w+)"\)\]\s+)?pub (\w+):/g)];
  const camel = (name: string) => name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
  // `noDebug` is the protocol's own.
  const taken = fields.map(([, renamed, name]) => renamed ?? camel(name ?? '')).filter((name) => name !== 'noDebug');
  assert.ok(taken.length > 0);
  const { launch } = contributes.debuggers[0].configurationAttributes;
  assert.deepEqual(Object.keys(launch.properties).sort(), taken.sort());
  for (const [name, { description, markdownDescription }] of Object.entries<Record<string, string>>(launch.properties)) {
    assert.ok(description ?? markdownDescription, name);
  }
});

test('what is offered to be written into a launch.json is what a launch may have', () => {
  const { configurationAttributes, configurationSnippets, initialConfigurations, type } = contributes.debuggers[0];
  const known = ['type', 'request', 'name', ...Object.keys(configurationAttributes.launch.properties)];
  const bodies = [...initialConfigurations, ...configurationSnippets.map((one: { body: object }) => one.body)];
  assert.ok(bodies.length > 1);
  for (const body of bodies) {
    assert.equal(body.type, type);
    assert.equal(body.request, 'launch');
    assert.deepEqual(Object.keys(body).filter((name) => !known.includes(name)), [], body.name);
  }
  assert.deepEqual(contributes.breakpoints, [{ language: 'provable' }]);
});
