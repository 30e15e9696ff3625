import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Run } from '../../../../src/machines/command.ts';
import { MachineError } from '../../../../src/machines/errors.ts';
import { findTrustHole } from '../../../../src/machines/nspawn/observe/trustHole.ts';
import { createTrustHoleWord, type TrustHoleWord } from '../../../../src/ui/tree/trustHoleWord.ts';

const says =
  (version: string, asked: string[] = []): Run =>
  (command) => {
    asked.push([command.file, ...command.args].join(' '));
    return Promise.resolve(command.parse({ stdout: `systemd ${version}\n+PAM\n`, stderr: '', exitCode: 0 }));
  };

interface Given {
  readonly word: TrustHoleWord;
  readonly lines: readonly string[];
}

const wordOf = (run: Run, memory = new Map<string, unknown>()): Given => {
  const lines: string[] = [];
  const update = (key: string, value: unknown): Promise<void> => Promise.resolve(void memory.set(key, value));
  const word = createTrustHoleWord(
    () => findTrustHole(run),
    { get: (key) => memory.get(key), update },
    (line) => lines.push(line),
  );
  return { word, lines };
};

test('a host is warned of its own systemd-nspawn where that has the hole, once in the log', async () => {
  for (const [version, hole] of [
    ['252 (252.38-1~deb12u1)', '252.38-1~deb12u1'],
    ['252 (252.39-1~deb12u2)', undefined],
    ['257 (257.9-1~deb13u1)', '257.9-1~deb13u1'],
    ['257 (257.13-1~deb13u1)', undefined],
    ['258 (258.3)', '258.3'],
    ['259 (259.4)', undefined],
    ['262 (262-1)', undefined],
    ['of somebody else', undefined],
  ] as const) {
    const asked: string[] = [];
    const { word, lines } = wordOf(says(version, asked));
    assert.equal(word.release(), undefined);
    await Promise.all([word.look(), word.look()]);
    assert.equal(word.release(), hole, version);
    assert.equal(lines.length, hole === undefined ? 0 : 1);
    for (const line of lines) assert.ok(line.includes(`systemd ${version.split(/[()]/u)[1] ?? ''} has CVE-2026-40226`));
    assert.deepEqual(asked, ['systemd-nspawn --version']);
  }
});

test('a host without systemd-nspawn is told nothing', async () => {
  const { word, lines } = wordOf(() =>
    Promise.reject(new MachineError({ kind: 'toolMissing', file: 'systemd-nspawn' })),
  );
  await word.look();
  assert.equal(word.release(), undefined);
  assert.deepEqual(lines, []);
});

test('a word that was put away is said again of another release only', async () => {
  const memory = new Map<string, unknown>();
  const first = wordOf(says('257 (257.9-1~deb13u1)'), memory).word;
  await first.look();
  await first.putAway();
  assert.equal(first.release(), undefined);
  const later = wordOf(says('257 (257.9-1~deb13u1)'), memory).word;
  await later.look();
  assert.equal(later.release(), undefined);
  const updated = wordOf(says('257 (257.10-1~deb13u1)'), memory).word;
  await updated.look();
  assert.equal(updated.release(), '257.10-1~deb13u1');
});
