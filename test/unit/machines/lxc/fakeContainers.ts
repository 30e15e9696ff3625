import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Inventory, InventoryChange } from '../../../../src/machines/inventory.ts';
import type { LxcHost } from '../../../../src/machines/lxc/operate/containerOperation.ts';
import type { ContainerRef, LxcPlaces } from '../../../../src/machines/lxc/places.ts';
import { type Answer, runBy } from '../act/fakeMachine.ts';

export interface RunFacts {
  readonly leader?: number;
  readonly monitor?: number;
  /** What stands behind `lxc.monitor.`, and behind `lxc.payload.` where that is another number. */
  readonly key?: string;
  readonly payload?: string;
  readonly commandLine?: string;
  readonly frozen?: boolean;
  /** Of its init, as the kernel tells it: `Z` for one that has ended. */
  readonly state?: string;
  /** The group in which it was started; the top of the hierarchy when left out. */
  readonly at?: string;
  /** Where init has moved itself to in its group. */
  readonly below?: string;
}

/** A host with LXC: what the kernel and LXC keep of containers lies in a directory of its own, and its tools do what a test says. */
export interface FakeContainers {
  readonly root: string;
  readonly lxcpath: string;
  readonly places: LxcPlaces;
  readonly host: LxcHost;
  /** Every tool that was run. */
  readonly seen: string[];
  readonly ref: (name: string) => ContainerRef;
  readonly define: (name: string, config?: string) => void;
  readonly run: (name: string, facts?: RunFacts) => void;
  readonly end: (key: string, at?: string) => void;
  readonly write: (path: string, text: string) => void;
  readonly remove: () => void;
}

export const createFakeContainers = (answer: (line: string) => Answer = () => '', isUser = false): FakeContainers => {
  const root = mkdtempSync(join(tmpdir(), 'fake-lxc-'));
  const groups = join(root, 'cgroup');
  const home = isUser ? join(root, 'home') : undefined;
  const lxcpath = home === undefined ? join(root, 'lxc') : join(home, '.local/share/lxc');
  const write = (path: string, text: string): void => {
    const whole = join(root, path);
    mkdirSync(join(whole, '..'), { recursive: true });
    writeFileSync(whole, text);
  };
  mkdirSync(lxcpath, { recursive: true });
  mkdirSync(groups);
  write('lxc.conf', `lxc.lxcpath = ${join(root, 'lxc')}\n`);
  write('bin/lxc-start', '');
  chmodSync(join(root, 'bin/lxc-start'), 0o755);
  write('proc/uptime', '1000.00 1000.00\n');
  write('proc/self/mountinfo', '22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw\n');
  const hierarchy = { version: 2, mountPoint: groups, controllers: [] } as const;
  const places: LxcPlaces = {
    proc: join(root, 'proc'),
    hierarchies: () => [hierarchy],
    configuration: join(root, 'lxc.conf'),
    logs: join(root, 'log'),
    programs: [join(root, 'bin')],
    home: () => home,
    runtime: () => (home === undefined ? undefined : join(root, 'runtime')),
    runtimeOf: (uid) => join(root, `run/${uid}`),
    templates: join(root, 'templates'),
    passwd: join(root, 'passwd'),
  };
  const seen: string[] = [];
  const inventory = {
    machines: new Map(),
    images: new Map(),
    onDidChange: () => () => undefined,
    refresh: () => Promise.resolve(),
  };
  return {
    root,
    lxcpath,
    places,
    host: { run: runBy(answer, seen), inventory, lxc: places },
    seen,
    ref: (name) => ({ lxcpath, name }),
    define: (name, config = '') => {
      mkdirSync(join(lxcpath, name, 'rootfs'), { recursive: true });
      writeFileSync(join(lxcpath, name, 'config'), `lxc.rootfs.path = dir:${lxcpath}/${name}/rootfs\n${config}`);
    },
    run: (name, facts = {}) => {
      const {
        leader = 200,
        monitor = 100,
        key = name,
        payload = key,
        frozen = false,
        at = '',
        state = 'S',
        below = '',
      } = facts;
      const before = Array.from({ length: 18 }, (_, index) => String(index + 1)).join(' ');
      write(`proc/${monitor}/cmdline`, facts.commandLine ?? `[lxc monitor] ${lxcpath} ${name}\0`);
      write(`proc/${monitor}/task/${monitor}/children`, `${leader} `);
      write(`proc/${leader}/stat`, `${leader} (init) ${state} ${before} ${leader}00 0\n`);
      write(`proc/${leader}/status`, `NSpid:\t${leader}\t1\n`);
      write(`proc/${leader}/cgroup`, `0::${at}/lxc.payload.${payload}${below}\n`);
      write(`cgroup${at}/lxc.payload.${payload}/cgroup.procs`, `${leader}\n`);
      write(`cgroup${at}/lxc.monitor.${key}/cgroup.procs`, `${monitor}\n`);
      write(`cgroup${at}/lxc.payload.${payload}/cgroup.events`, `populated 1\nfrozen ${frozen ? 1 : 0}\n`);
    },
    end: (key, at = '') => {
      for (const kind of ['payload', 'monitor'])
        rmSync(join(groups, at, `lxc.${kind}.${key}`), { recursive: true, force: existsSync(groups) });
    },
    write,
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
};

/** Resolves with the first change that fits, told by an event. */
export const change = (inventory: Inventory, kind: InventoryChange['kind'], id: string): Promise<void> =>
  new Promise((resolve) => {
    const stop = inventory.onDidChange((changes) => {
      if (!changes.some((one) => one.kind === kind && 'id' in one && one.id === id)) return;
      stop();
      resolve();
    });
  });
