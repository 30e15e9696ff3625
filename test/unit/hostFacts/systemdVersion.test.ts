import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { installedSystemd } from '../../../src/hostFacts/systemdVersion.ts';
import { installedReleaseIn } from '../../../src/schema/systemdRelease.ts';
import { startSync, thisNode } from '../../rig/program.ts';

test('the release is what systemctl says in brackets, or the number in front of them', () => {
  for (const [output, release] of [
    ['systemd 252 (252.39-1~deb12u1)\n+PAM +AUDIT\n', '252.39-1~deb12u1'],
    ['systemd 257 (257.13-1~deb13u1)\n', '257.13-1~deb13u1'],
    ['systemd 255 (255.4-1ubuntu8.4)\n', '255.4-1ubuntu8.4'],
    ['systemd 257 (257.13-2.fc42)\n', '257.13-2.fc42'],
    ['systemd 252 (252-46.el9_5.2)\n', '252-46.el9_5.2'],
    ['systemd 257 (257.9-1-arch)\n', '257.9-1-arch'],
    ['systemd 257 (257.7+suse.50.g5d1dd4d7ad)\n', '257.7+suse.50.g5d1dd4d7ad'],
    ['systemd 262~rc1 (262~rc1-1)\n', '262~rc1-1'],
    ['systemd 258 (v258.1-dirty)\n', '258.1-dirty'],
    ['systemd 245\n', '245'],
    ['systemd 257 (a build of our own)\n', '257'],
    ['systemd 257 (1.2)\n', '257'],
  ] as const)
    assert.equal(installedReleaseIn(output), release);
  assert.equal(installedReleaseIn('OpenRC 0.4\n'), undefined);
});

test('a tool that is missing, fails or says something else is no version', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'version-'));
  const tool = (script: string): string => {
    const path = join(directory, 'systemctl');
    writeFileSync(path, `#!/bin/sh\n${script}\n`);
    chmodSync(path, 0o755);
    return path;
  };
  try {
    assert.equal(await installedSystemd(tool('[ "$1" = --version ] && echo "systemd 250 (250)"')), '250');
    assert.equal(await installedSystemd(tool('echo "systemd 250 (250)"; exit 1')), undefined);
    assert.equal(await installedSystemd(tool('echo other')), undefined);
    assert.equal(await installedSystemd(join(directory, 'missing')), undefined);
  } finally {
    rmSync(directory, { recursive: true });
  }
});

test('a tool in the folder that is worked in is not run, whatever PATH says', () => {
  const directory = mkdtempSync(join(tmpdir(), 'version-'));
  try {
    writeFileSync(join(directory, 'systemctl'), '#!/bin/sh\necho "systemd 666 (666)"\n', { mode: 0o755 });
    const code = fileURLToPath(new URL('../../../src/hostFacts/systemdVersion.ts', import.meta.url));
    const program = `import(${JSON.stringify(code)}).then(async ({ installedSystemd }) => console.log(await installedSystemd()))`;
    for (const PATH of ['.', ':/nowhere', './:/nowhere']) {
      const { stdout } = startSync(thisNode, ['--eval', program], { cwd: directory, env: { PATH } });
      assert.equal(stdout, 'undefined\n', PATH);
    }
  } finally {
    rmSync(directory, { recursive: true });
  }
});
