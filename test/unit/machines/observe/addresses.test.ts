import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addressText, sortAddresses } from '../../../../src/machines/host/addresses.ts';

const v6 = (text: string): string | undefined =>
  addressText(text.split(' ').flatMap((group) => [Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 255]));

test('IPv6 addresses are written as RFC 5952 wants it', () => {
  assert.equal(v6('2001 db8 0 0 0 0 0 1'), '2001:db8::1');
  assert.equal(v6('0 0 0 0 0 0 0 1'), '::1');
  assert.equal(v6('0 0 0 0 0 0 0 0'), '::');
  assert.equal(v6('2001 0 0 1 0 0 0 1'), '2001:0:0:1::1');
  assert.equal(v6('2001 db8 0 1 1 1 1 1'), '2001:db8:0:1:1:1:1:1');
  assert.equal(v6('fe80 0 0 0 0 0 0 0'), 'fe80::');
  assert.equal(v6('10 0 0 20 0 0 0 100'), '10:0:0:20::100');
  assert.equal(v6('100 0 0 0 0 10 0 0'), '100::10:0:0');
});

test('what has not the length or the bytes of an address is none', () => {
  assert.equal(addressText([1, 2, 3]), undefined);
  assert.equal(addressText([1, 2, 3, 256]), undefined);
  assert.equal(addressText([]), undefined);
  assert.equal(addressText([10, 0, 0, 1]), '10.0.0.1');
});

test('routable addresses come first, each once', () => {
  const given = ['::1', 'fe80::1', '169.254.1.1', '2001:db8::1', '10.0.0.1', '192.168.1.1', '10.0.0.1', '127.0.0.1'];
  assert.deepEqual(sortAddresses(given), [
    '10.0.0.1',
    '192.168.1.1',
    '2001:db8::1',
    '169.254.1.1',
    'fe80::1',
    '::1',
    '127.0.0.1',
  ]);
});
