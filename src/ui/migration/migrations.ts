import { basename } from 'node:path';
import * as vscode from 'vscode';
import { plainLines } from '../plainText.ts';
import type { TextForV2, MigratedFiles } from '../../protocol/migration.ts';

type Migrated = TextForV2 | MigratedFiles;

/** The scheme of read-only texts that files would become. */
const migrationScheme = 'nspawn-migrated';

/** A result that is shown. */
interface ShownMigration {
  readonly source: vscode.Uri;
  /** What stood in the file when it was made. */
  readonly from: string;
  readonly result: Migrated;
}

export interface Migrations {
  /** Keeps a result under its address, and shows it there if it is open already. */
  readonly keep: (shown: ShownMigration) => vscode.Uri;
  /** Undefined for what is no address of ours. */
  readonly get: (uri: unknown) => ShownMigration | undefined;
  readonly dispose: () => void;
}

/** The language of a file goes by its end. */
const ends = { v2: '', systemd: '.units', nspawn: '.machine', lxc: '.container' } as const;

/** One address for each file and kind, so that a second look takes the place of the first. */
const uriOf = ({ source, result }: ShownMigration): vscode.Uri =>
  vscode.Uri.from({
    scheme: migrationScheme,
    path: `/${result.kind}/${basename(source.path)}${ends[result.kind]}`,
    query: source.toString(),
  });

export const createMigrations = (): Migrations => {
  // Kept after its tab is closed: VS Code also says that a text is closed when only its language changes.
  const shown = new Map<string, ShownMigration>();
  const changed = new vscode.EventEmitter<vscode.Uri>();
  const provider = vscode.workspace.registerTextDocumentContentProvider(migrationScheme, {
    onDidChange: changed.event,
    provideTextDocumentContent: (uri) => {
      const result = shown.get(uri.toString())?.result;
      // A window that comes back shows its tabs, but nobody has asked for a result yet.
      return result === undefined ? '' : result.kind === 'v2' ? result.text : plainLines(result.text);
    },
  });
  return {
    keep: (one) => {
      const uri = uriOf(one);
      shown.set(uri.toString(), one);
      changed.fire(uri);
      return uri;
    },
    get: (uri) => (uri instanceof vscode.Uri ? shown.get(uri.toString()) : undefined),
    dispose: () => {
      provider.dispose();
      changed.dispose();
    },
  };
};
