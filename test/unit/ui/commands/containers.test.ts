import assert from 'node:assert/strict';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import '../vscode/register.ts';
import { lxc } from '../../../../src/machines/lxc/backend.ts';
import { idOf } from '../../../../src/machines/lxc/places.ts';
import { createBusyRows } from '../../../../src/ui/busyRows.ts';
import type { CommandServices } from '../../../../src/ui/commands/handler.ts';
import { isFailure } from '../../machines/act/fakeMachine.ts';
import { createFakeContainers, type FakeContainers } from '../../machines/lxc/fakeContainers.ts';
import { image, machine, named } from '../tree/samples.ts';
import { cancelProgress, executed, log, messages, picked, presses, shownItems, typed } from '../vscode/standIn.ts';

const { freeze, unfreeze } = await import('../../../../src/ui/commands/freeze.ts');
const { runEphemeral } = await import('../../../../src/ui/commands/runImage.ts');
const { deleteSnapshot, restoreSnapshot, takeSnapshot } = await import('../../../../src/ui/commands/snapshots.ts');
const { Uri, workspace } = await import('vscode');
const { showEffectiveConfiguration } = await import('../../../../src/ui/commands/effectiveConfiguration.ts');
const { openConfiguration, openLog } = await import('../../../../src/ui/commands/texts.ts');
const { setBootPlace, setLogLevel } = await import('../../../../src/ui/commands/startSettings.ts');
const { addDevice, removeDevice } = await import('../../../../src/ui/commands/devices.ts');
const { waitFor } = await import('../../../../src/ui/commands/waitFor.ts');
const { isSetting } = await import('../../../../src/ui/commands/setParameter.ts');
const { followJournal } = await import('../../../../src/ui/commands/console.ts');

const now: { made: FakeContainers[] } = { made: [] };
beforeEach(() => {
  for (const list of [messages, presses, picked, typed, executed, shownItems]) list.length = 0;
});
afterEach(() => {
  for (const one of now.made.splice(0)) one.remove();
});

interface World {
  readonly made: FakeContainers;
  readonly services: CommandServices;
  /** What a click on the row hands over. */
  readonly row: readonly [{ readonly kind: 'image'; readonly id: string }];
  readonly tools: () => readonly string[];
}

/** A container `web`, whose tools do what `answer` does. */
const world = (
  answer: (made: FakeContainers, line: string) => void = () => undefined,
  runs?: { readonly frozen: boolean },
  ...others: readonly string[]
): World => {
  const made: FakeContainers = createFakeContainers((line) => {
    answer(made, line);
    return '';
  });
  now.made.push(made);
  made.define('web');
  if (runs !== undefined) made.run('web', runs);
  const id = idOf(made.ref('web'));
  const path = join(made.lxcpath, 'web/rootfs');
  const inventory = {
    ...made.host.inventory,
    images: named(
      image('web', { id, path }),
      ...others.map((name) => image(name, { id: idOf(made.ref(name)), path: join(made.lxcpath, name, 'rootfs') })),
    ),
    machines: named(
      ...(runs === undefined ? [] : [machine('web', { id, rootDirectory: path, unit: undefined, ...runs })]),
    ),
    enabled: new Set(),
    failed: new Map(),
    availability: { kind: 'ready' },
  };
  const services: object = {
    ...made.host,
    ...{ inventory, log, backends: [lxc], busy: createBusyRows() },
    terminals: { run: () => Promise.resolve(0) },
    focusedRows: { argumentsOf: () => Promise.resolve([]) },
  };
  return {
    made,
    services: services as CommandServices,
    row: [{ kind: 'image', id }],
    tools: () => made.seen.map((line) => line.replace(/--lxcpath=\S+ /u, '')),
  };
};

const withSnapshot = (one: World): World => {
  one.made.write('lxc/web/snaps/snap0/config', '');
  one.made.write('lxc/web/snaps/snap0/ts', '2026:11:30 09:05:07');
  one.made.write('lxc/web/snaps/snap0/comment', 'before $(the) [update](command:x)\n');
  return one;
};

test('what runs is frozen, and what is frozen is unfrozen; the other way round is said to be no need', async () => {
  const switched = world((made, line) => made.run('web', { frozen: line.startsWith('lxc-freeze') }), { frozen: false });
  await freeze(switched.services, switched.row);
  assert.deepEqual(switched.tools(), ['lxc-freeze --name=web']);
  await assert.rejects(unfreeze(switched.services, switched.row), isFailure('cancelled'));
  assert.deepEqual(messages, ['web is not frozen.']);
  const cold = world((made) => made.run('web', { frozen: false }), { frozen: true });
  await assert.rejects(freeze(cold.services, cold.row), isFailure('cancelled'));
  await unfreeze(cold.services, cold.row);
  assert.deepEqual(cold.tools(), ['lxc-unfreeze --name=web']);
  assert.equal(messages[1], 'web is frozen already.');
});

test('from the palette with nothing that fits, one sentence says so', async () => {
  const { services } = world();
  for (const command of [freeze, unfreeze]) await assert.rejects(command(services, []), isFailure('cancelled'));
  assert.deepEqual(new Set(messages), new Set(['None of the machines and images here offers this.']));
});

test('a snapshot is taken of what is stopped, with the comment as it was typed', async () => {
  const { services, row, made } = world((fake) => fake.write('lxc/web/snaps/snap0/config', ''));
  typed.push(" it's $(good) ");
  await takeSnapshot(services, row);
  assert.equal(made.seen.length, 1);
  assert.match(made.seen[0] ?? '', / sh it's \$\(good\) lxc-snapshot /u);
  assert.deepEqual(messages, ['$(check) Snapshot of web taken']);

  const running = world(undefined, { frozen: false });
  await assert.rejects(takeSnapshot(running.services, running.row), isFailure('machineRunning'));
  await assert.rejects(runEphemeral(running.services, running.row), isFailure('machineRunning'));
  assert.deepEqual(running.tools(), []);
});

test('a snapshot is picked by its time and comment, and restored beside what there is without a question', async () => {
  const one = withSnapshot(world((made) => made.define('older')));
  typed.push('older');
  await restoreSnapshot(one.services, one.row);
  assert.deepEqual(one.tools(), ['lxc-snapshot --name=web --restore=snap0 --newname=older']);
  assert.deepEqual(messages, ['$(check) snap0 of web restored as older']);
  const none = world();
  await assert.rejects(restoreSnapshot(none.services, none.row), isFailure('cancelled'));
  assert.equal(messages[1], 'web has no snapshot. Take Snapshot makes one.');
});

test('a snapshot is deleted only after a question, and its words are no links and no icons', async () => {
  const one = withSnapshot(world((made) => rmSync(join(made.lxcpath, 'web/snaps/snap0'), { recursive: true })));
  await assert.rejects(deleteSnapshot(one.services, one.row), isFailure('cancelled'));
  assert.deepEqual(one.tools(), []);
  const [item] = shownItems as readonly {
    readonly label: string;
    readonly description: string;
    readonly detail: string;
  }[];
  assert.deepEqual([item?.label, item?.detail], ['snap0', 'before $ (the) [update] (command:x)']);
  assert.match(item?.description ?? '', /2026/u);
  presses.push('Delete');
  await deleteSnapshot(one.services, one.row);
  assert.deepEqual(one.tools(), ['lxc-snapshot --name=web --destroy=snap0']);
  assert.equal(messages.at(-1), '$(check) snap0 of web deleted');
});

test('an ephemeral copy gets a name that is free', async () => {
  const one = world((made) => made.run('web-ephemeral-2'), undefined, 'web-ephemeral');
  await runEphemeral(one.services, one.row);
  assert.deepEqual(one.tools(), ['lxc-copy --name=web --newname=web-ephemeral-2 --ephemeral --daemon']);
  assert.match(messages.at(-1) ?? '', /web-ephemeral-2 runs; it is gone/u);
});

test('configuration and log are opened where they lie, the log also for who asks for a journal', async () => {
  const { made, services, row } = world();
  await openConfiguration(services, row);
  await assert.rejects(openLog(services, row), isFailure('cancelled'));
  assert.match(messages[0] ?? '', /^web has no log yet\. .*\/web\/web\.log is written when it starts\.$/u);
  made.define('web', `lxc.log.file = ${made.root}/other.log\n`);
  made.write('other.log', '');
  await openLog(services, row);
  await followJournal(services, row);
  const log = join(made.root, 'other.log');
  assert.deepEqual(executed, [
    ['showTextDocument', join(made.lxcpath, 'web/config')],
    ['showTextDocument', log],
    ['showTextDocument', log],
  ]);
});

test('what counts of a container is a page of the language server about the text as it stands, with links from its lines', async () => {
  const { made, services, row } = world();
  const uri = Uri.file(join(made.lxcpath, 'web/config'));
  const open = { uri, isClosed: false, isDirty: true, getText: () => 'lxc.tty.max = 4' };
  const documents = workspace.textDocuments as unknown[];
  documents.push(open);
  const asked: unknown[] = [];
  const shown: unknown[] = [];
  const page = { text: 'page', idMap: [], origins: [{ line: 2, uri: 'file:///a.conf', lineThere: 4 }] };
  const language = {
    running: () =>
      Promise.resolve({
        effectiveConfiguration: (at: { readonly fsPath: string }, text: string) => {
          asked.push([at.fsPath, text]);
          return Promise.resolve(page);
        },
      }),
  };
  const all: object = {
    ...services,
    language,
    documents: {
      showText: (...given: unknown[]) => {
        shown.push(...given.slice(0, 3));
        return Promise.resolve();
      },
    },
  };
  await showEffectiveConfiguration(all as CommandServices, row);
  assert.deepEqual(asked.splice(0), [[uri.fsPath, 'lxc.tty.max = 4']]);
  assert.deepEqual(shown, ['web: effective configuration', 'page', 'lxc']);
  // VS Code keeps texts that it no longer shows, and the file has changed since.
  open.isDirty = false;
  await showEffectiveConfiguration(all as CommandServices, row);
  documents.splice(documents.indexOf(open), 1);
  assert.deepEqual(asked, [[uri.fsPath, readFileSync(uri.fsPath, 'utf8')]]);
});

test('order, delay and groups are asked with what is set now, and what keeps it from starting at boot is said', async () => {
  const written: string[] = [];
  const one = world((made, line) => {
    const lines = line.match(/lxc\.(?:start|group)[\w.]* = \S+/gu) ?? [];
    written.push(...lines);
    made.define('web', `${lines.join('\n')}\n`);
  });
  typed.push('-5', '10', ' shop,  desk ');
  await setBootPlace(one.services, one.row);
  assert.deepEqual(written.slice(0, 2), ['lxc.start.order = -5', 'lxc.start.delay = 10']);
  assert.match(one.tools()[0] ?? '', /lxc\.group = shop desk$/u);
});

test('what is left as it is shown at boot is not written', async () => {
  const one = world((made) => made.define('web', 'lxc.start.delay = 3\n'));
  typed.push('0', '3', '');
  await setBootPlace(one.services, one.row);
  assert.match(one.tools()[0] ?? '', /lxc\.start\.delay = 3$/u);
  assert.doesNotMatch(one.tools()[0] ?? '', /order =|group/u);
  typed.push('0', '3', '');
  await setBootPlace(one.services, one.row);
  assert.equal(one.tools().length, 1);
  assert.match(messages.at(-1) ?? '', /stay as they are/u);
});

test('a log level is picked, and holds from the next start on', async () => {
  const one = world((made) => made.define('web', 'lxc.log.level = TRACE\n'));
  await setLogLevel(one.services, one.row);
  assert.match(one.tools()[0] ?? '', /lxc\.log\.level = TRACE$/u);
  assert.deepEqual(messages, ['$(check) web logs TRACE from its next start on']);
});

test('another state than the one that it is in is waited for, without a tool, and said when it is so', async () => {
  const one = world();
  const waiting = waitFor(one.services, one.row);
  one.made.run('web');
  await waiting;
  assert.deepEqual(
    shownItems.map((item) => (item as { readonly label: string }).label),
    ['Running', 'Frozen'],
  );
  one.made.run('web', { frozen: true });
  picked.push('Frozen');
  await waitFor(one.services, one.row);
  assert.deepEqual(messages, ['web runs now.', 'web is frozen now.']);
  one.made.end('web');
  const calledOff = waitFor(one.services, one.row);
  const end = setInterval(() => {
    for (const cancel of cancelProgress) cancel();
  }, 5);
  await assert.rejects(calledOff, isFailure('cancelled')).finally(() => clearInterval(end));
  assert.equal(messages.length, 2);
  assert.deepEqual(one.tools(), []);
});

test('a device of the host is picked, and where LXC would take the others away nothing is done', async () => {
  const one = world(undefined, { frozen: false });
  picked.push('/dev/null');
  await addDevice(one.services, one.row);
  assert.deepEqual(one.tools(), []);
  assert.match(messages.join(), /^The configuration of web has no rule about devices.* \/dev\/null for the only one/u);
  picked.push('/dev/null');
  await assert.rejects(removeDevice(one.services, one.row), isFailure('cancelled'));
  assert.equal(messages.at(-1), 'Remove /dev/null from web?');
  picked.push('/dev/null');
  presses.push('Remove');
  await removeDevice(one.services, one.row);
  assert.deepEqual(one.tools(), []);
  assert.match(messages.at(-1) ?? '', /^The configuration of web has no rule about devices.* none at all/u);
});

test('what was changed of devices is told as seen only where it was seen', async () => {
  const one = world((made) => made.end('web'), { frozen: false });
  one.made.define('web', 'lxc.cgroup2.devices.allow = c 1:3 rwm\n');
  picked.push('/dev/null');
  await addDevice(one.services, one.row);
  assert.match(messages.at(-1) ?? '', /\/dev\/null was added to web; this user could not look inside/u);
  one.made.run('web');
  picked.push('/dev/null');
  presses.push('Remove');
  await removeDevice(one.services, one.row);
  assert.match(messages.at(-1) ?? '', /\/dev\/null was removed from web; this user could not look inside/u);
  const seen = world(undefined, { frozen: false });
  seen.made.define('web', 'lxc.cgroup2.devices.allow = c 1:3 rwm\n');
  picked.push('/dev/null');
  presses.push('Remove');
  await removeDevice(seen.services, seen.row);
  assert.deepEqual(seen.tools(), ['lxc-device --name=web -- del /dev/null']);
  assert.equal(messages.at(-1), '$(check) /dev/null is gone in web');
});

test('only what is kept is a parameter to set, and no act', () => {
  const settings = [
    'cgroup.max.depth',
    'memory.max',
    'memory.oom.group',
    'cpu.weight',
    'cpuset.cpus',
    'pids.max',
    'io.max',
  ];
  const acts = [
    'cgroup.freeze',
    'cgroup.kill',
    'cgroup.procs',
    'cgroup.threads',
    'cgroup.subtree_control',
    'cgroup.type',
  ];
  const others = ['cgroup.pressure', 'memory.pressure', 'memory.reclaim', 'memory.peak', 'memory.swap.peak', 'tasks'];
  const old = ['freezer.state', 'memory.force_empty', 'memory.memsw.failcnt', 'cgroup.event_control', 'release_agent'];
  assert.deepEqual([...settings, ...acts, ...others, ...old].filter(isSetting), settings);
});
