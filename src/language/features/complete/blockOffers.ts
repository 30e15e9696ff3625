import * as l10n from '@vscode/l10n';
import { CompletionItemKind } from 'vscode-languageserver-types';
import type { Section, Span } from '../../document.ts';
import type { BlockName, Vocabulary } from '../../vocabulary.ts';
import { sectionsAt } from '../../locate.ts';
import { hereOf, type CompleteRequest, type Offer } from './offer.ts';

/** A real file has a handful; in a huge one only the first are looked at, so that completion costs the same everywhere. */
const mostLookedAt = 200;

/** The blocks that stand directly in the innermost one of a path. */
export const siblingBlocks = ({ file, offset }: CompleteRequest, path: readonly BlockName[]): readonly Section[] => {
  const parent = path.length === 0 ? undefined : sectionsAt(file.document, offset)[path.length - 1];
  return (parent?.sections ?? file.document.sections).slice(0, mostLookedAt);
};

/** Blocks that may begin at a place, those first that are not in the file yet. */
export const blockOffers = (
  request: CompleteRequest,
  vocabulary: Vocabulary,
  place: Span & { readonly path: readonly BlockName[] },
): readonly Offer[] => {
  const { offset, file } = request;
  const there = siblingBlocks(request, place.path).filter(
    ({ start, headerEnd }) => offset < start || offset > headerEnd,
  );
  const typed = file.textDocument.getText().slice(place.start, offset);
  return vocabulary.blocks(place.path, request.context, hereOf(request)).map((block) => {
    const again = there.some(({ keyword, name }) => keyword === block.keyword && name === block.name);
    const note = again ? l10n.t('already in this file') : block.note;
    return {
      start: place.start,
      end: place.end,
      label: block.written,
      kind: CompletionItemKind.Module,
      // Whoever has not typed the bracket means the name.
      filter: block.written.startsWith(typed.charAt(0)) ? block.written : block.name,
      group: again || block.minor === true ? 8 : 6,
      documentation: block.documentation,
      ...(block.snippet === undefined ? {} : { snippet: block.snippet }),
      ...(note === undefined ? {} : { note }),
    };
  });
};
