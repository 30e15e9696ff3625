import type { CgconfigOpinion } from '../cgconfigOpinion.ts';
import type { Clicks } from './clicks.ts';
import type { Documents } from '../documents.ts';
import type { Migrations } from '../migration/migrations.ts';
import type { LxcOpinion } from '../lxcOpinion.ts';
import type { SecondOpinion } from '../secondOpinion.ts';
import type { Services } from '../services.ts';
import type { Terminals } from '../terminal.ts';

/** What handlers are given besides the services: what only commands open. */
export interface CommandServices extends Services {
  readonly clicks: Clicks;
  readonly terminals: Terminals;
  readonly documents: Documents;
  readonly secondOpinion: SecondOpinion;
  readonly cgconfigOpinion: CgconfigOpinion;
  readonly lxcOpinion: LxcOpinion;
  readonly migrations: Migrations;
}

/** `args` is whatever called the command handed over, and is not trusted: see targets.ts. */
export type Handler = (services: CommandServices, args: readonly unknown[]) => Promise<void>;
