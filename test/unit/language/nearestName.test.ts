import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nearestName } from '../../../src/language/nearestName.ts';

test('A letter more, less, another or two that changed places still lead to the name', () => {
  const names = ['Hostname', 'Timezone', 'LinkJournal'];
  for (const written of ['Hostnamee', 'Hostnam', 'Hxstname', 'Hsotname', 'host_name', 'Hoztnaem'])
    assert.equal(nearestName(written, names), 'Hostname', written);
  assert.equal(nearestName('Hxxtnaxe', names), undefined);
  assert.equal(nearestName('lnkjounral', names), 'LinkJournal');
});

test('Three new letters are taken in a long name, four are not', () => {
  assert.equal(nearestName('linkjourxyz', ['LinkJournal']), 'LinkJournal');
  assert.equal(nearestName('linkjouwxyz', ['LinkJournal']), undefined);
});
