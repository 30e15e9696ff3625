import { glob } from 'node:fs/promises';
import { resolve } from 'node:path';
import { hostObstacle } from '../host/boot/obstacle.ts';
import { repositoryRoot } from './cache.ts';

/** A part of `npm test`; the cheapest come first. */
export interface Tier {
  readonly name: 'unit' | 'host' | 'extension' | 'workbench' | 'fresh' | 'setup';
  readonly heading: string;
  /** How many files run at once. */
  readonly concurrency: number;
  /** Its files run among those of the next tier that is chosen, and begin: one of them takes as long as many of the others. */
  readonly amongNext?: boolean;
  /** Whether each test gets a line; else each file does. */
  readonly detailed: boolean;
  /** Options of Node.js for each of its files. */
  readonly nodeOptions?: readonly string[];
  /** Run only when it is named. */
  readonly onDemand?: boolean;
  /** Why it cannot run on this machine. */
  readonly obstacle: () => Promise<string | undefined>;
}

const none = (): Promise<undefined> => Promise.resolve(undefined);

export const tiers: readonly Tier[] = [
  {
    name: 'unit',
    heading: 'Unit tests',
    concurrency: 2,
    detailed: false,
    // What a long text makes is still in use when V8 clears a small space for new objects, and is copied; what a short one makes is not.
    // That is several times the work, and no growth: tests of growth have room.
    nodeOptions: ['--min-semi-space-size=128', '--max-semi-space-size=256'],
    obstacle: none,
  },
  {
    name: 'fresh',
    heading: 'Set-ups on a bare Debian',
    concurrency: 2,
    amongNext: true,
    detailed: true,
    obstacle: hostObstacle,
  },
  // A host waits more than it works: its files keep less than half a processor busy. A browser keeps a whole one.
  { name: 'host', heading: 'Tests on real systemd hosts', concurrency: 4, detailed: true, obstacle: hostObstacle },
  { name: 'extension', heading: 'Tests in the extension host', concurrency: 1, detailed: true, obstacle: none },
  { name: 'workbench', heading: 'Tests in a real VS Code', concurrency: 2, detailed: true, obstacle: hostObstacle },
  {
    name: 'setup',
    heading: 'Set-ups without their tests',
    concurrency: 1,
    detailed: true,
    onDemand: true,
    obstacle: hostObstacle,
  },
];

const filesIn = async (pattern: string): Promise<string[]> => {
  const files: string[] = [];
  for await (const file of glob(pattern, { cwd: repositoryRoot })) files.push(resolve(repositoryRoot, file));
  return files.sort();
};

/** What the command line asks for. */
export interface Selection {
  readonly staticChecks: boolean;
  readonly only: boolean;
  readonly files: ReadonlyMap<Tier, readonly string[]>;
}

const isChosen = (file: string, words: readonly string[]): boolean =>
  words.some((word) => {
    const path = resolve(repositoryRoot, word);
    return file === path || file.startsWith(`${path}/`);
  });

/**
 * Reads `npm test -- …`: names of tiers, `static`, files, directories, `--only`. Without any, everything.
 * @throws Error naming the word that nothing answers to
 */
export const select = async (args: readonly string[]): Promise<Selection> => {
  const options = args.filter((arg) => arg.startsWith('-'));
  const unknownOption = options.find((option) => option !== '--only');
  if (unknownOption !== undefined) throw new Error(`unknown option ${unknownOption}; there is --only`);
  const words = args.filter((arg) => !arg.startsWith('-'));
  const files = new Map<Tier, readonly string[]>();
  const found: string[] = [];
  for (const tier of tiers) {
    const all = await filesIn(`test/${tier.name}/**/*.test.ts`);
    found.push(...all);
    const whole = words.includes(tier.name) || (words.length === 0 && tier.onDemand !== true);
    const chosen = whole ? all : all.filter((file) => isChosen(file, words));
    if (chosen.length > 0) files.set(tier, chosen);
  }
  const names = ['static', ...tiers.map(({ name }) => name as string)];
  const lost = words.find((word) => !names.includes(word) && !found.some((file) => isChosen(file, [word])));
  if (lost !== undefined)
    throw new Error(`no test is called ${lost}; there are ${names.join(', ')}, and files in test/`);
  const staticChecks = words.length === 0 || words.includes('static');
  return { staticChecks, only: options.includes('--only'), files };
};
