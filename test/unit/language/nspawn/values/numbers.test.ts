import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  parseInt32,
  parseUid,
  parseUint32,
  parseUint64,
} from '../../../../../src/language/nspawn/values/parseNumber.ts';
import { parseSize } from '../../../../../src/language/nspawn/values/parseSize.ts';
import { parseTimeSpan } from '../../../../../src/language/nspawn/values/parseTimeSpan.ts';
import { fixed, judged, offered, refusedOf } from './judged.ts';

const now = { systemdVersion: 262 };

void test('numbers are decimal, hexadecimal, octal or binary, with blanks and a sign before them', () => {
  const read = ['10', '+10', '-10', '0x1F', '010', '0b101', '0o17', ' \t7', '\v7', '0b+1', '-0'];
  assert.deepEqual(
    read.map((text) => parseInt32(text, now)),
    [10, 10, -10, 31, 8, 5, 15, 7, 7, 1, 0],
  );
  for (const text of ['', '-', '0x', '08', '0b2', '1K', '1 ', '1.5', '١', '- 5', '+-5', '1_000', '0o 8'])
    assert.equal(parseInt32(text, now), 'syntax', text);
  for (const text of ['2147483648', '-2147483649', '9'.repeat(100_000)])
    assert.equal(parseInt32(text, now), 'range', text.slice(0, 20));
});

void test('a sign before 0b is read by the C library alone, which systemd 262 keeps from it', () => {
  assert.deepEqual(
    [252, 257, 262].map((systemdVersion) => parseInt32('-0b1', { systemdVersion })),
    ['syntax', -1, 'syntax'],
  );
});

void test('before version 246 neither 0b, 0o nor -0 is taken', () => {
  const old = { systemdVersion: 245 };
  assert.deepEqual(
    ['0b1', '0o1', '-0'].map((text) => parseUint32(text, old)),
    ['syntax', 'syntax', 'range'],
  );
  assert.equal(parseUint32('-0', { systemdVersion: 246 }), 0);
});

void test('numbers without a sign stop at 32 or 64 bits, and go round behind a blank that systemd does not skip', () => {
  assert.equal(parseUint32('4294967295', now), 4_294_967_295);
  assert.equal(parseUint32('4294967296', now), 'range');
  assert.equal(parseUint32('-1', now), 'range');
  assert.equal(parseUint64('18446744073709551615', now), 18_446_744_073_709_551_615n);
  assert.equal(parseUint64('18446744073709551616', now), 'range');
  assert.equal(parseUint64('\v-18446744073709551615', now), 1n);
});

void test('a user number is plainly decimal since version 246', () => {
  for (const text of ['05', '+5', ' 5', '0x5']) assert.equal(parseUid(text, now), 'syntax', text);
  for (const text of ['65535', '4294967295']) assert.equal(parseUid(text, now), 'range', text);
  assert.equal(parseUid('\v5', now), 5);
  assert.deepEqual(
    ['05', '+5', '0x5'].map((text) => parseUid(text, { systemdVersion: 245 })),
    [5, 5, 5],
  );
});

const size = (text: string): string => {
  const read = parseSize(text);
  return 'value' in read ? read.value.toString() : `${read.failure} ${read.start}`;
};

void test('a size has parts of falling units, and a point only within a part', () => {
  assert.deepEqual(['1', '1K', '1.5K', '1G500M', '1K 2', '1 K', '10.M', '+5B', '0', '14.5E'].map(size), [
    '1',
    '1024',
    '1536',
    '1598029824',
    '1026',
    '1024',
    '10485760',
    '5',
    '0',
    '16717361816799281152',
  ]);
  assert.deepEqual(
    ['', '1k', '1KB', '1KiB', '1M1G', '1K1K', '.5', '1,5G', '-1', '15.9E', '0x10', 'infinity'].map(size),
    [
      ...['syntax 0', 'syntax 1', 'syntax 2', 'syntax 2', 'syntax 3', 'syntax 3', 'syntax 0', 'syntax 1'],
      ...['range 0', 'range 0', 'syntax 1', 'syntax 0'],
    ],
  );
});

void test('the last number of 64 bits with a fraction goes round, as in systemd', () => {
  assert.equal(size('18446744073709551615.5K'), '18446744073709551104');
  assert.equal(size('18446744073709551615K'), 'range 0');
});

const time = (text: string): string => {
  const read = parseTimeSpan(text, 1_000_000n);
  return 'value' in read ? read.value.toString() : `${read.failure} ${read.start}`;
};

void test('a time adds up its parts, in seconds where no unit stands', () => {
  assert.deepEqual(
    ['5', '1h 30min', '1.5', '.5', '1.2 .3', '12.34s.56', '1us', '1µs', '1μs', '5 m', '1M', '5 5', '1y', '1 hr'].map(
      time,
    ),
    [
      ...['5000000', '5400000000', '1500000', '500000', '1500000', '12900000', '1', '1', '1', '300000000'],
      ...['2629800000000', '10000000', '31557600000000', '3600000000'],
    ],
  );
  assert.equal(time('infinity'), '18446744073709551615');
  assert.deepEqual(['', '5.', '5. 3', '1.2.3', '5x', '5sx', 'infinitys', '-5', '-0', 's', '1S', '600000y'].map(time), [
    ...['syntax 0', 'syntax 0', 'syntax 0', 'syntax 3', 'syntax 1', 'syntax 2', 'syntax 8', 'range 0', 'range 0'],
    ...['syntax 0', 'syntax 1', 'range 0'],
  ]);
});

void test('a whole number has its range, and a leading zero makes it octal', () => {
  assert.deepEqual(judged('OOMScoreAdjust', ''), []);
  assert.deepEqual(refusedOf('OOMScoreAdjust', ['-1000', '1000', '-1001', '1001', '0x10', '1 ', 'x']), [
    ...['-1001', '1001', '1 ', 'x'],
  ]);
  assert.deepEqual(judged('OOMScoreAdjust', '0100'), ['octal-number none «0100»']);
  assert.deepEqual(judged('PrivateUsersDelegate', '4294967296'), ['invalid-number ignored «4294967296»']);
  assert.deepEqual(judged('PrivateUsersDelegate', ''), ['empty-value ignored «»']);
  assert.deepEqual(judged('PrivateUsersDelegate', '08'), ['invalid-number ignored «08»']);
});

void test('a count takes no suffix, and the number that was meant is offered', () => {
  assert.deepEqual(judged('LimitNOFILE', '1K'), ['invalid-limit ignored «1K»']);
  assert.equal(fixed('LimitNOFILE', '1K'), '1024');
  assert.deepEqual(refusedOf('LimitNOFILE', ['0', 'infinity', '1024:4096', '18446744073709551614', '1:2:']), []);
  assert.deepEqual(refusedOf('LimitNOFILE', ['18446744073709551615', '-1', '1:', ':1', '1:2:3', 'unlimited']), [
    ...['18446744073709551615', '-1', '1:', ':1', '1:2:3', 'unlimited'],
  ]);
  assert.equal(fixed('LimitNOFILE', 'unlimited'), 'infinity');
  assert.deepEqual(judged('LimitNOFILE', '010'), ['octal-number none «010»']);
  assert.equal(fixed('LimitNOFILE', '08'), '8');
});

void test('a limit says which side of it is wrong, and that the soft one is at most the hard one', () => {
  assert.deepEqual(judged('LimitAS', '1K:1KB'), ['invalid-limit ignored «B»']);
  assert.deepEqual(judged('LimitAS', '1KiB:x'), ['invalid-limit ignored «iB»', 'invalid-limit ignored «x»']);
  assert.equal(fixed('LimitAS', '1KiB'), '1K');
  assert.deepEqual(judged('LimitAS', '2K:1K'), ['soft-limit-above-hard ignored «2K:1K»']);
  assert.equal(fixed('LimitAS', '2K:1K'), '1K:2K');
  assert.deepEqual(judged('LimitAS', '1K:2K:3K'), ['invalid-limit ignored «:3K»']);
  assert.deepEqual(judged('LimitAS', '1:2\\'), ['trailing-backslash ignored «\\»']);
  assert.deepEqual(judged('LimitAS', ''), ['empty-value ignored «»']);
  assert.deepEqual(refusedOf('LimitCPU', ['1.5', '2:1.5', '1ms:1s', 'infinity:5', '5 min']), ['infinity:5']);
  assert.deepEqual(refusedOf('LimitRTTIME', ['100ms', '5.5', '1s:1ms']), ['1s:1ms']);
});

void test('a nice value has a sign, and the raw one goes from 0 to 40', () => {
  assert.deepEqual(refusedOf('LimitNICE', ['+19', '-20', '0', '40', '+20', '-21', '41', 'infinity', '+-1', '- 1']), [
    ...['+20', '-21', '41', 'infinity', '+-1'],
  ]);
  // Nice 10 is below nice -10 for the kernel.
  assert.deepEqual(judged('LimitNICE', '+10:-10'), []);
  assert.deepEqual(judged('LimitNICE', '-10:+10'), ['soft-limit-above-hard ignored «-10:+10»']);
});

void test('behind the number of a limit its units are offered, elsewhere infinity', () => {
  const made = (name: string, marked: string): readonly string[] => offered(name, marked).map((one) => one.made);
  assert.deepEqual(made('LimitAS', '1K:2|'), ['1K:2K', '1K:2M', '1K:2G', '1K:2T', '1K:2P', '1K:2E']);
  assert.deepEqual(made('LimitAS', '|K:1G'), ['infinity:1G']);
  assert.deepEqual(made('LimitCPU', '5 m|'), ['5 us', '5 ms', '5 s', '5 min', '5 h', '5 d']);
  assert.deepEqual(made('LimitCPU', '1h5m|in:2h').slice(0, 2), ['1h5us:2h', '1h5ms:2h']);
  assert.deepEqual(made('LimitNOFILE', '10|'), []);
  assert.deepEqual(made('LimitNOFILE', '10:in|'), ['10:infinity']);
  assert.deepEqual(made('LimitNICE', '|'), []);
});
