import * as l10n from '@vscode/l10n';
import { info, type Remark, warning } from '../cgconfig/migrate/migrationNote.ts';

/** A sentence of the conversion of commands, which says the same here. */
export const cannotHold = (): string =>
  l10n.t(
    'A line of the file cannot hold this value: it goes over a line, or begins or ends with a blank or a backslash.',
  );

export const noSetting = (): string => l10n.t('systemd-nspawn has no setting for it.');
export const noKey = (): string => l10n.t('LXC has no key for it.');

const itself = info(l10n.t('systemd-nspawn makes its console, its terminals and /dev in its own way.'));
const journal = info(l10n.t('What systemd-nspawn has to say is in the journal of its unit.'));
const ofTools = info(l10n.t('It is for the tools of LXC alone.'));
const order = warning(l10n.t('systemd starts machines together: After= and Before= in drop-ins give them an order.'));
const inside = warning(l10n.t('It runs inside before init does, and systemd-nspawn runs nothing there.'));
const group = warning(l10n.t('systemd chooses the control group: Slice= in the drop-in puts it elsewhere.'));
const policy = warning(
  l10n.t(
    'systemd-nspawn gives a machine no profile of its own; -Z and --selinux-context= of its command line set a label.',
  ),
);

/** What has no like in systemd-nspawn, by the key of LXC. Other keys that nothing converts have `noSetting`. */
const reasons: Readonly<Record<string, Remark>> = {
  'lxc.tty.max': itself,
  'lxc.tty.dir': itself,
  'lxc.pty.max': itself,
  'lxc.console.buffer.size': itself,
  'lxc.console.size': itself,
  'lxc.console.logfile': itself,
  'lxc.console.path': itself,
  'lxc.console.rotate': itself,
  'lxc.autodev': itself,
  'lxc.autodev.tmpfs.size': itself,
  'lxc.log.file': journal,
  'lxc.log.level': journal,
  'lxc.log.syslog': journal,
  'lxc.rootfs.managed': ofTools,
  'lxc.rootfs.mount': ofTools,
  'lxc.hook.clone': warning(l10n.t('It runs with lxc-copy and lxc-destroy, and machinectl runs nothing there.')),
  'lxc.hook.destroy': warning(l10n.t('It runs with lxc-copy and lxc-destroy, and machinectl runs nothing there.')),
  'lxc.hook.version': ofTools,
  'lxc.execute.cmd': ofTools,
  'lxc.monitor.unshare': ofTools,
  'lxc.monitor.signal.pdeath': ofTools,
  'lxc.start.order': order,
  'lxc.start.delay': order,
  'lxc.group': order,
  'lxc.hook.pre-mount': inside,
  'lxc.hook.mount': inside,
  'lxc.hook.autodev': inside,
  'lxc.hook.start': inside,
  'lxc.cgroup.dir': group,
  'lxc.cgroup.dir.container': group,
  'lxc.cgroup.dir.container.inner': group,
  'lxc.cgroup.dir.monitor': group,
  'lxc.cgroup.dir.monitor.pivot': group,
  'lxc.cgroup.relative': group,
  'lxc.apparmor.profile': policy,
  'lxc.apparmor.allow_incomplete': policy,
  'lxc.apparmor.allow_nesting': policy,
  'lxc.apparmor.raw': policy,
  'lxc.selinux.context': policy,
  'lxc.selinux.context.keyring': policy,
  'lxc.sysctl.': warning(
    l10n.t(
      'systemd-nspawn sets no kernel parameters: a file in /etc/sysctl.d of the container does, if its init reads it.',
    ),
  ),
  'lxc.ephemeral': warning(
    l10n.t('LXC removes such a container when it ends, while Ephemeral=yes starts a copy and keeps the image.'),
  ),
  'lxc.mount.fstab': warning(
    l10n.t('The lines of that file are not read here: write them as lxc.mount.entry, and convert again.'),
  ),
  'lxc.init.uid': warning(l10n.t('User= takes a name of the container, and only beside a command that is no init.')),
  'lxc.init.gid': warning(l10n.t('User= takes a name of the container, and only beside a command that is no init.')),
};

export const reasonFor = (key: string): Remark => reasons[key] ?? warning(noSetting());
