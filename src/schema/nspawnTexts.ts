/**
 * What each section, directive and word of a `.nspawn` file means, in our own words: one sentence each, with the trap that
 * matters most. Hover and completion show them; test/unit/schema/nspawnTexts.test.ts says which are missing.
 */

/** Keyed by section. */
export const sectionTexts: Readonly<Record<string, string>> = {
  Exec: 'What runs in the machine and with which rights: the command, users, capabilities, limits and name.',
  Files:
    'What the machine sees as its files: mounts from the host, read-only and throw-away modes, and who owns the tree.',
  Network:
    'How the machine is connected; any line here but Port= replaces the --network-veth that systemd-nspawn@.service asks for, and what is not set here is off.',
};

/** A limit of setrlimit(2), which reads alike for all of them. */
const limit = (what: string): string =>
  `Limits ${what}, as one value or as soft and hard limit with a colon between them.`;

/** Keyed `Section.Name`. */
export const directiveTexts: Readonly<Record<string, string>> = {
  'Exec.AmbientCapability':
    'Gives the started program these capabilities even when it does not run as root; they must stay in the bounding set, and Boot=yes refuses them.',
  'Exec.Boot':
    'Looks for an init program in the machine and runs it as PID 1; without this and without ProcessTwo=, the file’s Parameters= do not count.',
  'Exec.CPUAffinity': 'Lets the machine run on these CPUs only, given as numbers and ranges.',
  'Exec.Capability': 'Adds capabilities to those that the machine may use; nothing but DropCapability= takes one back.',
  'Exec.DropCapability':
    'Takes capabilities away from those that the machine may use, even those that Capability= adds.',
  'Exec.Environment':
    'Sets environment variables of the program that is started; an assignment with blanks in its value is quoted as a whole.',
  'Exec.Ephemeral':
    'Runs the machine from a temporary snapshot of its image that is removed at the end, so nothing written to it stays.',
  'Exec.Hostname':
    'Sets the host name inside the machine, which is otherwise the name of the machine; %i and other specifiers are not expanded.',
  'Exec.KillSignal':
    'The signal that asks PID 1 of the machine to shut down, SIGRTMIN+3 with Boot=yes; an init other than systemd mostly wants another one.',
  'Exec.LimitAS': limit('the address space of each process in bytes'),
  'Exec.LimitCORE': limit('the size of core dumps in bytes'),
  'Exec.LimitCPU': limit('the CPU time of each process; a plain number means seconds'),
  'Exec.LimitDATA': limit('the data segment of each process in bytes'),
  'Exec.LimitFSIZE': limit('the size of files that a process writes in bytes'),
  'Exec.LimitLOCKS': limit('the number of file locks, which Linux has not heeded since 2.4'),
  'Exec.LimitMEMLOCK': limit('the memory that a process may lock into RAM in bytes'),
  'Exec.LimitMSGQUEUE': limit('the bytes that POSIX message queues of one user take'),
  'Exec.LimitNICE':
    'Limits how far a process may raise its priority, as a nice value with sign (-20 to +19) or as the kernel’s number from 0 to 40; a sign decides which one is meant.',
  'Exec.LimitNOFILE': limit('the number of open files of each process; suffixes such as K are not taken here'),
  'Exec.LimitNPROC':
    'Limits the number of processes of one user, counted over all machines that use the same UID, as one value or as soft and hard limit with a colon between them.',
  'Exec.LimitRSS': limit('the resident memory of a process in bytes, which Linux no longer heeds'),
  'Exec.LimitRTPRIO': limit('the real-time priority that a process may ask for'),
  'Exec.LimitRTTIME': limit(
    'the CPU time of real-time processes between two sleeps; a plain number means microseconds',
  ),
  'Exec.LimitSIGPENDING': limit('the number of queued signals of one user'),
  'Exec.LimitSTACK': limit('the stack of each process in bytes'),
  'Exec.LinkJournal':
    'Lets the host read the journal of the machine by sharing its directory below /var/log/journal, in one direction or the other.',
  'Exec.MachineID':
    'The machine ID handed to the machine, as 32 hexadecimal digits or as a UUID; an ID that the image already has wins.',
  'Exec.NoNewPrivileges':
    'Keeps programs in the machine from gaining rights through set-user-ID bits or file capabilities, so that sudo and the like fail there.',
  'Exec.NotifyReady':
    'Reports the machine as started only when its init says that it is ready; an init that never says so leaves the start waiting.',
  'Exec.OOMScoreAdjust':
    'Makes the kernel kill the machine’s processes earlier (up to 1000) or later (down to -1000) when memory runs out.',
  'Exec.Parameters':
    'The command to run, or with Boot=yes the arguments of init; it counts only when Boot= or ProcessTwo= is set in the same file.',
  'Exec.Personality':
    'The architecture that uname reports in the machine, such as x86 on an x86-64 host; only what the host’s kernel runs is taken.',
  'Exec.PivotRoot':
    'Makes this directory of the image the root of the machine; with a second path after a colon, the former root appears there.',
  'Exec.PrivateUsers':
    'Gives the machine its own range of users, so that root in it is nobody on the host; 0 and 1 mean no and yes here, not a first UID.',
  'Exec.PrivateUsersDelegate':
    'Hands this many further ranges of 65,536 users to the machine for machines inside it; it needs PrivateUsers=managed.',
  'Exec.ProcessTwo':
    'Runs the command as PID 2 below a small init that reaps processes and answers signals; it excludes Boot=yes.',
  'Exec.ResolvConf': 'What happens to /etc/resolv.conf in the machine, and with it how names are resolved there.',
  'Exec.RestrictAddressFamilies':
    'Allows only these socket address families, or with a leading ~ all but these; the first line decides which of the two it is.',
  'Exec.SuppressSync':
    'Turns fsync and other requests to write to disk into nothing in the machine, which is faster and loses data when the host fails.',
  'Exec.SystemCallFilter':
    'Adds system calls or @groups to those that are allowed, or takes them away with a ~ at the very front; unknown names are found only when the machine starts.',
  'Exec.Timezone':
    'What happens to /etc/localtime in the machine; it takes a way of setting it up, not the name of a time zone.',
  'Exec.User':
    'The user of the machine that the command runs as; it is looked up inside the machine, and an init that Boot=yes starts wants to be root.',
  'Exec.WorkingDirectory': 'The directory of the machine that the command starts in, as an absolute path.',

  'Files.Bind':
    'Shows a file or directory of the host in the machine, as SOURCE[:DESTINATION[:OPTIONS]]; with private users its files belong to nobody unless idmap or a similar option is given.',
  'Files.BindReadOnly':
    'Like Bind=, but the machine can only read: SOURCE[:DESTINATION[:OPTIONS]]; a bad option is found only when the machine starts.',
  'Files.BindUser':
    'Makes users of the host known in the machine and mounts their home directories; it needs private users, and a bad name drops the rest of its line.',
  'Files.BindUserShell':
    'The shell of the users that BindUser= brings in: a path, yes for the one they have on the host, or no for the machine’s default.',
  'Files.Inaccessible': 'Hides a file or directory of the machine behind an empty one that cannot be opened.',
  'Files.Overlay':
    'Stacks directories of the host and mounts the result in the machine, as LOWER[:LOWER…]:UPPER:DESTINATION; what the machine writes goes to UPPER.',
  'Files.OverlayReadOnly': 'Stacks directories of the host and mounts the result in the machine without write access.',
  'Files.PrivateUsersChown':
    'The older form of PrivateUsersOwnership=, yes for chown and no for off; without PrivateUsers= in the same file it turns private users off.',
  'Files.PrivateUsersOwnership':
    'How the files of the image come to belong to the machine’s own range of users; without PrivateUsers= in the same file it turns private users off.',
  'Files.ReadOnly':
    'Mounts the image read-only; a modern system needs writable mounts for /var and the like beside it.',
  'Files.TemporaryFileSystem':
    'Mounts an empty file system in memory at this path of the machine, as PATH[:OPTIONS]; the mode is 0755 unless an option says otherwise.',
  'Files.Volatile':
    'Throws away what the machine changes: all but /usr, /var alone, or everything on top of the image, by mode.',

  'Network.Bridge':
    'Connects the machine’s virtual Ethernet interface to this bridge of the host, which must exist; it implies VirtualEthernet= and Private=.',
  'Network.IPVLAN':
    'Gives the machine ipvlan interfaces on these interfaces of the host, which share their MAC address; they are named iv- and the host’s name.',
  'Network.Interface':
    'Moves these interfaces from the host into the machine, where the host no longer sees them until the machine stops.',
  'Network.MACVLAN':
    'Gives the machine macvlan interfaces on these interfaces of the host, each with its own MAC address; host and machine do not reach each other over them.',
  'Network.NamespacePath':
    'Runs the machine in an existing network namespace, given as a path such as /run/netns/NAME; it excludes the other ways to connect it.',
  'Network.Port':
    'Forwards a port of the host to the machine, as [tcp:|udp:]HOST[:MACHINE]; it needs private networking and does not answer on the host’s own loopback.',
  'Network.Private':
    'Gives the machine its own network, with nothing but a loopback interface unless another line connects it; no has no effect when another line implies it.',
  'Network.VirtualEthernet':
    'Connects host and machine by a pair of virtual interfaces, host0 in the machine; any other line in this section but Port= drops the one that systemd-nspawn@.service asks for.',
  'Network.VirtualEthernetExtra':
    'Adds a further pair of virtual interfaces, as HOST[:MACHINE]; a bad second name is replaced by the first without a word.',
  'Network.Zone':
    'Connects the machine to the bridge vz- and this name, made with its first machine and removed with its last; an empty value is a zone without a name, not none.',
};

/** Keyed `Section.Name.word`: the words of enumerations, and the special words of PrivateUsers=. */
export const enumTexts: Readonly<Record<string, string>> = {
  'Exec.LinkJournal.auto': 'Shares the directory from the host if it is there already, otherwise nothing is shared.',
  'Exec.LinkJournal.guest':
    'The journal stays in the machine and the host links to it; fails if the host keeps none on disk.',
  'Exec.LinkJournal.host':
    'The journal is kept on the host and mounted in the machine; fails if the host keeps none on disk.',
  'Exec.LinkJournal.no': 'Nothing is shared.',
  'Exec.LinkJournal.try-guest': 'Like guest, but starts also when the host keeps no journal on disk.',
  'Exec.LinkJournal.try-host': 'Like host, but starts also when the host keeps no journal on disk.',

  'Exec.PrivateUsers.identity':
    'A user namespace in which all users have the numbers of the host; it separates capabilities, not users.',
  'Exec.PrivateUsers.managed': 'A range of 65,536 users that systemd-nsresourced hands out.',
  'Exec.PrivateUsers.no': 'No user namespace: root in the machine is root on the host.',
  'Exec.PrivateUsers.pick':
    'A free range of 65,536 users, found anew when the old one is taken; in a file this changes the owners on disk unless PrivateUsersOwnership= says otherwise.',
  'Exec.PrivateUsers.yes': 'A range that begins with the owner of the image’s root directory.',

  'Exec.ResolvConf.auto':
    'Leaves the file alone with private networking; otherwise takes that of systemd-resolved or of the host, copied if the image is writable, mounted if not.',
  'Exec.ResolvConf.bind-host': 'Mounts the host’s /etc/resolv.conf read-only.',
  'Exec.ResolvConf.bind-static': 'Mounts the fixed file that comes with systemd-resolved read-only.',
  'Exec.ResolvConf.bind-stub': 'Mounts the file that points to the local server of systemd-resolved read-only.',
  'Exec.ResolvConf.bind-uplink': 'Mounts the file with the servers that systemd-resolved asks read-only.',
  'Exec.ResolvConf.copy-host': 'Copies the host’s /etc/resolv.conf, unless the machine has a symbolic link there.',
  'Exec.ResolvConf.copy-static':
    'Copies the fixed file that comes with systemd-resolved, unless the machine has a symbolic link there.',
  'Exec.ResolvConf.copy-stub':
    'Copies the file that points to the local server of systemd-resolved, unless the machine has a symbolic link there.',
  'Exec.ResolvConf.copy-uplink':
    'Copies the file with the servers that systemd-resolved asks, unless the machine has a symbolic link there.',
  'Exec.ResolvConf.delete': 'Removes the file from the machine.',
  'Exec.ResolvConf.off': 'Leaves the file as it is in the image.',
  'Exec.ResolvConf.replace-host': 'Copies the host’s /etc/resolv.conf over whatever is there.',
  'Exec.ResolvConf.replace-static': 'Copies the fixed file that comes with systemd-resolved over whatever is there.',
  'Exec.ResolvConf.replace-stub':
    'Copies the file that points to the local server of systemd-resolved over whatever is there.',
  'Exec.ResolvConf.replace-uplink':
    'Copies the file with the servers that systemd-resolved asks over whatever is there.',

  'Exec.Timezone.auto':
    'A symbolic link if the host has one, otherwise a copy; mounted from the host if the image is read-only.',
  'Exec.Timezone.bind': 'Mounts the host’s /etc/localtime in the machine.',
  'Exec.Timezone.copy': 'Copies the host’s /etc/localtime into the machine.',
  'Exec.Timezone.delete': 'Removes the file from the machine.',
  'Exec.Timezone.off': 'Leaves the file as it is in the image.',
  'Exec.Timezone.symlink': 'Links to the machine’s own data for the time zone that the host uses.',

  'Files.PrivateUsersOwnership.auto':
    'Maps the owners where kernel and file system can, otherwise changes them on disk.',
  'Files.PrivateUsersOwnership.chown':
    'Changes the owner of every file on disk, which takes time and stays after the machine has stopped.',
  'Files.PrivateUsersOwnership.foreign':
    'For images that are owned by the range reserved for foreign users: they are mapped, nothing on disk changes.',
  'Files.PrivateUsersOwnership.map':
    'Maps the owners while the machine runs, nothing on disk changes; fails where the file system cannot.',
  'Files.PrivateUsersOwnership.off': 'Leaves the owners as they are.',

  'Files.Volatile.no': 'The image is writable and keeps its changes.',
  'Files.Volatile.overlay': 'The image stays as it is, all changes go to memory and are lost at the end.',
  'Files.Volatile.state': 'The image is read-only with an empty /var in memory.',
  'Files.Volatile.yes':
    'An empty root in memory with the image’s /usr read-only; the system in it must be able to start from /usr alone.',
};

/** Keyed by option: what may stand in the last field of Bind= and BindReadOnly=, with commas between. */
export const bindOptionTexts: Readonly<Record<string, string>> = {
  idmap: 'Users of the machine own the files that the users of the same numbers own on the host.',
  noidmap: 'Owners are not mapped: with private users, the files of host users belong to nobody in the machine.',
  norbind: 'Without the file systems that are mounted below the source.',
  owneridmap: 'The owner of the destination in the machine owns what the owner of the source owns on the host.',
  rbind: 'With the file systems that are mounted below the source.',
  rootidmap: 'root of the machine owns what the owner of the source owns on the host.',
};
