import { SymbolKind } from 'vscode-languageserver-types';
import type { SymbolInformation } from 'vscode-languageserver-types';
import type { GroupFile } from './groupFile.ts';
import { locationOf } from './mentions.ts';
import { withoutIcons } from '../markdown.ts';

/** Editors sort and filter by themselves, so more than this helps nobody. */
const mostSymbols = 1_000;

/** Whether the letters of `query` stand in `name` in this order, as an editor compares what is typed. */
const fits = (name: string, query: string): boolean => {
  const lower = name.toLowerCase();
  let at = 0;
  for (const letter of query.toLowerCase()) {
    at = lower.indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return true;
};

/** The groups and templates of those files whose names fit. */
export const workspaceSymbols = (files: readonly GroupFile[], query: string): SymbolInformation[] =>
  files
    .flatMap((file) =>
      file.blocks
        .map((block) => ({ block, name: `${block.keyword} ${block.name}` }))
        .filter(({ name }) => fits(name, query))
        .map(({ block, name }) => ({
          name: withoutIcons(name),
          kind: SymbolKind.Namespace,
          location: locationOf(file, block),
          containerName: file.name,
        })),
    )
    .slice(0, mostSymbols);
