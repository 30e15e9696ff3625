import type { ValueType } from '../../schema/types.ts';
import type { Context } from '../context.ts';
import { type ConfigDocument, type Entry, offsetInText } from '../document.ts';
import type { Token, TokenType } from '../token.ts';
import { extractWords, type Word } from './values/extractWord.ts';
import { parseBoolean } from './values/boolean.ts';
import { kindOf } from './values/valueKinds.ts';
import { countingEntry, type CountingEntry } from './countingEntry.ts';
import { isExtension } from './directives.ts';

/** Directives that another one has taken the place of. */
const deprecated: ReadonlySet<string> = new Set(['PrivateUsersChown']);

/** Kinds whose values are words out of a set, and whether they are lists of them. */
const wordKinds: Readonly<Partial<Record<ValueType['kind'], 'word' | 'list'>>> = {
  boolean: 'word',
  startMode: 'word',
  enum: 'word',
  signal: 'word',
  architecture: 'word',
  privateUsers: 'word',
  capabilities: 'list',
  syscallFilter: 'list',
  addressFamilies: 'list',
};

const wordsOf = (value: string, { kind }: ValueType): readonly Word[] => {
  const form = wordKinds[kind];
  if (form === undefined || value === '') return [];
  if (form === 'word') return [{ start: 0, end: value.length, text: value }];
  const sign = value.startsWith('~') ? 1 : 0;
  const flags = kind === 'addressFamilies' ? ({ unquote: true } as const) : {};
  return extractWords(value.slice(sign), flags).words.map(({ start, end, text }) => ({
    start: start + sign,
    end: end + sign,
    text,
  }));
};

const tokenTypeOf = (word: string, { kind }: ValueType): TokenType =>
  kind !== 'syscallFilter' ? 'enumMember' : word.startsWith('@') ? 'macro' : 'function';

/** Knows the words of each directive in one version. */
class Words {
  readonly #context: Context;
  readonly #known = new Map<string, ReadonlySet<string>>();

  constructor(context: Context) {
    this.#context = context;
  }

  isKnown(word: string, { directive, type }: CountingEntry): boolean {
    let known = this.#known.get(directive.name);
    if (known === undefined) {
      const offered = kindOf(type).suggestions('', 0, type, { context: this.#context, directive });
      known = new Set(offered.map(({ text }) => text));
      this.#known.set(directive.name, known);
    }
    return known.has(word) || (wordKinds[type.kind] === 'word' && parseBoolean(word) !== undefined);
  }
}

/** A key with its value, piece by piece where it goes on over several lines. */
const wholeLine = (entry: Entry): readonly Token[] => {
  const tokens: Token[] = [{ type: 'comment', start: entry.keyStart, end: entry.keyEnd }];
  const pieces = entry.pieces ?? [{ at: 0, offset: entry.valueStart }];
  for (const [index, piece] of pieces.entries()) {
    const to = pieces[index + 1]?.at ?? entry.value.length;
    const line = entry.value.slice(piece.at, to).trimEnd();
    const indentation = line.length - line.trimStart().length;
    if (indentation < line.length)
      tokens.push({ type: 'comment', start: piece.offset + indentation, end: piece.offset + line.length });
  }
  return tokens;
};

/** What does not count, and words that the version knows. */
export const tokensOfNspawn = (document: ConfigDocument, context: Context): readonly Token[] => {
  const words = new Words(context);
  const tokens: Token[] = document.loose.flatMap(wholeLine);
  for (const section of document.sections)
    for (const entry of section.entries) {
      const counting = countingEntry(section, entry, context);
      if (counting === undefined) {
        if (!isExtension(entry.key) && !isExtension(section.name))
          for (const token of wholeLine(entry)) tokens.push(token);
        continue;
      }
      if (deprecated.has(entry.key))
        tokens.push({ type: 'property', start: entry.keyStart, end: entry.keyEnd, deprecated: true });
      for (const word of wordsOf(counting.entry.value, counting.type))
        if (words.isKnown(word.text, counting)) {
          const start = offsetInText(entry, word.start);
          const end = offsetInText(entry, word.end - 1) + 1;
          if (end - start === word.end - word.start)
            tokens.push({ type: tokenTypeOf(word.text, counting.type), start, end });
        }
    }
  return tokens;
};
