import * as l10n from '@vscode/l10n';
import type { CgroupParameter } from '../../../schema/cgroupTypes.ts';
import type { Remark } from './migrationNote.ts';
import { info, warning } from './migrationNote.ts';

/** Switches whose value says whether anything gets lost: those values are what cgroup v2 does anyway. */
const harmless: Readonly<Record<string, { readonly values: readonly string[]; readonly text: string }>> = {
  'memory.use_hierarchy': { values: ['1'], text: l10n.t('cgroup v2 always counts what is below a group.') },
  'memory.oom_control': { values: ['0'], text: l10n.t('cgroup v2 always has the OOM killer on.') },
  'memory.move_charge_at_immigrate': {
    values: ['0'],
    text: l10n.t('cgroup v2 never moves charges along with a task.'),
  },
  'cpuset.mem_exclusive': { values: ['0'], text: l10n.t('It is off anyway.') },
  'cpuset.mem_hardwall': { values: ['0'], text: l10n.t('It is off anyway.') },
  'cpuset.memory_migrate': { values: ['1'], text: l10n.t('cgroup v2 always moves pages when the nodes change.') },
  'cpuset.memory_spread_page': { values: ['0'], text: l10n.t('It is off anyway.') },
  'cpuset.memory_spread_slab': { values: ['0', '1'], text: l10n.t('It has no effect any more.') },
  'cpuset.sched_load_balance': { values: ['1'], text: l10n.t('It is on anyway.') },
  'cpuset.sched_relax_domain_level': { values: ['-1'], text: l10n.t('It is the default.') },
  'cpuset.memory_pressure_enabled': { values: ['0', '1'], text: l10n.t('cgroup v2 always has memory.pressure.') },
  notify_on_release: { values: ['0'], text: l10n.t('It is off anyway.') },
  'cgroup.clone_children': { values: ['0', '1'], text: l10n.t('In cgroup v2 an empty cpuset is that of the parent.') },
  'freezer.state': { values: ['THAWED'], text: l10n.t('A new group is thawed anyway.') },
  'cpu.rt_runtime_us': { values: ['0'], text: l10n.t('A new group has none anyway.') },
  'cpuacct.usage': { values: ['0'], text: l10n.t('It is no limit: writing 0 sets the counter back.') },
  'net_cls.classid': { values: ['0'], text: l10n.t('A new group has none anyway.') },
};

const devices = l10n.t(
  'cgroup v2 has no files for devices: a BPF program decides, and systemd has DeviceAllow= and DevicePolicy= for it.',
);
const emptied = l10n.t(
  'In cgroup v2 the file cgroup.events tells when a group is empty, and whoever watches it cleans up.',
);
const realtime = l10n.t('cgroup v2 has no budget for realtime tasks.');
const cfq = l10n.t('It was for the scheduler CFQ, which left Linux with 5.0.');
const kernelMemory = l10n.t('cgroup v2 counts memory of the kernel in memory.max and has no limit of its own for it.');

const reasons: Readonly<Record<string, string>> = {
  'memory.swappiness': l10n.t(
    'cgroup v2 has no swappiness of a group: memory.swap.max = 0 keeps a group from swapping, and vm.swappiness is for the whole machine.',
  ),
  'memory.oom_control': l10n.t(
    'The OOM killer of a group cannot be turned off in cgroup v2: memory.high slows a group down before memory.max is reached.',
  ),
  'memory.use_hierarchy': l10n.t('cgroup v2 always counts what is below a group, and cannot leave it out.'),
  'memory.move_charge_at_immigrate': l10n.t('In cgroup v2 memory stays where it was first used when a task moves.'),
  'memory.kmem.limit_in_bytes': kernelMemory,
  'memory.kmem.tcp.limit_in_bytes': kernelMemory,
  'cpu.rt_runtime_us': realtime,
  'cpu.rt_period_us': realtime,
  'cpuset.mem_exclusive': l10n.t('cgroup v2 has no exclusive memory nodes.'),
  'cpuset.mem_hardwall': l10n.t('cgroup v2 has no hard wall round memory nodes.'),
  'cpuset.memory_migrate': l10n.t('cgroup v2 always moves pages when the nodes change.'),
  'cpuset.memory_spread_page': l10n.t('cgroup v2 leaves it to each program where its pages go (set_mempolicy).'),
  'cpuset.sched_load_balance': l10n.t(
    'cpuset.cpus.partition = isolated comes closest (Linux 6.1), and takes the CPUs away from all other groups.',
  ),
  'cpuset.sched_relax_domain_level': l10n.t('cgroup v2 leaves it to the scheduler how far it looks for an idle CPU.'),
  'freezer.state': l10n.t(
    'libcgroup makes no group of v2 with a block cgroup, where cgroup.freeze would stand; cgset -r cgroup.freeze=1 freezes the group once it is there.',
  ),
  notify_on_release: emptied,
  release_agent: emptied,
  tasks: l10n.t('cgroup v2 moves processes as a whole, with cgroup.procs.'),
  'cgroup.event_control': l10n.t('cgroup v2 has memory.events, memory.pressure and cgroup.events to watch instead.'),
  'net_cls.classid': l10n.t(
    'cgroup v2 has no class of network packets: nftables matches a group by its path (socket cgroupv2), and systemd has NFTSet= for it.',
  ),
  'net_prio.ifpriomap': l10n.t('cgroup v2 has no priority of network packets: nftables sets one (meta priority).'),
  'devices.allow': devices,
  'devices.deny': devices,
  'blkio.leaf_weight': cfq,
  'blkio.leaf_weight_device': cfq,
};

/** Why a parameter of v1 stands in no file of v2, and whether that is a loss. */
export const lossOf = (parameter: CgroupParameter, value: string): Remark => {
  const { name, access } = parameter;
  if (access === 'read') return info(l10n.t`${name} can only be read.`);
  const free = harmless[name];
  if (free?.values.includes(value.trim()) === true) return info(free.text);
  const reason = reasons[name];
  if (reason !== undefined) return warning(reason);
  // What a write sets back is no limit.
  const isCounter =
    (parameter.value.kind === 'integer' && parameter.value.min === undefined && parameter.value.max === undefined) ||
    (parameter.value.kind === 'bytes' && parameter.value.unlimited === undefined);
  if (isCounter || access === 'write' || parameter.value.kind === 'statistics')
    return info(l10n.t`${name} is no limit: writing it sets counters back, or does something once.`);
  return warning(l10n.t('cgroup v2 has nothing like it.'));
};
