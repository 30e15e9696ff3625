import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nspawnTemplate } from '../../../../src/ui/commands/nspawnTemplate.ts';

test('a new file changes nothing until a line of it is uncommented', () => {
  const lines = nspawnTemplate('web').split('\n');
  assert.match(lines[0] ?? '', /^# .*\bweb\b/u);
  assert.deepEqual(
    lines.filter((line) => line !== '' && !line.startsWith('#')),
    ['[Exec]', '[Files]', '[Network]'],
  );
});

test('each setting that is offered stands below a sentence that says what it is for', () => {
  const lines = nspawnTemplate('web').split('\n');
  const settings = lines.flatMap((line, index) => (/^#[A-Z]\w+=/u.test(line) ? [index] : []));
  assert.ok(settings.length >= 5);
  for (const index of settings) assert.match(lines[index - 1] ?? '', /^#(?: |[A-Z]\w+=)/u);
});
