import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import '../vscode/register.ts';
import type { CommandServices } from '../../../../src/ui/commands/handler.ts';
import { runBy } from '../../machines/act/fakeMachine.ts';
import { log, messages, presses } from '../vscode/standIn.ts';

const { offerToKill } = await import('../../../../src/ui/commands/killNow.ts');

test('whoever kills what has ended by then kills nothing, also where it has started again', async () => {
  const leaders = new Map([
    ['ended', 1],
    ['again', 2],
  ]);
  const ran: string[] = [];
  const inventory = {
    get machines(): ReadonlyMap<string, object> {
      return new Map([...leaders].map(([name, leader]) => [name, { name, leader }]));
    },
    images: new Map(),
    refresh: () => {
      leaders.delete('ended');
      leaders.set('again', 3);
      return Promise.resolve();
    },
  };
  const services: object = { log, inventory, run: runBy(() => '', ran) };
  messages.length = 0;
  presses.splice(0, Infinity, 'Kill Now');
  offerToKill(services as CommandServices).offer(['ended', 'again']);
  for (let turn = 0; turn < 10; turn++) await nextTurn();
  assert.match(String(messages[0]), /have not stopped within 10 seconds: ended, again\./u);
  assert.deepEqual(messages.slice(1), ['Nothing was killed: all of them have ended meanwhile: ended, again.']);
  assert.deepEqual(ran, []);
});
