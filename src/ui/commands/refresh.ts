import { viewCommands } from '../tree/viewCommands.ts';
import type { Handler } from './handler.ts';

/** Beside a document that a tool has printed: that document; anywhere else: the view. */
export const refresh: Handler = async (services, args) => {
  if (services.documents.refresh(args[0])) return;
  await viewCommands['nspawn.refresh'](services, args);
};
