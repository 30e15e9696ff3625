import assert from 'node:assert/strict';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { repositoryRoot } from '../../rig/cache.ts';
import { findDesktop, runDesktop } from '../../rig/desktop.ts';
import { ownProgram } from '../../rig/program.ts';

const directory = await mkdtemp(join(tmpdir(), 'nspawn-desktop-'));
const code = join(directory, 'code');
const { PATH, DISPLAY, WAYLAND_DISPLAY } = process.env;

before(async () => {
  await writeFile(code, `#!/bin/sh\nprintf '%s\\n' "$@" > ${join(directory, 'arguments')}\nexit 3\n`);
  await chmod(code, 0o755);
  process.env['PATH'] = `${directory}:${PATH ?? ''}`;
});
after(async () => {
  Object.assign(process.env, { PATH });
  for (const [name, value] of Object.entries({ DISPLAY, WAYLAND_DISPLAY }))
    if (value === undefined) Reflect.deleteProperty(process.env, name);
    else process.env[name] = value;
  await rm(directory, { recursive: true, force: true });
});

test('the desktop is taken only where somebody could see it', () => {
  process.env['DISPLAY'] = ':0';
  assert.equal(findDesktop(), code);
  delete process.env['DISPLAY'];
  delete process.env['WAYLAND_DISPLAY'];
  assert.equal(findDesktop(), process.platform === 'darwin' ? code : undefined);
});

test('the desktop gets the extension of this repository, and its exit code comes back', async () => {
  assert.equal(await runDesktop(ownProgram(code), new AbortController().signal), 3);
  const args = (await readFile(join(directory, 'arguments'), 'utf8')).trim().split('\n');
  assert.ok(args.includes(`--extensionDevelopmentPath=${repositoryRoot}`), args.join(' '));
  assert.ok(args.includes('--wait'));
});
