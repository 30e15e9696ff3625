import type { CodeAction, CodeActionParams, Connection, Range } from 'vscode-languageserver/node';
import { languageFeatures } from '../language/languageService.ts';
import { createDocumentRequests } from './documentRequests.ts';
import type { ServerSession } from './serverSession.ts';
import { tokensIn } from './tokensIn.ts';

const isBefore = (one: Range['start'], other: Range['start']): boolean =>
  one.line < other.line || (one.line === other.line && one.character < other.character);

const overlap = (one: Range, other: Range): boolean =>
  !isBefore(one.end, other.start) && !isBefore(other.end, one.start);

/** Those that the editor asks for and can carry out. */
const wanted = (
  actions: readonly CodeAction[],
  only: CodeActionParams['context']['only'],
  commands: readonly string[],
) =>
  actions.filter(({ kind, command }) => {
    if (command !== undefined && !commands.includes(command.command)) return false;
    return only === undefined || only.some((one) => one === '' || kind === one || kind?.startsWith(`${one}.`) === true);
  });

/** One handler a request about a single file. */
export const registerFeatures = (connection: Connection, session: ServerSession): void => {
  const { findings, host, client } = session;

  const on = createDocumentRequests(session);

  connection.onCompletion(
    on('completion', { isIncomplete: false, items: [] }, (file, { position }, { context, imageDirectories }) =>
      languageFeatures.complete(file, position, context, host.objects(imageDirectories), {
        snippets: client().snippets,
      }),
    ),
  );
  connection.onHover(
    on('hover', null, (file, { position }, { context }) => languageFeatures.hover(file, position, context) ?? null),
  );
  connection.onDocumentSymbol(on('symbols', [], (file) => languageFeatures.symbols(file)));
  connection.onFoldingRanges(on('folding', [], (file) => languageFeatures.foldingRanges(file)));
  connection.onSelectionRanges(
    on('selection', [], (file, { positions }) => languageFeatures.selectionRanges(file, positions)),
  );
  connection.onDocumentFormatting(on('formatting', [], (file) => languageFeatures.format(file)));
  connection.onDocumentRangeFormatting(
    on('range formatting', [], (file, { range }) =>
      languageFeatures.format(file).filter((edit) => overlap(edit.range, range)),
    ),
  );
  connection.onDocumentLinks(on('links', [], (file, _, { context }) => languageFeatures.links(file, context)));
  connection.languages.inlayHint.on(
    on('inlay hints', [], (file, { range }, { context }) => languageFeatures.inlayHints(file, range, context)),
  );
  connection.languages.semanticTokens.on(
    on('semantic tokens', { data: [] }, (file, _, { context }) => languageFeatures.semanticTokens(file, context)),
  );
  connection.languages.semanticTokens.onRange(
    on('semantic tokens', { data: [] }, (file, { range }, { context }) =>
      tokensIn(languageFeatures.semanticTokens(file, context), range),
    ),
  );
  connection.onCodeAction(
    on('code actions', [], (file, { range, context: { only } }, situation) =>
      wanted(
        languageFeatures.codeActions(file, range, situation.context, findings(file, situation)),
        only,
        client().commands,
      ),
    ),
  );
};
