import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { placeOf } from '../../../../src/hostFacts/place.ts';
import { languageOfPath, languageOfText } from '../../../../src/language/languageOfPath.ts';
import { newestSystemdVersion } from '../../../../src/language/context.ts';
import { findingsOf } from './findings.ts';

const rulesAt = (path: string, text: string): readonly string[] =>
  findingsOf(text, { place: placeOf(path, newestSystemdVersion) }).map(({ rule }) => rule);

const partial: Readonly<Record<string, string>> = {
  'lxc.net.0.veth.pair = x\n': 'lxc-network-type-first',
  'lxc.net.0.link =\n': 'lxc-network-type-first',
  'lxc.net.0.link = a\n': 'lxc-network-without-type',
  'lxc.idmap = u 1 100000 65535\n': 'lxc-idmap-impossible',
  'lxc.cgroup.dir.container = a\n': 'lxc-cgroup-dir-alone',
};

describe('a file that others read in', () => {
  test('may rely on what stands in them', () => {
    for (const path of [
      '/etc/lxc/net.conf',
      '/usr/share/lxc/config/common.conf.d/00.conf',
      '/home/a/.config/lxc/a/b.conf',
    ])
      for (const text of Object.keys(partial)) assert.deepEqual(rulesAt(path, text), [], `${path}: ${text}`);
  });

  test('is still judged line by line', () => {
    assert.deepEqual(rulesAt('/etc/lxc/net.conf', 'lxc.tty.max = a\n'), ['lxc-invalid-number']);
    assert.deepEqual(rulesAt('/etc/lxc/net.conf', 'lxc.net =\nlxc.net.0.link =\n'), ['lxc-network-type-first']);
  });

  test('is neither that of a container nor the one that new containers begin with', () => {
    for (const path of ['/var/lib/lxc/web/config', '/etc/lxc/default.conf', '/srv/web.conf'])
      for (const [text, rule] of Object.entries(partial))
        assert.ok(rulesAt(path, text).includes(rule), `${path}: ${text}`);
  });
});

describe('the configuration of the tools is no configuration of a container', () => {
  test('which its keys tell', () => {
    for (const key of ['lxcpath', 'default_config', 'bdev.zfs.root', 'cgroup.pattern', 'cgroup.use'])
      assert.equal(languageOfText(`# a\nlxc.${key} = /srv\nlxc.arch = amd64\n`), undefined, key);
    for (const key of ['cgroup.memory.limit_in_bytes', 'cgroup.dir', 'uts.name', 'cgroup.user'])
      assert.equal(languageOfText(`lxc.${key} = a\n`), 'lxc', key);
  });

  test('and its name', () => {
    for (const path of ['/etc/lxc/lxc.conf', '/home/a/.config/lxc/lxc.conf'])
      assert.equal(languageOfText('lxc.arch = amd64\n', path), undefined, path);
    assert.equal(languageOfText('lxc.arch = amd64\n', '/srv/lxc.conf'), 'lxc');
  });
});

test('what begins with a dot is no container', () => {
  assert.equal(languageOfPath('/var/lib/lxc/.git/config'), undefined);
  assert.equal(languageOfPath('/var/lib/lxc/web/config'), 'lxc');
});
