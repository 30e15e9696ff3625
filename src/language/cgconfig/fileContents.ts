import type { ConfigDocument, Section } from '../document.ts';

/** A group of a cgconfig.conf, and what it sets in each of its controllers. */
export interface GroupOfFile {
  readonly name: string;
  readonly controllers: readonly {
    readonly name: string;
    readonly settings: readonly { readonly name: string; readonly value: string }[];
  }[];
}

/** What a cgconfig.conf would do to a host, as far as its text tells. */
export interface FileContents {
  readonly groups: readonly GroupOfFile[];
  /** Whether the grammar takes the file; where not, libcgroup applies nothing of it. */
  readonly readable: boolean;
  /** Controllers that it wants mounted, as `memory = /sys/fs/cgroup/memory`. */
  readonly mounts: readonly string[];
  /** The group of each controller that all groups of the file lie in. */
  readonly namespaces: readonly { readonly controller: string; readonly path: string }[];
  /** Whether it also sets owners and modes. */
  readonly permissions: boolean;
}

const hasPermissions = ({ keyword, sections }: Section): boolean => keyword === 'perm' || sections.some(hasPermissions);

const groupOf = ({ name, sections }: Section): GroupOfFile => ({
  name,
  controllers: sections
    .filter(({ keyword }) => keyword === 'controller')
    .map((controller) => ({
      name: controller.name,
      settings: controller.entries.map(({ key, value }) => ({ name: key, value })),
    })),
});

export const fileContents = ({ sections, mistakes }: ConfigDocument): FileContents => ({
  groups: sections.filter(({ keyword }) => keyword === 'group').map(groupOf),
  readable: mistakes.length === 0,
  mounts: sections
    .filter(({ keyword }) => keyword === 'mount')
    .flatMap(({ entries }) => entries.map(({ key, value }) => `${key} = ${value}`)),
  namespaces: sections
    .filter(({ keyword }) => keyword === 'namespace')
    .flatMap(({ entries }) => entries.map(({ key, value }) => ({ controller: key, path: value }))),
  permissions: sections.some(hasPermissions),
});
