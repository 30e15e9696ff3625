/**
 * What we say about each directive that no table of systemd says, reviewed by hand: the options of systemd-nspawn that mean
 * the same, and what counts when nothing is set. The generator stops on a directive that has no row here, and on an option
 * that systemd-nspawn does not have.
 */
import type { DirectiveSchema } from '../types.ts';

type Facts = Pick<DirectiveSchema, 'flags' | 'default'>;

/** Sections that we know; a new one needs texts and a place in the outline first. */
export const sections: readonly string[] = ['Exec', 'Files', 'Network'];

const facts: Readonly<Record<string, Facts>> = {
  'Exec.AmbientCapability': { flags: ['--ambient-capability='] },
  'Exec.Boot': { flags: ['-b', '--boot'], default: 'no' },
  'Exec.CPUAffinity': { flags: ['--cpu-affinity='] },
  'Exec.Capability': { flags: ['--capability='] },
  'Exec.DropCapability': { flags: ['--drop-capability='] },
  'Exec.Environment': { flags: ['-E', '--setenv='] },
  'Exec.Ephemeral': { flags: ['-x', '--ephemeral'], default: 'no' },
  'Exec.Hostname': { flags: ['--hostname='], default: 'machine name' },
  'Exec.KillSignal': {
    flags: ['--kill-signal='],
    default: 'SIGRTMIN+3 when booting, otherwise the container is killed',
  },
  'Exec.LinkJournal': { flags: ['--link-journal=', '-j (try-guest)'], default: 'auto (template unit: try-guest)' },
  'Exec.MachineID': { flags: ['--uuid='] },
  'Exec.NoNewPrivileges': { flags: ['--no-new-privileges='], default: 'no' },
  'Exec.NotifyReady': { flags: ['--notify-ready='], default: 'no' },
  'Exec.OOMScoreAdjust': { flags: ['--oom-score-adjust='] },
  'Exec.Parameters': { flags: ['positional arguments'] },
  'Exec.Personality': { flags: ['--personality='] },
  'Exec.PivotRoot': { flags: ['--pivot-root='] },
  'Exec.PrivateUsers': {
    flags: ['--private-users[=]', '-U (pick + ownership auto)'],
    default: 'no (template unit: -U)',
  },
  'Exec.PrivateUsersDelegate': { flags: ['--private-users-delegate='], default: '0' },
  'Exec.ProcessTwo': { flags: ['-a', '--as-pid2'], default: 'no' },
  'Exec.ResolvConf': { flags: ['--resolv-conf='], default: 'auto' },
  'Exec.RestrictAddressFamilies': { flags: ['--restrict-address-families='] },
  'Exec.SuppressSync': { flags: ['--suppress-sync='], default: 'no' },
  'Exec.SystemCallFilter': { flags: ['--system-call-filter='] },
  'Exec.Timezone': { flags: ['--timezone='], default: 'auto' },
  'Exec.User': { flags: ['-u', '--uid=', '--user=NAME (deprecated)'] },
  'Exec.WorkingDirectory': { flags: ['--chdir='] },
  'Files.Bind': { flags: ['--bind='] },
  'Files.BindReadOnly': { flags: ['--bind-ro='] },
  'Files.BindUser': { flags: ['--bind-user='] },
  'Files.BindUserShell': { flags: ['--bind-user-shell='] },
  'Files.Inaccessible': { flags: ['--inaccessible='] },
  'Files.Overlay': { flags: ['--overlay='] },
  'Files.OverlayReadOnly': { flags: ['--overlay-ro='] },
  'Files.PrivateUsersChown': { flags: ['--private-users-chown (obsolete)'] },
  'Files.PrivateUsersOwnership': { flags: ['--private-users-ownership='] },
  'Files.ReadOnly': { flags: ['--read-only'], default: 'no' },
  'Files.TemporaryFileSystem': { flags: ['--tmpfs='], default: 'options mode=0755' },
  'Files.Volatile': { flags: ['--volatile[=]'], default: 'no' },
  'Network.Bridge': { flags: ['--network-bridge='] },
  'Network.IPVLAN': { flags: ['--network-ipvlan='], default: 'container name = iv-HOSTIF' },
  'Network.Interface': { flags: ['--network-interface='], default: 'container name = HOSTIF' },
  'Network.MACVLAN': { flags: ['--network-macvlan='], default: 'container name = mv-HOSTIF' },
  'Network.NamespacePath': { flags: ['--network-namespace-path='] },
  'Network.Port': { flags: ['-p', '--port='] },
  'Network.Private': { flags: ['--private-network'], default: 'no (template unit: yes through --network-veth)' },
  'Network.VirtualEthernet': { flags: ['-n', '--network-veth'], default: 'no (template unit: yes)' },
  'Network.VirtualEthernetExtra': { flags: ['--network-veth-extra='] },
  'Network.Zone': { flags: ['--network-zone='] },
};

/** The row of a directive; limits are all alike. */
export const directiveFacts = (id: string): Facts | undefined => {
  const limit = /^Exec\.Limit([A-Z]+)$/u.exec(id)?.[1];
  return limit === undefined
    ? facts[id]
    : { flags: [`--rlimit=RLIMIT_${limit}=`], default: 'limits of the host PID 1' };
};

/** Directives that have a row, to find the rows of those that are gone. */
export const knownDirectives: readonly string[] = Object.keys(facts);
