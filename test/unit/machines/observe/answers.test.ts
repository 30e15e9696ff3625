import assert from 'node:assert/strict';
import { test } from 'node:test';
import { imageFromProperties, listImagesByBus } from '../../../../src/machines/nspawn/observe/imagesByBus.ts';
import { imageFromVarlink } from '../../../../src/machines/nspawn/observe/imagesByVarlink.ts';
import { imagePath } from '../../../../src/machines/nspawn/observe/machinedCalls.ts';
import { busLabel } from '../../../../src/machines/host/systemBus.ts';
import { addressesFromBus, detailsFromVarlink } from '../../../../src/machines/nspawn/observe/machineDetails.ts';
import type { Image } from '../../../../src/machines/image.ts';
import { osReleaseFromFields } from '../../../../src/machines/host/osRelease.ts';
import { recording, suites, varlinkParameters } from './recordings.ts';

for (const suite of suites) {
  const recorded = recording(suite);

  test(`D-Bus of ${suite} tells an image`, () => {
    const image = imageFromProperties(recorded.imageProperties);
    assert.equal(image?.path, '/var/lib/machines/raw-disk.raw');
    assert.deepEqual(
      { name: image.name, type: image.type, readOnly: image.readOnly, limit: image.limit, managed: image.managed },
      { name: 'raw-disk', type: 'raw', readOnly: false, limit: 16_777_216, managed: true },
    );
    assert.ok(image.usage !== undefined && image.usage > 1e6 && image.usage < 16_777_216);
    // Recorded in 2026; a factor of a thousand would be far off.
    assert.equal(new Date(image.created ?? 0).getUTCFullYear(), 2026);
    assert.equal(new Date(image.modified ?? 0).getUTCFullYear(), 2026);
  });

  test(`D-Bus of ${suite} lists images, and asks for each only what is not known yet`, async () => {
    const asked: string[] = [];
    const call = (question: { member: string; path: string }): Promise<unknown> => {
      if (question.member === 'ListImages') return Promise.resolve(recorded.listImages);
      asked.push(question.path);
      const row = (recorded.listImages as readonly unknown[][]).find((one) => one[6] === question.path) ?? [];
      const [Name, Type, ReadOnly, CreationTimestamp, ModificationTimestamp, Usage] = row;
      return Promise.resolve({
        ...{ Name, Type, ReadOnly, CreationTimestamp, ModificationTimestamp, Usage },
        ...{ Path: `/var/lib/machines/${String(Name)}`, Limit: 0xffff_ffff_ffff_ffffn },
      });
    };
    const first = await listImagesByBus(call, new Map());
    assert.equal(asked.length, 9);
    const host = first.find(({ name }) => name === '.host');
    assert.deepEqual([host?.usage, host?.limit, host?.modified], [undefined, undefined, undefined]);
    asked.length = 0;
    const known = new Map<string, Image>(first.map((image) => [image.name, image]));
    const frozen = known.get('frozen');
    assert.ok(frozen !== undefined);
    known.set('frozen', { ...frozen, readOnly: false });
    const second = await listImagesByBus(call, known);
    assert.deepEqual(asked, [imagePath('frozen')]);
    assert.deepEqual(new Set(second), new Set(first));
  });

  test(`D-Bus of ${suite} tells addresses and the system`, () => {
    const [first, second, ...rest] = addressesFromBus(recorded.addresses);
    assert.equal(first, '10.9.8.7');
    assert.match(second ?? '', /^fe80::[0-9a-f]{1,4}:[0-9a-f]{1,4}:[0-9a-f]{1,4}:[0-9a-f]{1,4}$/u);
    assert.deepEqual(rest, []);
    assert.equal(osReleaseFromFields(recorded.osRelease).id, 'debian');
  });

  test(`the same path of an object as on ${suite}`, () => {
    const rows = recorded.listImages as readonly unknown[][];
    assert.deepEqual(
      rows.map((row) => imagePath(String(row[0]))),
      rows.map((row) => row[6]),
    );
  });
}

for (const suite of ['trixie', 'forky'] as const) {
  const recorded = recording(suite);

  test(`varlink of ${suite} tells the same images as its D-Bus`, () => {
    const byVarlink = recorded.varlinkImages.map((line) => imageFromVarlink(varlinkParameters(line)));
    const names = (recorded.listImages as readonly unknown[][]).map((row) => row[0]);
    assert.deepEqual(byVarlink.map((image) => image?.name).sort(), names.sort());
    assert.deepEqual(
      byVarlink.find((image) => image?.name === 'raw-disk'),
      imageFromProperties(recorded.imageProperties),
    );
  });

  test(`varlink of ${suite} tells a machine`, () => {
    const details = detailsFromVarlink(varlinkParameters(recorded.varlinkMachine[0]));
    assert.equal(details.state, 'running');
    assert.equal(details.os?.prettyName, recorded.osRelease['PRETTY_NAME']);
    assert.deepEqual(details.addresses, addressesFromBus(recorded.addresses));
  });
}

test('answers of the wrong shape are no images, no addresses and no system', () => {
  for (const answer of [
    undefined,
    null,
    5,
    'x',
    [],
    {},
    [[1, 2]],
    { Name: 5, Path: '/x' },
    { Name: '../x', Path: '/x' },
  ]) {
    assert.equal(imageFromProperties(answer), undefined);
    assert.deepEqual(addressesFromBus(answer), []);
  }
  assert.equal(imageFromVarlink({ name: 'a/b', path: '/x' }), undefined);
  assert.equal(imageFromVarlink({ name: 'a' }), undefined);
  assert.equal(imageFromVarlink({ name: 'a', path: '/a', type: 'mstack', usage: 'x' })?.type, 'unknown');
  const nothing = { state: 'running', os: undefined, addresses: [] };
  assert.deepEqual(
    detailsFromVarlink({ addresses: [{ address: [1, 2] }, 7, { address: [300, 1, 1, 1] }], OSRelease: [5] }),
    nothing,
  );
});

test('an object path escapes every byte that is no letter or digit, and a leading digit', () => {
  assert.equal(busLabel('.host'), '_2ehost');
  assert.equal(busLabel('4x-ä'), '_34x_2d_c3_a4');
});
