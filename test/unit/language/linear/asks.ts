import type { Position, Range } from 'vscode-languageserver-types';
import { factsOf } from '../../../../src/language/cgroups/groupFacts.ts';
import { groupFileOf } from '../../../../src/language/cgroups/groupFile.ts';
import { migrateToSystemd, migrateToV2 } from '../../../../src/language/cgconfig/migrate/migrate.ts';
import { defaultContext } from '../../../../src/language/context.ts';
import type { SourceFile } from '../../../../src/language/fileType.ts';
import type { Finding } from '../../../../src/language/finding.ts';
import { fileTypes } from '../../../../src/language/fileTypes.ts';
import { noHostObjects } from '../../../../src/language/hostObjects.ts';
import { languageFeatures } from '../../../../src/language/languageService.ts';
import { commandFromSettings } from '../../../../src/language/nspawn/commandLine/commandFromSettings.ts';
import { settingsFromCommand } from '../../../../src/language/nspawn/commandLine/settingsFromCommand.ts';
import { applyFixes } from '../../../../src/lint/applyFixes.ts';
import { formatFindings } from '../../../../src/lint/formatFindings.ts';
import { formats } from '../../../../src/lint/options.ts';
import { reportFindings } from '../../../../src/lint/report.ts';

/** A text that was read, and what was found in it. */
export interface Judged {
  readonly file: SourceFile;
  readonly findings: readonly Finding[];
}

export type Ask = (judged: Judged) => unknown;

const context = defaultContext;
const version = context.systemdVersion;

const positions = ({ textDocument }: SourceFile): readonly Position[] => {
  const { length } = textDocument.getText();
  return [0, length >> 1, length - 1, length].map((offset) => textDocument.positionAt(Math.max(0, offset)));
};

const everything = ({ textDocument }: SourceFile): Range => ({
  start: { line: 0, character: 0 },
  end: textDocument.positionAt(textDocument.getText().length),
});

const everywhere =
  (ask: (file: SourceFile, position: Position, findings: readonly Finding[]) => unknown): Ask =>
  async ({ file, findings }) => {
    for (const position of positions(file)) await ask(file, position, findings);
  };

/** One for each feature; the compiler names the one that is missing. */
const ofFeatures: Readonly<Record<keyof typeof languageFeatures, Ask>> = {
  codeActions: ({ file, findings }) => languageFeatures.codeActions(file, everything(file), context, findings),
  complete: everywhere((file, at) => languageFeatures.complete(file, at, context, noHostObjects)),
  definition: everywhere((file, at) => languageFeatures.definition(file, at, context)),
  diagnose: ({ file }) => languageFeatures.diagnose(file, context),
  diagnosticsOf: ({ file, findings }) => languageFeatures.diagnosticsOf(file, findings),
  findingsToTell: ({ file, findings }) => languageFeatures.findingsToTell(findings, file.textDocument.getText(), {}),
  documentHighlights: everywhere((file, at) => languageFeatures.documentHighlights(file, at, context)),
  foldingRanges: ({ file }) => languageFeatures.foldingRanges(file),
  format: ({ file }) => languageFeatures.format(file),
  hover: everywhere((file, at) => languageFeatures.hover(file, at, context)),
  inlayHints: ({ file }) => languageFeatures.inlayHints(file, everything(file), context),
  links: ({ file }) => languageFeatures.links(file, context),
  prepareRename: everywhere((file, at) => languageFeatures.prepareRename(file, at, context)),
  references: everywhere((file, at) => languageFeatures.references(file, at, context, { includeDeclaration: true })),
  rename: everywhere((file, at) => languageFeatures.rename(file, at, 'other', context)),
  selectionRanges: ({ file }) => languageFeatures.selectionRanges(file, positions(file)),
  semanticTokens: ({ file }) => languageFeatures.semanticTokens(file, context),
  symbols: ({ file }) => languageFeatures.symbols(file),
  workspaceSymbols: ({ file }) => {
    const group = groupFileOf(file, 'here', context.libcgroupVersion);
    return group === undefined ? [] : languageFeatures.workspaceSymbols([group], 'g');
  },
};

const { codeActions, ...ofPlainFeatures } = ofFeatures;

/** What judges the text again for every repair that is tried, so that only little of it can be asked in a short time. */
export const asksOfRepairs: Readonly<Record<string, Ask>> = {
  codeActions,
  'code actions at a place': everywhere((file, at, findings) =>
    languageFeatures.codeActions(file, { start: at, end: at }, context, findings),
  ),
  'all sure repairs': ({ file }) => applyFixes(file.textDocument.getText(), file.type.languageId, context, fileTypes),
};

/** All else that is asked of a text. */
export const asks: Readonly<Record<string, Ask>> = {
  parse: ({ file }) => file.type.parse(file.textDocument.getText()),
  ...ofPlainFeatures,
  'diagnose for old versions beside the image': ({ file }) =>
    languageFeatures.diagnose(file, {
      ...context,
      systemdVersion: 239,
      libcgroupVersion: '2.0.2',
      place: { trust: 'untrusted' },
    }),
  'facts for other files': ({ file }) => {
    const group = groupFileOf(file, 'here', context.libcgroupVersion);
    return group === undefined ? '' : factsOf(group);
  },
  'migrate to cgroup v2': ({ file }) => migrateToV2(file, context),
  'migrate to systemd': ({ file }) => migrateToSystemd(file, context),
  'command from settings': ({ file }) =>
    file.type.languageId === 'nspawn'
      ? commandFromSettings(file.document, file.textDocument.getText(), context, 'machine')
      : undefined,
  'settings from a command': ({ file }) =>
    file.type.languageId === 'nspawn'
      ? settingsFromCommand(`systemd-nspawn ${file.textDocument.getText()}`, version)
      : undefined,
  'formats of the linter': ({ file, findings }) => {
    const reported = reportFindings('file', file.textDocument, findings);
    for (const format of formats) formatFindings(format, reported, '1', file.type.rules);
  },
};
