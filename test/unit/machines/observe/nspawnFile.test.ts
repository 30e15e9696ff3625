import assert from 'node:assert/strict';
import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { findNspawnFile, readNspawnSummary, readNspawnText } from '../../../../src/machines/nspawn/nspawnFile.ts';
import { summariseNspawnFile } from '../../../../src/machines/nspawn/summariseNspawnFile.ts';
import { executeSync, thisNode } from '../../../rig/program.ts';

describe('the .nspawn file in effect', () => {
  const place = { root: '', etc: '', run: '', images: '' };
  const find = (name: string, image?: string): ReturnType<typeof findNspawnFile> =>
    findNspawnFile(name, image, [place.etc, place.run]);
  before(async () => {
    place.root = await mkdtemp(join(tmpdir(), 'nspawn-file-'));
    place.etc = join(place.root, 'etc');
    place.run = join(place.root, 'run');
    place.images = join(place.root, 'images');
    for (const directory of [place.etc, place.run, place.images]) await mkdir(directory);
    for (const file of ['etc/all', 'run/all', 'images/all', 'run/two', 'images/two', 'images/beside', 'run/dangling'])
      await writeFile(join(place.root, `${file}.nspawn`), '[Exec]\nBoot=yes\n');
    await rm(join(place.run, 'dangling.nspawn'));
    await symlink('nowhere', join(place.run, 'dangling.nspawn'));
    await mkdir(join(place.etc, 'directory.nspawn'));
  });
  after(() => rm(place.root, { recursive: true }));

  test('is the first of /etc, /run and beside the image', async () => {
    const beside = (name: string): string => join(place.images, `${name}.nspawn`);
    assert.deepEqual(await find('all', join(place.images, 'all')), {
      path: join(place.etc, 'all.nspawn'),
      trusted: true,
      shadowed: [join(place.run, 'all.nspawn'), beside('all')],
    });
    assert.deepEqual(await find('two', join(place.images, 'two.raw')), {
      path: join(place.run, 'two.nspawn'),
      trusted: true,
      shadowed: [beside('two')],
    });
    assert.deepEqual(await find('beside', join(place.images, 'beside.raw')), {
      path: beside('beside'),
      trusted: false,
      shadowed: [],
    });
  });

  test('is none where there is no file, a link to nothing, a directory, or a name that is none', async () => {
    for (const name of ['none', 'dangling', 'directory', '../etc/all'])
      assert.equal(await find(name, join(place.images, name)), undefined, name);
    assert.equal(await find('beside'), undefined);
  });

  test('is looked up by the last name of an image that goes by its path', async () => {
    for (const image of [join(place.images, 'two'), join(place.images, 'two.raw')])
      assert.deepEqual(await find(image, image), await find('two', image));
  });

  test('is unknown where a directory that comes first may not be looked into', async () => {
    const closed = join(place.root, 'closed');
    await mkdir(closed, { mode: 0o600 });
    const inside = `findNspawnFile('two', '${place.images}/two', ['${place.run}', '${closed}']).then(async (first) => [
      first, await findNspawnFile('two', undefined, ['${closed}', '${place.run}'])])`;
    const module = new URL('../../../../src/machines/nspawn/nspawnFile.ts', import.meta.url).href;
    // Nothing is closed to root: another user looks.
    const drop = `if (process.getuid() === 0) { process.setgroups([]); process.setgid(65534); process.setuid(65534); }`;
    const program = `const { findNspawnFile } = await import('${module}'); ${drop}
      console.log(JSON.stringify(await ${inside}));`;
    await chmod(place.root, 0o755);
    const stdout = executeSync(thisNode, ['--input-type=module', '--eval', program]);
    const [seen, unknown] = JSON.parse(stdout) as readonly [{ readonly path: string }, unknown];
    assert.equal(seen.path, join(place.run, 'two.nspawn'));
    assert.equal(unknown, 'closed');
  });

  test('is summed up, and one that cannot be read is empty', async () => {
    assert.deepEqual(await readNspawnSummary(join(place.etc, 'all.nspawn')), ['Boot=yes']);
    assert.deepEqual(await readNspawnSummary(join(place.etc, 'directory.nspawn')), []);
    assert.deepEqual(await readNspawnSummary('/dev/zero'), []);
    assert.deepEqual(await readNspawnSummary('/nonexistent'), []);
  });

  test('is read as a whole or not at all, for who judges it', async () => {
    const write = async (name: string, content: string | Buffer): Promise<string | undefined> => {
      const path = join(place.root, name);
      await writeFile(path, content);
      return readNspawnText(path);
    };
    assert.equal(await write('short', '[Exec]\nUser=ö\n'), '[Exec]\nUser=ö\n');
    assert.equal(await write('latin', Buffer.from('[Exec]\nUser=ö\n', 'latin1')), undefined);
    assert.equal(await write('long', `[Exec]\nPrivateUsers=no\n${'#'.repeat(70_000)}\nPrivateUsers=yes\n`), undefined);
    for (const path of ['/dev/zero', '/nonexistent', place.root]) assert.equal(await readNspawnText(path), undefined);
  });
});

test('a summary tells what is written in a fixed order, counts what repeats, and judges nothing', () => {
  const text = `[Network]\nPort=tcp:80:80\nZone=\\\n  web\n[Files]\nBind=/a\nBind=/b:/c\n# no\n[Exec]\nBoot=true\nPrivateUsers=pick\nCapability=all\nCapability=\n[Exec]\nUser=me\n`;
  assert.deepEqual(summariseNspawnFile(text), [
    'Boot=true',
    'User=me',
    'PrivateUsers=pick',
    'Capability ×2',
    'Zone=web',
    'Port=tcp:80:80',
    'Bind ×2',
  ]);
});

test('a summary of garbage is empty, and control characters do not get through', () => {
  for (const text of ['', '\0\0==\n[', '[__proto__]\nBoot=yes\n', '[Exec', 'Boot=yes'])
    assert.deepEqual(summariseNspawnFile(text), []);
  assert.deepEqual(summariseNspawnFile('[Exec]\nUser=a\u{1b}[31mb\u{202e}\n'), ['User=a[31mb']);
});
