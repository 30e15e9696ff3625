import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fixed, judged, offered, problemsOf, refusedOf } from './judged.ts';

void test('twelve words are yes and no, in any case', () => {
  const words = ['1', 'yes', 'y', 'true', 't', 'on', '0', 'no', 'n', 'false', 'f', 'off', 'Yes', 'OFF', 'tRue'];
  assert.deepEqual(refusedOf('Boot', words), []);
  assert.deepEqual(refusedOf('ReadOnly', [...words, '2', 'enable', 'ye', 'ｙes', 'ſ']), [
    '2',
    'enable',
    'ye',
    'ｙes',
    'ſ',
  ]);
  assert.deepEqual(judged('Boot', 'maybe'), ['invalid-boolean ignored «maybe»']);
  assert.equal(fixed('Boot', 'enabled'), 'yes');
  assert.equal(fixed('Boot', 'flase'), 'false');
});

void test('an empty value resets some of them, and only since version 249', () => {
  assert.deepEqual(judged('ReadOnly', '', 249), []);
  assert.deepEqual(judged('ReadOnly', '', 248), ['empty-value ignored «»']);
  assert.deepEqual(judged('Boot', ''), ['empty-value ignored «»']);
  assert.deepEqual(judged('Ephemeral', '', 249), ['empty-value ignored «»']);
  assert.deepEqual(judged('Ephemeral', '', 250), []);
  assert.deepEqual(judged('PrivateUsersChown', ''), ['empty-value ignored «»']);
});

void test('a comment behind a value that is wrong with it is the finding, and removing it the fix', () => {
  assert.deepEqual(judged('Boot', 'yes # start init'), ['comment-after-value ignored «# start init»']);
  assert.equal(fixed('Boot', 'yes \t; x'), 'yes');
  assert.deepEqual(judged('Boot', 'yep # x'), ['invalid-boolean ignored «yep»', 'comment-after-value ignored «# x»']);
  assert.deepEqual(judged('Boot', '# x'), ['invalid-boolean ignored «# x»']);
});

void test('quotes around a value that takes none are removed', () => {
  assert.equal(fixed('Boot', '"yes"'), 'yes');
  assert.equal(fixed('Timezone', "'bind'"), 'bind');
  assert.match(problemsOf('Boot', '"yes"')[0]?.message ?? '', /Quotes do not group here/u);
});

void test('choices are case-sensitive words of their version, and most take yes and no', () => {
  assert.deepEqual(refusedOf('LinkJournal', ['no', 'auto', 'try-guest', 'yes', 'OFF', 'Auto', 'try-auto']), [
    'Auto',
    'try-auto',
  ]);
  assert.equal(fixed('LinkJournal', 'Try-Guest'), 'try-guest');
  assert.equal(fixed('ResolvConf', 'copy_host'), 'copy-host');
  assert.deepEqual(judged('ResolvConf', 'copy-stub', 245), ['choice-of-other-version ignored «copy-stub»']);
  assert.deepEqual(judged('PrivateUsersOwnership', 'foreign', 257), ['choice-of-other-version ignored «foreign»']);
  assert.deepEqual(judged('PrivateUsersOwnership', 'foreign', 258), []);
  assert.deepEqual(refusedOf('Volatile', ['overlay'], 241), ['overlay']);
  assert.deepEqual(refusedOf('LinkJournal', ['no', 'yes', 'off'], 246), ['yes', 'off']);
  assert.deepEqual(judged('Timezone', 'Europe/Berlin'), ['unknown-choice ignored «Europe/Berlin»']);
  assert.deepEqual(judged('Volatile', ''), ['empty-value ignored «»']);
});

void test('the words of the version are offered, yes and no of a choice only when typed', () => {
  const words = offered('PrivateUsersOwnership', 'o|', 257);
  assert.deepEqual(
    words.filter(({ rare }) => rare !== true).map(({ text }) => text),
    ['off', 'chown', 'map', 'auto'],
  );
  assert.equal(words.find(({ text }) => text === 'yes')?.detail, 'the same as auto');
  assert.deepEqual(
    offered('Boot', 'y|es')
      .map(({ made }) => made)
      .slice(0, 2),
    ['yes', 'no'],
  );
});

void test('0 and 1 of PrivateUsers= are no and yes, which is said', () => {
  assert.deepEqual(judged('PrivateUsers', '0'), ['digit-means-yes-or-no none «0»']);
  assert.deepEqual(judged('PrivateUsers', '1'), ['digit-means-yes-or-no none «1»']);
});

void test('PrivateUsers= takes words of its version', () => {
  assert.deepEqual(refusedOf('PrivateUsers', ['yes', 'no', 'pick', 'identity', 'managed', 'Pick'], 252), [
    'managed',
    'Pick',
  ]);
  assert.deepEqual(judged('PrivateUsers', 'identity', 251), ['choice-of-other-version ignored «identity»']);
  assert.equal(fixed('PrivateUsers', 'PICK'), 'pick');
});

void test('PrivateUsers= takes a range of users that fits', () => {
  assert.deepEqual(
    refusedOf('PrivateUsers', ['524288', '524288:65536', '0:65536', '4294901759', '5:0x10', '5: 7']),
    [],
  );
  assert.deepEqual(judged('PrivateUsers', '0524288:65536'), ['invalid-private-users ignored «0524288»']);
  assert.deepEqual(judged('PrivateUsers', '524288:x'), ['invalid-private-users ignored «x»']);
  assert.deepEqual(judged('PrivateUsers', '65535:1'), ['invalid-private-users ignored «65535»']);
  assert.deepEqual(judged('PrivateUsers', '4294901760'), ['invalid-private-users ignored «4294901760»']);
  assert.deepEqual(judged('PrivateUsers', '5:0'), ['invalid-private-users ignored «5:0»']);
  // Up to 248 only an empty range is seen when the file is read.
  assert.deepEqual(judged('PrivateUsers', '4294901760', 248), ['invalid-private-users start-refused «4294901760»']);
  assert.deepEqual(judged('PrivateUsers', '5:0', 248), ['invalid-private-users ignored «0»']);
});
