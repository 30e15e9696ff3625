import { CompletionItemKind } from 'vscode-languageserver-types';
import type { CursorPlace, KeyWord, Suggestion } from '../../vocabulary.ts';
import type { Offer } from './offer.ts';

export type ValuePlace = Extract<CursorPlace, { readonly kind: 'value' }>;

/** A list as long as that of all system calls is told apart by its names alone. */
const mostDescribed = 100;

const begins = (text: string, typed: string): boolean => text.toLowerCase().startsWith(typed.toLowerCase());

/** What the word would mean, once it is written. */
const meaning = (key: KeyWord, value: string, { text, start, end }: Suggestion): string | undefined =>
  key.describe(value.slice(0, start) + text + value.slice(end), start)?.markdown;

/** Words that a value could hold at the cursor. */
export const valueOffers = (
  key: KeyWord,
  { value, at, offsetInText }: ValuePlace,
): { readonly offers: readonly Offer[]; readonly more: boolean } => {
  const all = key.suggestions(value, at);
  const shown = all.filter(
    ({ rare, text, start }) => rare === undefined || (at > start && begins(text, value.slice(start, at))),
  );
  const described = shown.length <= mostDescribed;
  const offers = shown.map((suggestion): Offer => {
    const { text, start, end, detail, rare } = suggestion;
    const documentation = described ? meaning(key, value, suggestion) : undefined;
    return {
      start: offsetInText(start),
      end: offsetInText(end),
      label: text,
      kind: CompletionItemKind.EnumMember,
      group: rare ? 5 : 3,
      ...(detail === undefined ? {} : { detail }),
      // Said once is enough.
      ...(documentation === undefined || documentation.endsWith(detail ?? '\n') ? {} : { documentation }),
    };
  });
  return { offers, more: shown.length < all.length };
};
