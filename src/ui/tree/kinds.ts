import { type Backends, backendOf } from '../../machines/backend.ts';
import type { Inventory, InventoryChange } from '../../machines/inventory.ts';
import { readRef } from '../../machines/reference.ts';
import { shownName } from '../plainText.ts';
import { present } from './row.ts';

/** Which kinds of machines there are rows of, and which names rows of several kinds, or of several users, share. */
export interface Kinds {
  areSeveral(): boolean;
  /** Whether there are rows of that kind in several scopes, and so of several users. */
  haveOwners(backend: string): boolean;
  isShared(name: string): boolean;
  /** Where a row has come or gone, they are looked at anew when next asked. */
  outdate(changes: readonly InventoryChange[]): void;
}

export const createKinds = (inventory: Pick<Inventory, 'machines' | 'images'>): Kinds => {
  const look = (): {
    /** The scopes of each kind. */
    readonly kinds: ReadonlyMap<string, ReadonlySet<string>>;
    readonly shared: ReadonlySet<string>;
  } => {
    const kindOfName = new Map<string, string>();
    const kinds = new Map<string, Set<string>>();
    const shared = new Set<string>();
    for (const ids of [inventory.images.keys(), inventory.machines.keys()])
      for (const id of ids) {
        const { backend, scope, name } = readRef(id);
        // The host itself is no machine of any kind.
        if (name === '.host') continue;
        const scopes = kinds.get(backend);
        if (scopes === undefined) kinds.set(backend, new Set([scope]));
        else scopes.add(scope);
        const kind = `${backend}/${scope}`;
        if ((kindOfName.get(name) ?? kind) !== kind) shared.add(name);
        kindOfName.set(name, kind);
      }
    return { kinds, shared };
  };
  const state: { seen: ReturnType<typeof look> | undefined } = { seen: undefined };
  const seen = (): ReturnType<typeof look> => (state.seen ??= look());
  return {
    areSeveral: () => seen().kinds.size > 1,
    haveOwners: (backend) => (seen().kinds.get(backend)?.size ?? 0) > 1,
    isShared: (name) => seen().shared.has(name),
    outdate: (changes) => {
      if (changes.some(({ kind }) => /^(?:machine|image)(?:Added|Removed)$/u.test(kind))) state.seen = undefined;
    },
  };
};

type Known = Pick<Inventory, 'machines' | 'images'>;

/** What tells a machine or an image from those of its name: its kind and, where one of its kind has the name, too, whose it is. */
export const tellApart = (
  { backends, inventory }: { backends: Backends; inventory: Known },
  id: string,
): readonly string[] => {
  const ref = readRef(id);
  const others = [...inventory.images.keys(), ...inventory.machines.keys()]
    .map(readRef)
    .filter(({ name, backend, scope }) => name === ref.name && (backend !== ref.backend || scope !== ref.scope));
  if (others.length === 0) return [];
  const backend = backendOf(backends, id);
  const isOfSeveral = others.some((other) => other.backend === ref.backend);
  return present([backend?.label, isOfSeveral ? backend?.ownerOf?.(ref) : undefined]);
};

/** Its name with that behind it. */
export const shownApart = (services: Parameters<typeof tellApart>[0], id: string, limit: number): string => {
  const words = tellApart(services, id);
  return words.length === 0 ? shownName(id, limit) : `${shownName(id, limit)} (${words.join(', ')})`;
};
