import type { DirectiveSchema, ValueKindName, ValueType } from '../../../schema/types.ts';
import { booleanKind } from './boolean.ts';
import { startModeKind } from './startMode.ts';
import { wordsKind } from './words.ts';
import { environmentKind } from './environment.ts';
import { textKind } from './text.ts';
import { capabilitiesKind } from './capabilities.ts';
import { signalKind } from './signal.ts';
import { architectureKind } from './architecture.ts';
import { id128Kind } from './id128.ts';
import { absolutePathKind } from './absolutePath.ts';
import { pivotRootKind } from './pivotRoot.ts';
import { privateUsersKind } from './privateUsers.ts';
import { unsignedKind } from './unsigned.ts';
import { syscallFilterKind } from './syscallFilter.ts';
import { rlimitKind } from './rlimit.ts';
import { hostnameKind } from './hostname.ts';
import { integerKind } from './integer.ts';
import { cpuSetKind } from './cpuSet.ts';
import { enumKind } from './enum.ts';
import { addressFamiliesKind } from './addressFamilies.ts';
import { bindKind } from './bind.ts';
import { tmpfsKind } from './tmpfs.ts';
import { inaccessibleKind } from './inaccessible.ts';
import { overlayKind } from './overlay.ts';
import { userNamesKind } from './userNames.ts';
import { shellKind } from './shell.ts';
import { interfacePairsKind } from './interfacePairs.ts';
import { vethPairKind } from './vethPair.ts';
import { interfaceNameKind } from './interfaceName.ts';
import { zoneKind } from './zone.ts';
import { portKind } from './port.ts';
import type { ValueKind } from './valueKind.ts';

/** One row a kind; the compiler names the one that is missing. */
const valueKinds: { readonly [Name in ValueKindName]: ValueKind<Extract<ValueType, { readonly kind: Name }>> } = {
  boolean: booleanKind,
  startMode: startModeKind,
  words: wordsKind,
  environment: environmentKind,
  text: textKind,
  capabilities: capabilitiesKind,
  signal: signalKind,
  architecture: architectureKind,
  id128: id128Kind,
  absolutePath: absolutePathKind,
  pivotRoot: pivotRootKind,
  privateUsers: privateUsersKind,
  unsigned: unsignedKind,
  syscallFilter: syscallFilterKind,
  rlimit: rlimitKind,
  hostname: hostnameKind,
  integer: integerKind,
  cpuSet: cpuSetKind,
  enum: enumKind,
  addressFamilies: addressFamiliesKind,
  bind: bindKind,
  tmpfs: tmpfsKind,
  inaccessible: inaccessibleKind,
  overlay: overlayKind,
  userNames: userNamesKind,
  shell: shellKind,
  interfacePairs: interfacePairsKind,
  vethPair: vethPairKind,
  interfaceName: interfaceNameKind,
  zone: zoneKind,
  port: portKind,
};

/** Every rule of the kinds; several of them may share one. */
export const valueRules = [...new Set(Object.values(valueKinds).flatMap((kind) => kind.rules))];

/** What knows values of this type. The row is the one of the type's own kind, which the compiler cannot see. */
export const kindOf = (type: ValueType): ValueKind => valueKinds[type.kind] as ValueKind;

/** How that version of systemd reads a directive. */
export const valueTypeOf = (directive: DirectiveSchema, systemdVersion: number): ValueType | undefined =>
  (directive.parsers.findLast(({ from }) => from <= systemdVersion) ?? directive.parsers[0])?.value;
