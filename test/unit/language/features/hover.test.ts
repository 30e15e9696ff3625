import assert from 'node:assert/strict';
import test from 'node:test';
import { MarkupContent } from 'vscode-languageserver-types';
import type { Context } from '../../../../src/language/context.ts';
import { hover } from '../../../../src/language/features/hover.ts';
import { contextOf, marked } from './marked.ts';

const show = (text: string, change: Partial<Context> = {}): { readonly on: string; readonly says: string } => {
  const { file, position } = marked(text);
  const answer = hover(file, position, contextOf(change));
  if (answer?.range === undefined) return { on: '', says: '' };
  assert.ok(MarkupContent.is(answer.contents));
  return { on: file.textDocument.getText(answer.range), says: answer.contents.value };
};

test('tells all about a directive', () => {
  const { on, says } = show('[Files]\nBi|nd=/srv\n');
  assert.equal(on, 'Bind');
  for (const part of [
    '**Bind=** in `[Files]`',
    'Shows a file or directory of the host',
    'Several lines add up. An empty value is ignored with a warning.',
    'Command line: `--bind=`',
    'Since the first systemd that reads such files.',
    'Ignored in a file that lies next to the image',
    '(https://www.freedesktop.org/software/systemd/man/latest/systemd.nspawn.html#Bind=)',
  ])
    assert.ok(says.includes(part), `${part} in:\n${says}`);
});

test('says whether a directive counts where the file lies', () => {
  assert.match(show('[Files]\n|Bind=/srv\n', { place: { trust: 'untrusted' } }).says, /\*\*Ignored here\*\*/u);
  assert.doesNotMatch(show('[Files]\n|Bind=/srv\n', { place: { trust: 'trusted' } }).says, /gnored (?:in|here)/u);
  assert.match(
    show('[Exec]\n|SystemCallFilter=~ptrace\n', { place: { trust: 'untrusted' } }).says,
    /only lists that begin with `~` count here/u,
  );
  // Ephemeral= next to the image counts in older versions.
  const place = { trust: 'untrusted' } as const;
  assert.match(show('[Exec]\n|Ephemeral=yes\n', { place, systemdVersion: 262 }).says, /Ignored here/u);
  assert.doesNotMatch(show('[Exec]\n|Ephemeral=yes\n', { place, systemdVersion: 250 }).says, /Ignored here/u);
});

test('says when the version that is checked for does not know a directive', () => {
  const { says } = show('[Files]\nBindUserShell|=/bin/sh\n', { systemdVersion: 257 });
  assert.match(says, /Since systemd 258\. \*\*systemd 257, which this file is checked for, ignores it/u);
});

test('links to the entry of the manual that describes several directives', () => {
  assert.match(show('[Exec]\nLimit|NOFILE=1\n').says, /#LimitCPU=\)/u);
  assert.match(show('[Network]\nIP|VLAN=eth0\n').says, /#MACVLAN=\)/u);
});

test('tells about a section', () => {
  const { on, says } = show('[Net|work]\n');
  assert.equal(on, '[Network]');
  assert.match(says, /^How the machine is connected/u);
  assert.match(says, /#%5BNetwork%5D%20Section%20Options\)/u);
});

test('is silent about what it does not know', () => {
  for (const text of ['[Oth|er]\n', '[Exec]\nBi|nd=/x\n', '[Exec]\n|\nBoot=yes\n', '[Exec]\nBoot |=yes\n'])
    assert.ok(show(text).on === '' || show(text).on === 'Boot', text);
  assert.equal(show('[Exec]\nUser=ro|ot\n').on, '');
});

test('says what a rule in a comment is about', () => {
  const { on, says } = show('# nspawn-lint: ignore unknown-sec|tion, unknown-key\n');
  assert.equal(on, 'unknown-section');
  assert.ok(says.length > 10);
});

test('says what a word of a list means', () => {
  const capability = show('[Exec]\nCapability=CAP_CHOWN cap_net_|admin\n');
  assert.equal(capability.on, 'cap_net_admin');
  assert.match(capability.says, /^\*\*CAP_NET_ADMIN\*\* \(12\): .*does not have it unless it is added/u);
  const call = show('[Exec]\nSystemCallFilter=~@clock pt|race\n');
  assert.equal(call.on, 'ptrace');
  assert.match(call.says, /is taken away.*if it has CAP_SYS_PTRACE/u);
  const group = show('[Exec]\nSystemCallFilter=~@cl|ock ptrace\n');
  assert.equal(group.on, '@clock');
  assert.match(group.says, /`clock_settime`/u);
  assert.match(show('[Exec]\nRestrictAddressFamilies=AF_UNIX AF_IN|ET6\n').says, /IPv6/u);
});

test('says which signal a number or a name is', () => {
  assert.match(show('[Exec]\nKillSignal=SIGRTMIN+|3\n').says, /\*\*SIGRTMIN\+3\*\* is signal 37.*halts/u);
  assert.match(show('[Exec]\nKillSignal=1|5\n').says, /\*\*SIGTERM\*\* is signal 15/u);
  assert.match(show('[Exec]\nKillSignal=RTMAX-|1\n').says, /is signal 63/u);
  assert.equal(show('[Exec]\nKillSignal=SIGWHAT|\n').on, '');
});

test('says what a word of an enumeration means, and for what yes and no stand', () => {
  assert.match(show('[Files]\nVolatile=over|lay\n').says, /^\*\*overlay\*\*: The image stays as it is/u);
  assert.match(show('[Exec]\nTimezone=y|es\n').says, /`yes` means \*\*auto\*\*: /u);
  assert.match(show('[Exec]\nPrivateUsers=|1\n').says, /`1` means \*\*yes\*\*: /u);
  assert.match(
    show('[Exec]\nPrivateUsers=13107|2:65536\n').says,
    /Users 0 to 65,535 of the machine are users 131,072 to 196,607 of the host/u,
  );
});

test('finds the word on the second line of a value', () => {
  const { on } = show('[Exec]\nCapability=CAP_CHOWN \\\n# no\n   CAP_KI|LL\n');
  assert.equal(on, 'CAP_KILL');
});

test('says what the parts of a mount are', () => {
  const source = show('[Files]\nBind=/srv/|data:/data:idmap,rbind\n');
  assert.equal(source.on, '/srv/data');
  assert.equal(source.says, '`/srv/data` of the host appears in the machine as `/data`.');
  const option = show('[Files]\nBind=/srv/data:/data:idmap,rb|ind\n');
  assert.equal(option.on, 'rbind');
  assert.match(option.says, /^\*\*rbind\*\*: With the file systems/u);
  assert.equal(show('[Files]\nBind=+/a|\n').says, '`/a` of the image appears in the machine as `/a`.');
  assert.match(show('[Files]\nBind=:/a|\n').says, /^An empty temporary directory appears/u);
  assert.equal(show('[Files]\nBind=/a\\:|b\n').says, '`/a:b` of the host appears in the machine as `/a:b`.');
  assert.match(show('[Files]\nTemporaryFileSystem=/v|ar\n').says, /in memory at `\/var`/u);
  assert.equal(show('[Files]\nTemporaryFileSystem=/var:mode=0700,si|ze=1G\n').on, 'size=1G');
  assert.match(show('[Files]\nOverlay=/a:/b|:/c\n').says, /upper layer.*`\/b` of the host/u);
  assert.match(show('[Files]\nOverlay=/|a:/b:/c\n').says, /lower layer/u);
  assert.match(show('[Files]\nOverlay=/a:/b:|/c\n').says, /sees the result: `\/c`/u);
});

test('says what leads where in the network', () => {
  assert.match(show('[Network]\nPort=udp:5|3:5353\n').says, /^UDP port 53 of the host leads to port 5353/u);
  assert.match(show('[Network]\nPort=8|0\n').says, /^TCP port 80 of the host leads to port 80/u);
  assert.match(show('[Network]\nMACVLAN=eth0 et|h1\n').says, /`eth1` of the host.*called `mv-eth1` there/u);
  assert.equal(show('[Network]\nZone=l|ab\n').says, 'The bridge `vz-lab`.');
  assert.match(show('[Network]\nVirtualEthernetExtra=a:|b\n').says, /`a` on the host and `b` in the machine/u);
});

test('shows what a document says as it is written, never as markup', () => {
  const { says } = show('[Files]\nBind=/`|<b>[x](command\\:y)\n');
  assert.ok(says.startsWith('``/`<b>[x](command:y)`` of the host'), says);
});

test('says how much an amount is', () => {
  assert.equal(show('[Exec]\nLimitAS=1.|5G:infinity\n').says, 'Soft limit: 1.5 GiB, 1,610,612,736 bytes.');
  assert.equal(show('[Exec]\nLimitAS=1G:infi|nity\n').says, 'Hard limit: no limit.');
  assert.equal(show('[Exec]\nLimitCPU=9|0min\n').says, 'Soft and hard limit: 1 hour 30 minutes.');
  assert.equal(show('[Exec]\nLimitRTTIME=150|0\n').says, 'Soft and hard limit: 1 millisecond 500 microseconds.');
  assert.equal(show('[Exec]\nLimitNICE=-|5\n').says, 'Soft and hard limit: down to the nice value -5.');
  assert.equal(show('[Exec]\nLimitNOFILE=1K|\n').on, '');
  assert.match(show('[Exec]\nCPUAffinity=0,2-|5\n').says, /^4 CPUs, from number 2 to 5/u);
});
