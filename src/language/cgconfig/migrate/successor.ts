import * as l10n from '@vscode/l10n';
import { cgroupSchema } from '../../../schema/cgroupSchema.ts';
import type { Remark } from './migrationNote.ts';
import { info, warning } from './migrationNote.ts';

/** Which controller of v2 a block belongs to, or why there is none. */
export type Successor = { readonly controller: string } | { readonly none: Remark };

const none: Readonly<Record<string, Remark>> = {
  devices: warning(l10n.t('cgroup v2 has no controller devices: a BPF program decides who may use which device.')),
  net_cls: warning(l10n.t('cgroup v2 has no controller net_cls: nftables can match the path of a group instead.')),
  net_prio: warning(l10n.t('cgroup v2 has no controller net_prio: nftables can set priorities instead.')),
  freezer: info(l10n.t('cgroup v2 has no controller freezer: every group has a file cgroup.freeze.')),
  perf_event: info(l10n.t('In cgroup v2 perf_event is there for every group by itself.')),
};

/** Which controller does in cgroup v2 what that of a block did in v1. */
export const successorOf = (name: string): Successor => {
  if (name.startsWith('name='))
    return { none: warning(l10n.t('cgroup v2 has one hierarchy, and none besides with a name of its own.')) };
  const remark = none[name];
  if (remark !== undefined) return { none: remark };
  const successor = cgroupSchema.controllers.find((one) => one.name === name)?.successor;
  return { controller: successor ?? name };
};
