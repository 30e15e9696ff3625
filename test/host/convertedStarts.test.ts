import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultContext } from '../../src/language/context.ts';
import { commandFromSettings } from '../../src/language/nspawn/commandLine/commandFromSettings.ts';
import { settingsFromCommand } from '../../src/language/nspawn/commandLine/settingsFromCommand.ts';
import { parseNspawn } from '../../src/language/nspawn/parse.ts';
import type { Host } from './host.ts';
import { systemdVersions } from './judge/nspawnJudge.ts';
import { allSuites, withHost } from './withHost.ts';

const name = 'probe';
const image = `/srv/${name}`;
const file = `/etc/systemd/nspawn/${name}.nspawn`;

/** What a command in the machine can tell of it. A picked range differs from start to start. */
const probe = [
  'id -u',
  `awk '{ print $1, ($2 == 0 ? "host" : "other"), $3 }' /proc/self/uid_map`,
  'grep -E "^(CapBnd|NoNewPrivs|Cpus_allowed_list)" /proc/self/status',
  'hostname; pwd; echo "$A"; ls /sys/class/net; stat -c %u /bin; test $$ = 1 && echo first',
  'touch /x 2>/dev/null && echo writable; grep -c " /mnt " /proc/self/mounts',
].join('; ');

const sh = (host: Host, script: string, input = ''): ReturnType<Host['run']> =>
  host.run('sh', ['-c', script], { input, timeoutMs: 150_000 });

/** systemd-nspawn asks the machine for its users, with a tool that BusyBox does not have. */
const getent = `#!/bin/sh
case $1 in passwd) echo daemon:x:1:1::/:/bin/sh;; initgroups) echo "$2";; esac
`;

/** Starts it from a fresh copy of the tree. */
const told = async (host: Host, command: string): Promise<string> => {
  await sh(
    host,
    `rm -rf ${image}; cp -a /var/lib/machines/busybox ${image}; mkdir -p ${image}/usr/bin
    cat >${image}/usr/bin/getent && chmod +x ${image}/usr/bin/getent`,
    getent,
  );
  // The scope of the machine before it is taken away a moment after its end, and one that failed stays.
  const gone = `for try in $(seq 100); do
      [ "$(systemctl show --property=LoadState --value ${name}.scope)" = not-found ] && break
      systemctl reset-failed ${name}.scope 2>/dev/null; sleep 0.1
    done`;
  await sh(host, gone);
  const { exitCode, stdout, stderr } = await sh(host, command);
  assert.equal(stdout === '' ? exitCode : 0, 0, `${command}\n${stderr}`);
  return stdout;
};

const options = (version: number): readonly string[] => [
  '',
  '-U',
  '--private-users=pick',
  '--private-users=no',
  '-U --private-users=524288:65536',
  '--private-users=524288 --private-users-chown',
  '--private-users-chown',
  '--private-users-ownership=chown',
  // From 261 on this alone makes user namespaces.
  ...(version < 261 ? [] : ['--private-users-delegate=0']),
  '--private-users=pick --private-users-ownership=chown',
  version < 261 ? '--user daemon' : '--uid=daemon',
  '--user daemon',
  '--capability=CAP_NET_ADMIN,CAP_SYS_TIME --drop-capability=CAP_MKNOD',
  '--hostname=other --chdir=/etc --setenv=A="b  c" --no-new-privileges=yes',
  '--private-network --as-pid2 --cpu-affinity=0-1 --cpu-affinity=0',
  '--read-only --tmpfs=/mnt',
];

const files: readonly string[] = [
  '[Exec]\nBoot=no\nUser=daemon\n',
  '[Exec]\nProcessTwo=yes\nBoot=yes\nCapability=CAP_NET_ADMIN,CAP_SYS_ADMIN\nDropCapability=ALL\n[Network]\nVirtualEthernet=yes\nPort=80,443\n',
  '[Exec]\nBoot=no\n[Files]\nPrivateUsersOwnership=chown\n',
  '[Exec]\nBoot=no\nPrivateUsers=pick\n',
  '[Exec]\nBoot=no\nPrivateUsers=yes\n[Files]\nPrivateUsersChown=no\n',
  '[Exec]\nBoot=no\nPrivateUsersDelegate=1\n',
  '[Exec]\nBoot=no\nCPUAffinity=0\nCPUAffinity=1\n',
];

for (const suite of allSuites)
  await withHost(suite, (host) => {
    const systemdVersion = systemdVersions[suite];
    const commandOf = (text: string): string =>
      commandFromSettings(parseNspawn(text), text, { ...defaultContext, systemdVersion }, name).command.trimEnd();
    const parameters = `/bin/sh -c '${probe.replaceAll("'", `'\\''`)}'`;
    const byFile = async (text: string): Promise<string> => {
      await sh(host(), `mkdir -p /etc/systemd/nspawn; cat >${file}`, text);
      const answer = await told(host(), `systemd-nspawn --quiet --machine=${name} --directory=${image}`);
      await sh(host(), `rm ${file}`);
      return answer;
    };
    const byCommand = (command: string): Promise<string> =>
      told(host(), command.replace('systemd-nspawn', `systemd-nspawn --quiet --directory=${image}`));

    test('a machine started by a command and by the file that is made of it is the same', async () => {
      for (const given of options(systemdVersion)) {
        const command = `systemd-nspawn --machine=${name} ${given} ${parameters}`;
        const made = settingsFromCommand(command, systemdVersion);
        assert.ok(made !== undefined);
        assert.equal(await byFile(made.text), await byCommand(command), `${given}\n${made.text}`);
      }
    });

    test('a machine started by a file and by the command that is made of it is the same', async () => {
      for (const text of files) {
        const command = settingsFromCommand(`systemd-nspawn ${parameters}`, systemdVersion)?.text ?? '';
        const line = /^Parameters=.*$/mu.exec(command)?.[0] ?? '';
        const whole = text.replace('[Exec]', () => `[Exec]\n${line}`);
        const answer = await byFile(whole);
        assert.match(answer, /^\d+$/mu, whole);
        assert.equal(await byCommand(commandOf(whole)), answer, `${whole}\n${commandOf(whole)}`);
      }
    });

    test('a made command has the limits of its caller, as is said', async () => {
      const text = `[Exec]\nBoot=no\nParameters=/bin/sh -c "ulimit -Sn"\n`;
      assert.equal((await byFile(text)).trim(), '1024');
      const made = commandOf(text).replace('systemd-nspawn', `systemd-nspawn --quiet --directory=${image}`);
      assert.equal((await told(host(), `ulimit -n 20000; ${made}`)).trim(), '20000');
    });

    test('machinectl start takes an image that is linked as said, and keeps the machine with the lines that are offered', async () => {
      /** Each is a machine of its own: a BusyBox that is told to end takes its time, and what it leaves can stop the next start. */
      const ofLeader = async (machine: string, textOf: (made: string) => string): Promise<readonly string[]> => {
        const made = settingsFromCommand(`systemd-nspawn -bD /srv/${machine}`, systemdVersion)?.text ?? '';
        const link = /ln -s \S+ \S+$/mu.exec(made)?.[0] ?? '';
        const settings = `/etc/systemd/nspawn/${machine}.nspawn`;
        const { stdout, stderr } = await sh(
          host(),
          `mkdir -p /etc/systemd/nspawn; cp -a /var/lib/machines/busybox /srv/${machine}; ${link}; cat >${settings}
          machinectl start ${machine} && leader=$(machinectl show -p Leader --value ${machine}) &&
          cat /proc/$leader/uid_map && readlink /proc/$leader/ns/net /proc/1/ns/net; machinectl kill --signal=KILL ${machine}`,
          textOf(made),
        );
        const [map = '', network, ofHost] = stdout.trim().split('\n');
        assert.notEqual(map, '', stderr);
        return [
          /^\s*0\s+0\s+4294967295$/u.test(map) ? 'users of the host' : 'users of its own',
          network === ofHost ? 'network of the host' : 'network of its own',
        ];
      };
      assert.deepEqual(await ofLeader('linked1', (made) => made), ['users of its own', 'network of its own']);
      const withLines = (made: string): string => made.replace(/^# (?=\[(?:Exec|Network)\]|[A-Za-z]+=)/gmu, '');
      assert.deepEqual(await ofLeader('linked2', withLines), ['users of the host', 'network of the host']);
    });
  });
