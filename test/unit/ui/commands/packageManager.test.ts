import assert from 'node:assert/strict';
import { test } from 'node:test';
import { installerFor } from '../../../../src/ui/commands/packageManager.ts';

test('the package manager of the host is given the names that its distribution has', () => {
  const debian = new Set(['apt-get']);
  assert.deepEqual(installerFor('lxc', debian), { file: 'apt-get', args: ['install', 'lxc'] });
  assert.deepEqual(installerFor('control group tools', debian)?.args, ['install', 'cgroup-tools']);
  assert.deepEqual(installerFor('systemd-container', debian)?.args, ['install', 'systemd-container']);
  const fedora = new Set(['dnf']);
  assert.deepEqual(installerFor('lxc', fedora), { file: 'dnf', args: ['install', 'lxc', 'lxc-templates'] });
  assert.deepEqual(installerFor('control group tools', fedora)?.args, ['install', 'libcgroup-tools']);
  assert.equal(installerFor('lxc', new Set(['pacman'])), undefined);
});
