import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { installedLxc, lxcReleaseIn } from '../../../src/hostFacts/lxcVersion.ts';
import { createSituations } from '../../../src/server/situations.ts';
import { realHost } from '../../../src/server/serverHost.ts';
import { serverSettingDefaults } from '../../../src/server/serverSettings.ts';

test('the release is the newest known that is not newer than the installed one', () => {
  for (const [output, release] of [
    ['5.0.2\n', '5.0'],
    ['6.0.4\n', '6.0'],
    ['6.1.0-devel\n', '6.0'],
    ['7.0.0\n', '7.0'],
    ['10.0.1\n', '7.0'],
    ['4.0.12\n', '5.0'],
    ['other\n', undefined],
  ] as const)
    assert.equal(lxcReleaseIn(output), release, output);
});

test('a tool that is missing or fails is no version', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'version-'));
  const tool = (script: string): string => {
    const path = join(directory, 'lxc-info');
    writeFileSync(path, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    return path;
  };
  try {
    assert.equal(await installedLxc(tool('[ "$1" = --version ] && echo 5.0.2')), '5.0');
    assert.equal(await installedLxc(tool('echo 5.0.2; exit 1')), undefined);
    assert.equal(await installedLxc(join(directory, 'missing')), undefined);
  } finally {
    rmSync(directory, { recursive: true });
  }
});

test('a configuration is judged for the LXC of this host, unless a setting says another', async () => {
  const versionWith = async (installed: '5.0' | undefined, lxcVersion: 'auto' | '6.0'): Promise<string> => {
    const host = {
      ...realHost(),
      installedSystemd: () => Promise.resolve(undefined),
      installedLxc: () => Promise.resolve(installed),
    };
    const settings = { ...serverSettingDefaults, lxcVersion };
    const situations = createSituations(host, () => Promise.resolve(settings), {
      of: () => Promise.resolve(undefined),
    });
    return (await situations.of('file:///var/lib/lxc/web/config')).context.lxcVersion;
  };
  assert.equal(await versionWith('5.0', 'auto'), '5.0');
  assert.equal(await versionWith(undefined, 'auto'), '7.0');
  assert.equal(await versionWith('5.0', '6.0'), '6.0');
});
