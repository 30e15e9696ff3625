import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createKnownUnits } from '../../../../src/machines/cgroups/observe/knownUnits.ts';

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('names have to do until systemd has been asked, and where it does not answer', async () => {
  const units = createKnownUnits(
    () => assert.fail('nothing was denied'),
    () => Promise.reject(new Error('no bus')),
  );
  assert.equal(units.has('a.service'), true);
  assert.equal(await units.refresh(), false);
  assert.equal(units.has('a.service'), true);
});

test('a new name is asked about once, and believed until it is denied', async () => {
  const host = { units: new Set(['a.service']), asked: 0, denied: 0 };
  const units = createKnownUnits(
    () => (host.denied += 1),
    () => {
      host.asked += 1;
      return Promise.resolve(new Set(host.units));
    },
  );
  assert.equal(await units.refresh(), true);
  assert.equal(await units.refresh(), false);
  assert.equal(host.asked, 2);
  host.units.add('new.service');
  assert.deepEqual([units.has('new.service'), units.has('fake.service')], [true, true]);
  await settle();
  assert.equal(host.asked, 3);
  assert.deepEqual([units.has('new.service'), units.has('fake.service')], [true, true]);
  await settle();
  assert.deepEqual([units.has('new.service'), units.has('fake.service')], [true, false]);
  await settle();
  assert.equal(host.denied, 1);
  assert.equal(host.asked, 4);
});

test('several names that are none of a unit do not make it ask without end', async () => {
  const host = { asked: 0 };
  const fakes = ['a.service', 'b.service', 'c.service'];
  const units = createKnownUnits(
    () => fakes.forEach((name) => units.has(name)),
    () => {
      host.asked += 1;
      return Promise.resolve(new Set<string>());
    },
  );
  await units.refresh();
  for (let turn = 0; turn < 20; turn += 1) {
    for (const name of fakes) units.has(name);
    await settle();
  }
  assert.ok(host.asked <= 4, String(host.asked));
  assert.ok(fakes.every((name) => !units.has(name)));
});
