/** What to offer where an action takes long. */
export interface Slow {
  readonly afterMs: number;
  /** Called with all that have taken so long by then, each name once. */
  readonly offer: (names: readonly string[]) => void;
}

/** Those that get late within this time are told of together. */
const togetherMs = 300;

export interface SlowOffers {
  /** Something begins; returns how to say that it is over. */
  begin(name: string): () => void;
}

/** One offer for all that gets late at the same time, so that five machines that do not stop are not five messages. */
export const createSlowOffers = (slow: Slow | undefined): SlowOffers => {
  const late = new Set<string>();
  const state: { telling: NodeJS.Timeout | undefined } = { telling: undefined };
  const tell = (): void => {
    state.telling = undefined;
    const names = [...late];
    late.clear();
    if (names.length > 0) slow?.offer(names);
  };
  return {
    begin: (name) => {
      if (slow === undefined) return () => undefined;
      const timer = setTimeout(() => {
        late.add(name);
        state.telling ??= setTimeout(tell, togetherMs);
      }, slow.afterMs);
      return () => {
        clearTimeout(timer);
        late.delete(name);
      };
    },
  };
};
