import assert from 'node:assert/strict';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { moveScript } from '../../../../src/ui/commands/moveScript.ts';
import { presentTool, startSync } from '../../../rig/program.ts';

const identityOf = (directory: string): string => {
  const { dev, ino } = statSync(directory);
  return `${dev}:${ino}`;
};

const moved = (
  [source, target, directory, name]: readonly [source: string, target: string, directory: string, name: string],
  identity = identityOf(directory),
): { readonly status: number | null; readonly stderr: string } =>
  startSync(presentTool('sh'), [
    ...['-c', moveScript, 'sh'],
    ...['It is there.', source, target, directory, identity, name, 'It is another one.'],
  ]);

const inDirectory = (work: (directory: string) => void): void => {
  const directory = mkdtempSync(join(tmpdir(), 'move-'));
  try {
    work(directory);
  } finally {
    rmSync(directory, { recursive: true });
  }
};

test('a file is moved with the text that is given, and its directory is made', () => {
  inDirectory((directory) => {
    const [source, target, old] = [
      join(directory, 'new'),
      join(directory, 'etc', 'a b.nspawn'),
      join(directory, '-old'),
    ];
    writeFileSync(source, '[Exec]\nBoot=yes\n');
    writeFileSync(old, '[Exec]\n');
    assert.equal(moved([source, target, directory, '-old']).status, 0);
    assert.equal(readFileSync(target, 'utf8'), '[Exec]\nBoot=yes\n');
    assert.equal(existsSync(old), false);
  });
});

test('a file that is there, even as a link to nowhere, stays, and so does the old one', () => {
  inDirectory((directory) => {
    const [source, target, old] = [join(directory, 'new'), join(directory, 'target'), join(directory, 'old')];
    writeFileSync(source, 'new');
    writeFileSync(old, 'old');
    const attempt = (): void => {
      const { status, stderr } = moved([source, target, directory, 'old']);
      assert.equal(status, 17);
      assert.equal(stderr, 'It is there.\n');
      assert.equal(readFileSync(old, 'utf8'), 'old');
    };
    writeFileSync(target, 'mine');
    attempt();
    assert.equal(readFileSync(target, 'utf8'), 'mine');
    rmSync(target);
    symlinkSync(join(directory, 'nowhere'), target);
    attempt();
  });
});

test('nothing happens where the directory is another one than when the user was asked', () => {
  inDirectory((directory) => {
    const [source, target] = [join(directory, 'new'), join(directory, 'target')];
    const [seen, victim] = [join(directory, 'seen'), join(directory, 'victim')];
    writeFileSync(source, 'new');
    for (const one of [seen, victim]) {
      mkdirSync(one);
      writeFileSync(join(one, 'web.nspawn'), 'old');
    }
    const identity = identityOf(seen);
    renameSync(seen, join(directory, 'away'));
    symlinkSync(victim, seen);
    const { status, stderr } = moved([source, target, seen, 'web.nspawn'], identity);
    assert.equal(status, 18);
    assert.equal(stderr, 'It is another one.\n');
    assert.equal(existsSync(join(victim, 'web.nspawn')), true);
    assert.equal(existsSync(target), false);
  });
});

test('a file stays where the new one cannot be written', () => {
  inDirectory((directory) => {
    const [source, target, old] = [join(directory, 'none'), join(directory, 'target'), join(directory, 'old')];
    writeFileSync(old, 'old');
    assert.notEqual(moved([source, target, directory, 'old']).status, 0);
    assert.equal(readFileSync(old, 'utf8'), 'old');
    assert.equal(existsSync(target), false);
  });
});
