import assert from 'node:assert/strict';
import { test } from 'node:test';
import '../vscode/register.ts';

const { commandInLine } = await import('../../../../src/ui/commands/convertCommandToFile.ts');

test('what continued the lines of a command goes, also where the line ends have become blanks', () => {
  const copied = 'systemd-nspawn \\\n  --boot \\\n  --machine=web\n';
  assert.equal(commandInLine(copied), 'systemd-nspawn --boot --machine=web');
  assert.equal(commandInLine(copied.replaceAll('\n', ' ')), 'systemd-nspawn --boot --machine=web');
});

test('a blank that is quoted inside a word stays', () => {
  const command = 'systemd-nspawn --bind=/a\\ b --setenv=A=\\\\';
  assert.equal(commandInLine(command), command);
});
