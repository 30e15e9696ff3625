import { backends } from '../../../src/machines/backends.ts';
import { cgroupContextValue, type CgroupItemFlag } from '../../../src/ui/cgroups/cgroupContextValue.ts';
import { abilitiesOf, type Subject } from '../../../src/ui/tree/abilities.ts';
import { amongSeveral, contextValue, type ViewItemFlag } from '../../../src/ui/tree/contextValue.ts';

const subsets = <Word>(words: readonly Word[]): readonly (readonly Word[])[] =>
  words.reduce<readonly (readonly Word[])[]>((sets, word) => [...sets, ...sets.map((set) => [...set, word])], [[]]);

/** One of each kind. */
const ids = ['web', 'lxc/%2Fvar%2Flib%2Flxc/web'];

/** What runs on a row of these flags. */
const subjectOf = (life: readonly string[], id = 'web'): Subject => ({
  machine: life.includes('container') || life.includes('vm') ? id : undefined,
  image: undefined,
});

const machines = (['running', 'changing', 'busy'] as const).flatMap((phase) =>
  (['container', 'vm', 'host'] as const).map((kind) =>
    contextValue('machine', [phase, kind, ...abilitiesOf(backends, subjectOf([kind]))]),
  ),
);
const failedMachines = [
  contextValue('machine', [
    'failed',
    ...abilitiesOf(backends, { machine: undefined, image: undefined, failed: 'web' }),
  ]),
];
const lives: readonly (readonly ViewItemFlag<'image'>[])[] = [
  [],
  ['busy'],
  ...(['running', 'changing', 'busy'] as const).flatMap((phase) =>
    (['container', 'vm', 'host'] as const).map((kind) => [phase, kind]),
  ),
  ['running', 'frozen', 'container'],
];
const images = (['file', 'tree'] as const).flatMap((type) =>
  lives.flatMap((life) =>
    subsets<ViewItemFlag<'image'>>(['readonly', 'managed', 'hidden', 'enabled', 'failed']).flatMap((flags) =>
      ids.map((id) =>
        contextValue('image', [
          ...life,
          ...flags,
          type,
          ...abilitiesOf(backends, { ...subjectOf(life, id), image: id }),
        ]),
      ),
    ),
  ),
);
const details = (
  [
    ...(['address', 'withheld', 'unit', 'leader', 'root', 'nspawn', 'journal'] as const),
    ...(['path', 'limit', 'created', 'modified', 'boot', 'failure'] as const),
  ] as const
).map((flag) => contextValue('detail', [flag]));

const groups = (['v1', 'v2'] as const).flatMap((version) =>
  subsets<CgroupItemFlag<'controlGroup'>>(['unit', 'inside', 'slice', 'empty', 'frozen']).map((flags) =>
    cgroupContextValue('controlGroup', [version, ...flags]),
  ),
);

/** Every value that a row can have, as the grammars in contextValue.ts and cgroupContextValue.ts have it. */
export const viewItems: readonly string[] = [
  ...[
    ...[...machines, ...failedMachines, ...images, ...details],
    ...[contextValue('group', ['running']), contextValue('group', ['stopped']), contextValue('problem', [])],
  ].flatMap((value) => [value, amongSeveral({ contextValue: value }).contextValue]),
  ...groups,
  cgroupContextValue('hierarchy', ['v1']),
  cgroupContextValue('hierarchy', ['v2']),
  cgroupContextValue('process', []),
  cgroupContextValue('process', ['kernel']),
  cgroupContextValue('cgroupNote', []),
];
