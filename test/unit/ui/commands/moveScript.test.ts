import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { moveScript } from '../../../../src/ui/commands/moveScript.ts';

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
    const { status } = spawnSync('sh', ['-c', moveScript, 'sh', 'It is there.', source, target, old]);
    assert.equal(status, 0);
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
      const { status, stderr } = spawnSync('sh', ['-c', moveScript, 'sh', 'It is there.', source, target, old], {
        encoding: 'utf8',
      });
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
