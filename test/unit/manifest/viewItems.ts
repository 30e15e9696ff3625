import { contextValue, type ViewItemFlag } from '../../../src/ui/tree/contextValue.ts';

const subsets = <Word>(words: readonly Word[]): readonly (readonly Word[])[] =>
  words.reduce<readonly (readonly Word[])[]>((sets, word) => [...sets, ...sets.map((set) => [...set, word])], [[]]);

const machines = (['running', 'changing', 'busy'] as const).flatMap((phase) =>
  (['container', 'vm', 'host'] as const).map((kind) => contextValue('machine', [phase, kind])),
);
const images = (['file', 'tree'] as const).flatMap((type) =>
  subsets<ViewItemFlag<'image'>>(['running', 'busy', 'readonly', 'managed', 'hidden']).map((flags) =>
    contextValue('image', [...flags, type]),
  ),
);
const details = (
  ['address', 'unit', 'leader', 'root', 'nspawn', 'journal', 'path', 'limit', 'created', 'modified'] as const
).map((flag) => contextValue('detail', [flag]));

/** Every value that a row can have, as the grammar in contextValue.ts has it. */
export const viewItems: readonly string[] = [
  ...machines,
  ...images,
  ...details,
  contextValue('group', ['machines']),
  contextValue('group', ['images']),
  contextValue('problem', []),
];
