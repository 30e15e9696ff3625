import assert from 'node:assert/strict';
import { test } from 'node:test';
import { encodeUtf8 } from '../../src/hostFacts/readText.ts';
import { defaultContext } from '../../src/language/context.ts';
import { commandFromSettings } from '../../src/language/nspawn/commandLine/commandFromSettings.ts';
import { settingsFromCommand } from '../../src/language/nspawn/commandLine/settingsFromCommand.ts';
import { parseNspawn } from '../../src/language/nspawn/parse.ts';
import { withJudges } from './judge/withJudge.ts';

/** As people write them: every kind of option, with the traps of each. */
const commands = [
  'sudo systemd-nspawn -bD /var/lib/machines/web',
  'systemd-nspawn -M web -b --bind=/srv:/data:rbind --bind-ro /etc/hosts --tmpfs=/var/tmp:mode=0700',
  'systemd-nspawn -U --network-veth -p tcp:8080:80 -p 53 --network-zone=lab --boot',
  'systemd-nspawn --private-users=0 --private-users-ownership=chown --boot',
  'systemd-nspawn --private-users=pick --boot -- systemd.unit=rescue.target quiet',
  'systemd-nspawn --capability=CAP_NET_ADMIN,CAP_SYS_TIME --drop-capability=CAP_MKNOD -b',
  "systemd-nspawn --setenv=A='b c' -E D=e --hostname=web-1 --user=daemon /bin/sh -c 'echo \"a  b\" %n'",
  'systemd-nspawn -x --read-only --volatile=overlay --as-pid2 /bin/true',
  'systemd-nspawn --rlimit=NOFILE=1024:2048 --rlimit=RLIMIT_CORE=infinity --oom-score-adjust=-5 --cpu-affinity=0-1,3 -b',
  "systemd-nspawn --system-call-filter='@mount ~swapon' --kill-signal=SIGTERM --no-new-privileges=yes --personality=x86-64",
  'systemd-nspawn --overlay=/a:/b:/c --overlay-ro=+/etc::/etc --inaccessible=/boot --pivot-root=/new:/old -b',
  'systemd-nspawn --network-macvlan=eth0 --network-ipvlan=eth1:iv1 --network-interface=eth2 --network-veth-extra=a:b -b',
  'systemd-nspawn --resolv-conf=bind-stub --timezone=off --link-journal=try-guest -j --notify-ready=yes --suppress-sync=1 -b',
];

await withJudges(({ version, judge }) => {
  test('takes every line of a file that was made of a command, and of one that went there and back again', async () => {
    const texts = commands.flatMap((command) => {
      const made = settingsFromCommand(command, version);
      assert.ok(made !== undefined, command);
      const back = commandFromSettings(
        parseNspawn(made.text),
        made.text,
        { ...defaultContext, systemdVersion: version },
        made.machine,
      );
      const again = settingsFromCommand(back.command, version);
      assert.ok(again !== undefined, back.command);
      return [made.text, again.text];
    });
    const verdicts = await judge().judge(texts.map(encodeUtf8));
    for (const [index, { messages, refusedAt }] of verdicts.entries())
      assert.deepEqual({ messages, refusedAt }, { messages: [], refusedAt: undefined }, texts[index]);
  });
});
