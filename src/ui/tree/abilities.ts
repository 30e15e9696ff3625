import { type Backend, type Backends, backendOf } from '../../machines/backend.ts';

interface AbilityRow {
  /**
   * Whose kind decides: that of the machine that runs, that of the image, of a row as a whole that of the machine first, or where there is a
   * unit, which is left of what has failed, too.
   */
  readonly of: 'machine' | 'image' | 'row' | 'unit';
  /** Undefined where that kind cannot do it. */
  readonly offer: (backend: Backend) => unknown;
}

/**
 * What a kind of machines may be able to do, by the flags of `viewItem` that menus read, in their order. What a row can do besides only
 * hangs on its state: `contextValue.ts` has those flags, and `fits` of the commands asks the same.
 */
const abilities = {
  start: { of: 'image', offer: ({ operations }) => operations.start },
  poweroff: { of: 'machine', offer: ({ operations }) => operations.powerOff },
  reboot: { of: 'machine', offer: ({ operations }) => operations.reboot },
  terminate: { of: 'machine', offer: ({ operations }) => operations.terminate },
  kill: { of: 'machine', offer: ({ operations }) => operations.kill },
  freeze: { of: 'machine', offer: ({ operations }) => operations.freeze },
  unfreeze: { of: 'machine', offer: ({ operations }) => operations.unfreeze },
  enable: { of: 'image', offer: ({ operations }) => operations.enable },
  disable: { of: 'image', offer: ({ operations }) => operations.disable },
  bootplace: { of: 'image', offer: ({ operations, startSettings }) => operations.setBootPlace && startSettings },
  loglevel: { of: 'image', offer: ({ operations, startSettings }) => operations.setLogLevel && startSettings },
  parameter: { of: 'machine', offer: ({ operations }) => operations.setParameter },
  device: { of: 'machine', offer: ({ operations }) => operations.addDevice && operations.removeDevice },
  wait: { of: 'image', offer: ({ isInState }) => isInState },
  clone: { of: 'image', offer: ({ operations }) => operations.clone },
  rename: { of: 'image', offer: ({ operations }) => operations.rename },
  backup: { of: 'image', offer: ({ archives }) => archives },
  remove: { of: 'image', offer: ({ operations }) => operations.remove },
  setreadonly: { of: 'image', offer: ({ operations }) => operations.setReadOnly },
  snapshot: { of: 'image', offer: ({ operations }) => operations.takeSnapshot },
  restore: { of: 'image', offer: ({ operations, snapshots }) => operations.restoreSnapshot && snapshots },
  removesnapshot: { of: 'image', offer: ({ operations, snapshots }) => operations.removeSnapshot && snapshots },
  run: { of: 'image', offer: ({ terminals }) => terminals.runImage },
  execute: { of: 'image', offer: ({ terminals }) => terminals.execute },
  ephemeral: { of: 'image', offer: ({ terminals, operations }) => terminals.runImage ?? operations.startCopy },
  shell: { of: 'machine', offer: ({ terminals }) => terminals.shell },
  users: { of: 'machine', offer: ({ terminals, users }) => terminals.shell && users },
  login: { of: 'machine', offer: ({ terminals }) => terminals.logIn },
  journal: { of: 'unit', offer: ({ terminals }) => terminals.followJournal },
  status: { of: 'row', offer: ({ documents }) => documents.status },
  properties: { of: 'row', offer: ({ documents }) => documents.properties },
  unit: { of: 'unit', offer: ({ unitOf }) => unitOf },
  details: { of: 'machine', offer: ({ detailsByTool }) => detailsByTool },
  texts: { of: 'row', offer: ({ texts }) => texts },
  idmap: { of: 'image', offer: ({ texts, lxcFiles }) => texts && lxcFiles },
  config: { of: 'row', offer: ({ configFiles }) => configFiles },
  nspawn: { of: 'row', offer: ({ configFiles, nspawnFiles }) => configFiles && nspawnFiles },
} as const satisfies Readonly<Record<string, AbilityRow>>;

export type Ability = keyof typeof abilities;

const isAbility = (key: string): key is Ability => key in abilities;

export const abilityNames: readonly Ability[] = Object.keys(abilities).filter(isAbility);

/** A row by the references of what stands on it; the host is no machine here, as nothing can be done to it. */
export interface Subject {
  readonly machine: string | undefined;
  readonly image: string | undefined;
  /** What has failed and is nowhere else. */
  readonly failed?: string | undefined;
}

/** Whether the kind of what stands on a row can do it. */
export const isAble = (backends: Backends, { machine, image, failed }: Subject, ability: Ability): boolean => {
  const row: AbilityRow = abilities[ability];
  const id = { machine, image, row: machine ?? image, unit: machine ?? image ?? failed }[row.of];
  const backend = id === undefined ? undefined : backendOf(backends, id);
  return backend !== undefined && row.offer(backend) !== undefined;
};

export const abilitiesOf = (backends: Backends, subject: Subject): readonly Ability[] =>
  abilityNames.filter((ability) => isAble(backends, subject, ability));
