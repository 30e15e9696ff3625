import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { root } from '../../../../scripts/parseSources.ts';
import { languageFeatures } from '../../../../src/language/languageService.ts';
import { askNames } from './asks.ts';

/** What an editor can ask of the server about a text, and under which names it is measured here. */
const ofHandlers: Readonly<Record<string, readonly string[]>> = {
  onCompletion: ['complete'],
  onHover: ['hover'],
  onDefinition: ['definition'],
  onReferences: ['references'],
  onDocumentHighlight: ['documentHighlights'],
  onPrepareRename: ['prepareRename'],
  onRenameRequest: ['rename'],
  onDocumentSymbol: ['symbols'],
  onWorkspaceSymbol: ['workspaceSymbols'],
  onFoldingRanges: ['foldingRanges'],
  onSelectionRanges: ['selectionRanges'],
  onDocumentFormatting: ['format'],
  onDocumentRangeFormatting: ['format'],
  onDocumentLinks: ['links'],
  'languages.inlayHint.on': ['inlayHints'],
  'languages.semanticTokens.on': ['semanticTokens'],
  'languages.semanticTokens.onRange': ['semanticTokens'],
  onCodeAction: ['codeActions', 'code actions at a place'],
  'nspawn/settingsFromCommand': ['settings from a command'],
  'nspawn/commandFromSettings': ['command from settings'],
  'nspawn/settingsInForce': ['settings in force'],
  'nspawn/startObstacles': ['what stops the start'],
  'nspawn/parameterMeanings': ['meanings of parameters'],
  'nspawn/effectiveConfiguration': ['effective configuration'],
  'nspawn/groupFileContents': ['contents of a file of groups'],
  'nspawn/migrateToV2': ['migrate to cgroup v2'],
  'nspawn/migrateToSystemd': ['migrate to systemd'],
  'nspawn/migrateToNspawn': ['migrate to systemd-nspawn'],
  'nspawn/migrateToLxc': ['migrate to LXC'],
};

/** These do nothing with a text but what is measured as diagnosing it. */
const withoutText: readonly string[] = [
  'onInitialize',
  'onInitialized',
  'onDidChangeConfiguration',
  'onDidChangeWatchedFiles',
  'nspawn/situation',
  'nspawn/hostChanged',
];

const directory = join(root, 'src/server');
const handler = /\bconnection\.((?:languages\.\w+\.)?on\w*)(?:<[^(]*>)?\(\s*(?:'([^']+)')?/gu;

/** Every request and notification that the server has a handler for. */
const handlers = readdirSync(directory).flatMap((file) =>
  [...readFileSync(join(directory, file), 'utf8').matchAll(handler)].map(([, event = '', request]) => request ?? event),
);

test('every feature is asked of texts of every kind, and a new one is not forgotten', () => {
  const missing = Object.keys(languageFeatures).filter((feature) => !askNames.includes(feature));
  assert.deepEqual(missing, []);
});

test('every handler of the server is asked of texts of every kind, and a new one is not forgotten', () => {
  assert.deepEqual(handlers.toSorted(), [...Object.keys(ofHandlers), ...withoutText].sort());
  const unmeasured = Object.values(ofHandlers)
    .flat()
    .filter((name) => !askNames.includes(name));
  assert.deepEqual(unmeasured, []);
});
