/** The filter while it is being typed, before it is a setting: the rows follow each letter. */
export interface FilterPreview {
  /** Undefined ends the preview: the setting counts again. */
  set(filter: string | undefined): void;
  get(): string | undefined;
  onDidChange(listener: () => void): () => void;
}

export const createFilterPreview = (): FilterPreview => {
  const state: { filter: string | undefined } = { filter: undefined };
  const listeners = new Set<() => void>();
  return {
    set: (filter) => {
      if (filter === state.filter) return;
      state.filter = filter;
      for (const listener of listeners) listener();
    },
    get: () => state.filter,
    onDidChange: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
};
