import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { compare, findingsOf } from '../../../differential/compare.ts';
import type { RealVerdict } from '../../../differential/compare.ts';
import { repositoryRoot } from '../../../rig/cache.ts';

/** A text on which we once differed, and what systemd-nspawn of that version really did with it. */
interface Fixture {
  readonly version: number;
  readonly text: string;
  readonly real: RealVerdict;
}

const folder = join(repositoryRoot, 'test/fixtures/differential/nspawn');

for (const name of await readdir(folder))
  test(`what systemd-nspawn was seen to do: ${name}`, async () => {
    const fixtures = JSON.parse(await readFile(join(folder, name), 'utf8')) as readonly Fixture[];
    assert.ok(fixtures.length > 0);
    for (const { version, text, real } of fixtures) {
      const differences = compare(real, findingsOf(text, version));
      assert.deepEqual(differences, [], `systemd ${version} on ${JSON.stringify(text)}: ${JSON.stringify(real)}`);
    }
  });
