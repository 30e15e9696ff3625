/** Where a word that was read is remembered. */
interface Memory {
  get(key: string): unknown;
  update(key: string, value: unknown): Thenable<void>;
}

export interface TrustHoleWord {
  /** The release to be warned of; undefined where there is none, or the word was put away. */
  readonly release: () => string | undefined;
  /** Asks the host once. Resolves when it is known. */
  readonly look: () => Promise<void>;
  /** Not to be said again of this release; of another one that has the hole, too, it is. */
  readonly putAway: () => Promise<void>;
}

const key = 'nspawn.trustHoleRead';

/** What there is to say of a host whose systemd has CVE-2026-40226: a line of the log, and one above the rows. Free of vscode. */
export const createTrustHoleWord = (
  find: () => Promise<string | undefined>,
  memory: Memory,
  warn: (line: string) => void,
): TrustHoleWord => {
  const state: { asked: Promise<void> | undefined; release: string | undefined } = {
    asked: undefined,
    release: undefined,
  };
  const look = async (): Promise<void> => {
    state.release = await find();
    if (state.release === undefined) return;
    warn(
      `systemd ${state.release} has CVE-2026-40226: Ephemeral=, BindUser= and PivotRoot= of a .nspawn file beside an image count, and can give its machine access to the host. Update systemd; until then leave no .nspawn files of strangers beside images.`,
    );
  };
  return {
    release: () => (state.release === undefined || memory.get(key) === state.release ? undefined : state.release),
    look: () => (state.asked ??= look()),
    putAway: async () => {
      await memory.update(key, state.release);
    },
  };
};
