import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import '../vscode/register.ts';
import { commandIds, commandsOnTexts } from '../../../../src/ui/commands/commandIds.ts';
import { isFailure } from '../../machines/act/fakeMachine.ts';
import { messages, workspace } from '../vscode/standIn.ts';

const { requireTrust } = await import('../../../../src/ui/commands/requireTrust.ts');

afterEach(() => {
  workspace.isTrusted = true;
  messages.length = 0;
});

test('what acts on texts as root is refused in a folder that is not trusted, with a sentence, and nothing else is', () => {
  workspace.isTrusted = false;
  for (const id of commandIds) {
    if (!commandsOnTexts.has(id)) {
      requireTrust(id);
      continue;
    }
    assert.throws(() => requireTrust(id), isFailure('cancelled'), id);
    assert.match(messages.pop() ?? '', /not trusted/u);
  }
  assert.deepEqual(messages, []);
});

test('in a folder that is trusted nothing is refused', () => {
  for (const id of commandIds) requireTrust(id);
  assert.deepEqual(messages, []);
});
