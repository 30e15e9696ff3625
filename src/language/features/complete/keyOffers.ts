import * as l10n from '@vscode/l10n';
import { CompletionItemKind } from 'vscode-languageserver-types';
import type { Entry } from '../../document.ts';
import type { BlockName, CursorPlace, KeyWord, Vocabulary } from '../../vocabulary.ts';
import { siblingBlocks } from './blockOffers.ts';
import { hereOf, type CompleteRequest, type Offer } from './offer.ts';

type KeyPlace = Extract<CursorPlace, { readonly kind: 'key' }>;

/** Of a section; a real one has a few dozen. */
const mostLookedAt = 300;

/** A snippet up to its first stop, for clients that take none. */
const beforeStops = (snippet: string): string => snippet.replace(/(?<!\\)\$.*$/su, '').replaceAll(/\\(.)/gu, '$1');

const isSame = (one: BlockName, other: BlockName): boolean => one.keyword === other.keyword && one.name === other.name;

/** What is set already in the section of a place, wherever the file goes on with it, but for the line of the place. */
const keysInUse = (request: CompleteRequest, path: readonly BlockName[]): ReadonlySet<string> => {
  const block = path.at(-1);
  const used = new Set<string>();
  const look = (entries: readonly Entry[]): void => {
    for (const { key, start, end } of entries.slice(0, mostLookedAt))
      if (request.offset < start || request.offset > end) used.add(key);
  };
  if (block === undefined) look(request.file.document.loose);
  else
    for (const section of siblingBlocks(request, path.slice(0, -1))) if (isSame(section, block)) look(section.entries);
  return used;
};

const keyOffer = (word: KeyWord, place: KeyPlace, inUse: boolean, before = ''): Offer => {
  const { name, single, deprecated, withoutEffect } = word;
  const again = single && inUse;
  const notes = [
    ...(again ? [l10n.t('already set')] : []),
    ...(withoutEffect === undefined ? [] : [withoutEffect]),
    ...(deprecated ? ['outdated'] : []),
  ];
  return {
    start: place.start,
    end: place.end,
    label: name,
    kind: CompletionItemKind.Property,
    text: place.assigned ? name : before + name + beforeStops(word.snippet),
    ...(place.assigned ? {} : { snippet: before + name + word.snippet }),
    group: again ? 7 : deprecated ? 5 : withoutEffect === undefined ? 2 : 4,
    documentation: word.documentation(),
    deprecated,
    ...(notes.length === 0 ? {} : { note: notes.join(', ') }),
  };
};

/** Keys of blocks that the file does not have, together with the head of the block; only where no other line follows. */
const offersWithBlock = (request: CompleteRequest, vocabulary: Vocabulary, place: KeyPlace): readonly Offer[] => {
  const outer = place.path.slice(0, -1);
  const there = siblingBlocks(request, outer);
  const last = there.at(-1);
  const lastLine = last === undefined ? request.file.document.loose.at(-1) : (last.entries.at(-1) ?? last);
  if (lastLine !== undefined && lastLine.start > request.offset) return [];
  const gap = place.path.length === 0 ? '' : '\n';
  return (
    vocabulary
      .blocks(outer, request.context, hereOf(request))
      // Behind the end of a block nothing more can be put into it.
      .filter((block) => block.snippet === undefined && !there.some((section) => isSame(section, block)))
      .flatMap((block) =>
        vocabulary.keys([...outer, block], request.context, hereOf(request)).map((word) => ({
          ...keyOffer(word, place, false, `${gap}${block.written}\n`),
          group: 9,
          note: l10n.t`in a new ${block.written}`,
        })),
      )
  );
};

/** What can be given a value at a place. */
export const keyOffers = (request: CompleteRequest, vocabulary: Vocabulary, place: KeyPlace): readonly Offer[] => {
  const inUse = keysInUse(request, place.path);
  const offers = vocabulary
    .keys(place.path, request.context, hereOf(request))
    .map((word) => keyOffer(word, place, inUse.has(word.name)));
  return place.blocksToo && !place.assigned ? [...offers, ...offersWithBlock(request, vocabulary, place)] : offers;
};
