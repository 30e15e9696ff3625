import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { imageDirectories } from '../../../schema/imageDirectories.ts';
import type { OperationHost } from '../../operation.ts';
import { filterProperties, limitProperties } from './confinement.ts';
import type { Doubt } from '../../entry.ts';
import { canAudit } from './enterArguments.ts';
import type { Leader } from './leader.ts';
import { findStartedWith } from './startedWith.ts';

/** What holds a machine besides its control group and its capabilities, for a unit to hold a shell in the same way. */
export interface Confinement {
  readonly properties: readonly string[];
  readonly doubts: readonly Doubt[];
  readonly hidden: readonly string[];
}

/** These files come from the kernel: they are small, and no machine can make them wait. */
const readOf = (pid: number, file: string): Promise<string> =>
  readFile(`/proc/${pid}/${file}`, 'utf8').then(
    (text) => text.trim(),
    () => '',
  );

/** `name (enforce)`; SELinux labels look otherwise, and most machines have none of their own. */
const appArmorProfile = (label: string): string | undefined => /^(\S+) \((?!unconfined)\w+\)$/u.exec(label)?.[1];

const directoriesOf = (...trees: readonly (string | undefined)[]): readonly string[] =>
  trees.flatMap((tree) => (tree === undefined || tree === '/' ? [] : dirname(tree)));

/**
 * The filter of the leader itself cannot be copied, so it is made anew from what decided about it: the version of systemd,
 * the capabilities, and the settings the machine was started with.
 */
export const findConfinement = async (host: OperationHost, name: string, leader: Leader): Promise<Confinement> => {
  const { pid, facts, ownUserNamespace, rootDirectory } = leader;
  const beside = [...imageDirectories, ...directoriesOf(rootDirectory, host.inventory.images.get(name)?.path)];
  const settings = await findStartedWith(facts, { name, beside });
  const limits = limitProperties(await readOf(pid, 'limits'));
  const adjust = await readOf(pid, 'oom_score_adj');
  const profile = appArmorProfile(await readOf(pid, 'attr/current'));
  const capabilities = facts.bounding & facts.permitted;
  return {
    properties: [
      ...limits,
      ...(adjust === '' ? [] : [`OOMScoreAdjust=${adjust}`]),
      ...(facts.filtered ? filterProperties({ capabilities, ownUserNamespace, settings }) : []),
    ],
    doubts: [
      ...settings.doubts,
      ...(canAudit(leader) ? [{ kind: 'auditLog' } as const] : []),
      ...(profile === undefined ? [] : [{ kind: 'appArmorProfile', profile } as const]),
    ],
    hidden: settings.hidden,
  };
};
