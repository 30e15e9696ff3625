import * as l10n from '@vscode/l10n';
import type { LxcRelease } from '../../schema/lxcTypes.ts';
import { once } from '../once.ts';

/** Something that a file of LXC's tools sets. */
export interface ToolKey {
  readonly name: string;
  readonly meaning: string;
  /** What holds without it, as it would be written. */
  readonly default?: string;
  readonly since?: LxcRelease;
  readonly kind: 'text' | 'path' | 'truth' | 'bridge' | 'netmask';
}

/** Of lxc.conf: lxc_global_config_value() of LXC (initutils.c). */
export const systemKeys = once((): readonly ToolKey[] => [
  {
    name: 'lxc.lxcpath',
    meaning: l10n.t(
      'The directory in which containers are kept; without it root’s are in /var/lib/lxc, and those of a user in ~/.local/share/lxc.',
    ),
    kind: 'path',
  },
  {
    name: 'lxc.default_config',
    meaning: l10n.t(
      'The configuration that new containers begin with; without it /etc/lxc/default.conf, or ~/.config/lxc/default.conf of a user.',
    ),
    kind: 'path',
  },
  {
    name: 'lxc.bdev.lvm.vg',
    meaning: l10n.t('The volume group of LVM for new containers.'),
    default: 'lxc',
    kind: 'text',
  },
  {
    name: 'lxc.bdev.lvm.thin_pool',
    meaning: l10n.t('The thin pool of LVM for new containers.'),
    default: 'lxc',
    kind: 'text',
  },
  {
    name: 'lxc.bdev.zfs.root',
    meaning: l10n.t('The data set of ZFS for new containers.'),
    default: 'lxc',
    kind: 'text',
  },
  {
    name: 'lxc.bdev.rbd.rbdpool',
    meaning: l10n.t('The pool of Ceph for new containers.'),
    default: 'lxc',
    kind: 'text',
  },
  {
    name: 'lxc.bdev.rbd.rbduser',
    meaning: l10n.t('The user that Ceph is asked as.'),
    default: 'admin',
    since: '7.0',
    kind: 'text',
  },
  {
    name: 'lxc.cgroup.pattern',
    meaning: l10n.t('The control group of a container, in which %n is its name.'),
    kind: 'text',
  },
  {
    name: 'lxc.cgroup.use',
    meaning: l10n.t('The hierarchies of cgroup v1 that containers use, with commas between them; @all is all of them.'),
    kind: 'text',
  },
]);

/** Of /etc/default/lxc-net: config/init/common/lxc-net.in of LXC, with the values of 6.0. */
export const netKeys = once((): readonly ToolKey[] => [
  {
    name: 'USE_LXC_BRIDGE',
    meaning: l10n.t('Whether lxc-net makes a bridge with addresses, DHCP and a way out; only true says yes.'),
    default: 'true',
    kind: 'truth',
  },
  { name: 'LXC_BRIDGE', meaning: l10n.t('The name of the bridge.'), default: 'lxcbr0', kind: 'bridge' },
  {
    name: 'LXC_BRIDGE_MAC',
    meaning: l10n.t('The hardware address of the bridge.'),
    default: '10:66:6a:00:00:00',
    kind: 'text',
  },
  {
    name: 'LXC_ADDR',
    meaning: l10n.t('The IPv4 address of the bridge; LXC_NETWORK and LXC_DHCP_RANGE do not follow it.'),
    default: '10.0.3.1',
    kind: 'text',
  },
  {
    name: 'LXC_NETMASK',
    meaning: l10n.t('The mask of the network in its dotted form, such as 255.255.255.0.'),
    default: '255.255.255.0',
    kind: 'netmask',
  },
  {
    name: 'LXC_NETWORK',
    meaning: l10n.t('The network whose packets are let out, as ADDRESS/LENGTH.'),
    default: '10.0.3.0/24',
    kind: 'text',
  },
  {
    name: 'LXC_DHCP_RANGE',
    meaning: l10n.t('The addresses that dnsmasq gives to containers: the first and the last, with a comma between.'),
    default: '10.0.3.2,10.0.3.254',
    kind: 'text',
  },
  { name: 'LXC_DHCP_MAX', meaning: l10n.t('How many addresses dnsmasq gives at most.'), default: '253', kind: 'text' },
  { name: 'LXC_DHCP_CONFILE', meaning: l10n.t('A configuration of dnsmasq that is read besides.'), kind: 'path' },
  {
    name: 'LXC_DHCP_PING',
    meaning: l10n.t('Whether dnsmasq asks for an address before it gives it; only false says no.'),
    default: 'true',
    kind: 'text',
  },
  { name: 'LXC_DOMAIN', meaning: l10n.t('The domain that the names of containers are known in.'), kind: 'text' },
  {
    name: 'LXC_USE_NFT',
    meaning: l10n.t('Whether nft writes the rules of the firewall, where it is installed, and not iptables.'),
    default: 'true',
    kind: 'truth',
  },
  {
    name: 'LXC_IPV6_ENABLE',
    meaning: l10n.t('Whether the bridge gets an IPv6 address.'),
    default: 'true',
    since: '6.0',
    kind: 'truth',
  },
  {
    name: 'LXC_IPV6_ADDR',
    meaning: l10n.t('The IPv6 address of the bridge; empty before LXC 6.0.'),
    default: 'fc42:5009:ba4b:5ab0::1',
    kind: 'text',
  },
  {
    name: 'LXC_IPV6_MASK',
    meaning: l10n.t('The length of the prefix of that network; empty before LXC 6.0.'),
    default: '64',
    kind: 'text',
  },
  {
    name: 'LXC_IPV6_NETWORK',
    meaning: l10n.t('The IPv6 network; empty before LXC 6.0.'),
    default: 'fc42:5009:ba4b:5ab0::/64',
    kind: 'text',
  },
  {
    name: 'LXC_IPV6_NAT',
    meaning: l10n.t('Whether IPv6 packets leave under the address of the host; false before LXC 6.0.'),
    default: 'true',
    kind: 'truth',
  },
]);
