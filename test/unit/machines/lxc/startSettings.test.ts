import assert from 'node:assert/strict';
import { chownSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, test } from 'node:test';
import type { TerminalPlan } from '../../../../src/machines/entry.ts';
import type { MachineError } from '../../../../src/machines/errors.ts';
import { endOfFile, noSuchFileCode } from '../../../../src/machines/host/hostCommands.ts';
import { createRun } from '../../../../src/machines/host/runWithExeca.ts';
import { lxc } from '../../../../src/machines/lxc/backend.ts';
import { setAutostart } from '../../../../src/machines/lxc/commands/containerCommands.ts';
import {
  readStartSettings,
  readStartSettingsByTool,
  setBootPlace,
  setLogLevel,
} from '../../../../src/machines/lxc/operate/startSettings.ts';
import { idOf } from '../../../../src/machines/lxc/places.ts';
import { performOperation } from '../../../../src/machines/performOperation.ts';
import { readRef } from '../../../../src/machines/reference.ts';
import { isDelay, isGroupName, isOrder } from '../../../../src/machines/startSettings.ts';
import { executeSync, presentTool } from '../../../rig/program.ts';
import { isFailure } from '../act/fakeMachine.ts';
import { createFakeContainers, type FakeContainers } from './fakeContainers.ts';

const now: { made: FakeContainers[] } = { made: [] };
afterEach(() => {
  for (const one of now.made.splice(0)) one.remove();
});

const { signal } = new AbortController();
const run = createRun();

const withWeb = (config: string): FakeContainers & { readonly path: string } => {
  const made = createFakeContainers();
  now.made.push(made);
  made.define('web');
  const path = join(made.lxcpath, 'web/config');
  writeFileSync(path, config);
  return { ...made, path };
};

test('order, delay and groups stand at the end of the configuration, and all other lines stay', async () => {
  const { host, ref, path } = withWeb(
    '# lxc.group = no\nlxc.group = a b\n lxc.start.order=010\nlxc.start.auto = 1\nlxc.group = c',
  );
  const web = ref('web');
  const before = { atBoot: true, order: 8, delay: 0, groups: ['a', 'b', 'c'], logLevel: undefined };
  assert.deepEqual(await readStartSettings(web), before);
  assert.deepEqual(await run(readStartSettingsByTool(web)), before);
  const place = { order: -3, delay: 20, groups: ['onboot', 'shop'] };
  await performOperation(run, await setBootPlace(host, web, place), signal);
  const kept = '# lxc.group = no\nlxc.start.auto = 1\nlxc.start.order = -3\nlxc.start.delay = 20\n';
  assert.equal(readFileSync(path, 'utf8'), `${kept}lxc.group = onboot shop\n`);
  assert.deepEqual(await readStartSettings(web), { ...before, ...place });
  await performOperation(run, await setBootPlace(host, web, { ...place, groups: [] }), signal);
  assert.equal(readFileSync(path, 'utf8'), kept);
});

test('a configuration that is gone is told from one that cannot be read, by whoever may look', async () => {
  const { path } = withWeb('lxc.start.order = 4\n');
  assert.match(await run(endOfFile(path)), /order = 4/u);
  const { exitCode } = await run(endOfFile(`${path}.gone`)).then(
    () => ({ exitCode: 0 }),
    (error: unknown) => (error as MachineError).failure as { readonly exitCode: number },
  );
  assert.equal(exitCode, noSuchFileCode);
});

test('a file is read with the rights of root only where it is a plain one, through no link but one of root', async () => {
  const { root, write } = withWeb('');
  write('theirs/secret', 'order = 4\n');
  const at = (name: string): string => join(root, 'theirs', name);
  symlinkSync(at('secret'), at('link'));
  symlinkSync(at('nowhere'), at('loose'));
  executeSync(presentTool('mkfifo'), [at('fifo')]);
  const failed = async (name: string): Promise<unknown> =>
    run(endOfFile(at(name))).catch(
      (error: unknown) => ((error as MachineError).failure as { exitCode?: number }).exitCode,
    );
  if (process.getuid?.() === 0) chownSync(join(root, 'theirs'), 65_534, 65_534);
  assert.deepEqual(await Promise.all(['secret', 'link', 'loose', 'fifo'].map(failed)), ['order = 4\n', 67, 67, 67]);
  assert.notEqual(await run(endOfFile('/proc/mounts')), '');
});

test('lines of any bytes stay as they are', async () => {
  const { host, ref, path } = withWeb('');
  const before = Buffer.from('# caf\xe9\nlxc.mount.entry = /srv/\xe9t\xe9 srv none bind\n', 'latin1');
  writeFileSync(path, before);
  await performOperation(run, setLogLevel(host, ref('web'), 'INFO'), signal);
  assert.deepEqual(readFileSync(path), Buffer.concat([before, Buffer.from('lxc.log.level = INFO\n')]));
  writeFileSync(path, 'lxc.uts.name = a\n\0lxc.log.level = 1\n');
  await run(setAutostart(path, true));
  assert.equal(readFileSync(path, 'latin1'), 'lxc.uts.name = a\n\0lxc.log.level = 1\nlxc.start.auto = 1\n');
  assert.deepEqual(readdirSync(join(path, '..')).sort(), ['config', 'rootfs']);
});

test('only what is given is written, and what nobody has read is not denied', async () => {
  const { host, ref, path, root, write } = withWeb('');
  write('all.conf', 'lxc.group = all\nlxc.start.order = 7\nlxc.start.auto = 1\n');
  const include = `lxc.include = ${root}/all.conf\n`;
  writeFileSync(path, include);
  await performOperation(run, await setBootPlace(host, ref('web'), { delay: 5 }), signal);
  assert.equal(readFileSync(path, 'utf8'), `${include}lxc.start.delay = 5\n`);
  assert.equal((await run(readStartSettingsByTool(ref('web')))).atBoot, undefined);
  writeFileSync(path, `${include}lxc.start.auto = 0\n`);
  assert.equal((await run(readStartSettingsByTool(ref('web')))).atBoot, false);
  await performOperation(run, await setBootPlace(host, ref('web'), { order: 0 }), signal);
  assert.deepEqual((await readStartSettings(ref('web')))?.order, 0);
});

test('groups of an included file are taken back by an empty line', async () => {
  const { host, ref, path, root, write } = withWeb('');
  write('all.conf', 'lxc.group = all\n');
  writeFileSync(path, `lxc.include = ${root}/all.conf\n`);
  await performOperation(run, await setBootPlace(host, ref('web'), { order: 0, delay: 0, groups: ['own'] }), signal);
  assert.match(readFileSync(path, 'utf8'), /all\.conf\n(?:lxc\.start.*\n){2}lxc\.group =\nlxc\.group = own\n$/u);
  assert.deepEqual((await readStartSettings(ref('web')))?.groups, ['own']);
});

test('the log level takes the place of the one before', async () => {
  const { host, ref, path } = withWeb('lxc.log.level = 1\nlxc.log.levels = x\n');
  await performOperation(run, setLogLevel(host, ref('web'), 'TRACE'), signal);
  assert.equal(readFileSync(path, 'utf8'), 'lxc.log.levels = x\nlxc.log.level = TRACE\n');
});

test('what the tool was content with, and the configuration does not say, has failed', async () => {
  const { host, ref } = withWeb('');
  const place = { order: 1, delay: 0, groups: [] };
  await assert.rejects(
    performOperation(host.run, await setBootPlace(host, ref('web'), place), signal),
    isFailure('noEffect'),
  );
  await assert.rejects(
    Promise.resolve(performOperation(host.run, setLogLevel(host, ref('web'), 'INFO'), signal)),
    isFailure('noEffect'),
  );
  await assert.rejects(setBootPlace(host, ref('none'), place), isFailure('noSuchImage'));
});

test('nothing that would break a line or a list is taken for a number or a group', () => {
  assert.deepEqual(['-5', '0', '999999', '1.5', '', '1\n', '1234567', '+1'].map(isOrder), [
    ...[true, true, true],
    ...[false, false, false, false, false],
  ]);
  assert.deepEqual(['0', '86400', '-1', ''].map(isDelay), [true, true, false, false]);
  assert.deepEqual(['onboot', 'a.b-c_d+', 'a b', 'a,b', '', '-a', 'a\n', '"a"'].map(isGroupName), [
    ...[true, true],
    ...[false, false, false, false, false, false],
  ]);
});

test("a tree is opened with the ids of its files, which are the host's without a map", async () => {
  const inTree = async (config: string): Promise<TerminalPlan | undefined> => {
    const { host, ref } = withWeb(config);
    const call = { file: '/bin/sh', args: ['-c', 'id'], title: 'web' };
    return lxc.terminals.inTree?.(host, readRef(idOf(ref('web'))), call);
  };
  const mapped = await inTree('lxc.idmap = u 0 100000 65536\nlxc.idmap = g  0\t100000 65536\n');
  assert.deepEqual(mapped?.command, {
    file: 'lxc-usernsexec',
    args: ['-m', 'u:0:100000:65536', '-m', 'g:0:100000:65536', '--', '/bin/sh', '-c', 'id'],
    title: 'web',
  });
  assert.equal(await inTree(''), undefined);
  assert.equal(await inTree('lxc.idmap = u 0 100000 65536\nlxc.idmap =\n'), undefined);
});

test('one command runs only in what is stopped', async () => {
  const { host, ref, run: begin, lxcpath } = withWeb('');
  const web = readRef(idOf(ref('web')));
  const planned = await lxc.terminals.execute?.(host, web, 'echo $HOME | cat');
  assert.deepEqual(planned?.command, {
    file: 'lxc-execute',
    args: [`--lxcpath=${lxcpath}`, '--name=web', '--', '/bin/sh', '-c', 'echo $HOME | cat'],
    title: 'web',
  });
  begin('web');
  const refused = async (name: string): Promise<void> => {
    await lxc.terminals.execute?.(host, readRef(idOf(ref(name))), 'true');
  };
  await assert.rejects(refused('web'), isFailure('machineRunning'));
  await assert.rejects(refused('none'), isFailure('noSuchImage'));
});
