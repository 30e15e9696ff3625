import * as l10n from '@vscode/l10n';
import type { RuleInfo } from '../finding.ts';

const warning = (id: string, effect: RuleInfo['effect'], title: string): RuleInfo => ({
  id,
  severity: 'warning',
  effect,
  title,
});

export const systemLineUnread = warning(
  'lxc-system-line-unread',
  'ignored',
  l10n.t('A line of lxc.conf is a key of LXC’s tools, “=” and a value, each key once'),
);
export const systemValue = warning(
  'lxc-system-value',
  'none',
  l10n.t('A value of lxc.conf is taken as it stands, to the end of its line'),
);
export const usernetLineUnread = warning(
  'lxc-usernet-line-unread',
  'ignored',
  l10n.t('A line of lxc-usernet is a user or @group, veth, a bridge and a number'),
);
export const usernetCount = warning(
  'lxc-usernet-count',
  'none',
  l10n.t('The number of network devices is a decimal one of at least 1'),
);
export const usernetGroup = warning(
  'lxc-usernet-group-crashes',
  'none',
  l10n.t('Before LXC 7.0 a line for a group takes the network from all who are not in it'),
);
export const netShell: RuleInfo = {
  id: 'lxc-net-shell',
  severity: 'error',
  effect: 'file-refused',
  title: l10n.t('The settings of lxc-net are text that a shell can read'),
};
export const netLineUnread = warning(
  'lxc-net-line-unread',
  'ignored',
  l10n.t('A line of lxc-net sets one of its variables, without blanks around “=”'),
);
export const netValue: RuleInfo = {
  ...warning('lxc-net-value', 'none', l10n.t('A value of lxc-net does what it says')),
  variants: [{ severity: 'warning', effect: 'start-refused' }],
};
export const netAddresses = warning(
  'lxc-net-addresses-differ',
  'none',
  l10n.t('The address of the bridge and the DHCP range of lxc-net lie in its network'),
);

export const systemRules: readonly RuleInfo[] = [systemLineUnread, systemValue];
export const usernetRules: readonly RuleInfo[] = [usernetCount, usernetGroup, usernetLineUnread];
export const netRules: readonly RuleInfo[] = [netAddresses, netLineUnread, netShell, netValue];
