import { constants as system } from 'node:os';
import { basename } from 'node:path';
import type { Command } from '../../command.ts';
import { ignoreOutput } from '../../command.ts';
import { MachineError } from '../../errors.ts';
import type { KillSignal } from '../../killSignals.ts';
import type { ControlGroup } from '../controlGroup.ts';
import { groupDirectory, parentOf, pathOfKernel } from '../groupDirectory.ts';
import { isGroupPath, isParameterName } from './groupName.ts';
import type { SeenGroup, SeenProcess } from './seen.ts';
import { stepsScript } from './stepsScript.ts';

/**
 * One thing that the kernel is told by its files, or by a signal. Whatever is named was seen before a person answered a question
 * or typed a password, so each step looks again at the moment at which it acts.
 */
export type KernelStep =
  | { readonly kind: 'make'; readonly group: ControlGroup; readonly parent: SeenGroup }
  | { readonly kind: 'remove'; readonly group: SeenGroup }
  /** Moves what is in a group at that moment into a group above it. */
  | { readonly kind: 'empty'; readonly group: SeenGroup; readonly into: SeenGroup }
  | { readonly kind: 'write'; readonly group: SeenGroup; readonly file: string; readonly text: string }
  | { readonly kind: 'move'; readonly process: SeenProcess; readonly group: SeenGroup }
  | { readonly kind: 'signal'; readonly process: SeenProcess; readonly signal: KillSignal };

/** Kills whatever is in a group and below at that moment, where the kernel cannot do it at once; only the script can. */
export interface KillStep {
  readonly kind: 'killAll';
  readonly group: SeenGroup;
}

const requireInside = (name: string, isInside: boolean): void => {
  if (isInside) return;
  throw new MachineError({ kind: 'invalidName', name, problem: name.includes('\0') ? 'badCharacter' : 'leadsOut' });
};

const isAbove = (above: SeenGroup, below: SeenGroup): boolean =>
  above.hierarchy.mountPoint === below.hierarchy.mountPoint &&
  below.path !== above.path &&
  `${below.path}/`.startsWith(above.path === '/' ? '/' : `${above.path}/`);

/**
 * Everything that is done to a group passes here, with whatever rights: a group lies inside of its hierarchy, and a parameter is
 * a file of the group itself.
 * @throws MachineError invalidName
 */
export const requireInHierarchy = (steps: readonly (KernelStep | KillStep)[]): void => {
  for (const step of steps) {
    // 0 and negative numbers mean whole groups of processes, ourselves among them.
    if (step.kind === 'signal' || step.kind === 'move')
      if (!Number.isSafeInteger(step.process.pid) || step.process.pid <= 0)
        throw new MachineError({ kind: 'noSuchProcess', pid: step.process.pid });
    if (step.kind === 'signal') continue;
    requireInside(step.group.path, isGroupPath(step.group.path));
    if (step.kind === 'write') requireInside(step.file, isParameterName(step.file));
    if (step.kind === 'make' || step.kind === 'remove') requireInside(step.group.path, step.group.path !== '/');
    if (step.kind === 'make')
      requireInside(step.parent.path, groupDirectory(step.parent) === groupDirectory(parentOf(step.group)));
    if (step.kind === 'empty')
      requireInside(step.into.path, isGroupPath(step.into.path) && isAbove(step.into, step.group));
  }
};

/** From a group up to one above it: `../..`. */
export const wayUp = (from: string, to: string): string => {
  const depth = (path: string): number => path.split('/').filter((part) => part !== '').length;
  return Array.from({ length: depth(from) - depth(to) }, () => '..').join('/');
};

const place = (group: SeenGroup): readonly [string, string] => [groupDirectory(group), group.identity ?? ''];

/** A step as the script takes it: every one begins with its kind and where it is done. */
const argumentsOf = (step: KernelStep | KillStep): readonly string[] => {
  switch (step.kind) {
    case 'make':
      return [step.kind, ...place(step.parent), basename(step.group.path)];
    case 'remove':
      return [
        step.kind,
        groupDirectory(parentOf(step.group)),
        '',
        basename(step.group.path),
        step.group.identity ?? '',
      ];
    case 'empty':
      return [step.kind, ...place(step.group), pathOfKernel(step.group), wayUp(step.group.path, step.into.path)];
    case 'write':
      return [step.kind, ...place(step.group), step.file, step.text];
    case 'move':
      return [step.kind, ...place(step.group), String(step.process.pid), step.process.startTime ?? ''];
    case 'signal': {
      const { pid, startTime = '' } = step.process;
      return [step.kind, '/', '', String(pid), startTime, signalNumber(step.signal)];
    }
    case 'killAll':
      return [step.kind, ...place(step.group), pathOfKernel(step.group)];
  }
};

/** SIGRTMIN is 34 wherever glibc or musl is: the two before it are theirs. */
const firstRealTime = 34;

/** As a number, because not every shell knows the names of all. */
export const signalNumber = (signal: KillSignal): string => {
  const [, above] = /^SIGRTMIN\+(\d+)$/u.exec(signal) ?? [];
  if (above !== undefined) return String(firstRealTime + Number(above));
  const numbers: Readonly<Record<string, number>> = system.signals;
  return String(numbers[signal] ?? 0);
};

/**
 * All steps as one run of an outside tool, so that whoever needs sudo or the like types one password.
 * @throws MachineError invalidName for a step that leads out of its hierarchy
 */
export const stepsCommand = (steps: readonly (KernelStep | KillStep)[]): Command<void> => {
  requireInHierarchy(steps);
  return {
    file: 'sh',
    args: ['-c', stepsScript, 'sh', ...steps.flatMap(argumentsOf)],
    parse: ignoreOutput,
    acts: true,
  };
};
