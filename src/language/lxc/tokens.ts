import type { Context } from '../context.ts';
import type { ConfigDocument } from '../document.ts';
import type { Token } from '../token.ts';
import { isKnownIn, keyNamed, newNameOf, type NamedKey } from './keys.ts';
import { notLookedAt } from './rules.ts';
import { placesIn, wordsOf } from './words.ts';

/** Kinds whose values are words of a set. */
const ofWords: ReadonlySet<string> = new Set([
  'word',
  'words',
  'capabilities',
  'autoMounts',
  'logLevel',
  'signal',
  'flags',
  'address',
  'vlan',
  'size',
  'text',
  'mountOptions',
  'mountEntry',
]);

/** Knows the words of each key in one release. */
class Words {
  private readonly known = new Map<string, ReadonlySet<string>>();
  private readonly context: Context;

  constructor(context: Context) {
    this.context = context;
  }

  of(named: NamedKey): ReadonlySet<string> {
    const name = named.key.name === 'lxc.cgroup2.' ? `lxc.cgroup2.${named.rest ?? ''}` : named.key.name;
    const before = this.known.get(name);
    if (before !== undefined) return before;
    const words = wordsOf(named, this.context.lxcVersion).filter(({ isExample }) => isExample !== true);
    const known = new Set(words.map(({ text }) => text));
    this.known.set(name, known);
    return known;
  }
}

/** What LXC does not look at, keys of other versions, and words that the version knows. */
export const tokensOfLxc = (document: ConfigDocument, context: Context): readonly Token[] => {
  const words = new Words(context);
  const tokens: Token[] = document.mistakes.flatMap(({ rule, start, end }) =>
    rule === notLookedAt.id ? [{ type: 'comment' as const, start, end }] : [],
  );
  for (const { key, keyStart, keyEnd, value, valueStart } of document.loose) {
    const named = keyNamed(key);
    const isOutdated = named === undefined ? newNameOf(key) !== undefined : !isKnownIn(named.key, context.lxcVersion);
    if (isOutdated) tokens.push({ type: 'property', start: keyStart, end: keyEnd, deprecated: true });
    if (named === undefined || !ofWords.has(named.key.value.kind)) continue;
    const known = words.of(named);
    if (known.size === 0) continue;
    const isAnyCase = 'anyCase' in named.key.value;
    for (const { start, end } of placesIn(named, value)) {
      const word = value.slice(start, end);
      if (known.has(isAnyCase ? word.toLowerCase() : word))
        tokens.push({ type: 'enumMember', start: valueStart + start, end: valueStart + end });
    }
  }
  return tokens;
};
