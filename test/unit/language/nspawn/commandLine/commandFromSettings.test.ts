import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { defaultContext, type Place } from '../../../../../src/language/context.ts';
import {
  commandFromSettings,
  type ConvertedSettings,
} from '../../../../../src/language/nspawn/commandLine/commandFromSettings.ts';
import { commandOptions } from '../../../../../src/language/nspawn/commandLine/commandOptions.ts';
import { settingsFromCommand } from '../../../../../src/language/nspawn/commandLine/settingsFromCommand.ts';
import { parseNspawn } from '../../../../../src/language/nspawn/parse.ts';
import { nspawnSchema } from '../../../../../src/schema/nspawnSchema.ts';

const convert = (text: string, systemdVersion = 262, trust: Place['trust'] = 'unknown'): ConvertedSettings =>
  commandFromSettings(parseNspawn(text), text, { ...defaultContext, systemdVersion, place: { trust } }, 'web');
const commandOf = (text: string, version = 262, trust: Place['trust'] = 'unknown'): string =>
  convert(text, version, trust).command.replaceAll(' \\\n  ', ' ').trimEnd();
const start = 'systemd-nspawn --settings=no --machine=web';

describe('a settings file as a command', () => {
  test('lists become commas or options of their own, words are quoted for the shell', () => {
    const text = `[Exec]
Boot=no
Parameters=/bin/sh -c "echo 'a b'"
Environment="A=b c" D=e
Capability=CAP_CHOWN CAP_KILL
LimitNOFILE=1:2
[Network]
Interface=eth0 eth1`;
    assert.equal(
      commandOf(text),
      `${start} '--setenv=A=b c' --setenv=D=e --capability=CAP_CHOWN,CAP_KILL --rlimit=RLIMIT_NOFILE=1:2 ` +
        `--network-interface=eth0 --network-interface=eth1 /bin/sh -c 'echo '\\''a b'\\'''`,
    );
  });

  test('words that look like options are told from options of systemd-nspawn', () => {
    assert.equal(commandOf('[Exec]\nBoot=yes\nParameters=--unit=x y'), `${start} --boot -- --unit=x y`);
    assert.equal(commandOf('[Exec]\nBoot=yes\nParameters=quiet -x'), `${start} --boot quiet -x`);
  });

  test('0 and 1 of PrivateUsers= are no and yes, and pick means chown up to 261', () => {
    assert.equal(commandOf('[Exec]\nPrivateUsers=0'), `${start} --private-users=no`);
    assert.equal(commandOf('[Exec]\nPrivateUsers=1'), `${start} --private-users=yes`);
    assert.equal(
      commandOf('[Exec]\nPrivateUsers=pick', 257),
      `${start} --private-users=pick --private-users-ownership=chown`,
    );
    assert.equal(commandOf('[Exec]\nPrivateUsers=pick', 262), `${start} --private-users=pick`);
  });

  test('the last of a single setting counts, an empty one takes back, an unknown one is noted', () => {
    assert.equal(commandOf('[Exec]\nHostname=a\nHostname=b\nUser=x\nUser='), `${start} --hostname=b`);
    const { notes } = convert('[Exec]\nBindd=x\nX-y=z\nParameters=a');
    assert.deepEqual(
      notes.map(({ about }) => about),
      ['Bindd=', 'Parameters='],
    );
  });

  test('notes are comments over the command, and a strange name never ends one', () => {
    const { command, text } = convert('[Exec]\nBind\u2028dd=x');
    const [first = ''] = text.split('\n');
    assert.match(first, /^# Bind dd=: There is no Bind dd= in \[Exec\]: systemd ignores this line\./u);
    assert.ok(text.endsWith(`\n${command}`));
    assert.ok(
      text
        .slice(0, -command.length)
        .split('\n')
        .every((line) => line === '' || line.startsWith('# ')),
    );
  });

  test('there and back again', () => {
    const text = `[Exec]
Boot=yes
Hostname=web
PrivateUsers=pick

[Files]
BindReadOnly=/srv/my data:/data
PrivateUsersOwnership=map

[Network]
Zone=lan
Port=tcp:8080:80
`;
    const { command } = convert(text);
    const back = settingsFromCommand(command, 262)?.text.replace(/\n?^#.*\n\n?/gmu, '');
    assert.equal(back, text);
  });

  test('what systemd ignores in the file is left out and said, as it would be fatal or even count on the command line', () => {
    const text = `[Exec]
Capability=CAP_NET_ADMIN,CAP_SYS_ADMIN
DropCapability=ALL
Boot=yes
Boot=
ProcessTwo=yes
PrivateUsersDelegate=1
[Network]
VirtualEthernet=yes
Port=80,443
Port=80
Port=tcp:80`;
    assert.equal(commandOf(text), `${start} --boot --network-veth --port=80`);
    assert.deepEqual(
      convert(text).notes.map(({ about }) => about),
      ['Capability=', 'DropCapability=', 'Boot=', 'ProcessTwo=', 'PrivateUsersDelegate=', 'Port=', 'Port='],
    );
  });

  test('beside the image a line that is not trusted is left out', () => {
    const text = '[Exec]\nPrivateUsers=no\nHostname=a\n[Files]\nBind=/\n';
    assert.equal(commandOf(text, 262, 'untrusted'), `${start} --hostname=a`);
    assert.deepEqual(
      convert(text, 262, 'untrusted').notes.map(({ about }) => about),
      ['PrivateUsers=', 'Bind='],
    );
    assert.equal(commandOf(text, 262, 'trusted'), `${start} --hostname=a --bind=/ --private-users=no`);
  });

  test('the option for the user has the name that the version knows', () => {
    assert.equal(commandOf('[Exec]\nUser=me', 260), `${start} --user=me`);
    assert.equal(commandOf('[Exec]\nUser=me', 261), `${start} --uid=me`);
  });

  test('an ownership alone turns user namespaces off in a file, and would turn them on as an option', () => {
    const text = '[Files]\nPrivateUsersOwnership=map';
    assert.equal(commandOf(text, 262), `${start} --private-users=no --private-users-ownership=map`);
    assert.equal(
      commandOf('[Exec]\nPrivateUsers=managed\nPrivateUsersDelegate=2', 262),
      `${start} --private-users=managed --private-users-delegate=2`,
    );
    assert.equal(
      commandOf('[Exec]\nPrivateUsers=pick\n[Files]\nPrivateUsersChown=yes', 247),
      `${start} --private-users=pick`,
    );
    assert.equal(
      commandOf('[Exec]\nPrivateUsers=70000\n[Files]\nPrivateUsersChown=yes', 247),
      `${start} --private-users=70000 --private-users-chown`,
    );
  });

  test('lines of CPUAffinity= add up, options do not', () => {
    assert.equal(commandOf('[Exec]\nCPUAffinity=0\nCPUAffinity=2-3'), `${start} '--cpu-affinity=0 2-3'`);
  });

  test('what machinectl start passes besides is said, as far as the file leaves it open', () => {
    const saidOf = (text: string): readonly string[] =>
      /machinectl start passes (.*) beside/u.exec(convert(text).text)?.[1]?.split(', ') ?? [];
    assert.deepEqual(saidOf('[Exec]\nHostname=a'), ['--boot', '-U', '--link-journal=try-guest', '--network-veth']);
    assert.deepEqual(saidOf('[Exec]\nBoot=yes\nLinkJournal=no\nPrivateUsers=no\n[Network]\nPrivate=no'), []);
    assert.match(convert('[Exec]\nBoot=yes').text, /--settings=no systemd-nspawn hands on the limits/u);
  });

  test('every directive has an option, and every option that sets one names a directive', () => {
    const special = [
      'Parameters',
      'PrivateUsers',
      'PrivateUsersChown',
      'PrivateUsersOwnership',
      'PrivateUsersDelegate',
    ];
    for (const { name } of nspawnSchema.directives) {
      if (special.includes(name) || name.startsWith('Limit')) continue;
      assert.ok(
        commandOptions.some(({ meaning }) => meaning.kind === 'setting' && meaning.key === name),
        name,
      );
    }
    for (const { meaning } of commandOptions)
      if (meaning.kind === 'setting')
        assert.ok(
          nspawnSchema.directives.some(({ section, name }) => section === meaning.section && name === meaning.key),
          meaning.key,
        );
  });
});
