import type { Connection } from 'vscode-languageserver/node';
import { isTooLong } from '../language/limits.ts';
import { migrateToSystemd, migrateToV2 } from '../language/cgconfig/migrate/migrate.ts';
import { migrateToLxc, migrateToNspawn } from '../language/across/migrate.ts';
import { filePathOf } from '../hostFacts/fileUri.ts';
import { createDocumentRequests, type OnDocument } from './documentRequests.ts';
import type { ServerSession } from './serverSession.ts';
import type { Refused, TextForV2, MigratedFiles } from '../protocol/migration.ts';

/**
 * Requests of our own: `nspawn/migrateToV2` is an open cgconfig.conf or cgrules.conf for cgroup v2, `nspawn/migrateToSystemd` the
 * units for a cgconfig.conf and the rules beside it, `nspawn/migrateToNspawn` a container of LXC with all that it includes for
 * systemd-nspawn, `nspawn/migrateToLxc` a `.nspawn` file for LXC; null where it is no such file.
 */
export const registerMigration = (connection: Connection, session: ServerSession): void => {
  const on = createDocumentRequests(session);
  connection.onRequest(
    'nspawn/migrateToV2',
    on<OnDocument, TextForV2 | Refused | null>(
      'migration',
      null,
      (file, _, { context }) => migrateToV2(file, context) ?? null,
    ),
  );
  connection.onRequest(
    'nspawn/migrateToSystemd',
    on<OnDocument, MigratedFiles | Refused | null>(
      'migration',
      null,
      (file, _, { context }) => migrateToSystemd(file, context) ?? null,
    ),
  );
  connection.onRequest(
    'nspawn/migrateToNspawn',
    on<OnDocument, MigratedFiles | Refused | null>(
      'migration',
      null,
      async (file, { textDocument: { uri } }, situation) => {
        const path = filePathOf(uri);
        if (file.type.languageId !== 'lxc') return null;
        const { context } = session.looks.together(uri, file, situation);
        const includes = isTooLong(file.textDocument.getText())
          ? undefined
          : await session.included.allOf(file, path ?? '');
        return migrateToNspawn(file, includes === undefined ? context : { ...context, includes }, path) ?? null;
      },
    ),
  );
  connection.onRequest(
    'nspawn/migrateToLxc',
    on<OnDocument, MigratedFiles | Refused | null>('migration', null, (file, { textDocument: { uri } }, situation) => {
      const { context } = session.looks.together(uri, file, situation);
      return migrateToLxc(file, context, filePathOf(uri)) ?? null;
    }),
  );
};
