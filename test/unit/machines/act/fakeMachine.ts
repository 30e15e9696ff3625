import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command, Run } from '../../../../src/machines/command.ts';
import { MachineError } from '../../../../src/machines/errors.ts';
import type { OperationHost } from '../../../../src/machines/operation.ts';

/** What a tool prints, or with which exit code it ends without a word. */
export type Answer = string | number;

/** A host with one machine, `box`: what the kernel and machined keep lies in a directory of its own. */
export interface FakeMachine {
  readonly host: OperationHost;
  /** Every tool that was run, and what else a test writes down. */
  readonly seen: string[];
  readonly register: () => void;
  readonly deregister: () => void;
  readonly writeProcess: (pid: number, comm: string, more?: ProcessTexts) => void;
  /** From now on this user may read the journal, which `journalctl` prints. */
  readonly openJournal: () => void;
  readonly remove: () => void;
}

export interface ProcessTexts {
  readonly pids?: string;
  readonly children?: string;
  readonly startTime?: number;
  readonly uidMap?: string;
  readonly sockets?: string;
}

export const lineOf = ({ file, args }: Pick<Command<unknown>, 'file' | 'args'>): string => [file, ...args].join(' ');

const failed = ({ file, args }: Command<unknown>, exitCode: number): MachineError =>
  new MachineError({ kind: 'toolFailed', file, args, exitCode, signal: undefined, stderr: '' });

/** A `Run` that starts nothing. */
export const runBy =
  (answer: (line: string) => Answer, seen: string[] = []): Run =>
  (command) => {
    const line = lineOf(command);
    seen.push(line);
    const said = answer(line);
    return typeof said === 'number' && said !== 0
      ? Promise.reject(failed(command, said))
      : Promise.resolve(command.parse({ exitCode: 0, stdout: String(said), stderr: '' }));
  };

export const createFakeMachine = (answer: (line: string) => Answer): FakeMachine => {
  const root = mkdtempSync(join(tmpdir(), 'fake-machine-'));
  const places = { proc: join(root, 'proc'), registered: join(root, 'machines'), journals: [join(root, 'journal')] };
  mkdirSync(places.registered);
  mkdirSync(join(places.proc, '1'), { recursive: true });
  writeFileSync(join(places.proc, '1/uid_map'), '0 0 4294967295\n');
  const seen: string[] = [];
  const inventory = {
    machines: new Map(),
    images: new Map(),
    onDidChange: () => () => undefined,
    refresh: () => Promise.resolve(),
  };
  const machine = join(places.registered, 'box');
  return {
    host: { run: runBy(answer, seen), inventory, places },
    seen,
    register: () => writeFileSync(machine, ''),
    deregister: () => rmSync(machine, { force: true }),
    writeProcess: (pid, comm, more = {}) => {
      const { pids = `${pid}\t1`, children = '', startTime = 777, uidMap = '0 0 4294967295', sockets = '' } = more;
      const directory = join(places.proc, String(pid));
      mkdirSync(join(directory, 'task', String(pid)), { recursive: true });
      mkdirSync(join(directory, 'net'), { recursive: true });
      const before = Array.from({ length: 18 }, (_, index) => String(index + 1));
      const texts = {
        stat: `${pid} (${comm}) S ${before.join(' ')} ${startTime} 0\n`,
        status: `NSpid:\t${pids}\n`,
        uid_map: `${uidMap}\n`,
        [`task/${pid}/children`]: children,
        'net/unix': sockets,
      };
      for (const [file, text] of Object.entries(texts)) writeFileSync(join(directory, file), text);
    },
    openJournal: () => {
      mkdirSync(join(root, 'journal', 'of-this-host'), { recursive: true });
      writeFileSync(join(root, 'journal', 'of-this-host', 'system.journal'), '');
    },
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
};

/** What `systemctl show` prints of a unit. */
export const unitText = (active: string, more = ''): string => `ActiveState=${active}\nResult=success\n${more}`;

export const isFailure =
  (kind: string) =>
  (error: unknown): boolean =>
    error instanceof MachineError && error.failure.kind === kind;
