import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inertText, plainLines, plainText, withoutLinks } from '../../../src/ui/plainText.ts';

test('colours, titles and line ends of a tool do not reach a message', () => {
  assert.equal(plainText('\u001b[0;1;31mFailed\u001b[0m to\r\nstart\u001b]0;evil\u0007 it', 80), 'Failed to start it');
});

test('characters that turn the direction of writing are dropped', () => {
  assert.equal(plainText('a\u202egnp.exe\u2066b\u200b', 80), 'a gnp.exe b');
});

test('what a container says never becomes a link, which VS Code would let run commands', () => {
  // As VS Code's linkedText.ts finds links in the text of a notification.
  const link = /\[([^\]]+)\]\(((?:https?:\/\/|command:|file:)[^)\s]+)(?: (["'])(.+?)(\3))?\)/giu;
  for (const said of ['[fix it](command:a.b?%5B1%5D)', '[x]\u001b[0m(command:a.b)', '[[x](](https://evil.test "y")']) {
    assert.doesNotMatch(plainText(said, 80), link);
  }
  assert.equal(plainText('init[1](sh): [ OK ]', 80), 'init[1] (sh): [ OK ]');
});

test('a long text is cut at a whole character', () => {
  assert.equal(plainText('😀'.repeat(10), 4), '😀😀😀…');
  assert.equal(plainText('abcd', 4), 'abcd');
});

test('a document keeps its lines and tabs and shows where a control character stood', () => {
  assert.equal(plainLines('a\tb\r\nc\u0000d\u001b[1me\u001b[0m\n'), 'a\tb\nc\u{fffd}de\n');
});

test('a name cannot put a link into a notification', () => {
  assert.equal(withoutLinks('bad [x](command:evil) [y](http://e)'), 'bad [x] (command:evil) [y] (http://e)');
});

test('a name can put neither an icon nor a link into a question, whatever backslashes it brings', () => {
  assert.equal(inertText('$(check) web'), '$ (check) web');
  assert.equal(inertText('\\$(check) \\\\$(bug) [x](command:evil)'), '\\$ (check) \\\\$ (bug) [x] (command:evil)');
  // VS Code's own expressions for both.
  for (const text of [
    '$($(bug))',
    '\\$(bug~spin)',
    '[$(bug)](command:evil)',
    '](]((',
    '$$(bug)',
    '[a]([b](file:///))',
  ]) {
    assert.doesNotMatch(inertText(text), /\$\([A-Za-z0-9-]+(?:~[A-Za-z]+)?\)/u);
    assert.doesNotMatch(inertText(text), /\]\(/u);
  }
});
