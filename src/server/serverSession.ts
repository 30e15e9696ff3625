import type { SourceFile } from '../language/fileType.ts';
import type { Finding } from '../language/finding.ts';
import type { Safely } from './answerSafely.ts';
import type { ClientAbilities } from './clientAbilities.ts';
import type { GroupSets } from './groupSets.ts';
import type { HostLooks } from './hostLooks.ts';
import type { IncludedFiles } from './includedFiles.ts';
import type { OpenFiles } from './openFiles.ts';
import type { ServerHost } from './serverHost.ts';
import type { Situation, Situations } from './situations.ts';

/** What the handlers of a connection share. */
export interface ServerSession {
  readonly host: ServerHost;
  readonly files: OpenFiles;
  readonly groups: GroupSets;
  readonly situations: Situations;
  readonly included: IncludedFiles;
  readonly looks: HostLooks;
  readonly findings: (file: SourceFile, situation: Situation) => readonly Finding[];
  readonly safely: Safely;
  /** Known from the client's first message on. */
  readonly client: () => ClientAbilities;
}
