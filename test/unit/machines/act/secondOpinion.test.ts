import assert from 'node:assert/strict';
import type { Opinion } from '../../../../src/machines/configFile.ts';
import { test } from 'node:test';
import {
  judgeNspawnFile,
  type JudgedFile,
  tryNamespaces,
} from '../../../../src/machines/nspawn/commands/secondOpinion.ts';

const judged: JudgedFile = {
  directory: '/tmp/nspawn-AbCdEf',
  name: 'judged-1',
  trusted: true,
  nspawn: 'systemd-nspawn',
};

/** What systemd-nspawn printed, with the paths of `judged`. */
const opinionOn = (...stderr: readonly string[]): Opinion =>
  judgeNspawnFile(judged).parse({ exitCode: 0, stdout: '', stderr: stderr.map((line) => `${line}\n`).join('') });

test('systemd-nspawn is run in namespaces of its own, on an empty directory', () => {
  const { file, args } = judgeNspawnFile(judged);
  assert.equal(file, 'unshare');
  assert.deepEqual(args.slice(0, 7), ['--user', '--map-root-user', '--mount', '--pid', '--fork', '--kill-child', '--']);
  assert.deepEqual(args.slice(-4), [
    'systemd-nspawn',
    '--register=no',
    '--settings=trusted',
    '--directory=/tmp/nspawn-AbCdEf/judged-1',
  ]);
  assert.ok(args.includes('SYSTEMD_NSPAWN_CHECK_OS_RELEASE=1'), 'the directory is checked whatever the user has set');
  assert.ok(judgeNspawnFile({ ...judged, trusted: false }).args.includes('--settings=yes'));
  assert.deepEqual(tryNamespaces.args, [...args.slice(0, 7), 'true']);
});

test('systemd 252: lines that are ignored, and the end of the check as root', () => {
  const file = '/tmp/nspawn-AbCdEf/judged-1.nspawn';
  assert.deepEqual(
    opinionOn(
      `${file}:2: Failed to parse Boot= parameter perhaps, ignoring: Invalid argument`,
      `${file}:4: Unknown section 'Nix'. Ignoring.`,
      "Directory /tmp/nspawn-AbCdEf/judged-1 doesn't look like it has an OS tree (/usr/ directory is missing). Refusing.",
    ),
    {
      messages: [
        { line: 2, text: 'Failed to parse Boot= parameter perhaps, ignoring: Invalid argument' },
        { line: 4, text: "Unknown section 'Nix'. Ignoring." },
      ],
      taken: true,
    },
  );
});

test('the end of the check as another user, and of an ephemeral machine', () => {
  const ends = [
    'Failed to lock /tmp/nspawn-AbCdEf/judged-1: Permission denied',
    "Directory /tmp/nspawn-AbCdEf/.#machine.judged-1d5 doesn't look like an OS root directory (os-release file is missing). Refusing.",
    "Directory /tmp/nspawn-AbCdEf/.#snapshot.judged-1d5 doesn't look like an OS root directory (os-release file is missing). Refusing.",
  ];
  for (const end of ends) assert.deepEqual(opinionOn(end), { messages: [], taken: true }, end);
});

test('a file that is refused has no end', () => {
  const file = '/tmp/nspawn-AbCdEf/judged-1.nspawn';
  assert.deepEqual(
    opinionOn(`${file}:1: Invalid section header '[Exec] # note'`, `${file}:1: Failed to parse file: Bad message`),
    {
      messages: [
        { line: 1, text: "Invalid section header '[Exec] # note'" },
        { line: 1, text: 'Failed to parse file: Bad message' },
      ],
      taken: false,
    },
  );
  assert.deepEqual(opinionOn('--read-only and --private-users-ownership=chown may not be combined.'), {
    messages: [{ line: undefined, text: '--read-only and --private-users-ownership=chown may not be combined.' }],
    taken: false,
  });
  assert.deepEqual(opinionOn(), { messages: [], taken: false });
});

test('what is said of the whole file has no line, and the name of the file instead of its path', () => {
  const said = "Ignoring Capability= setting, file '/tmp/nspawn-AbCdEf/judged-1.nspawn' is not trusted.";
  assert.deepEqual(opinionOn(said).messages, [
    { line: undefined, text: "Ignoring Capability= setting, file 'judged-1.nspawn' is not trusted." },
  ]);
  assert.equal(opinionOn(said).taken, false);
});
