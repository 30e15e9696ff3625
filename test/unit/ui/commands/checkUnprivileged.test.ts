import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import '../vscode/register.ts';
import { MachineError } from '../../../../src/machines/errors.ts';
import type { HostUser, Remedy, UnprivilegedFinding } from '../../../../src/machines/unprivilegedSetup.ts';
import type { CommandServices } from '../../../../src/ui/commands/handler.ts';
import { runBy } from '../../machines/act/fakeMachine.ts';
import { messages, picked, presses, settings, shownItems } from '../vscode/standIn.ts';

const { checkFor } = await import('../../../../src/ui/commands/checkUnprivileged.ts');

beforeEach(() => {
  for (const list of [messages, presses, shownItems]) list.length = 0;
});

const user = { name: 'kim', uid: process.getuid?.() ?? 0, gid: 1000, home: '/home/kim' };
const remedy: Remedy = { as: 'user', call: { file: 'mend', args: ['--', "it's"] } };

/** Runs it with findings that come one after the other, until the list is empty, which closes it. */
const checkedFor = async (
  whose: HostUser,
  ...all: readonly (readonly UnprivilegedFinding[])[]
): Promise<readonly string[]> => {
  const seen: string[] = [];
  const left = [...all];
  const check = (): Promise<readonly UnprivilegedFinding[]> => Promise.resolve(left.shift() ?? []);
  const services = { run: runBy(() => '', seen) } as unknown as CommandServices;
  await assert.rejects(
    checkFor(services, { check }, whose),
    (error) => error instanceof MachineError && error.failure.kind === 'cancelled',
  );
  return seen;
};

const checked = (...all: readonly (readonly UnprivilegedFinding[])[]): Promise<readonly string[]> =>
  checkedFor(user, ...all);

const missing = (more: Partial<UnprivilegedFinding> = {}): UnprivilegedFinding => ({
  need: 'defaultConfig',
  state: 'missing',
  about: '/home/kim/.config/lxc/default.conf',
  ...more,
});

test('what is missing is not mended before a person has read how, and said so', async () => {
  assert.deepEqual(await checked([missing({ remedy })]), []);
  assert.match(messages[0] ?? '', /default\.conf has no lxc\.idmap/u);
});

test('what a person has it mended is done once, and looked at again', async () => {
  presses.push('Mend It');
  assert.deepEqual(await checked([missing({ remedy })], [missing({ state: 'fine' })]), ["mend -- it's"]);
  assert.equal(messages.length, 1);
});

test('what is still missing after it was mended is said', async () => {
  presses.push('Mend It');
  await checked([missing({ remedy })], [missing({ remedy })]);
  assert.match(messages.at(-1) ?? '', /^It is still missing\. /u);
});

test('what nobody knows to mend is told without a button', async () => {
  presses.push('Mend It');
  assert.deepEqual(await checked([missing({ need: 'bridge', about: 'br0' })]), []);
  assert.deepEqual(presses, ['Mend It']);
});

test("what is another user's is mended as that user, whose containers are shown or hidden by the last line", async () => {
  const other = { name: 'lee', uid: 54_321, gid: 54_321, home: '/home/lee' };
  const labels = (): readonly unknown[] => shownItems.map((item) => (item as { readonly label: string }).label);
  picked.push('Default configuration with lxc.idmap', 'none');
  presses.push('Mend It');
  const [line] = await checkedFor(
    other,
    [missing({ remedy })],
    [missing({ state: 'fine' })],
    [missing({ state: 'fine' })],
  );
  assert.match(line ?? '', /^env --ignore-environment .* HOME=\/home\/lee .* runuser -u lee -- mend -- it's$/u);
  assert.equal(labels().at(-1), 'Show the Containers of lee');
  settings.set('nspawn.containerUsers', ['lee']);
  picked.push('none');
  await checkedFor(other, [missing({ state: 'fine' })]);
  settings.delete('nspawn.containerUsers');
  assert.equal(labels().at(-1), 'Show the Containers of lee No Longer');
  await checked([missing({ remedy })]);
  assert.equal(shownItems.length, 0);
});
