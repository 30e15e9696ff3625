import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fixed, judged, offered, refusedOf } from './judged.ts';

void test('an unknown system call or group does not count, and the rest does', () => {
  assert.deepEqual(judged('SystemCallFilter', '@swap read write'), []);
  assert.deepEqual(judged('SystemCallFilter', 'read wirte @swop'), [
    'unknown-system-call ignored «wirte»',
    'unknown-system-call ignored «@swop»',
  ]);
  assert.equal(fixed('SystemCallFilter', '@swop'), '@swap');
  assert.equal(fixed('SystemCallFilter', 'open,read'), 'open read');
  assert.equal(fixed('SystemCallFilter', 'open:EPERM'), 'open');
  assert.equal(fixed('SystemCallFilter', 'open ~read'), undefined);
  assert.deepEqual(judged('SystemCallFilter', ''), ['empty-value-resets-nothing none «»']);
  assert.deepEqual(judged('SystemCallFilter', '~'), []);
  assert.deepEqual(judged('SystemCallFilter', 'read # all'), ['comment-after-value ignored «# all»']);
});

void test('a group counts only from the version on that brought it', () => {
  assert.deepEqual(judged('SystemCallFilter', '@sandbox', 253), ['unknown-system-call ignored «@sandbox»']);
  assert.deepEqual(judged('SystemCallFilter', '@sandbox', 254), ['allow-list-limits-nothing none «@sandbox»']);
  assert.ok(!offered('SystemCallFilter', '|', 253).some(({ text }) => text === '@sandbox'));
});

void test('a denied group whose calls come from other groups denies nothing', () => {
  assert.deepEqual(judged('SystemCallFilter', '~@mount chown'), []);
  assert.deepEqual(judged('SystemCallFilter', '~@privileged'), ['denied-group-without-effect none «@privileged»']);
  assert.match(fixed('SystemCallFilter', '~@debug') ?? '', /^~.*\bptrace\b/u);
  assert.deepEqual(judged('SystemCallFilter', '~@swap swapon'), [
    'denied-anyway none «@swap»',
    'denied-anyway none «swapon»',
  ]);
});

void test('the first address family that is unknown ends the line', () => {
  assert.deepEqual(
    refusedOf('RestrictAddressFamilies', ['', 'none', '~AF_PACKET', 'af_inet', '"AF_INET" AF_UNIX', '~']),
    [],
  );
  assert.deepEqual(judged('RestrictAddressFamilies', 'AF_INET INET6 AF_UNIX'), [
    'unknown-address-family ignored «INET6 AF_UNIX»',
  ]);
  assert.equal(fixed('RestrictAddressFamilies', 'AF_INET inet6 AF_UNIX'), 'AF_INET AF_INET6 AF_UNIX');
  assert.equal(fixed('RestrictAddressFamilies', 'AF_INET,AF_UNIX'), 'AF_INET AF_UNIX');
  assert.deepEqual(judged('RestrictAddressFamilies', 'none AF_INET'), [
    'unknown-address-family ignored «none AF_INET»',
  ]);
  assert.deepEqual(judged('RestrictAddressFamilies', 'AF_INET "AF_UNIX'), ['unbalanced-quote ignored «"AF_UNIX»']);
});

void test('up to 257 a bad CPU refuses the file, and later only itself', () => {
  assert.deepEqual(judged('CPUAffinity', '0 x 3 y', 257), ['invalid-cpu-range file-refused «x»']);
  assert.deepEqual(judged('CPUAffinity', '0 x 3 y', 258), [
    'invalid-cpu-range ignored «x»',
    'invalid-cpu-range ignored «y»',
  ]);
  assert.deepEqual(judged('CPUAffinity', '0-8192', 257), ['invalid-cpu-range file-refused «0-8192»']);
  assert.deepEqual(judged('CPUAffinity', '0 # all', 257), ['comment-after-value file-refused «# all»']);
  assert.deepEqual(judged('CPUAffinity', '"0', 257), ['unbalanced-quote file-refused «"0»']);
});

void test('a range that runs backwards is left out by every version', () => {
  for (const version of [252, 257, 258, 262])
    assert.deepEqual(judged('CPUAffinity', '1 3-0', version), ['invalid-cpu-range ignored «3-0»']);
  assert.equal(fixed('CPUAffinity', '3-0'), '0-3');
  assert.deepEqual(judged('CPUAffinity', '9999-3', 252), ['invalid-cpu-range ignored «9999-3»']);
});

void test('CPUs are numbers and ranges with blanks or commas between them, also in quotes', () => {
  assert.deepEqual(
    refusedOf('CPUAffinity', ['', ',', '0-3', '0,2 4', '"0-3"', '0x1', '0--0', String.raw`0\-3`, '" 0"']),
    [],
  );
  const none = ['0-', '-3', '0-3-5', 'numa', '""', '08', '8192'];
  assert.deepEqual(refusedOf('CPUAffinity', none), none);
  assert.equal(fixed('CPUAffinity', '0..3'), '0-3');
  assert.equal(fixed('CPUAffinity', '0;2'), '0,2');
  // Systemd 257 finds no CPU in this range, so none that is too high.
  assert.deepEqual(judged('CPUAffinity', '4294967295', 257), []);
  assert.deepEqual(judged('CPUAffinity', '4294967295', 258), ['invalid-cpu-range ignored «4294967295»']);
});
