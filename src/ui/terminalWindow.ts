import { close, constants, type FSWatcher, mkdtempSync, open, rmSync, watch } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import * as vscode from 'vscode';
import { holdScript, windowVariable } from './terminalScripts.ts';

/**
 * Ends what terminals run when nobody can see them any more. VS Code's server ends no terminal whose browser tab was closed or loaded
 * anew, so a root shell would go on unseen for hours. Its extension host does end, and with it the pipe that it holds open for each terminal, which the terminal's
 * script waits on. An extension host that takes the place of an earlier one of the same window takes the pipes over.
 */
export interface TerminalWindow {
  /** The environment of a terminal that is to end with this window. */
  readonly tie: () => Readonly<Record<string, string>>;
  readonly dispose: () => void;
}

const pipeName = 'window';

/** The pipe of a terminal that our script runs in. */
const pipeOf = ({ creationOptions }: vscode.Terminal): string | undefined => {
  if (!('shellArgs' in creationOptions) || !Array.isArray(creationOptions.shellArgs)) return undefined;
  return creationOptions.shellArgs.includes(holdScript)
    ? (creationOptions.env?.[windowVariable] ?? undefined)
    : undefined;
};

export const createTerminalWindow = (): TerminalWindow => {
  const held = new Map<string, number>();
  /** Pipes that no script has made yet. */
  const awaited = new Map<string, FSWatcher>();
  const state = { over: false };

  const hold = (pipe: string): void => {
    // Open for both directions it waits for nobody.
    open(pipe, constants.O_RDWR | constants.O_NONBLOCK | constants.O_NOFOLLOW, (failure, descriptor) => {
      if (failure !== null) return;
      if (state.over || held.has(pipe)) close(descriptor);
      else held.set(pipe, descriptor);
    });
  };
  const letGo = (pipe: string): void => {
    awaited.get(pipe)?.close();
    // Options that no terminal was opened with leave nothing behind.
    if (awaited.delete(pipe) && !vscode.window.terminals.some((terminal) => pipeOf(terminal) === pipe))
      rmSync(dirname(pipe), { recursive: true, force: true });
    const descriptor = held.get(pipe);
    held.delete(pipe);
    if (descriptor !== undefined) close(descriptor);
  };

  const closing = vscode.window.onDidCloseTerminal((terminal) => {
    const pipe = pipeOf(terminal);
    if (pipe === undefined) return;
    // Before it is let go: what waits on it looks for it once more then, and ends where it is not there.
    rmSync(dirname(pipe), { recursive: true, force: true });
    letGo(pipe);
  });
  for (const terminal of vscode.window.terminals) {
    const pipe = pipeOf(terminal);
    if (pipe !== undefined) hold(pipe);
  }

  return {
    tie: () => {
      const directory = mkdtempSync(join(tmpdir(), 'nspawn-'));
      const pipe = join(directory, pipeName);
      // The script makes the pipe.
      const watcher = watch(directory, { persistent: false }, (_, entry) => {
        if (entry !== pipeName) return;
        watcher.close();
        awaited.delete(pipe);
        hold(pipe);
      });
      watcher.on('error', () => watcher.close());
      awaited.set(pipe, watcher);
      return { [windowVariable]: pipe };
    },
    dispose: () => {
      state.over = true;
      closing.dispose();
      for (const pipe of [...awaited.keys(), ...held.keys()]) letGo(pipe);
    },
  };
};
