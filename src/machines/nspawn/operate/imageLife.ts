import { MachineError } from '../../errors.ts';
import type { OperationHost } from '../../operation.ts';
import { imageProperties } from '../commands/showCommands.ts';
import { busAnswers, saidNo } from './machineLife.ts';

/**
 * What machined says of an image now, undefined when it knows none of that name.
 * @throws MachineError busUnavailable: a bus that is down must not look like an image that is gone.
 */
export const askImage = async (
  host: OperationHost,
  name: string,
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, string> | undefined> => {
  try {
    return await host.run(imageProperties(name), signal === undefined ? {} : { signal });
  } catch (error) {
    if (!saidNo(error)) throw error;
    if (await busAnswers(host)) return undefined;
    const detail = error instanceof MachineError && error.failure.kind === 'toolFailed' ? error.failure.stderr : '';
    throw new MachineError({ kind: 'busUnavailable', detail }, { cause: error });
  }
};

export const imageExists = async (host: OperationHost, name: string, signal?: AbortSignal): Promise<boolean> =>
  (await askImage(host, name, signal)) !== undefined;
