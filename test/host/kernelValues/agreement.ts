import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CommandHost } from '../host.ts';
import { casesOfV2 } from './cases.ts';
import { ourAnswer } from './ourAnswer.ts';
import { writeValues } from './writeValues.ts';
import type { Written } from './writeValues.ts';

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

/** Enough of the cases must have been tried: a kernel that has no such files would agree with everything. */
const parametersIn = (written: readonly Written[]): number => new Set(written.map(({ parameter }) => parameter)).size;

export const assertAgreement = (written: readonly Written[], version: 1 | 2, fewest: number): void => {
  assert.ok(parametersIn(written) >= fewest, `${parametersIn(written)} parameters`);
  assert.deepEqual(disagreements(written, version), []);
};

export const testValuesOfV2 = (host: () => CommandHost): void => {
  test('are taken, changed and refused by the kernel as the editor says', async () => {
    const enabled = Object.keys(casesOfV2)
      .map((controller) => `+${controller}`)
      .join(' ');
    const { exitCode, stderr } = await host().run('sh', [
      '-c',
      `echo ${enabled} >/sys/fs/cgroup/cgroup.subtree_control`,
    ]);
    assert.equal(exitCode, 0, stderr);
    assertAgreement(await writeValues(host(), casesOfV2, () => '/sys/fs/cgroup'), 2, 12);
  });
};
