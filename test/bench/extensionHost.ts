import { setTimeout as sleep } from 'node:timers/promises';
import type { Host } from '../host/host.ts';

const log = '/tmp/bench-extension-host.strace';

/** The process of the newest window's extensions. @throws Error when there is none */
export const extensionHostOf = async (host: Host): Promise<string> => {
  // The brackets keep the pattern from finding itself.
  const { stdout } = await host.run('pgrep', ['-n', '-f', 'type=[e]xtensionHost']);
  if (stdout.trim() === '') throw new Error('there is no extension host');
  return stdout.trim();
};

/** Resident memory in bytes. */
export const memoryOf = async (host: Host, process: string): Promise<number> => {
  const { stdout } = await host.run('awk', ['/^VmRSS:/ { print $2 * 1024 }', `/proc/${process}/status`]);
  return Number(stdout);
};

/**
 * What the extension host and all it starts ask of the kernel while `work` runs, as strace tells it.
 * @param calls system calls, as strace's `-e trace=` takes them
 */
export const traceExtensionHost = async (
  host: Host,
  calls: string,
  work: () => Promise<unknown>,
): Promise<readonly string[]> => {
  const pid = await extensionHostOf(host);
  const { exitCode, stderr } = await host.run('sh', [
    '-c',
    // It is over with this shell only when it has seen everything; until then it goes on by itself.
    'rm -f "$1"; strace -qq -f -s 400 -o "$1" -e trace="$2" -p "$3" >/dev/null 2>&1 & echo $! > "$1.pid"; sleep 1; kill -0 $!',
    'sh',
    log,
    calls,
    pid,
  ]);
  if (exitCode !== 0) throw new Error(`strace did not take hold of the extension host: ${stderr}`);
  try {
    await work();
  } finally {
    await host.run('sh', ['-c', 'kill "$(cat "$1.pid")"; rm -f "$1.pid"', 'sh', log]);
    // It writes its last lines before it goes.
    await sleep(500);
  }
  const { stdout } = await host.run('cat', [log]);
  await host.run('rm', ['-f', log]);
  return stdout.split('\n').filter((line) => line !== '');
};

/** The calls that start a process; a thread is none, and a program in it no second one. */
export const startedProcesses = (lines: readonly string[]): readonly string[] =>
  lines.filter((line) => /\b(?:v?fork|clone3?)\(/u.test(line) && !line.includes('CLONE_THREAD'));
