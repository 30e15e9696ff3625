import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nspawnTemplate } from '../../../../src/ui/commands/nspawnTemplate.ts';
import { saysKillSignal, withKillSignal } from '../../../../src/ui/commands/withKillSignal.ts';

const withUsr2 = (text: string): string => withKillSignal(text, 'SIGUSR2');

test('the signal comes first below [Exec], in place of another one, or with a section of its own', () => {
  assert.equal(withUsr2('[Exec]\nBoot=yes\n'), '[Exec]\nKillSignal=SIGUSR2\nBoot=yes\n');
  assert.equal(withUsr2('[Exec]\nKillSignal = SIGTERM\nBoot=yes\n'), '[Exec]\nKillSignal=SIGUSR2\nBoot=yes\n');
  assert.equal(withUsr2('[Network]\nPrivate=yes'), '[Network]\nPrivate=yes\n[Exec]\nKillSignal=SIGUSR2\n');
  assert.equal(withUsr2(''), '[Exec]\nKillSignal=SIGUSR2\n');
});

test('a text that says it stays as it is, a comment does not say it, and the last line counts', () => {
  const said = '[Exec]\nKillSignal=SIGTERM\nKillSignal=SIGUSR2\n';
  assert.equal(withUsr2(said), said);
  assert.equal(saysKillSignal('[Exec]\n#KillSignal=SIGUSR2\n', 'SIGUSR2'), false);
  assert.equal(saysKillSignal('[Exec]\nKillSignal=SIGUSR2\nKillSignal=SIGTERM\n', 'SIGUSR2'), false);
  const made = withUsr2(nspawnTemplate('web'));
  assert.ok(saysKillSignal(made, 'SIGUSR2'));
  assert.match(made, /^\[Exec\]\nKillSignal=SIGUSR2\n/mu);
});
