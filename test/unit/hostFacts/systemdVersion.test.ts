import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { installedSystemdVersion, versionIn } from '../../../src/hostFacts/systemdVersion.ts';
import { startSync, thisNode } from '../../rig/program.ts';

test('the version is the number that systemctl names first', () => {
  assert.equal(versionIn('systemd 252 (252.39-1~deb12u1)\n+PAM +AUDIT\n'), 252);
  assert.equal(versionIn('systemd 257 (257.9-1~deb13u1)\n'), 257);
  assert.equal(versionIn('systemd 262~rc1 (262~rc1-1)\n'), 262);
  assert.equal(versionIn('OpenRC 0.4\n'), undefined);
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
    assert.equal(await installedSystemdVersion(tool('[ "$1" = --version ] && echo "systemd 250 (250)"')), 250);
    assert.equal(await installedSystemdVersion(tool('echo "systemd 250 (250)"; exit 1')), undefined);
    assert.equal(await installedSystemdVersion(tool('echo other')), undefined);
    assert.equal(await installedSystemdVersion(join(directory, 'missing')), undefined);
  } finally {
    rmSync(directory, { recursive: true });
  }
});

test('a tool in the folder that is worked in is not run, whatever PATH says', () => {
  const directory = mkdtempSync(join(tmpdir(), 'version-'));
  try {
    writeFileSync(join(directory, 'systemctl'), '#!/bin/sh\necho "systemd 666 (666)"\n', { mode: 0o755 });
    const code = fileURLToPath(new URL('../../../src/hostFacts/systemdVersion.ts', import.meta.url));
    const program = `import(${JSON.stringify(code)}).then(async ({ installedSystemdVersion }) => console.log(await installedSystemdVersion()))`;
    for (const PATH of ['.', ':/nowhere', './:/nowhere']) {
      const { stdout } = startSync(thisNode, ['--eval', program], { cwd: directory, env: { PATH } });
      assert.equal(stdout, 'undefined\n', PATH);
    }
  } finally {
    rmSync(directory, { recursive: true });
  }
});
