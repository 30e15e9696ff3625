import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import {
  configIn,
  configOf,
  includesReadOnce,
  readConfig,
  settingsIn,
} from '../../../../src/machines/lxc/readConfig.ts';

const root = mkdtempSync(join(tmpdir(), 'lxc-config-'));
after(() => rmSync(root, { recursive: true, force: true }));

const written = (text: string): Promise<ReturnType<typeof configOf>> => {
  writeFileSync(join(root, 'config'), text);
  return readConfig(join(root, 'config'));
};

describe('the configuration of a container', () => {
  test('is taken apart as LXC does', () => {
    const text = '  lxc.a = "x y"  \r# lxc.b = 1\nlcx.c = 2\nlxc.d=e=f # g\nlxc.h\nlxc.i =\n\0lxc.j = 1\n';
    assert.deepEqual(settingsIn(text), [
      ['lxc.a', 'x y'],
      ['lxc.d', 'e=f # g'],
      ['lxc.i', ''],
    ]);
  });

  for (const [path, tree, backing] of [
    ['dir:/srv/web/rootfs', '/srv/web/rootfs', 'dir'],
    ['/srv/web/rootfs', '/srv/web/rootfs', undefined],
    ['overlay:/srv/web/rootfs:/srv/upon/delta', '/srv/web/rootfs', 'overlay'],
    ['loop:/srv/web/rootdev', undefined, 'loop'],
    ['zfs:pool/web', undefined, 'zfs'],
  ] as const)
    test(`says where the tree lies: ${path}`, () => {
      const config = configOf(settingsIn(`lxc.rootfs.path = ${path}\n`));
      assert.deepEqual([config.rootfs, config.backing], [tree, backing]);
    });

  test('lets the last line of a key count, and adds groups and maps up until an empty value', () => {
    const config = configOf(
      settingsIn(
        'lxc.start.auto = 1\nlxc.start.auto = 0\nlxc.group = a\nlxc.group =\nlxc.group = b c\nlxc.idmap = u 0 1 2\nlxc.idmap =\n',
      ),
    );
    assert.deepEqual([config.autostart, config.groups, config.idMap], [false, ['b', 'c'], []]);
    const other = configOf(settingsIn('lxc.start.auto = 0x1\nlxc.idmap = u 0 100000 65536\n'));
    assert.deepEqual([other.autostart, other.idMap.length > 0], [true, true]);
  });

  for (const [text, network] of [
    ['', 'none'],
    ['lxc.net.0.type = empty\n', 'none'],
    ['lxc.net.0.type = veth\n', 'interfaces'],
    ['lxc.net.0.type = none\n', 'host'],
    ['lxc.net.0.type = veth\nlxc.net =\n', 'none'],
  ] as const)
    test(`tells whose network it is: ${JSON.stringify(text)}`, () => {
      assert.equal(configOf(settingsIn(text)).network, network);
    });

  test('holds what it includes in its place, files and directories, and ends where files include each other', async () => {
    mkdirSync(join(root, 'more'), { recursive: true });
    writeFileSync(join(root, 'more/one.conf'), 'lxc.group = of-directory\n');
    writeFileSync(join(root, 'more/one.txt'), 'lxc.group = other\n');
    writeFileSync(join(root, 'common'), `lxc.start.auto = 1\nlxc.include = ${root}/config\n`);
    const config = await written(
      `lxc.include = ${root}/common\nlxc.include = ${root}/more\nlxc.include = ${root}/none\nlxc.include = near\n`,
    );
    assert.equal(config.autostart, true);
    assert.ok(config.groups.includes('of-directory') && !config.groups.includes('other'));
  });

  test('is read anew with what it includes, but once for configurations that are read together', async () => {
    const common = join(root, 'common');
    const text = `lxc.include = ${common}\n`;
    const includes = includesReadOnce();
    const orders: number[] = [];
    for (const order of [1, 2]) {
      writeFileSync(common, `lxc.start.order = ${order}\n`);
      orders.push((await configIn(text, includes)).order, (await written(text)).order);
    }
    assert.deepEqual(orders, [1, 1, 1, 2]);
  });

  test('that is no file is refused, and waits for nobody', async () => {
    await assert.rejects(readConfig(root));
    await assert.rejects(readConfig('/dev/zero'));
  });
});
