import type { Position, Range } from 'vscode-languageserver-types';
import { migrateToLxc, migrateToNspawn } from '../../../../src/language/across/migrate.ts';
import { factsOf } from '../../../../src/language/cgroups/groupFacts.ts';
import { groupFileOf } from '../../../../src/language/cgroups/groupFile.ts';
import { migrateToSystemd, migrateToV2 } from '../../../../src/language/cgconfig/migrate/migrate.ts';
import { fileContents } from '../../../../src/language/cgconfig/fileContents.ts';
import { parameterMeaning } from '../../../../src/language/cgconfig/parameterMeaning.ts';
import { type Context, defaultContext } from '../../../../src/language/context.ts';
import type { SourceFile } from '../../../../src/language/fileType.ts';
import type { Finding } from '../../../../src/language/finding.ts';
import { fileTypes } from '../../../../src/language/fileTypes.ts';
import { noHostObjects } from '../../../../src/language/hostObjects.ts';
import { languageFeatures } from '../../../../src/language/languageService.ts';
import { commandFromSettings } from '../../../../src/language/nspawn/commandLine/commandFromSettings.ts';
import { effectivePage } from '../../../../src/language/lxc/effective.ts';
import { settingsInForce, startObstacles } from '../../../../src/language/nspawn/check.ts';
import { namesOnHost } from '../../../../src/language/nspawn/crossRules/hostNeeds.ts';
import { settingsFromCommand } from '../../../../src/language/nspawn/commandLine/settingsFromCommand.ts';
import { applyFixes } from '../../../../src/lint/applyFixes.ts';
import { formatFindings } from '../../../../src/lint/formatFindings.ts';
import { formats } from '../../../../src/lint/options.ts';
import { reportFindings } from '../../../../src/lint/report.ts';

/** A text that was read, and what was found in it. */
export interface Judged {
  readonly file: SourceFile;
  /** What is known beside it. */
  readonly context: Context;
  readonly findings: readonly Finding[];
}

export type Ask = (judged: Judged) => unknown;

const positions = ({ textDocument }: SourceFile): readonly Position[] => {
  const { length } = textDocument.getText();
  return [0, length >> 1, length - 1, length].map((offset) => textDocument.positionAt(Math.max(0, offset)));
};

const everything = ({ textDocument }: SourceFile): Range => ({
  start: { line: 0, character: 0 },
  end: textDocument.positionAt(textDocument.getText().length),
});

const everywhere =
  (ask: (file: SourceFile, position: Position, context: Context) => unknown): Ask =>
  async ({ file, context }) => {
    for (const position of positions(file)) await ask(file, position, context);
  };

/** One for each feature but the repairs; the compiler names the one that is missing. */
const ofFeatures: Readonly<Record<Exclude<keyof typeof languageFeatures, 'codeActions'>, Ask>> = {
  complete: everywhere((file, at, context) => languageFeatures.complete(file, at, context, noHostObjects)),
  definition: everywhere((file, at, context) => languageFeatures.definition(file, at, context)),
  diagnose: ({ findings }) => findings,
  diagnosticsOf: ({ file, findings }) => languageFeatures.diagnosticsOf(file, findings),
  findingsToTell: ({ file, findings }) => languageFeatures.findingsToTell(findings, file.textDocument.getText(), {}),
  documentHighlights: everywhere((file, at, context) => languageFeatures.documentHighlights(file, at, context)),
  foldingRanges: ({ file }) => languageFeatures.foldingRanges(file),
  format: ({ file }) => languageFeatures.format(file),
  hover: everywhere((file, at, context) => languageFeatures.hover(file, at, context)),
  inlayHints: ({ file, context }) => languageFeatures.inlayHints(file, everything(file), context),
  links: ({ file, context }) => languageFeatures.links(file, context),
  prepareRename: everywhere((file, at, context) => languageFeatures.prepareRename(file, at, context)),
  references: everywhere((file, at, context) =>
    languageFeatures.references(file, at, context, { includeDeclaration: true }),
  ),
  rename: everywhere((file, at, context) => languageFeatures.rename(file, at, 'other', context)),
  selectionRanges: ({ file }) => languageFeatures.selectionRanges(file, positions(file)),
  semanticTokens: ({ file, context }) => languageFeatures.semanticTokens(file, context),
  symbols: ({ file }) => languageFeatures.symbols(file),
  workspaceSymbols: ({ file, context }) => {
    const group = groupFileOf(file, 'here', context.libcgroupVersion);
    return languageFeatures.workspaceSymbols(
      [...(group === undefined ? [] : [group]), ...(context.groups?.others ?? [])],
      'g',
    );
  },
};

const { diagnose, ...ofPlainFeatures } = ofFeatures;

/** What judges the text again for every repair that is tried, so that only little of it can be asked in a short time. */
export const asksOfRepairs: Readonly<Record<string, Ask>> = {
  codeActions: ({ file, context, findings }) => languageFeatures.codeActions(file, everything(file), context, findings),
  'code actions at a place': ({ file, context, findings }) => {
    for (const at of positions(file)) languageFeatures.codeActions(file, { start: at, end: at }, context, findings);
  },
  'all sure repairs': ({ file, context }) =>
    applyFixes(file.textDocument.getText(), file.type.languageId, context, fileTypes),
};

/** All else that is asked of a text. */
export const asks: Readonly<Record<string, Ask>> = {
  parse: ({ file }) => file.type.parse(file.textDocument.getText()),
  // First, because others take the findings.
  diagnose,
  ...ofPlainFeatures,
  'diagnose alone': ({ file }) => languageFeatures.diagnose(file, defaultContext),
  'diagnose for old versions beside the image': ({ file, context }) =>
    languageFeatures.diagnose(file, {
      ...context,
      systemdVersion: 239,
      libcgroupVersion: '2.0.2',
      place: { trust: 'untrusted' },
    }),
  'facts for other files': ({ file, context }) => {
    const group = groupFileOf(file, 'here', context.libcgroupVersion);
    return group === undefined ? '' : factsOf(group);
  },
  'migrate to cgroup v2': ({ file, context }) => migrateToV2(file, context),
  'migrate to systemd': ({ file, context }) => migrateToSystemd(file, context),
  'migrate to systemd-nspawn': ({ file, context }) => migrateToNspawn(file, context, '/var/lib/lxc/box/config'),
  'migrate to LXC': ({ file, context }) => migrateToLxc(file, context, '/etc/systemd/nspawn/box.nspawn'),
  'command from settings': ({ file, context }) =>
    file.type.languageId === 'nspawn'
      ? commandFromSettings(file.document, file.textDocument.getText(), context, 'machine')
      : undefined,
  'settings in force': ({ file, context }) =>
    file.type.languageId === 'nspawn' ? settingsInForce(file.textDocument.getText(), context) : undefined,
  'names of the host': ({ file, context }) => file.type.namesOnHost?.(file.document, context),
  'effective configuration': ({ file, context }) =>
    file.type.languageId === 'lxc'
      ? effectivePage(file.document, file.textDocument.getText(), '/config', context)
      : undefined,
  'what stops the start': ({ file, context }) =>
    file.type.languageId === 'nspawn'
      ? [namesOnHost(file.document, context), startObstacles(file.document, file.textDocument.getText(), context)]
      : undefined,
  'contents of a file of groups': ({ file }) =>
    file.type.languageId === 'cgconfig' ? fileContents(file.document) : undefined,
  'meanings of parameters': ({ file }) =>
    file.type.languageId === 'cgconfig'
      ? parameterMeaning(2, { name: 'io.max', value: file.textDocument.getText() }, defaultContext.systemdVersion)
      : undefined,
  'settings from a command': ({ file, context: { systemdVersion } }) =>
    file.type.languageId === 'nspawn'
      ? settingsFromCommand(`systemd-nspawn ${file.textDocument.getText()}`, systemdVersion)
      : undefined,
  'report of the linter': ({ file, findings }) =>
    formatFindings('text', reportFindings('file', file.textDocument, findings), '1', () => file.type.rules),
};

/** Of a list of findings no more than its length counts for these, so they are asked for few texts. */
export const asksOfFormats: Readonly<Record<string, Ask>> = {
  'formats of the linter': ({ file, findings }) => {
    const told = languageFeatures.findingsToTell(findings, file.textDocument.getText(), {});
    const reported = reportFindings('file', file.textDocument, told);
    for (const format of formats) formatFindings(format, reported, '1', () => file.type.rules);
  },
};

export const askNames: readonly string[] = [asks, asksOfRepairs, asksOfFormats].flatMap((one) => Object.keys(one));
