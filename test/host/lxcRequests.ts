import type { CreationPlan } from '../../src/machines/creation.ts';
import type { MachineFailure } from '../../src/machines/errors.ts';
import type { Image } from '../../src/machines/image.ts';
import type { KillSignal } from '../../src/machines/killSignals.ts';
import type { AwaitedState, Machine } from '../../src/machines/machine.ts';
import type { AtBootAct, AtBootGroup, LogLevel } from '../../src/machines/startSettings.ts';
import { hostPaths } from './host.ts';
import type { Host } from './host.ts';

export interface LxcRow {
  readonly machine?: Machine;
  readonly image?: Image;
  readonly enabled: boolean;
}

type Act =
  | 'start'
  | 'powerOff'
  | 'reboot'
  | 'terminate'
  | 'kill'
  | 'freeze'
  | 'unfreeze'
  | 'enable'
  | 'disable'
  | 'clone'
  | 'overlay'
  | 'rename'
  | 'remove'
  | 'startCopy'
  | 'snapshot'
  | 'restore'
  | 'bootPlace'
  | 'logLevel'
  | 'setParameter'
  | 'keepParameter'
  | 'addDevice'
  | 'removeDevice'
  | 'removeSnapshot';

export type LxcRequest =
  | {
      readonly do: 'act';
      readonly act: Act;
      readonly name: string;
      readonly to?: string;
      readonly signal?: KillSignal;
      readonly comment?: string;
      readonly snapshot?: string;
      readonly order?: number;
      readonly delay?: number;
      readonly groups?: readonly string[];
      readonly level?: LogLevel;
      readonly parameter?: string;
      readonly value?: string;
      readonly device?: string;
      readonly cancelAfterMs?: number;
      /** Calls it off when there is this file, which is removed then. */
      readonly cancelWhen?: string;
    }
  | {
      readonly do: 'create';
      readonly name: string;
      readonly plan: CreationPlan;
      /** Calls it off when the tool says this. */
      readonly cancelAt?: string;
    }
  | { readonly do: 'creation' }
  | { readonly do: 'opinion'; readonly text: string }
  | { readonly do: 'backUp' | 'bringBack'; readonly name: string; readonly file: string }
  | { readonly do: 'run'; readonly file: string; readonly args: readonly string[]; readonly input?: string }
  | {
      readonly do: 'seen';
      readonly name: string;
      readonly runs?: boolean;
      readonly defined?: boolean;
      /** Where its row says that its tree lies: a row comes before its configuration is whole. */
      readonly tree?: string;
      readonly enabled?: boolean;
      readonly frozen?: boolean;
    }
  | { readonly do: 'names' | 'check' }
  | { readonly do: 'details' | 'info' | 'snapshots' | 'texts' | 'startSettings'; readonly name: string }
  | { readonly do: 'wait'; readonly name: string; readonly state: AwaitedState }
  | { readonly do: 'atBoot'; readonly act: AtBootAct; readonly group: AtBootGroup }
  | { readonly do: 'execute' | 'inTree'; readonly name: string; readonly commandLine: string }
  | { readonly do: 'shell'; readonly name: string; readonly user?: string; readonly commandLine?: string }
  | { readonly do: 'terminal'; readonly name: string; readonly kind: 'boot' | 'console' };

export interface LxcResult {
  readonly value?: unknown;
  readonly failure?: MachineFailure;
}

/** Has the backend of LXC do things inside the host, one after the other, while its inventory watches. */
export const inLxc = async (
  host: Host,
  requests: readonly LxcRequest[],
  user = 'root',
  lxcpath = '/var/lib/lxc',
  users: readonly string[] = [],
): Promise<readonly LxcResult[]> => {
  const args = [
    '--no-warnings',
    `${hostPaths.repository}/test/host/programs/lxc.ts`,
    JSON.stringify(requests),
    lxcpath,
    ...users,
  ];
  const { exitCode, stdout, stderr } = await host.run(hostPaths.node, args, { user, timeoutMs: 600_000 });
  if (exitCode !== 0) throw new Error(`the driver failed: ${stderr}`);
  return JSON.parse(stdout) as readonly LxcResult[];
};

export const run = (file: string, ...args: readonly string[]): LxcRequest => ({ do: 'run', file, args });
export const act = (name: string, how: Extract<LxcRequest, { do: 'act' }>['act'], more = {}): LxcRequest => ({
  do: 'act',
  act: how,
  name,
  ...more,
});
export const state = (name: string): LxcRequest => run('lxc-info', '-n', name, '-s', '-H');

/** Waits until init has its terminals: a signal before it has its handlers is lost. */
const hasBooted = `until for pid in $(cat "/proc/$(lxc-info -n "$1" -p -H)"/task/*/children); do cat "/proc/$pid/comm"; done | grep getty
do sleep 0.1; done 2>/dev/null`;
export const booted = (name: string): LxcRequest => run('sh', '-c', hasBooted, 'sh', name);

export const rowIn = (result: LxcResult | undefined): LxcRow => (result?.value ?? { enabled: false }) as LxcRow;
export const text = (result: LxcResult | undefined): string =>
  typeof result?.value === 'string' ? result.value.trim() : JSON.stringify(result);
