import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import '../vscode/register.ts';
import { lxc } from '../../../../src/machines/lxc/backend.ts';
import { idOf } from '../../../../src/machines/lxc/places.ts';
import { createBusyRows } from '../../../../src/ui/busyRows.ts';
import type { CommandServices } from '../../../../src/ui/commands/handler.ts';
import { MachineError } from '../../../../src/machines/errors.ts';
import { buttonTitle } from '../../../../src/ui/failureButtons.ts';
import { l10n } from '../l10n.ts';
import { isFailure } from '../../machines/act/fakeMachine.ts';
import { createFakeContainers, type FakeContainers } from '../../machines/lxc/fakeContainers.ts';
import { image, named } from '../tree/samples.ts';
import { cancelProgress, details, log, messages, picked, presses, progressTexts } from '../vscode/standIn.ts';

const { allAtBoot } = await import('../../../../src/ui/commands/allAtBoot.ts');

const now: { made: FakeContainers[] } = { made: [] };
beforeEach(() => {
  for (const list of [details, messages, presses, picked, progressTexts]) list.length = 0;
});
afterEach(() => {
  for (const one of now.made.splice(0)) one.remove();
});

/** Containers that start at boot, of which lxc-autostart names those of `listed`. */
const world = (
  listed: string,
  configs: Readonly<Record<string, string>>,
  starting: (name: string) => void = () => undefined,
): { readonly made: FakeContainers; readonly services: CommandServices; readonly tools: () => readonly string[] } => {
  const pids = { next: 300 };
  const made: FakeContainers = createFakeContainers((line) => {
    if (line.startsWith('lxc-autostart')) return listed;
    const name = /--name=(\S+)/u.exec(line)?.[1] ?? '';
    pids.next += 2;
    if (line.startsWith('lxc-start')) starting(name);
    if (line.startsWith('lxc-start')) made.run(name, { leader: pids.next, monitor: pids.next + 1 });
    if (line.startsWith('lxc-stop')) made.end(name);
    return '';
  });
  now.made.push(made);
  for (const [name, config] of Object.entries(configs)) made.define(name, `lxc.start.auto = 1\n${config}\n`);
  const images = named(...Object.keys(configs).map((name) => image(name, { id: idOf(made.ref(name)) })));
  const inventory = {
    ...made.host.inventory,
    ...{ images, machines: new Map(), enabled: new Set(), failed: new Map(), availability: { kind: 'ready' } },
  };
  const backend = { ...lxc, atBoot: { ...lxc.atBoot, scopes: () => [made.lxcpath] } };
  const services: object = {
    ...made.host,
    ...{ inventory, log, backends: [backend], busy: createBusyRows() },
    terminals: { run: () => Promise.resolve(0) },
  };
  return {
    made,
    services: services as CommandServices,
    tools: () => made.seen.map((line) => line.replace(/ --lxcpath=\S+/u, '')),
  };
};

test('all that start at boot are named before they are started, and started in the order of the tool', async () => {
  const { services, tools } = world('three 0\nweb 0\n', { web: '', three: 'lxc.start.order = -5' });
  picked.push('Start');
  presses.push('Start');
  await allAtBoot(services, []);
  assert.deepEqual(tools(), [
    'lxc-autostart --list --all',
    'lxc-start --name=three --logpriority=INFO',
    'lxc-start --name=web --logpriority=INFO',
  ]);
  assert.deepEqual(messages, ['Start these containers, one after the other?', '$(check) Started: three, web']);
  assert.deepEqual(details, ['• three\n• web']);
});

test('where there are groups it is asked of which, and nothing is done to those that were not confirmed', async () => {
  const { services, tools, made } = world('two\n', { web: '', two: 'lxc.group = onboot shop' });
  made.run('two');
  picked.push('Power Off', 'shop');
  await assert.rejects(allAtBoot(services, []), isFailure('cancelled'));
  assert.deepEqual(tools(), ['lxc-autostart --list --groups=shop --shutdown']);
  assert.deepEqual(messages, ['Power off these containers?']);
  assert.match(details.join(), /• two$/u);
  picked.push('Power Off', 'As at Boot');
  presses.push('Power Off');
  await allAtBoot(services, []);
  assert.deepEqual(tools().slice(1), [
    'lxc-autostart --list --groups=onboot, --shutdown',
    'lxc-stop --name=two --nowait',
  ]);
  assert.equal(messages.at(-1), '$(check) Powered off: two');
});

test('where none is left to start it is said', async () => {
  const { services, tools } = world('', { web: '' });
  picked.push('Start');
  await assert.rejects(allAtBoot(services, []), isFailure('cancelled'));
  assert.equal(tools().length, 1);
  assert.match(messages.join(), /^None of them is left to start/u);
});

test('the delay of a container is waited behind its start, and can be called off', async () => {
  const { services, tools } = world('web 3000\ntwo 0\n', { web: '', two: '' });
  picked.push('Start');
  presses.push('Start');
  const end = setInterval(() => {
    if (progressTexts.includes('two in 3000 seconds')) for (const cancel of cancelProgress) cancel();
  }, 5);
  await allAtBoot(services, []);
  clearInterval(end);
  assert.deepEqual(tools().slice(1), ['lxc-start --name=web --logpriority=INFO']);
  assert.equal(messages.at(-1), '$(check) Started: web');
});

test('behind a start that failed there is no delay, nor before what stands earlier and is tried again', async () => {
  const begun: string[] = [];
  const one = world('web 3000\nlast 9999999999\n', { web: '', last: '' }, (name) => {
    begun.push(name);
    if (begun.length === 1) throw new MachineError({ kind: 'notAuthorized', polkitAction: 'root' });
  });
  picked.push('Start');
  presses.push('Start', buttonTitle('retryWithPrivileges', l10n));
  await allAtBoot(one.services, []);
  const isWaiting = (): boolean => progressTexts.some((text) => text.includes('seconds'));
  while (begun.length < 3 && !isWaiting()) await setImmediate();
  assert.deepEqual(begun, ['web', 'last', 'web']);
  assert.ok(!isWaiting());
});

test('a delay is no longer than a timer may be', async () => {
  const { services } = world('web 9999999999\nlast 0\n', { web: '', last: '' });
  picked.push('Start');
  presses.push('Start');
  const end = setInterval(() => {
    if (progressTexts.includes('last in 2147483 seconds')) for (const cancel of cancelProgress) cancel();
  }, 5);
  await allAtBoot(services, []);
  clearInterval(end);
  assert.equal(messages.at(-1), '$(check) Started: web');
});
