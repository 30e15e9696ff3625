import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { defaultContext } from '../../../../src/language/context.ts';
import type { Context } from '../../../../src/language/context.ts';
import { inlayHints } from '../../../../src/language/features/inlayHints.ts';
import { opened } from './opened.ts';

/** The lines that have hints, as an editor shows them. */
const shown = (text: string, more: Partial<Context> = {}, lines: readonly [number, number] = [0, 1000]): string => {
  const file = opened(text);
  const range = { start: { line: lines[0], character: 0 }, end: { line: lines[1], character: 0 } };
  const hints = inlayHints(file, range, { ...defaultContext, ...more });
  return text
    .split('\n')
    .flatMap((written, line) => {
      const here = hints.filter(({ position }) => position.line === line);
      if (here.length === 0) return [];
      let whole = written;
      for (const { position, label, paddingLeft } of [...here].reverse()) {
        assert.ok(typeof label === 'string');
        const gap = paddingLeft === true ? ' ' : '';
        whole = `${whole.slice(0, position.character)}${gap}«${label}»${whole.slice(position.character)}`;
      }
      return [whole];
    })
    .join('\n');
};

/** For one line in a file of which nothing else has a hint. */
const hint = (section: string, line: string, more: Partial<Context> = {}): string => {
  const users = section === 'Exec' && line.startsWith('PrivateUsers') ? '' : '[Exec]\nPrivateUsers=no\n';
  return shown(`${users}[${section}]\n${line}\n`, more);
};

describe('inlay hints for values', () => {
  const cases: readonly (readonly [section: string, line: string, expected: string])[] = [
    ['Exec', 'LimitAS=1.5G', 'LimitAS=1.5G «= 1,610,612,736 bytes»'],
    ['Exec', 'LimitAS=1G:infinity', 'LimitAS=1G:infinity «= 1,073,741,824:infinity bytes»'],
    ['Exec', 'LimitAS=1024', ''],
    ['Exec', 'LimitNOFILE=1024:4096', ''],
    ['Exec', 'LimitNOFILE=1K', ''],
    ['Exec', 'LimitNOFILE=0x400', 'LimitNOFILE=0x400 «= 1,024»'],
    ['Exec', 'LimitNOFILE=infinity', ''],
    ['Exec', 'LimitCPU=1h', 'LimitCPU=1h «= 3,600 s»'],
    ['Exec', 'LimitCPU=1500ms', 'LimitCPU=1500ms «= 2 s»'],
    ['Exec', 'LimitCPU=60', ''],
    ['Exec', 'LimitRTTIME=5', 'LimitRTTIME=5 «= 5 µs»'],
    ['Exec', 'LimitRTTIME=5ms', 'LimitRTTIME=5ms «= 5,000 µs»'],
    ['Exec', 'LimitRTTIME=5us', ''],
    ['Exec', 'LimitNICE=-5', 'LimitNICE=-5 «= 25»'],
    ['Exec', 'LimitNICE=25', 'LimitNICE=25 «= nice -5»'],
    ['Exec', 'PrivateUsers=0', 'PrivateUsers=0 «= no»'],
    ['Exec', 'PrivateUsers=1', 'PrivateUsers=1 «= yes»'],
    ['Exec', 'PrivateUsers=no', ''],
    ['Exec', 'PrivateUsers=524288', 'PrivateUsers=524288«:65536»'],
    ['Exec', 'PrivateUsers=524288:4096', ''],
    ['Exec', 'PrivateUsers=identity', 'PrivateUsers=identity «= 0:65536»'],
    ['Exec', 'ResolvConf=yes', 'ResolvConf=yes «= auto»'],
    ['Exec', 'ResolvConf=off', ''],
    ['Exec', 'ResolvConf=no', ''],
    ['Exec', 'KillSignal=15', 'KillSignal=15 «= SIGTERM»'],
    ['Exec', 'Capability=5 CAP_CHOWN', 'Capability=5 «= CAP_KILL» CAP_CHOWN'],
    ['Exec', 'Capability=010', 'Capability=010 «= CAP_SETPCAP»'],
    ['Exec', 'KillSignal=017', 'KillSignal=017 «= SIGTERM»'],
    ['Exec', 'KillSignal=SIGTERM', ''],
    ['Exec', 'OOMScoreAdjust=010', 'OOMScoreAdjust=010 «= 8»'],
    ['Exec', 'OOMScoreAdjust=-10', ''],
    ['Exec', 'Boot=1', ''],
    ['Exec', 'Hostname=1', ''],
    ['Files', 'Bind=/srv', 'Bind=/srv«:/srv»'],
    ['Files', 'Bind=+/srv', 'Bind=+/srv«:/srv»'],
    ['Files', 'Bind=/srv:/mnt', ''],
    ['Files', 'Bind=:/mnt', 'Bind=:/mnt «= a new empty directory»'],
    ['Files', 'Bind=srv', ''],
    ['Files', `Bind=/${'x'.repeat(80)}`, ''],
    ['Files', 'Overlay=/a:+/b', 'Overlay=/a:+/b«:/b»'],
    ['Files', 'Overlay=/a:/b:/c', ''],
    ['Files', 'PrivateUsersChown=yes', 'PrivateUsersChown=yes «= PrivateUsersOwnership=chown»'],
    ['Network', 'Port=80', 'Port=80 «= tcp:80:80»'],
    ['Network', 'Port=udp:53', 'Port=udp:53 «= udp:53:53»'],
    ['Network', 'Port=0x50:8080', 'Port=0x50:8080 «= tcp:80:8080»'],
    ['Network', 'Port=tcp:80:8080', ''],
    ['Network', 'Port=99999', ''],
    ['Network', 'Zone=a', 'Zone=a «= bridge vz-a» «+ VirtualEthernet=yes»'],
    ['Network', 'Bridge=br0', 'Bridge=br0 «+ VirtualEthernet=yes»'],
    ['Network', 'VirtualEthernetExtra=ve-a', 'VirtualEthernetExtra=ve-a«:ve-a»'],
  ];
  for (const [section, line, expected] of cases)
    test(`${line} ${expected === '' ? 'needs none' : 'says what it means'}`, () => {
      const header =
        section === 'Network' && line.startsWith('Port') ? '[Network] «machinectl start: VirtualEthernet=yes»\n' : '';
      const text = hint(section, line);
      assert.equal(text, expected === '' ? header.trimEnd() : header + expected);
    });

  test('stand behind the last character of a value that goes on', () => {
    assert.equal(shown('[Exec]\nPrivateUsers=no\nLimitAS= \\\n  1K \n'), '  1K «= 1,024 bytes» ');
  });

  test('are only given for the lines that are seen', () => {
    const text = '[Exec]\nPrivateUsers=0\nLimitAS=1K\nLimitAS=2K\n';
    assert.equal(shown(text, {}, [2, 3]), 'LimitAS=1K «= 1,024 bytes»');
  });
});

describe('inlay hints for what lines imply', () => {
  const owner = (text: string, systemdVersion: number): string => shown(text, { systemdVersion });

  test('say who owns the files of a picked range, by version', () => {
    assert.equal(owner('[Exec]\nPrivateUsers=pick\n', 257), 'PrivateUsers=pick «+ PrivateUsersOwnership=chown»');
    assert.equal(owner('[Exec]\nPrivateUsers=pick\n', 262), 'PrivateUsers=pick «+ PrivateUsersOwnership=auto»');
    assert.equal(owner('[Exec]\nPrivateUsers=pick\n', 248), 'PrivateUsers=pick «+ PrivateUsersChown=yes»');
    assert.equal(owner('[Exec]\nPrivateUsers=pick\n[Files]\nPrivateUsersOwnership=map\n', 257), '');
  });

  test('say what the unit of machinectl start adds', () => {
    assert.equal(shown('[Exec]\nBoot=yes\n'), '[Exec] «machinectl start: PrivateUsers=pick»');
    assert.equal(shown('[Exec]\nPrivateUsers=no\n[Network]\n'), '[Network] «machinectl start: VirtualEthernet=yes»');
    assert.equal(shown('[Exec]\n[Files]\nPrivateUsersOwnership=off\n[Network]\nPrivate=yes\n'), '');
  });

  test('say that a root is read-only', () => {
    const files = '[Exec]\nPrivateUsers=no\n[Files]\n';
    assert.equal(shown(`${files}Volatile=state\n`), 'Volatile=state «+ ReadOnly=yes»');
    assert.equal(shown(`${files}Volatile=state\nReadOnly=yes\n`), '');
    assert.equal(shown(`${files}Volatile=no\n`), '');
  });

  test('leave out what does not count where the file lies, and a file that is refused', () => {
    const untrusted = { place: { trust: 'untrusted' } } as const;
    assert.equal(shown('[Exec]\nPrivateUsers=0\n', untrusted), '[Exec] «machinectl start: PrivateUsers=pick»');
    assert.equal(shown('[Exec]\nBoot=yes\n[Files\n'), '');
  });
});
