import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { isMachineFileName, parseStateFile } from '../../../../src/machines/nspawn/observe/stateFile.ts';
import { recording, suites } from './recordings.ts';

const whole = recording('trixie').stateFiles['debian'] ?? '';

for (const suite of suites)
  test(`the state file of a machine on ${suite} tells all of it`, () => {
    const { stateFiles, machineProperties } = recording(suite);
    const machine = parseStateFile('debian', stateFiles['debian'] ?? '');
    const said = machineProperties as { Leader: number; Timestamp: bigint; NetworkInterfaces: number[] };
    assert.deepEqual(machine, {
      id: 'debian',
      name: 'debian',
      className: 'container',
      service: 'systemd-nspawn',
      unit: 'systemd-nspawn@debian.service',
      leader: said.Leader,
      rootDirectory: '/var/lib/machines/debian',
      since: Number(said.Timestamp / 1000n),
      networkInterfaces: said.NetworkInterfaces,
    });
    assert.equal(said.NetworkInterfaces.length, 1);
    assert.deepEqual(parseStateFile('busybox', stateFiles['busybox'] ?? '')?.name, 'busybox');
  });

describe('what is not a whole state file of that machine is refused', () => {
  const refused: Record<string, [name: string, text: string]> = {
    empty: ['debian', ''],
    'cut in the middle of a line': ['debian', whole.slice(0, -20)],
    'cut after a line, before the class': ['debian', whole.slice(0, whole.indexOf('CLASS='))],
    'about another machine': ['other', whole],
    'bytes of no text': ['debian', '\0\xff\xfe=\n\n=\n'],
    'another kind of file': ['debian', '{"NAME":"debian"}\n'],
  };
  for (const [what, [name, text]] of Object.entries(refused))
    test(what, () => assert.equal(parseStateFile(name, text), undefined));
});

test('odd values are dropped or cleaned, and the machine stays', () => {
  const machine = parseStateFile(
    'm1',
    'NAME=m1\nCLASS=container\nLEADER=12x\nREALTIME=-5\nNETIF=3 x 4\nSERVICE=a\\x1bb\nROOT=/srv/a\\x20b\\xc3\\xa4\n',
  );
  assert.deepEqual(machine, {
    id: 'm1',
    name: 'm1',
    className: 'container',
    service: 'ab',
    unit: undefined,
    leader: undefined,
    rootDirectory: '/srv/a bä',
    since: undefined,
    networkInterfaces: [3, 4],
  });
});

test('only names that a machine can have are read', () => {
  const names = [
    'deb',
    'a.b-c',
    '.#deb1234',
    '#deb',
    'unit:systemd-nspawn@deb.service',
    '.host',
    '..',
    '',
    'a b',
    'a\n',
    '-a',
    'a'.repeat(65),
  ];
  assert.deepEqual(names.filter(isMachineFileName), ['deb', 'a.b-c']);
});
