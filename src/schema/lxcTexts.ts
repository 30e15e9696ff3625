import * as l10n from '@vscode/l10n';
import { lxcNetworkTexts } from './lxcNetworkTexts.ts';

/**
 * What each key of LXC means, in our own words: one sentence each, with the trap that matters most. Hover and completion show
 * them; test/unit/schema/lxcTexts.test.ts says which are missing. Made when they are asked for: whoever judges a file shows none.
 */
export const lxcTexts = (): Readonly<Record<string, string>> => ({
  'lxc.apparmor.allow_incomplete': l10n.t(
    'With 1 the container also starts on a kernel whose AppArmor lacks mediation of mounts.',
  ),
  'lxc.apparmor.allow_nesting': l10n.t(
    'With 1 the profile that LXC generates lets the container start containers of its own; other profiles do not change.',
  ),
  'lxc.apparmor.profile': l10n.t(
    'The AppArmor profile that the container runs under; a name that the host does not have is found only at the start.',
  ),
  'lxc.apparmor.raw': l10n.t(
    'One more line for the AppArmor profile that LXC generates; with any other profile it does nothing.',
  ),
  'lxc.arch': l10n.t(
    'The architecture that programs in the container see, such as i686 on an x86_64 host; a foreign one has no effect.',
  ),
  'lxc.autodev': l10n.t(
    'Whether LXC makes a small /dev for the container; with 0 the root file system has to bring a filled one.',
  ),
  'lxc.autodev.tmpfs.size': l10n.t(
    'How many bytes the /dev that LXC makes may hold; a number with a unit is taken without a word and means 500000.',
  ),
  'lxc.cap.drop': l10n.t(
    'Capabilities that the container does not get, in lower case and without cap_; it excludes lxc.cap.keep.',
  ),
  'lxc.cap.keep': l10n.t(
    'The only capabilities that the container gets, in lower case and without cap_; it excludes lxc.cap.drop.',
  ),
  'lxc.cgroup.': l10n.t(
    'Writes the value into this file of the container’s group of cgroup v1; LXC 7.0 refuses the whole file for it.',
  ),
  'lxc.cgroup.dir': l10n.t(
    'The control group, as a path below the root, that both the container and its monitor get their groups in.',
  ),
  'lxc.cgroup.dir.container': l10n.t(
    'The control group of the container alone; it needs lxc.cgroup.dir.monitor beside it and excludes lxc.cgroup.dir.',
  ),
  'lxc.cgroup.dir.container.inner': l10n.t(
    'The name of one more group below that of the container, so that limits on the outer one are out of the container’s reach.',
  ),
  'lxc.cgroup.dir.monitor': l10n.t(
    'The control group of the monitor process; it needs lxc.cgroup.dir.container beside it and excludes lxc.cgroup.dir.',
  ),
  'lxc.cgroup.dir.monitor.pivot': l10n.t(
    'The control group that the monitor process moves to at the end, so that its own can be removed.',
  ),
  'lxc.cgroup.relative': l10n.t(
    'With 1 the groups of the container are made below that of the process that starts it, and not below the root.',
  ),
  'lxc.cgroup2.': l10n.t(
    'Writes the value into this file of the container’s group of cgroup v2; a file that the kernel does not have stops the start.',
  ),
  'lxc.console.buffer.size': l10n.t(
    'How much of the console’s output is kept in memory for lxc-console; it is rounded up to a power of two.',
  ),
  'lxc.console.logfile': l10n.t(
    'The file of the host that all output of the console is written to; its directory has to be there.',
  ),
  'lxc.console.path': l10n.t(
    'The terminal of the host that the console of the container is shown on, or none for no console.',
  ),
  'lxc.console.rotate': l10n.t(
    'With 1 the old file is kept beside the new one when lxc.console.logfile has reached its size.',
  ),
  'lxc.console.size': l10n.t(
    'The size at which the file of lxc.console.logfile begins anew; it is rounded up to a power of two.',
  ),
  'lxc.environment': l10n.t(
    'Sets a variable for init, for what lxc-attach runs and for the hooks that run in the container; a name alone takes the value that the caller has.',
  ),
  'lxc.environment.hooks': l10n.t(
    'Sets a variable for the hooks that run in the container only, and for nothing that init starts.',
  ),
  'lxc.environment.runtime': l10n.t('Sets a variable for init and for what lxc-attach runs, but for no hook.'),
  'lxc.ephemeral': l10n.t(
    'With 1 the container is deleted with all its files as soon as it stops, even when LXC does not manage its root file system.',
  ),
  'lxc.execute.cmd': l10n.t('The command that lxc-execute runs when none is given to it; lxc-start does not use it.'),
  'lxc.group': l10n.t(
    'Groups that lxc-autostart can choose this container by, with blanks between them; a comma becomes part of a name.',
  ),
  'lxc.hook': l10n.t('Takes no value but an empty one, which removes all hooks that were set before.'),
  'lxc.hook.autodev': l10n.t(
    'A command in the namespaces of the container that adds devices once its /dev is made; it must exit with 0.',
  ),
  'lxc.hook.clone': l10n.t('A command of the host that runs when the container is copied, to adapt the copy.'),
  'lxc.hook.destroy': l10n.t('A command of the host that runs when the container is destroyed.'),
  'lxc.hook.mount': l10n.t(
    'A command in the namespaces of the container that runs when its file systems are mounted, before they become the root; it must exit with 0.',
  ),
  'lxc.hook.post-stop': l10n.t(
    'A command of the host that runs when the container has stopped; whether it fails does not matter.',
  ),
  'lxc.hook.pre-mount': l10n.t(
    'A command in the mount namespace of the container that runs before its root file system is mounted; it must exit with 0.',
  ),
  'lxc.hook.pre-start': l10n.t(
    'A command of the host that runs before anything of the container is set up; it must exit with 0.',
  ),
  'lxc.hook.start': l10n.t(
    'A program of the container that runs just before init; LXC takes the whole value as its path, so it cannot have arguments.',
  ),
  'lxc.hook.start-host': l10n.t(
    'A command of the host that runs when the container is set up, just before its init; it must exit with 0.',
  ),
  'lxc.hook.stop': l10n.t(
    'A command of the host that runs when the container has ended and its namespaces are still there; whether it fails does not matter.',
  ),
  'lxc.hook.version': l10n.t(
    'How hooks learn what they are called for: 0 appends arguments to theirs, 1 tells them in variables such as LXC_HOOK_TYPE.',
  ),
  'lxc.idmap': l10n.t(
    'Maps a range of numbers of users (u) or groups (g): the first one inside, the first one on the host, and how many; number 0 of both has to be mapped.',
  ),
  'lxc.include': l10n.t(
    'Reads another file, or every .conf file of a directory, in this place; a relative path begins where the tool was called.',
  ),
  'lxc.init.cmd': l10n.t(
    'The program that becomes PID 1 of the container, with its arguments; no shell reads it, and LXC 5.0 knows no quotes in it.',
  ),
  'lxc.init.cwd': l10n.t(
    'The directory of the container that its init starts in; LXC 5.0 does not start when it is missing.',
  ),
  'lxc.init.gid': l10n.t(
    'The group that init runs as, as a number inside the container; a word is taken without effect.',
  ),
  'lxc.init.groups': l10n.t(
    'Further groups of init, as numbers with commas between them; up to LXC 6.0 they do nothing in a user namespace.',
  ),
  'lxc.init.uid': l10n.t(
    'The user that init runs as, as a number inside the container; any but 0 has no capabilities, and a word is taken without effect.',
  ),
  'lxc.keyring.session': l10n.t(
    'With 1 the container gets no session keyring of its own, against the name of the key; with 0 it gets one.',
  ),
  'lxc.log.file': l10n.t(
    'The log of the container; LXC opens and makes it each time the configuration is read, and refuses the file where it cannot.',
  ),
  'lxc.log.level': l10n.t(
    'From which level on messages are logged, as a word or a number from 0 (TRACE) to 8 (FATAL).',
  ),
  'lxc.log.syslog': l10n.t('The facility of syslog that messages go to as well.'),
  'lxc.monitor.signal.pdeath': l10n.t(
    'The signal that the container gets when its monitor process dies, SIGKILL unless set; an empty value means none.',
  ),
  'lxc.monitor.unshare': l10n.t('With 1 the monitor process gets a mount namespace of its own before the hooks run.'),
  'lxc.mount.auto': l10n.t(
    'Which of the usual mounts LXC makes: /proc, /sys, the control groups and directories shared with the host.',
  ),
  'lxc.mount.entry': l10n.t(
    'A mount as a line of fstab: source, target, type and options; the target is relative to the container’s root, and bind is never implied.',
  ),
  'lxc.mount.fstab': l10n.t(
    'A file of the host with lines as in fstab, which are mounted before those of lxc.mount.entry.',
  ),
  'lxc.namespace.clone': l10n.t(
    'The namespaces that the container gets for itself; without uts among them lxc.uts.name renames the host.',
  ),
  'lxc.namespace.keep': l10n.t(
    'The namespaces that the container shares with whoever starts it; it gets all others, so without user among them it needs lxc.idmap.',
  ),
  'lxc.namespace.share.': l10n.t(
    'Enters this namespace of another container, of a process or of a file, by its name, its number or its path.',
  ),
  'lxc.no_new_privs': l10n.t(
    'With 1 no program in the container gains rights through set-user-ID bits or file capabilities, so that sudo fails there.',
  ),
  'lxc.prlimit.': l10n.t(
    'Sets a limit of setrlimit(2) for init, as one value or as soft and hard limit with a colon between them.',
  ),
  'lxc.proc.': l10n.t('Writes the value into this file of init’s directory below /proc, such as oom_score_adj.'),
  'lxc.pty.max': l10n.t(
    'How many pseudo terminals the container may open; without this key it gets no /dev/pts of its own.',
  ),
  'lxc.rootfs.managed': l10n.t(
    'Whether the root file system belongs to LXC, so that lxc-destroy removes it together with the container.',
  ),
  'lxc.rootfs.mount': l10n.t(
    'The directory of the host where the root file system is mounted while the container starts; it has to be there.',
  ),
  'lxc.rootfs.options': l10n.t(
    'Options that the root file system is mounted with, and idmap=container to map the owners of its files.',
  ),
  'lxc.rootfs.path': l10n.t(
    'Where the root file system lies, as an absolute path, with the kind of storage and a colon before it where it is no plain directory.',
  ),
  'lxc.sched.core': l10n.t(
    'With 1 no process of others runs on the hardware threads of a core while the container uses it.',
  ),
  'lxc.seccomp.allow_nesting': l10n.t(
    'With 1 the filter is loaded even where whoever starts the container is filtered already.',
  ),
  'lxc.seccomp.notify.cookie': l10n.t('A text that is handed to the proxy of lxc.seccomp.notify.proxy with each call.'),
  'lxc.seccomp.notify.proxy': l10n.t(
    'The socket of a program of the host that answers system calls which the filter hands on.',
  ),
  'lxc.seccomp.profile': l10n.t(
    'The file of the host that says which system calls the container may make; none is taken as a file of that name.',
  ),
  'lxc.selinux.context': l10n.t(
    'The SELinux context of the processes in the container; on a host without SELinux it does nothing.',
  ),
  'lxc.selinux.context.keyring': l10n.t(
    'The SELinux context of the container’s session keyring; on a host without SELinux it does nothing.',
  ),
  'lxc.signal.halt': l10n.t(
    'The signal with which lxc-stop asks init to shut down, SIGPWR unless set; systemd wants SIGRTMIN+3.',
  ),
  'lxc.signal.reboot': l10n.t('The signal with which lxc-stop --reboot asks init to restart, SIGINT unless set.'),
  'lxc.signal.stop': l10n.t('The signal with which lxc-stop --kill ends the container, SIGKILL unless set.'),
  'lxc.start.auto': l10n.t('With 1 lxc-autostart starts the container, such as when the host boots.'),
  'lxc.start.delay': l10n.t(
    'How many seconds lxc-autostart waits when it has started this container, before the next one.',
  ),
  'lxc.start.order': l10n.t(
    'The place of the container among those that lxc-autostart starts; smaller numbers start first and stop last.',
  ),
  'lxc.sysctl.': l10n.t(
    'Writes the value into this file below /proc/sys; what belongs to no namespace changes the host.',
  ),
  'lxc.time.offset.boot': l10n.t(
    'Shifts the clock of the container that counts the time since the host has booted, as a number with its unit.',
  ),
  'lxc.time.offset.monotonic': l10n.t('Shifts the monotonic clock of the container, as a number with its unit.'),
  'lxc.tty.dir': l10n.t(
    'The directory below /dev, one level deep, that LXC makes the console and terminals of the container in.',
  ),
  'lxc.tty.max': l10n.t('How many terminals, tty1 and on, the container gets for lxc-console.'),
  'lxc.uts.name': l10n.t('The host name inside the container; without it the container has that of the host.'),
  ...lxcNetworkTexts(),
});
