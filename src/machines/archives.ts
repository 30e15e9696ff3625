import type { Command } from './command.ts';
import type { Operation, OperationHost } from './operation.ts';
import type { MachineRef } from './reference.ts';

/** Packing a machine as one file, and making one of such a file. */
export interface Archives {
  /** Looks whether it can be packed, as far as this user may see. @throws MachineError noSuchImage, machineRunning, archiveProblem */
  readonly requirePackable: (host: OperationHost, ref: MachineRef) => Promise<void>;
  /** Packs one that does not run. @throws MachineError noSuchImage, machineRunning, archiveProblem */
  readonly backUp: (host: OperationHost, ref: MachineRef, file: string) => Operation | Promise<Operation>;
  /** Where a machine is brought back to. */
  readonly scope: () => string;
  /** The name of the machine that is in there, empty where it tells none. @throws MachineError archiveProblem where there is none, or more than that */
  readonly look: (file: string) => Command<string> | Promise<Command<string>>;
  /**
   * @param packed the name that `look` has found in there
   * @throws MachineError invalidName, nameTaken
   */
  readonly bringBack: (
    host: OperationHost,
    ref: MachineRef,
    file: string,
    packed: string,
  ) => Operation | Promise<Operation>;
}
