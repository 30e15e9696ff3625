import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { ConfigFiles } from '../../../../src/machines/configFile.ts';
import { defaultContext } from '../../../../src/language/context.ts';
import { settingsInForce } from '../../../../src/language/nspawn/check.ts';
import type { SettingsInForce } from '../../../../src/protocol/settingsInForce.ts';
import { nspawn } from '../../../../src/machines/nspawn/backend.ts';
import { findNspawnFile, readNspawnText } from '../../../../src/machines/nspawn/nspawnFile.ts';
import { fileDecidesUsers } from '../../../../src/ui/commands/fileDecidesUsers.ts';
import type { FileOnDisk } from '../../../../src/ui/nspawnText.ts';

describe('-U is left out only where a file decides about users in its stead', () => {
  const place = { root: '', etc: '', images: '' };
  before(async () => {
    place.root = await mkdtemp(join(tmpdir(), 'decides-users-'));
    place.etc = join(place.root, 'etc');
    place.images = join(place.root, 'images');
    for (const directory of [place.etc, place.images]) await mkdir(directory);
  });
  after(() => rm(place.root, { recursive: true }));

  /** As the language server does. */
  const judged = ({ text, trusted }: FileOnDisk): Promise<SettingsInForce> =>
    Promise.resolve(settingsInForce(text, { ...defaultContext, place: { trust: trusted ? 'trusted' : 'untrusted' } }));

  const filesHere = (): ConfigFiles => ({
    find: (ref, imagePath) => findNspawnFile(ref.name, imagePath, [place.etc]),
    summarise: () => Promise.resolve([]),
    readText: readNspawnText,
  });

  const decides = async (
    name: string,
    answer: (file: FileOnDisk) => Promise<SettingsInForce | undefined> = judged,
  ): Promise<boolean> =>
    fileDecidesUsers(
      [{ ...nspawn, configFiles: filesHere() }],
      { name, path: join(place.images, name) },
      { settingsInForce: answer, warn: () => undefined },
    );

  const lines = ['PrivateUsers=no', 'PrivateUsers=pick', 'PrivateUsers=0'];

  test('beside the image no line does', async () => {
    for (const [index, line] of lines.entries()) {
      await writeFile(join(place.images, `beside${index}.nspawn`), `[Exec]\n${line}\n`);
      assert.equal(await decides(`beside${index}`), false, line);
    }
  });

  test('in a directory of the administrator a line does that counts, and no other', async () => {
    for (const [index, line] of lines.entries()) {
      await writeFile(join(place.etc, `trusted${index}.nspawn`), `[Exec]\n${line}\n`);
      assert.equal(await decides(`trusted${index}`), true, line);
    }
    await writeFile(join(place.etc, 'owned.nspawn'), '[Files]\nPrivateUsersOwnership=off\n');
    assert.equal(await decides('owned'), true);
    for (const [index, text] of [
      '[Exec]\n#PrivateUsers=no\nBoot=yes\n',
      '[Files]\nPrivateUsers=no\n',
      '[Exec]\nPrivateUsers=maybe\n',
      '[Exec]\nprivateusers=no\n',
      '[Exec\nPrivateUsers=no\n',
    ].entries()) {
      await writeFile(join(place.etc, `silent${index}.nspawn`), text);
      assert.equal(await decides(`silent${index}`), false, text);
    }
  });

  test('where nobody can tell it stays', async () => {
    await writeFile(join(place.etc, 'any.nspawn'), '[Exec]\nPrivateUsers=no\n');
    assert.equal(await decides('any'), true);
    assert.equal(await decides('any', () => Promise.resolve(undefined)), false);
    assert.equal(await decides('any', () => Promise.reject(new Error('no server'))), false);
    await symlink('/dev/zero', join(place.etc, 'device.nspawn'));
    assert.equal(await decides('device'), false);
    assert.equal(await decides('none'), false);
    // systemd-nspawn takes `a_b` for `ab`, so it does not read this file.
    await writeFile(join(place.etc, 'a_b.nspawn'), '[Exec]\nPrivateUsers=no\n');
    assert.equal(await decides('a_b'), false);
  });
});
