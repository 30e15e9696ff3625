import type { Connection } from 'vscode-languageserver/node';
import { migrateToSystemd, migrateToV2 } from '../language/cgconfig/migrate/migrate.ts';
import { createDocumentRequests, type OnDocument } from './documentRequests.ts';
import type { ServerSession } from './serverSession.ts';
import type { Refused, TextForV2, MigratedFiles } from '../protocol/migration.ts';

/**
 * Requests of our own: `nspawn/migrateToV2` is an open cgconfig.conf or cgrules.conf for cgroup v2, `nspawn/migrateToSystemd` the
 * units for a cgconfig.conf and the rules beside it; null where it is no such file.
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
};
