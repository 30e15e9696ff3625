import type { MachineFailure } from '../../src/machines/errors.ts';
import type { ShellRequest } from '../../src/machines/entry.ts';
import type { KillTarget } from '../../src/machines/killSignals.ts';
import type { KillSignal } from '../../src/machines/killSignals.ts';
import type { Reach } from '../../src/machines/host/reach.ts';
import type { Host } from './host.ts';
import { hostPaths } from './host.ts';

interface Common {
  readonly name: string;
  readonly cancelAfterMs?: number;
  readonly reach?: Reach;
}

export type ActRequest =
  | ({ readonly do: 'start' | 'terminate' | 'remove' | 'startsAtBoot' } & Common)
  | ({ readonly do: 'powerOff' | 'reboot'; readonly limitMs?: number } & Common)
  | ({ readonly do: 'kill'; readonly signal: KillSignal; readonly whom: KillTarget } & Common)
  | ({ readonly do: 'setEnabled'; readonly enabled: boolean } & Common)
  | ({ readonly do: 'clone'; readonly to: string; readonly readOnly?: boolean } & Common)
  | ({ readonly do: 'rename'; readonly to: string } & Common)
  | ({ readonly do: 'setReadOnly'; readonly readOnly: boolean } & Common)
  | { readonly do: 'openShell'; readonly name: string; readonly request?: ShellRequest }
  | { readonly do: 'readUsers'; readonly name: string }
  | { readonly do: 'secondOpinion'; readonly text: string; readonly trusted: boolean }
  | { readonly do: 'cgconfigOpinion'; readonly text: string }
  | { readonly do: 'sudoNeedsNoPassword' }
  | { readonly do: 'run'; readonly file: string; readonly args: readonly string[] };

export interface ActResult {
  readonly value?: unknown;
  readonly failure?: MachineFailure;
}

/** Has the extension's code do things inside the host, one after the other, as a user of the host. */
export const act = async (
  host: Host,
  requests: readonly ActRequest[],
  user = 'root',
): Promise<readonly ActResult[]> => {
  const driver = `${hostPaths.repository}/test/host/actInside.ts`;
  const args = ['--no-warnings', driver, JSON.stringify(requests)];
  const { exitCode, stdout, stderr } = await host.run(hostPaths.node, args, { user, timeoutMs: 180_000 });
  if (exitCode !== 0) throw new Error(`the driver failed: ${stderr}`);
  return JSON.parse(stdout) as readonly ActResult[];
};

/** One thing; the failure where there is one, undefined where it succeeded. */
export const failureOf = async (host: Host, request: ActRequest, user?: string): Promise<MachineFailure | undefined> =>
  (await act(host, [request], user))[0]?.failure;
