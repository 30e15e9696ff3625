import type { Context } from '../../context.ts';
import type { ConfigDocument, Span } from '../../document.ts';
import type { HostNames } from '../../namedOnHost.ts';
import { countingEntry } from '../countingEntry.ts';
import { directiveNamed } from '../directives.ts';
import { semicolonAt } from '../values/bind.ts';
import { extractWords, type Word } from '../values/extractWord.ts';
import { takesRelativeSources } from '../values/sourcePath.ts';
import { valueTypeOf } from '../values/valueKinds.ts';

type InterfaceKind = 'interface' | 'parent' | 'bridge';
type PathKind = 'source' | 'layer' | 'upper' | 'namespace';

/** Without one of these the machine does not start. */
export interface Need extends Span {
  readonly kind: InterfaceKind | PathKind | 'user';
  /** Of a path the whole, from / on. */
  readonly name: string;
  /** How the path is written there: `relative` counts from /, where units run, and `leftOut` is where systemd-nspawn makes one itself. */
  readonly written?: 'relative' | 'leftOut';
}

/** Where systemd-nspawn makes the upper directory that is left out, unless its caller sets TMPDIR, which the unit does not. */
const temporary = '/var/tmp';

const fields = (value: string): readonly Word[] => extractWords(value, { separators: ':', emptyWords: true }).words;

const interfacesIn = (value: string, arePairs: boolean): readonly Word[] =>
  extractWords(value, {}).words.flatMap((word) => {
    // The interface stands in front of the colon, the name that it gets inside behind it.
    const length = arePairs ? word.text.search(/:|$/u) : word.text.length;
    const text = word.text.slice(0, length);
    // A comma is told where it stands.
    if (text === '' || text.includes(',')) return [];
    return [{ text, start: word.start, end: Math.min(word.end, word.start + length) }];
  });

/** A path that begins with `+` lies in the image. */
const pathNeed = (kind: PathKind, { text, start, end }: Word, takesRelative: boolean): readonly Need[] => {
  if (text === '' || text.startsWith('+') || text.includes('\0')) return [];
  if (text.startsWith('/')) return [{ kind, name: text, start, end }];
  return takesRelative ? [{ kind, name: `/${text}`, start, end, written: 'relative' }] : [];
};

const overlayNeeds = (value: string, takesUpper: boolean, takesRelative: boolean): readonly Need[] => {
  const all = fields(value);
  const layers = all.length > 2 ? all.slice(0, -1) : all;
  return layers.flatMap((layer, index): readonly Need[] => {
    if (!takesUpper || index < layers.length - 1) return pathNeed('layer', layer, takesRelative);
    return layer.text === ''
      ? [{ kind: 'upper', name: temporary, start: 0, end: value.length, written: 'leftOut' }]
      : pathNeed('upper', layer, takesRelative);
  });
};

/** What a line needs of the host. */
export const needsOf = (key: string, value: string, { systemdVersion }: Context): readonly Need[] => {
  const as = (kind: Need['kind'], words: readonly Word[]): readonly Need[] =>
    words.map(({ text, start, end }) => ({ kind, name: text, start, end }));
  const whole = { text: value, start: 0, end: value.length };
  const directive = directiveNamed.get(key);
  const arePairs = directive !== undefined && valueTypeOf(directive, systemdVersion)?.kind === 'interfacePairs';
  const takesRelative = takesRelativeSources(systemdVersion);
  switch (key) {
    case 'Interface':
      return as('interface', interfacesIn(value, arePairs));
    case 'MACVLAN':
    case 'IPVLAN':
      return as('parent', interfacesIn(value, arePairs));
    case 'Bridge':
      return as('bridge', [whole]);
    case 'NamespacePath':
      return pathNeed('namespace', whole, false);
    case 'Bind':
    case 'BindReadOnly': {
      const [source, ...more] = fields(value);
      if (source === undefined) return [];
      // What a semicolon does is told where it stands.
      return more.length === 0 && semicolonAt(source) !== undefined ? [] : pathNeed('source', source, takesRelative);
    }
    case 'Overlay':
    case 'OverlayReadOnly':
      return overlayNeeds(value, key === 'Overlay', takesRelative);
    case 'BindUser':
      // These two are refused whatever the host has.
      return as(
        'user',
        extractWords(value, {}).words.filter(({ text }) => text !== 'root' && text !== 'nobody'),
      );
    default:
      return [];
  }
};

const isPath = ({ kind }: Need): boolean =>
  kind === 'source' || kind === 'layer' || kind === 'upper' || kind === 'namespace';

const namesIn = (needs: readonly Need[], fits: (need: Need) => boolean): readonly string[] => [
  ...new Set(needs.filter(fits).map(({ name }) => name)),
];

/** What a file needs of its host. It may be more than counts at the end: a later line may take it back. */
export const namesOnHost = (document: ConfigDocument, context: Context): HostNames => {
  const needs = document.sections.flatMap((section) =>
    section.entries.flatMap((entry) => {
      const counting = countingEntry(section, entry, context);
      return counting === undefined ? [] : needsOf(entry.key, counting.entry.value, context);
    }),
  );
  return {
    interfaces: needs.some((need) => !isPath(need) && need.kind !== 'user'),
    paths: namesIn(needs, isPath),
    uppers: namesIn(needs, ({ kind }) => kind === 'upper'),
    users: namesIn(needs, ({ kind }) => kind === 'user'),
  };
};
