import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { commandFromSettings } from '../../../../../src/language/nspawn/commandLine/commandFromSettings.ts';
import { commandOptions } from '../../../../../src/language/nspawn/commandLine/commandOptions.ts';
import { settingsFromCommand } from '../../../../../src/language/nspawn/commandLine/settingsFromCommand.ts';
import { parseNspawn } from '../../../../../src/language/nspawn/parse.ts';
import { nspawnSchema } from '../../../../../src/schema/nspawnSchema.ts';

const commandOf = (text: string, version = 262): string =>
  commandFromSettings(parseNspawn(text), version, 'web').command.replaceAll(' \\\n  ', ' ').trimEnd();
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
    const { notes } = commandFromSettings(parseNspawn('[Exec]\nBindd=x\nX-y=z\nParameters=a'), 262, undefined);
    assert.deepEqual(
      notes.map(({ about }) => about),
      ['Bindd=', 'Parameters='],
    );
  });

  test('notes are comments over the command, and a strange name never ends one', () => {
    const { command, text } = commandFromSettings(parseNspawn('[Exec]\nBind\u2028dd=x'), 262, 'web');
    assert.equal(text, `# Bind dd=: systemd 262 has no such setting in [Exec].\n${command}`);
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
    const { command } = commandFromSettings(parseNspawn(text), 262, 'web');
    const back = settingsFromCommand(command, 262)?.text.replace(/^#.*\n\n?/gmu, '');
    assert.equal(back, text);
  });

  test('every directive has an option, and every option that sets one names a directive', () => {
    const special = ['Parameters', 'PrivateUsers', 'PrivateUsersChown'];
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
