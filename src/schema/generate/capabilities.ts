/** Capabilities of the kernel, and those that systemd-nspawn leaves a machine. */
import { capabilitySummaries } from './capabilitySummaries.ts';
import { SourceProblem } from './cText.ts';
import type { ValueSets } from '../types.ts';

/** `header` is linux/capability.h. */
export const parseCapabilities = (header: string): ValueSets['capabilities'] => {
  const last = /^#define CAP_LAST_CAP\s+(\w+)/mu.exec(header)?.[1];
  const found = [...header.matchAll(/^#define (CAP_\w+)\s+(\d+)\s*$/gmu)].map(([, name = '', number]) => {
    const summary = capabilitySummaries[name];
    if (summary === undefined) throw new SourceProblem(`${name} is new: say in capabilitySummaries.ts what it allows`);
    return { name, number: Number(number), summary };
  });
  const sorted = found.sort((one, other) => one.number - other.number);
  if (last === undefined || sorted.at(-1)?.name !== last || sorted.some(({ number }, index) => number !== index))
    throw new SourceProblem('linux/capability.h does not number its capabilities from 0 to CAP_LAST_CAP as it did');
  return sorted;
};

/** `nspawn` is nspawn.c without comments. */
export const parseDefaultCapabilities = (nspawn: string): readonly string[] => {
  const value = /\barg_caps_retain\s*=([^;]*);/u.exec(nspawn)?.[1] ?? '';
  const names = [...value.matchAll(/<< (CAP_\w+)/gu)].map(([, name = '']) => name);
  if (names.length === 0) throw new SourceProblem('nspawn.c no longer says what arg_caps_retain begins with');
  return names.sort();
};
