import type { ControlGroup } from '../machines/cgroups/controlGroup.ts';

/** What a command asks of the view without knowing it. */
type ViewRequest =
  /** The filter is being typed: rows follow each letter before it is a setting. Undefined ends it: the setting counts again. */
  | { readonly kind: 'previewFilter'; readonly filter: string | undefined }
  /** The user wants everything asked anew, what the rows have learnt about machines too. */
  | { readonly kind: 'askAnew' }
  /** The word about a systemd with a hole has been read, and is not to be said again of that release. */
  | { readonly kind: 'trustHoleRead' }
  /** These images are about to be removed: the keyboard goes to the row beside them, so that it does not begin at the top again. */
  | { readonly kind: 'rowsLeave'; readonly names: readonly string[] }
  /** A `.nspawn` file of this machine or image has been made. */
  | { readonly kind: 'nspawnFileMade'; readonly name: string }
  /** Groups or what runs in them may be others now: everything that is open in their view is read anew. */
  | { readonly kind: 'groupsTouched' }
  /** The same words as of `previewFilter`, for the view of control groups, where they are no setting and stay until others come. */
  | { readonly kind: 'filterGroups'; readonly filter: string }
  /** Opens the view of control groups, and in it this group, or a process in it. */
  | { readonly kind: 'revealGroup'; readonly group: ControlGroup; readonly pid?: number };

export interface ViewRequests {
  make(request: ViewRequest): void;
  onRequest(listener: (request: ViewRequest) => void): () => void;
}

export const createViewRequests = (): ViewRequests => {
  const listeners = new Set<(request: ViewRequest) => void>();
  return {
    make: (request) => {
      for (const listener of [...listeners]) listener(request);
    },
    onRequest: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
};
