import * as vscode from 'vscode';
import { MachineError } from '../../machines/errors.ts';
import { nspawnText } from '../nspawnText.ts';
import type { CommandServices } from './handler.ts';

/**
 * Why the machine of an image would not start, as its `.nspawn` file and this host are now: the sentences that stand on the lines in the
 * editor. None where nobody can tell.
 */
export const startObstacles = async (
  { backends, inventory, language, log }: Pick<CommandServices, 'backends' | 'inventory' | 'language' | 'log'>,
  name: string,
): Promise<readonly string[]> => {
  const file = await nspawnText(backends, name, inventory.images.get(name)?.path);
  if (file === undefined) return [];
  try {
    const server = await language.running();
    const obstacles = await server.startObstacles(vscode.Uri.file(file.path), {
      text: file.text,
      trusted: file.trusted,
    });
    return [...new Set(obstacles.map(({ message }) => message))];
  } catch (error) {
    log.warn(`Nobody can tell whether ${file.path} keeps ${name} from starting: ${String(error)}`);
    return [];
  }
};

/** A failed start with what of the settings is the reason; any other error as it is. */
export const explainStart = async (services: CommandServices, name: string, error: unknown): Promise<unknown> => {
  if (!(error instanceof MachineError) || error.failure.kind !== 'didNotStart') return error;
  const settings = await startObstacles(services, name);
  return settings.length === 0 ? error : new MachineError({ ...error.failure, settings }, { cause: error });
};
