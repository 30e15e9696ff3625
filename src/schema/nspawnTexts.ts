import * as l10n from '@vscode/l10n';
/**
 * What each section, directive and option of a `.nspawn` file means, and enumTexts.ts each word, in our own words: one sentence each, with the trap that
 * matters most. Hover and completion show them; test/unit/schema/nspawnTexts.test.ts says which are missing.
 */

/** Keyed by section. */
export const sectionTexts: Readonly<Record<string, string>> = {
  Exec: l10n.t('What runs in the machine and with which rights: the command, users, capabilities, limits and name.'),
  Files: l10n.t(
    'What the machine sees as its files: mounts from the host, read-only and throw-away modes, and who owns the tree.',
  ),
  Network: l10n.t(
    'How the machine is connected; any line here but Port= replaces the --network-veth that systemd-nspawn@.service asks for, and what is not set here is off.',
  ),
};

/** A limit of setrlimit(2), which reads alike for all of them. */
const limit = (what: string): string =>
  l10n.t`Limits ${what}, as one value or as soft and hard limit with a colon between them.`;

/** Keyed `Section.Name`. */
export const directiveTexts: Readonly<Record<string, string>> = {
  'Exec.AmbientCapability': l10n.t(
    'Gives the started program these capabilities even when it does not run as root; they must stay in the bounding set, and Boot=yes refuses them.',
  ),
  'Exec.Boot': l10n.t(
    'Looks for an init program in the machine and runs it as PID 1; without this and without ProcessTwo=, the file’s Parameters= do not count.',
  ),
  'Exec.CPUAffinity': l10n.t('Lets the machine run on these CPUs only, given as numbers and ranges.'),
  'Exec.Capability': l10n.t(
    'Adds capabilities to those that the machine may use; nothing but DropCapability= takes one back.',
  ),
  'Exec.DropCapability': l10n.t(
    'Takes capabilities away from those that the machine may use, even those that Capability= adds.',
  ),
  'Exec.Environment': l10n.t(
    'Sets environment variables of the program that is started; an assignment with blanks in its value is quoted as a whole.',
  ),
  'Exec.Ephemeral': l10n.t(
    'Runs the machine from a temporary snapshot of its image that is removed at the end, so nothing written to it stays.',
  ),
  'Exec.Hostname': l10n.t(
    'Sets the host name inside the machine, which is otherwise the name of the machine; %i and other specifiers are not expanded.',
  ),
  'Exec.KillSignal': l10n.t(
    'The signal that asks PID 1 of the machine to shut down, SIGRTMIN+3 with Boot=yes; an init other than systemd mostly wants another one.',
  ),
  'Exec.LimitAS': limit(l10n.t('the address space of each process in bytes')),
  'Exec.LimitCORE': limit(l10n.t('the size of core dumps in bytes')),
  'Exec.LimitCPU': limit(l10n.t('the CPU time of each process; a plain number means seconds')),
  'Exec.LimitDATA': limit(l10n.t('the data segment of each process in bytes')),
  'Exec.LimitFSIZE': limit(l10n.t('the size of files that a process writes in bytes')),
  'Exec.LimitLOCKS': limit(l10n.t('the number of file locks, which Linux has not heeded since 2.4')),
  'Exec.LimitMEMLOCK': limit(l10n.t('the memory that a process may lock into RAM in bytes')),
  'Exec.LimitMSGQUEUE': limit(l10n.t('the bytes that POSIX message queues of one user take')),
  'Exec.LimitNICE': l10n.t(
    'Limits how far a process may raise its priority, as a nice value with sign (-20 to +19) or as the kernel’s number from 0 to 40; a sign decides which one is meant.',
  ),
  'Exec.LimitNOFILE': limit(l10n.t('the number of open files of each process; suffixes such as K are not taken here')),
  'Exec.LimitNPROC': l10n.t(
    'Limits the number of processes of one user, counted over all machines that use the same UID, as one value or as soft and hard limit with a colon between them.',
  ),
  'Exec.LimitRSS': limit(l10n.t('the resident memory of a process in bytes, which Linux no longer heeds')),
  'Exec.LimitRTPRIO': limit(l10n.t('the real-time priority that a process may ask for')),
  'Exec.LimitRTTIME': limit(
    l10n.t('the CPU time of real-time processes between two sleeps; a plain number means microseconds'),
  ),
  'Exec.LimitSIGPENDING': limit(l10n.t('the number of queued signals of one user')),
  'Exec.LimitSTACK': limit(l10n.t('the stack of each process in bytes')),
  'Exec.LinkJournal': l10n.t(
    'Lets the host read the journal of the machine by sharing its directory below /var/log/journal, in one direction or the other.',
  ),
  'Exec.MachineID': l10n.t(
    'The machine ID handed to the machine, as 32 hexadecimal digits or as a UUID; an ID that the image already has wins.',
  ),
  'Exec.NoNewPrivileges': l10n.t(
    'Keeps programs in the machine from gaining rights through set-user-ID bits or file capabilities, so that sudo and the like fail there.',
  ),
  'Exec.NotifyReady': l10n.t(
    'Reports the machine as started only when its init says that it is ready; an init that never says so leaves the start waiting.',
  ),
  'Exec.OOMScoreAdjust': l10n.t(
    'Makes the kernel kill the machine’s processes earlier (up to 1000) or later (down to -1000) when memory runs out.',
  ),
  'Exec.Parameters': l10n.t(
    'The command to run, or with Boot=yes the arguments of init; it counts only when Boot= or ProcessTwo= is set in the same file.',
  ),
  'Exec.Personality': l10n.t(
    'The architecture that uname reports in the machine, such as x86 on an x86-64 host; only what the host’s kernel runs is taken.',
  ),
  'Exec.PivotRoot': l10n.t(
    'Makes this directory of the image the root of the machine; with a second path after a colon, the former root appears there.',
  ),
  'Exec.PrivateUsers': l10n.t(
    'Gives the machine its own range of users, so that root in it is nobody on the host; 0 and 1 mean no and yes here, not a first UID.',
  ),
  'Exec.PrivateUsersDelegate': l10n.t(
    'Hands this many further ranges of 65,536 users to the machine for machines inside it; it needs PrivateUsers=managed.',
  ),
  'Exec.ProcessTwo': l10n.t(
    'Runs the command as PID 2 below a small init that reaps processes and answers signals; it excludes Boot=yes.',
  ),
  'Exec.ResolvConf': l10n.t(
    'What happens to /etc/resolv.conf in the machine, and with it how names are resolved there.',
  ),
  'Exec.RestrictAddressFamilies': l10n.t(
    'Allows only these socket address families, or with a leading ~ all but these; the first line decides which of the two it is.',
  ),
  'Exec.SuppressSync': l10n.t(
    'Turns fsync and other requests to write to disk into nothing in the machine, which is faster and loses data when the host fails.',
  ),
  'Exec.SystemCallFilter': l10n.t(
    'Adds system calls or @groups to those that are allowed, or takes them away with a ~ at the very front; unknown names are found only when the machine starts.',
  ),
  'Exec.Timezone': l10n.t(
    'What happens to /etc/localtime in the machine; it takes a way of setting it up, not the name of a time zone.',
  ),
  'Exec.User': l10n.t(
    'The user of the machine that the command runs as; it is looked up inside the machine, and an init that Boot=yes starts wants to be root.',
  ),
  'Exec.WorkingDirectory': l10n.t('The directory of the machine that the command starts in, as an absolute path.'),

  'Files.Bind': l10n.t(
    'Shows a file or directory of the host in the machine, as SOURCE[:DESTINATION[:OPTIONS]]; with private users its files belong to nobody unless idmap or a similar option is given.',
  ),
  'Files.BindReadOnly': l10n.t(
    'Like Bind=, but the machine can only read: SOURCE[:DESTINATION[:OPTIONS]]; a bad option is found only when the machine starts.',
  ),
  'Files.BindUser': l10n.t(
    'Makes users of the host known in the machine and mounts their home directories; it needs private users, and a bad name drops the rest of its line.',
  ),
  'Files.BindUserShell': l10n.t(
    'The shell of the users that BindUser= brings in: a path, yes for the one they have on the host, or no for the machine’s default.',
  ),
  'Files.Inaccessible': l10n.t('Hides a file or directory of the machine behind an empty one that cannot be opened.'),
  'Files.Overlay': l10n.t(
    'Stacks directories of the host and mounts the result in the machine, as LOWER[:LOWER…]:UPPER:DESTINATION; what the machine writes goes to UPPER.',
  ),
  'Files.OverlayReadOnly': l10n.t(
    'Stacks directories of the host and mounts the result in the machine without write access.',
  ),
  'Files.PrivateUsersChown': l10n.t(
    'The older form of PrivateUsersOwnership=, yes for chown and no for off; without PrivateUsers= in the same file it turns private users off.',
  ),
  'Files.PrivateUsersOwnership': l10n.t(
    'How the files of the image come to belong to the machine’s own range of users; without PrivateUsers= in the same file it turns private users off.',
  ),
  'Files.ReadOnly': l10n.t(
    'Mounts the image read-only; a modern system needs writable mounts for /var and the like beside it.',
  ),
  'Files.TemporaryFileSystem': l10n.t(
    'Mounts an empty file system in memory at this path of the machine, as PATH[:OPTIONS]; the mode is 0755 unless an option says otherwise.',
  ),
  'Files.Volatile': l10n.t(
    'Throws away what the machine changes: all but /usr, /var alone, or everything on top of the image, by mode.',
  ),

  'Network.Bridge': l10n.t(
    'Connects the machine’s virtual Ethernet interface to this bridge of the host, which must exist; it implies VirtualEthernet= and Private=.',
  ),
  'Network.IPVLAN': l10n.t(
    'Gives the machine ipvlan interfaces on these interfaces of the host, which share their MAC address; they are named iv- and the host’s name.',
  ),
  'Network.Interface': l10n.t(
    'Moves these interfaces from the host into the machine, where the host no longer sees them until the machine stops.',
  ),
  'Network.MACVLAN': l10n.t(
    'Gives the machine macvlan interfaces on these interfaces of the host, each with its own MAC address; host and machine do not reach each other over them.',
  ),
  'Network.NamespacePath': l10n.t(
    'Runs the machine in an existing network namespace, given as a path such as /run/netns/NAME; it excludes the other ways to connect it.',
  ),
  'Network.Port': l10n.t(
    'Forwards a port of the host to the machine, as [tcp:|udp:]HOST[:MACHINE]; it needs private networking and does not answer on the host’s own loopback.',
  ),
  'Network.Private': l10n.t(
    'Gives the machine its own network, with nothing but a loopback interface unless another line connects it; no has no effect when another line implies it.',
  ),
  'Network.VirtualEthernet': l10n.t(
    'Connects host and machine by a pair of virtual interfaces, host0 in the machine; any other line in this section but Port= drops the one that systemd-nspawn@.service asks for.',
  ),
  'Network.VirtualEthernetExtra': l10n.t(
    'Adds a further pair of virtual interfaces, as HOST[:MACHINE]; a bad second name is replaced by the first without a word.',
  ),
  'Network.Zone': l10n.t(
    'Connects the machine to the bridge vz- and this name, made with its first machine and removed with its last; an empty value is a zone without a name, not none.',
  ),
};

/** Keyed by option: what may stand in the last field of Bind= and BindReadOnly=, with commas between. */
export const bindOptionTexts: Readonly<Record<string, string>> = {
  idmap: l10n.t('Users of the machine own the files that the users of the same numbers own on the host.'),
  noidmap: l10n.t(
    'Owners are not mapped: with private users, the files of host users belong to nobody in the machine.',
  ),
  norbind: l10n.t('Without the file systems that are mounted below the source.'),
  owneridmap: l10n.t('The owner of the destination in the machine owns what the owner of the source owns on the host.'),
  rbind: l10n.t('With the file systems that are mounted below the source.'),
  rootidmap: l10n.t('root of the machine owns what the owner of the source owns on the host.'),
};
