import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inertText, withoutLinks } from '../../../src/ui/inertText.ts';

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
