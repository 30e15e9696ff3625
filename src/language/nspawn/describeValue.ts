import type { ValueKindName, ValueType } from '../../schema/types.ts';
import type { Span } from '../document.ts';
import type { ValueContext } from './values/valueKind.ts';
import { describeCpus, describeLimit, describeScore } from './describe/amounts.ts';
import { describeBoolean, describeEnum, describePrivateUsers, describeStartMode } from './describe/modes.ts';
import { describeCapabilities, describeFamilies, describeSignal, describeSyscalls } from './describe/listWords.ts';
import { describeUserNames } from './describe/userNames.ts';
import { describeBind, describeOverlay, describePivotRoot, describeTmpfs } from './describe/mounts.ts';
import { describeInterfaces, describePort, describeVethPair, describeZone } from './describe/network.ts';

/** The part of a value that a cursor stands in, and what it means, as markdown. */
export type Description = Span & { readonly markdown: string };

/** Says what the part of a value at `offset` means; undefined where there is nothing to say. */
type Describe<Type extends ValueType> = (
  value: string,
  offset: number,
  type: Type,
  at: ValueContext,
) => Description | undefined;

/** Kinds whose values speak for themselves have none. */
const describers: { readonly [Name in ValueKindName]?: Describe<Extract<ValueType, { readonly kind: Name }>> } = {
  boolean: describeBoolean,
  startMode: describeStartMode,
  enum: describeEnum,
  privateUsers: describePrivateUsers,
  capabilities: describeCapabilities,
  signal: describeSignal,
  syscallFilter: describeSyscalls,
  addressFamilies: describeFamilies,
  rlimit: describeLimit,
  cpuSet: describeCpus,
  integer: describeScore,
  bind: describeBind,
  tmpfs: describeTmpfs,
  overlay: describeOverlay,
  pivotRoot: describePivotRoot,
  port: describePort,
  interfacePairs: describeInterfaces,
  vethPair: describeVethPair,
  zone: describeZone,
  userNames: describeUserNames,
};

/** What the part of a value at `offset` means. */
export const describeValue: Describe<ValueType> = (value, offset, type, at) =>
  // The row is the one of the type's own kind, which the compiler cannot see.
  (describers[type.kind] as Describe<ValueType> | undefined)?.(value, offset, type, at);
