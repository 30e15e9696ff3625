import { abilityNames } from './abilities.ts';

/**
 * The grammar of `viewItem`, which the manifest's when-clauses read. It is written down here and nowhere else:
 *
 *   value := kind { ';' flag }
 *
 *   machine: one of running | changing (machined says opening or closing) | busy (a command of ours is at work),
 *            frozen, then one of container | vm | host (host is the row `.host`); failed alone where it does not run, has failed and has no image
 *   image:   where a machine runs from it running or changing, and busy, frozen, then container | vm | host as above; readonly, managed
 *            (machinectl can act on it), one of file (raw or block) | tree (a directory or subvolume), hidden (`.host` and names
 *            with a leading dot), enabled (it starts at boot), failed (its unit has failed and does not run). So `;container` and `;vm` say that there is a machine, whether it has an image or not
 *   both:    then one flag for each of `abilities.ts`: what the kind of what stands on the row can do. What a machine can do stands there while one
 *            runs, what an image can do where there is one, in whatever state; nothing is offered without its flag
 *   group:   running | stopped
 *   detail:  one of address | withheld | unit | leader | cgroup | root | nspawn | journal | path | limit | created | modified | boot | groups | backing | snapshots |
 *            unprivileged | configuration | log | failure
 *   problem: nothing
 *
 * Any of them ends with several where it is one of several rows that are selected: VS Code's own `listMultiSelection` is about all rows, those that are not
 * selected too, and does not notice rows that go; and a context key of ours would have VS Code draw each row anew, by which it forgets selected ones.
 *
 * Flags stand in the order above, each at most once. A clause asks for a kind with `viewItem =~ /^machine\b/` and for a
 * flag with `viewItem =~ /;running\b/`: flags hold lower-case letters only, so that `\b` is enough.
 */
export const viewItemFlags = {
  machine: ['running', 'changing', 'busy', 'frozen', 'container', 'vm', 'host', 'failed', ...abilityNames],
  image: [
    'running',
    'changing',
    'busy',
    'frozen',
    'container',
    'vm',
    'host',
    'readonly',
    'managed',
    'file',
    'tree',
    'hidden',
    'enabled',
    'failed',
    ...abilityNames,
  ],
  group: ['running', 'stopped'],
  detail: [
    'address',
    'withheld',
    'unit',
    'leader',
    'cgroup',
    'root',
    'nspawn',
    'journal',
    'path',
    'limit',
    'created',
    'modified',
    'boot',
    'groups',
    'backing',
    'snapshots',
    'unprivileged',
    'configuration',
    'log',
    'failure',
  ],
  problem: [],
} as const satisfies Record<string, readonly string[]>;

export type ViewItemKind = keyof typeof viewItemFlags;
export type ViewItemFlag<Kind extends ViewItemKind> = (typeof viewItemFlags)[Kind][number];

/** The value of a row, flags in the order of the grammar whatever order they are given in. */
export const contextValue = <Kind extends ViewItemKind>(kind: Kind, flags: Iterable<ViewItemFlag<Kind>>): string => {
  const wanted = new Set<string>(flags);
  return [kind, ...viewItemFlags[kind].filter((flag) => wanted.has(flag))].join(';');
};

export const amongSeveral = <Of extends { readonly contextValue: string }>(row: Of): Of => ({
  ...row,
  contextValue: `${row.contextValue};several`,
});
