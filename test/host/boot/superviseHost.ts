import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { start } from '../../rig/program.ts';
import type { SupervisorMessage, SupervisorTask } from './supervisorMessages.ts';
import { tool } from './tools.ts';

export interface SupervisedHost {
  readonly leader: number;
  /** Ends the host, and waits until nothing of it is left. */
  readonly stop: () => Promise<void>;
}

const supervisorFile = fileURLToPath(new URL('supervisor.ts', import.meta.url));

/** Starts a host's supervisor, and waits for the host's process 1. */
export const superviseHost = async (task: SupervisorTask): Promise<SupervisedHost> => {
  const program = [process.execPath, '--no-warnings', supervisorFile, JSON.stringify(task)];
  const child = start(await tool('unshare'), ['--mount', '--propagation', 'private', ...program], {
    stdio: ['pipe', 'pipe', 'inherit'],
    // Ctrl+C goes to the whole process group; the supervisor must live to clean up, and its closing input tells it.
    detached: true,
    env: { ...process.env, NODE_OPTIONS: '', NODE_TEST_CONTEXT: undefined },
  });
  const exited = once(child, 'exit');
  child.stdin.on('error', () => undefined);
  const stop = async (): Promise<void> => {
    child.stdin.end();
    await exited;
  };
  for await (const line of createInterface({ input: child.stdout })) {
    const message = JSON.parse(line) as SupervisorMessage;
    switch (message.kind) {
      case 'leader':
        return { leader: message.pid, stop };
      case 'failed':
        await stop();
        throw new Error(`the host did not start: ${message.reason}`);
      case 'ended':
        break;
    }
  }
  throw new Error('the supervisor of the host ended without a word');
};
