import type { CompletionList, Position } from 'vscode-languageserver-types';
import type { Context } from '../context.ts';
import type { SourceFile } from '../fileType.ts';
import type { HostObjects } from '../hostObjects.ts';
import { commentAt } from '../locate.ts';
import { blockOffers } from './complete/blockOffers.ts';
import { hostOffers } from './complete/hostOffers.ts';
import { keyOffers } from './complete/keyOffers.ts';
import { hereOf, itemsOf, type CompleteRequest, type Offer } from './complete/offer.ts';
import { ruleOffers } from './complete/ruleOffers.ts';
import { valueOffers } from './complete/valueOffers.ts';

/** After which typed characters an editor should ask by itself. */
export const completionTriggers: readonly string[] = ['[', '=', ':', '/', ',', ' ', '@', '~', '+'];

export interface CompleteOptions {
  /** Whether the client takes snippets. */
  readonly snippets: boolean;
}

interface Offers {
  readonly offers: readonly Offer[];
  /** Whether there are more that the next typed letter may bring in. */
  readonly more?: boolean;
}

const offersFor = async (request: CompleteRequest): Promise<Offers> => {
  const { file, offset, context } = request;
  const comment = commentAt(file.document, offset);
  if (comment !== undefined) return { offers: ruleOffers(request, comment) };
  const { vocabulary } = file.type;
  const place = vocabulary?.placeAt(file.document, file.textDocument.getText(), offset);
  if (vocabulary === undefined || place === undefined) return { offers: [] };
  switch (place.kind) {
    case 'block':
      return { offers: blockOffers(request, vocabulary, place) };
    case 'key':
      return {
        offers: [
          ...keyOffers(request, vocabulary, place),
          ...(place.blocksToo ? blockOffers(request, vocabulary, place) : []),
        ],
      };
    case 'value': {
      const key = vocabulary.key(place.path, place.key, context, hereOf(request));
      if (key === undefined) return { offers: [] };
      const { offers, more } = valueOffers(key, place);
      const found = await hostOffers(request, key, place);
      // What the host has is not offered once more as a word that is often used.
      const names = new Set(found.map(({ label }) => label));
      return { offers: [...found, ...offers.filter(({ label }) => !names.has(label))], more };
    }
  }
};

/**
 * What could stand at that place, for the versions of the context. The host is asked where its objects could stand;
 * nothing else is waited for.
 */
export const complete = async (
  file: SourceFile,
  position: Position,
  context: Context,
  host: HostObjects,
  { snippets }: CompleteOptions = { snippets: true },
): Promise<CompletionList> => {
  const request = { file, offset: file.textDocument.offsetAt(position), context, host, snippets };
  const { offers, more = false } = await offersFor(request);
  return { isIncomplete: more, items: itemsOf(request, offers) };
};
