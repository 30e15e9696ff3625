import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withoutIcons, withoutLinks } from '../../../src/ui/inertText.ts';

test('a name cannot put a link into a notification', () => {
  assert.equal(withoutLinks('bad [x](command:evil) [y](http://e)'), 'bad [x] (command:evil) [y] (http://e)');
});

test('a name cannot put an icon into a label', () => {
  assert.equal(withoutIcons('$(check) web'), '\\$(check) web');
});
