import type { Entry } from '../../document.ts';
import { extractWords } from '../values/extractWord.ts';
import type { FileSettings } from '../fileSettings.ts';

const byColon = { separators: ':', emptyWords: true } as const;

/** path_equal(path, "/"): further slashes and single dots change nothing. */
const isRoot = (path: string | undefined): boolean => path !== undefined && /^\/(?:\.?\/)*\.?$/u.test(path);

type Destination = (words: readonly string[]) => string | undefined;

const mountsOf = (settings: FileSettings, name: string, destination: Destination): readonly Entry[] =>
  settings.all(name).filter(
    ({ value }) =>
      // Most values hold no such path, and this is a cheap way to know.
      /(?:^|:)[+./\\]+(?:$|:)/u.test(value) &&
      isRoot(destination(extractWords(value, byColon).words.map(({ text }) => text))),
  );

const bound = (words: readonly string[]): string | undefined => words[1] ?? words[0]?.replace(/^\+/u, '');
const first = (words: readonly string[]): string | undefined => words[0];

/** The upper one of two directories is where the overlay is mounted too; a relative one counts from /, where units run. */
const overlaid = (words: readonly string[]): string | undefined => {
  const last = words.at(-1);
  if (words.length !== 2 || last === undefined) return last;
  const upper = last.replace(/^\+/u, '');
  return upper.startsWith('/') ? upper : `/${upper}`;
};

const mounting: readonly (readonly [name: string, destination: Destination])[] = [
  ['Bind', bound],
  ['BindReadOnly', bound],
  ['TemporaryFileSystem', first],
  ['Overlay', overlaid],
  ['OverlayReadOnly', overlaid],
];

/** The lines that mount something over the root directory of the machine: has_custom_root_mount(). */
export const rootMounts = (settings: FileSettings): readonly Entry[] => [
  ...mounting.flatMap(([name, destination]) => mountsOf(settings, name, destination)),
  // Here a colon and a backslash are part of the path.
  ...settings.all('Inaccessible').filter(({ value }) => isRoot(value)),
];

/** Where in the machine the lines mount something; what Inaccessible= hides is not made by it. */
export const mountDestinations = (settings: FileSettings): readonly string[] =>
  mounting.flatMap(([name, destination]) =>
    settings
      .all(name)
      .flatMap(({ value }) => destination(extractWords(value, byColon).words.map(({ text }) => text)) ?? []),
  );
