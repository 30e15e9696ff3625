import * as l10n from '@vscode/l10n';
import type { Entry } from '../../document.ts';
import { extractWords } from '../values/extractWord.ts';
import { parseBoolean } from '../values/boolean.ts';
import { shown } from '../../shown.ts';
import type { FileSettings } from '../fileSettings.ts';
import type { StartUp } from './startUp.ts';

/** A line that needs a path of the image, which a volatile machine leaves out. */
interface LeftOut {
  readonly volatile: Entry;
  readonly entry: Entry;
  readonly path: string;
  /** Whether all but /usr is left out, and not only /var. */
  readonly wholeRoot: boolean;
}

/** What base_filesystem_create() of systemd makes in an empty root, whatever the architecture, and what is mounted there before. */
const inEveryRoot = /^(?:bin|dev|etc|lib\w*|proc|root|run|sbin|sys|tmp|usr|var)$/u;

const partsOf = (path: string): readonly string[] => path.split('/').filter((part) => part !== '' && part !== '.');

/** Only /usr of the image is there with `yes`, and all but what is in /var with `state`. */
const isLeftOut = (path: string, wholeRoot: boolean): boolean => {
  const [top = '', ...below] = partsOf(path);
  if (top === '' || top === '..' || below.includes('..')) return false;
  return top === 'var' ? below.length > 0 : wholeRoot && !inEveryRoot.test(top);
};

/** The path of the image without which this line stops the start. */
const needed = ({ key, value }: Entry): string | undefined => {
  if (key === 'Inaccessible') return value;
  const source = extractWords(value, { separators: ':', emptyWords: true }).words[0]?.text;
  return source?.startsWith('+') === true ? source.slice(1) : undefined;
};

const mounting = ['Bind', 'BindReadOnly', 'TemporaryFileSystem', 'Overlay', 'OverlayReadOnly'] as const;

/** Another line may make the path by what it mounts there. */
const isMade = (settings: FileSettings, path: string, by: Entry): boolean =>
  mounting.some((name) =>
    settings.all(name).some((other) => other !== by && other.value.includes(`/${partsOf(path)[0] ?? ''}`)),
  );

/** The first line of a volatile machine that asks for what its root lacks. */
const leftOutOf = (settings: FileSettings): LeftOut | undefined => {
  const volatile = settings.last('Volatile');
  if (volatile === undefined) return undefined;
  const wholeRoot = parseBoolean(volatile.value) === true;
  if (!wholeRoot && volatile.value !== 'state') return undefined;
  for (const name of ['Inaccessible', 'Bind', 'BindReadOnly'] as const)
    for (const entry of settings.all(name)) {
      const path = needed(entry);
      if (path !== undefined && isLeftOut(path, wholeRoot) && !isMade(settings, path, entry))
        return { volatile, entry, path, wholeRoot };
    }
  return undefined;
};

export const leftOutLines = ({ settings }: StartUp): readonly Entry[] => {
  const leftOut = leftOutOf(settings);
  return leftOut === undefined ? [] : [leftOut.entry, leftOut.volatile];
};

export const leftOutMessage = ({ settings }: StartUp): string => {
  const leftOut = leftOutOf(settings);
  const path = shown(leftOut?.path ?? '');
  return leftOut?.wholeRoot === true
    ? l10n.t`With Volatile=yes the machine has only /usr of its image, so ${path} is not there.`
    : l10n.t`With Volatile=state the machine has an empty /var, so ${path} is not there.`;
};
