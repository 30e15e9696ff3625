import { setTimeout as sleep } from 'node:timers/promises';
import { idOf } from '../../src/machines/lxc/places.ts';
import { hostPaths } from '../host/host.ts';
import type { Host } from '../host/host.ts';
import { observe } from '../host/observedHost.ts';
import { machine } from '../workbench/tree.ts';
import type { BenchWorkbench } from './benchWorkbench.ts';
import type { Figure } from './figure.ts';
import { median, quantile, short } from './figure.ts';
import { told } from './latency.ts';
import { expectRow } from './pageProbe.ts';

const count = 300;
const running = 30;
const starts = 24;
// They come first, so that their rows are in sight.
const names = ['a1', 'a2', 'a3', 'a4'];

const must = async (host: Host, file: string, ...args: readonly string[]): Promise<string> => {
  const { exitCode, stdout, stderr } = await host.run(file, args, { timeoutMs: 300_000 });
  if (exitCode !== 0) throw new Error(`${file}: ${stderr}`);
  return stdout;
};

/** Containers whose trees share their files, without a network: parameters are how many, how many of them run, and further names. */
const create = `cd /var/lib/lxc
lxc-create -n bench1 -t busybox >&2
sed -i /udhcpc/d bench1/rootfs/etc/init.d/rcS
sed -i '/^lxc.net/d; s/^lxc.uts.name.*/lxc.uts.name = bench/' bench1/config
count=$1; running=$2; shift 2
for name in $(seq -f 'bench%g' 2 "$count") "$@"; do
  mkdir -m 770 "$name"
  cp -al bench1/rootfs "$name"
  sed "s,/bench1/,/$name/," bench1/config >"$name/config"
done
for name in $(seq -f 'bench%g' 1 "$running"); do lxc-start -n "$name"; done
`;

export const prepareContainers = async (host: Host): Promise<void> => {
  await must(host, 'sh', '-e', '-c', create, 'sh', String(count), String(running), ...names);
};

interface Listing {
  readonly defined: number;
  readonly running: number;
  readonly listed: number;
  readonly listedRunning: number;
  readonly times: Readonly<Record<'ours' | 'tool', readonly number[]>>;
}

/** All containers by our inventory against `lxc-ls -f`. */
export const measureContainers = async (host: Host): Promise<readonly Figure[]> => {
  const program = `${hostPaths.repository}/test/host/programs/measureContainers.ts`;
  const { defined, listed, times, ...found } = JSON.parse(await must(host, hostPaths.node, program)) as Listing;
  const all = count + names.length;
  if (defined !== all || listed !== count || found.running !== running || found.listedRunning !== running)
    throw new Error(JSON.stringify({ defined, listed, ...found }));
  const ratio = median(times.tool) / median(times.ours);
  return [
    {
      title: `listing ${defined} containers of LXC, ${running} of which run`,
      value: `${short(median(times.ours))} ms, lxc-ls -f ${short(median(times.tool))} ms: ${short(ratio)} times cheaper`,
      goal: { text: 'at least 50 times cheaper', met: ratio >= 50 },
    },
  ];
};

const script = `date +%s%3N; lxc-start -n "$1" >&2 && date +%s%3N`;

interface Start {
  readonly began: number;
  readonly returned: number;
  readonly seen: number;
}

/** Starts containers in another shell, one after the other, and ends them. */
const startOften = async (
  host: Host,
  expect: (name: string) => Promise<() => Promise<number>>,
): Promise<readonly Start[]> => {
  const all: Start[] = [];
  for (let start = 0; start < starts; start += 1) {
    const name = names[start % names.length] ?? '';
    const seen = await expect(name);
    const [began = Number.NaN, returned = Number.NaN] = (await must(host, 'sh', '-c', script, 'sh', name))
      .trim()
      .split('\n')
      .map(Number);
    all.push({ began, returned, seen: await seen() });
    await must(host, 'lxc-stop', '-k', '-n', name);
  }
  return all;
};

const latencies = (to: string, all: readonly Start[]): readonly Figure[] => {
  const whole = all.map(({ began, seen }) => seen - began);
  return [
    {
      title: `from lxc-start in another shell to ${to}, ${all.length} starts`,
      value: told(whole),
      goal: { text: 'p95 under 150 ms', met: quantile(whole, 0.95) < 150 },
    },
    {
      title: 'beside it, lxc-start itself until it returns',
      value: told(all.map(({ began, returned }) => returned - began)),
    },
  ];
};

export const measureContainerLatency = async (host: Host): Promise<readonly Figure[]> => {
  const observer = await observe(host, { kinds: 'all' });
  try {
    await observer.watch();
    const all = await startOften(host, (name) => {
      const id = idOf({ lxcpath: '/var/lib/lxc', name });
      observer.changes.length = 0;
      return Promise.resolve(
        async () => (await observer.change((change) => change.kind === 'machineAdded' && change.id === id)).at,
      );
    });
    return latencies('our event', all);
  } finally {
    await observer.end();
  }
};

const quietMs = 700;

export const measureContainerRow = async ({ host, workbench }: BenchWorkbench): Promise<readonly Figure[]> => {
  await workbench.sideBar.open('systemd-nspawn');
  await workbench.tree.row(machine('bench1'));
  const all = await startOften(host, async (name) => {
    await workbench.tree.gone(machine(name));
    // VS Code hands on the first change at once and what follows within 200 ms after them: the end of the last one is over.
    await sleep(quietMs);
    const { at } = await expectRow(workbench.page, `machine ${name}`);
    return at;
  });
  return latencies('the row', all);
};
