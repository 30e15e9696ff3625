import type { KernelReason } from '../../../src/machines/cgroups/operate/kernelReason.ts';
import type { FileGroup, PlannedGroup } from '../../../src/machines/cgroups/operate/plannedGroups.ts';
import type { MachineFailure } from '../../../src/machines/errors.ts';

/** A group by the controller of its hierarchy (`v2` for that of v2), and its path. */
export interface GroupName {
  readonly in: string;
  readonly path: string;
}

/** What the extension's code is to do in a host. */
export type GroupRequest =
  | { readonly do: 'create'; readonly groups: readonly GroupName[]; readonly wanted: readonly string[] }
  | {
      readonly do: 'delete' | 'freeze' | 'thaw' | 'kill' | 'contents' | 'snapshot' | 'inTheWay';
      readonly group: GroupName;
    }
  | { readonly do: 'set'; readonly group: GroupName; readonly name: string; readonly value: string }
  | { readonly do: 'move'; readonly group: GroupName; readonly pid: number }
  | { readonly do: 'killProcess'; readonly pid: number }
  | {
      readonly do: 'late';
      readonly what: 'move' | 'signal' | 'delete' | 'kill' | 'freeze' | 'set' | 'create';
      readonly group: GroupName;
      readonly pid: number;
      /** A line for the shell: what happens after it was planned, and before it is done with more privileges. */
      readonly meanwhile: string;
    }
  | { readonly do: 'run'; readonly group: GroupName; readonly line: string }
  | { readonly do: 'property'; readonly unit: string; readonly name: string; readonly value: string }
  | { readonly do: 'plan'; readonly groups: readonly FileGroup[] }
  | { readonly do: 'apply'; readonly groups: readonly FileGroup[]; readonly text: string };

/** Which of these is there depends on what was asked. */
export interface GroupResult {
  readonly failure?: MachineFailure;
  /** Of `set`: what the file says afterwards, and what that means. */
  readonly read?: string;
  readonly outcome?: string;
  /** Of `run`. */
  readonly exitCode?: number;
  readonly way?: string;
  readonly reason?: KernelReason;
  readonly pids?: readonly number[];
  readonly paths?: readonly string[];
  readonly text?: string;
  readonly plan?: readonly PlannedGroup[];
  /** The unit that stands in the way. */
  readonly unit?: string;
  /** How a change was made: by a tool, or the kernel's files. */
  readonly by?: string;
}
