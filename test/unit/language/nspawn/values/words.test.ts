import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fixed, judged, problemsOf } from './judged.ts';

void test('an open quote in Parameters= is marked where it opens; up to 256 the words before it count', () => {
  assert.deepEqual(judged('Parameters', 'a "b c'), ['unbalanced-quote ignored «"b c»']);
  assert.match(problemsOf('Parameters', 'a "b', 256)[0]?.message ?? '', /from here on/u);
  assert.match(problemsOf('Parameters', 'a "b', 257)[0]?.message ?? '', /The line is ignored/u);
  assert.equal(fixed('Parameters', "a 'b c"), "a 'b c'");
  assert.deepEqual(judged('Parameters', ''), []);
});

void test('a backslash before a blank or a quote does nothing in Parameters=, and that is said', () => {
  assert.deepEqual(judged('Parameters', String.raw`a\ b`), [String.raw`literal-backslash none «\ »`]);
  assert.deepEqual(judged('Parameters', String.raw`grep \w+ C:\x`), []);
});

void test('a comment behind words is passed on, or swallowed with its apostrophe', () => {
  assert.deepEqual(judged('Parameters', 'echo # hi'), ['comment-after-value none «# hi»']);
  assert.deepEqual(judged('Parameters', `echo # don't`), [`comment-after-value ignored «# don't»`]);
  assert.deepEqual(judged('Parameters', `sh -c "a # b"`), []);
  assert.deepEqual(judged('Parameters', `#a b#c`), []);
});

void test('a word of Environment= without = sets nothing, and quotes around the assignment are offered', () => {
  assert.deepEqual(judged('Environment', 'A=b c'), ['environment-without-value none «c»']);
  assert.equal(fixed('Environment', 'X=1 A=b c d B=e'), 'X=1 "A=b c d" B=e');
  assert.deepEqual(judged('Environment', '=x'), ['environment-without-value none «=x»']);
  assert.deepEqual(judged('Environment', 'A="b c" "B=d e" C= _D=1'), []);
  assert.deepEqual(judged('Environment', 'A=b # c'), ['comment-after-value none «# c»']);
});

void test('a name that no shell takes is only worth a note', () => {
  assert.deepEqual(judged('Environment', '1A=b'), ['environment-name none «1A»']);
  assert.deepEqual(judged('Environment', '"A-B=c d"'), ['environment-name none «A-B»']);
});
