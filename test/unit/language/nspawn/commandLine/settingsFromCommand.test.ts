import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { settingsFromCommand } from '../../../../../src/language/nspawn/commandLine/settingsFromCommand.ts';

const convert = (
  script: string,
  version = 262,
): { text: string; notes: readonly string[]; machine: string | undefined } => {
  const converted = settingsFromCommand(script, version);
  assert.ok(converted !== undefined);
  return {
    text: converted.text
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'))
      .join('\n'),
    notes: converted.notes.map(({ about }) => about),
    machine: converted.machine,
  };
};

describe('a command as a settings file', () => {
  test('from a script, with sudo, quotes, continued lines and a comment', () => {
    const script = `#!/bin/sh
# start it
sudo SYSTEMD_LOG_LEVEL=debug systemd-nspawn -bD /var/lib/machines/web \\
  --bind="/srv/my data:/data" \\
  -p tcp:8080:80 --network-ve \\
  --capability=CAP_NET_ADMIN,CAP_SYS_TIME && echo done
systemd-nspawn -D /other`;
    const { text, machine, notes } = convert(script);
    assert.equal(
      text,
      `[Exec]
Boot=yes
Capability=CAP_NET_ADMIN CAP_SYS_TIME
[Files]
Bind=/srv/my data:/data
[Network]
Port=tcp:8080:80`,
    );
    assert.equal(machine, 'web');
    // --network-ve could be --network-veth or --network-veth-extra.
    assert.deepEqual(notes, ['the command', '-D /var/lib/machines/web']);
  });

  test('-U is pick with ownership auto, while the file alone would mean chown', () => {
    assert.equal(convert('systemd-nspawn -U').text, '[Exec]\nPrivateUsers=pick\n[Files]\nPrivateUsersOwnership=auto');
    assert.equal(convert('systemd-nspawn -U', 241).text, '[Exec]\nPrivateUsers=pick\n[Files]\nPrivateUsersChown=yes');
    assert.equal(
      convert('systemd-nspawn --private-users-ownership=map --private-users=pick').text,
      '[Exec]\nPrivateUsers=pick\n[Files]\nPrivateUsersOwnership=map',
    );
  });

  test('the numbers 0 and 1 of --private-users are user numbers, in the file they would be no and yes', () => {
    assert.equal(convert('systemd-nspawn --private-users=0').text, '[Exec]\nPrivateUsers=0:65536');
    assert.equal(convert('systemd-nspawn --private-users=1').text, '[Exec]\nPrivateUsers=1:65536');
    assert.equal(convert('systemd-nspawn --private-users').text, '[Exec]\nPrivateUsers=yes');
  });

  test('a command needs Boot=no beside it, and is quoted as the file reads words', () => {
    assert.equal(
      convert(`systemd-nspawn -M x /bin/sh -c 'echo "it'"'"'s"' 'back\\slash\\'`).text,
      `[Exec]\nBoot=no\nParameters=/bin/sh -c "echo "'"'"it's"'"' "back\\slash\\"`,
    );
    assert.equal(
      convert('systemd-nspawn -b -- --log-level=debug').text,
      '[Exec]\nBoot=yes\nParameters=--log-level=debug',
    );
  });

  test('an environment variable is quoted as a whole; one without value is only noted', () => {
    const { text, notes } = convert(`systemd-nspawn -E 'A=b c' --setenv=TERM`);
    assert.equal(text, '[Exec]\nEnvironment="A=b c"');
    assert.deepEqual(notes, ['--setenv TERM']);
  });

  test('limits in all three spellings', () => {
    assert.equal(
      convert('systemd-nspawn --rlimit=RLIMIT_NOFILE=1:2 --rlimit LimitCORE=0 --rlimit=NPROC=5').text,
      '[Exec]\nLimitNOFILE=1:2\nLimitCORE=0\nLimitNPROC=5',
    );
    assert.deepEqual(convert('systemd-nspawn --rlimit=nofile').notes, ['--rlimit']);
  });

  test('every option without a setting is noted, and what the target does not know', () => {
    const { text, notes } = convert('systemd-nspawn --slice=a.slice --register=no -x --bind-user-shell=yes', 252);
    assert.equal(text, '[Exec]\nEphemeral=yes');
    assert.deepEqual(notes, ['--slice', '--register', 'BindUserShell=yes']);
  });

  test('what the shell would replace is kept as it stands, and said', () => {
    const { text, notes } = convert('systemd-nspawn --bind="$HOME:/home" --hostname=$(hostname) x');
    assert.match(text, /Bind=\$HOME:\/home/u);
    assert.equal(notes[0], '--bind');
  });

  test('of a single setting the last option counts', () => {
    assert.equal(convert('systemd-nspawn --hostname=a --hostname=b').text, '[Exec]\nHostname=b');
  });

  test('a value that no line can hold is noted and left out', () => {
    const { text, notes } = convert("systemd-nspawn --bind='/a\n[Exec]\nBoot=yes' --hostname=a");
    assert.equal(text, '[Exec]\nHostname=a');
    assert.deepEqual(notes, ['--bind']);
  });

  test('an open quote, an unknown option and a missing value are said', () => {
    assert.deepEqual(convert('systemd-nspawn --hostname="a').notes, ['"']);
    assert.deepEqual(convert('systemd-nspawn --nonsense -b').notes, ['the command']);
    assert.deepEqual(convert('systemd-nspawn --hostname').notes, ['the command']);
  });

  test('no such command is no file', () => {
    assert.equal(settingsFromCommand('docker run x', 262), undefined);
    assert.equal(settingsFromCommand('', 262), undefined);
  });

  test('the first such command of a script, whatever stands before it', () => {
    const script =
      '#!/bin/sh\nset -e\n# systemd-nspawn --bind=/no\ncd /srv && exec sudo /usr/bin/systemd-nspawn -b\nsystemd-nspawn';
    assert.equal(convert(script).text, '[Exec]\nBoot=yes');
    assert.equal(convert('if ! (systemd-nspawn --hostname=a); then').text, '[Exec]\nHostname=a');
    assert.equal(settingsFromCommand('echo ok # systemd-nspawn -b', 262), undefined);
    assert.equal(settingsFromCommand('man systemd-nspawn.5', 262), undefined);
  });

  test('options alone, without the name of the program', () => {
    assert.equal(convert('-b --bind=/a').text, '[Exec]\nBoot=yes\n[Files]\nBind=/a');
  });
});
