import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { migrateToSystemd, migrateToV2 } from '../../../../../src/language/cgconfig/migrate/migrate.ts';
import { defaultContext } from '../../../../../src/language/context.ts';
import { noSharedFacts, sharedFacts } from '../../../../differential/sharedFacts.ts';
import { findingsOf } from '../findings.ts';
import { opened } from './migrated.ts';

const facts = await sharedFacts();

const comments = (text: string): readonly string[] => text.split('\n').filter((line) => /^\s*#/u.test(line));

test(
  'every sample becomes a file for v2 that says nothing new, keeps its comments and is done',
  {
    skip: facts === undefined ? noSharedFacts : false,
  },
  () => {
    const folder = join(facts ?? '', 'corpus/cgconfig');
    let changed = 0;
    for (const name of readdirSync(folder).filter((one) => one.endsWith('.conf'))) {
      const text = readFileSync(join(folder, name), 'utf8');
      const result = migrateToV2(opened('cgconfig', text), defaultContext);
      const units = migrateToSystemd(opened('cgconfig', text), defaultContext);
      assert.equal(result?.kind, units?.kind === 'systemd' ? 'v2' : units?.kind, name);
      if (result?.kind !== 'v2') continue;
      if (!result.isSame) changed++;
      const before = new Set(findingsOf(text).map(({ rule }) => rule));
      for (const { rule } of findingsOf(result.text)) assert.ok(before.has(rule), `${name}: ${rule}`);
      const kept = comments(result.text);
      for (const comment of comments(text)) assert.ok(kept.includes(comment), `${name}: ${comment}`);
      const again = migrateToV2(opened('cgconfig', result.text), defaultContext);
      assert.ok(again?.kind === 'v2' && again.isSame, `${name} is not done`);
    }
    assert.ok(changed > 40, String(changed));
  },
);
