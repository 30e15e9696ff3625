import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { v1Mounts, v1Obstacle } from './boot/v1Hierarchies.ts';
import type { CommandHost } from './host.ts';
import { casesOfV1, casesOfV2 } from './kernelValues/cases.ts';
import { ourAnswer } from './kernelValues/ourAnswer.ts';
import { writeValues } from './kernelValues/writeValues.ts';
import type { Written } from './kernelValues/writeValues.ts';
import { qemuObstacle, startQemuHost } from './qemu.ts';
import { withHost } from './withHost.ts';

/** A file of several words, such as one of devices, holds what is written somewhere; of a single word it is all. */
const holds = (shown: string, said: string): boolean => shown === said || shown.split(/[\s=]/u).includes(said);

/** Where what we say and what the kernel does part. */
const disagreements = (written: readonly Written[], version: 1 | 2): readonly string[] =>
  written.flatMap((one) => {
    const ours = ourAnswer(one, version);
    const what = `${one.parameter} = ${one.value}`;
    if (ours.isTaken !== one.isTaken)
      return [
        `${what}: we say ${ours.isTaken ? 'taken' : 'refused'}, the kernel ${one.isTaken ? 'takes' : 'refuses'} it`,
      ];
    if (!one.isTaken || ours.shown === undefined || holds(one.shown, ours.shown)) return [];
    return [`${what}: we say ${ours.shown}, the kernel shows ${one.shown}`];
  });

const noV1 = v1Obstacle();

/** Enough of the cases must have been tried: a kernel that has no such files would agree with everything. */
const parametersIn = (written: readonly Written[]): number => new Set(written.map(({ parameter }) => parameter)).size;

describe('values of cgroup v1', noV1 === undefined ? {} : { skip: noV1 }, async () => {
  const names = v1Mounts().map(({ name }) => name);
  const directoryOf = (controller: string): string =>
    `/srv/cgroup-v1/${names.find((name) => name.split(',').includes(controller)) ?? controller}`;
  await withHost(
    'trixie',
    (host) => {
      test('are taken, changed and refused by the kernel as the editor says', async () => {
        const written = await writeValues(host(), casesOfV1, directoryOf);
        assert.ok(parametersIn(written) >= 10, `${parametersIn(written)} parameters`);
        assert.deepEqual(disagreements(written, 1), []);
      });
    },
    { images: false, v1: true },
  );
});

const noQemu = await qemuObstacle();

describe('values of cgroup v2', noQemu === undefined ? {} : { skip: noQemu }, () => {
  const held: { host?: CommandHost } = {};
  before(async () => {
    held.host = await startQemuHost('trixie');
  });
  after(async () => {
    await held.host?.stop();
  });

  test('are taken, changed and refused by the kernel as the editor says', async () => {
    const { host } = held;
    assert.ok(host !== undefined);
    const enabled = Object.keys(casesOfV2)
      .map((controller) => `+${controller}`)
      .join(' ');
    const { exitCode, stderr } = await host.run('sh', ['-c', `echo ${enabled} >/sys/fs/cgroup/cgroup.subtree_control`]);
    assert.equal(exitCode, 0, stderr);
    const written = await writeValues(host, casesOfV2, () => '/sys/fs/cgroup');
    assert.ok(parametersIn(written) >= 12, `${parametersIn(written)} parameters`);
    assert.deepEqual(disagreements(written, 2), []);
  });
});
