import type { ValueKindName, ValueType } from '../../schema/types.ts';

type Meaning = 'reset' | 'refused' | 'nothing' | 'zone';

const byKind: Readonly<Record<ValueKindName, Meaning>> = {
  boolean: 'reset',
  startMode: 'refused',
  words: 'reset',
  environment: 'reset',
  text: 'reset',
  capabilities: 'nothing',
  signal: 'refused',
  architecture: 'reset',
  id128: 'refused',
  absolutePath: 'reset',
  pivotRoot: 'refused',
  privateUsers: 'refused',
  unsigned: 'refused',
  syscallFilter: 'nothing',
  rlimit: 'refused',
  hostname: 'reset',
  integer: 'reset',
  cpuSet: 'reset',
  enum: 'refused',
  addressFamilies: 'reset',
  bind: 'refused',
  tmpfs: 'refused',
  inaccessible: 'refused',
  overlay: 'refused',
  userNames: 'reset',
  shell: 'reset',
  interfacePairs: 'nothing',
  vethPair: 'refused',
  interfaceName: 'reset',
  zone: 'zone',
  port: 'refused',
};

/** What `Key=` with nothing behind it does; the parser functions of systemd differ widely in that. */
export const emptyValue = (type: ValueType): Meaning =>
  'empty' in type ? (type.empty === 'reset' ? 'reset' : 'refused') : byKind[type.kind];
