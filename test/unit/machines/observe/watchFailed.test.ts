import assert from 'node:assert/strict';
import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { createFailedWatch, type FailedWatch } from '../../../../src/machines/nspawn/observe/watchFailed.ts';
import { BusError, type BusCall } from '../../../../src/machines/host/systemBus.ts';
import { aMoment, until } from './fakeHost.ts';

/** What a fake systemd keeps of a unit that has failed. */
interface Kept {
  readonly result?: string;
  readonly code?: number;
  readonly status?: number;
  readonly since?: bigint;
  readonly argv?: readonly string[];
}

describe('the units of machines that have failed', () => {
  const now: { directory: string; watch?: FailedWatch } = { directory: '' };
  const systemd = new Map<string, Kept>();
  /** What services run that have not failed. */
  const running = new Map<string, readonly string[]>();
  const told: string[] = [];
  const followed: string[][] = [];
  const questions: string[] = [];
  const bus = { down: false };
  const watch = (): FailedWatch => now.watch ?? assert.fail();

  const answer = ({ path, member, body = [] }: BusCall): unknown => {
    questions.push(member);
    if (bus.down) throw new BusError('ECONNREFUSED', 'down');
    if (member === 'ListUnitsByPatterns') return [...systemd.keys()].map((unit) => [unit, '', 'loaded', 'failed']);
    const encoded = path.slice(path.lastIndexOf('/') + 1);
    const unit = encoded.replaceAll(/_([0-9a-f]{2})/gu, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
    // Whoever asks for a unit that did not fail learns what it runs, too.
    const kept = systemd.get(unit) ?? { argv: running.get(unit) ?? assert.fail(unit) };
    switch (body[1]) {
      case 'ExecStart':
        return [[kept.argv?.[0], kept.argv ?? []]];
      case 'Result':
        return kept.result ?? 'exit-code';
      case 'ExecMainCode':
        return kept.code ?? 1;
      case 'ExecMainStatus':
        return kept.status ?? 1;
      default:
        return kept.since ?? 0n;
    }
  };

  beforeEach(async () => {
    for (const list of [told, followed, questions]) list.length = 0;
    systemd.clear();
    running.clear();
    bus.down = false;
    now.directory = await mkdtemp(join(tmpdir(), 'units-'));
    now.watch = createFailedWatch(
      now.directory,
      {
        call: (call) => new Promise((resolve) => resolve(answer(call))),
        follow: (rules) => {
          const isNew = rules.join() !== (followed.at(-1) ?? []).join();
          followed.push([...rules]);
          return Promise.resolve(isNew && rules.length > 0);
        },
      },
      (changes) => {
        for (const change of changes) told.push([change.kind, ...Object.values(change).slice(1).map(String)].join(' '));
      },
    );
  });
  afterEach(async () => {
    watch().stop();
    await rm(now.directory, { recursive: true });
  });

  const runs = (unit: string): Promise<void> => symlink('1', join(now.directory, `invocation:${unit}`));
  const ends = (unit: string): Promise<void> => rm(join(now.directory, `invocation:${unit}`));

  test('are seen when systemd takes the link of their run away, and gone when one begins, without a question in between', async () => {
    watch().start();
    await watch().read();
    const before = questions.length;
    await symlink('x', join(now.directory, 'log-level-max:systemd-nspawn@web.service'));
    await runs('session-1.scope');
    await aMoment();
    assert.equal(questions.length, before);
    await runs('systemd-nspawn@web.service');
    systemd.set('systemd-nspawn@web.service', { status: 3, since: 1_700_000_000_000_000n });
    await ends('systemd-nspawn@web.service');
    await until('it is seen', () => watch().failed().size === 1);
    assert.deepEqual(watch().failed().get('web'), {
      machine: 'web',
      unit: 'systemd-nspawn@web.service',
      image: undefined,
      result: 'exit-code',
      exitCode: 3,
      signal: undefined,
      since: 1_700_000_000_000,
    });
    systemd.clear();
    await runs('systemd-nspawn@web.service');
    await until('it is gone', () => watch().failed().size === 0);
    assert.deepEqual(told, ['unitFailed web', 'unitRecovered web']);
  });

  test('are told again when they fail once more, and followed on the bus as long as they count as failed', async () => {
    systemd.set('systemd-nspawn@a.b-c.service', { result: 'signal', code: 2, status: 9, since: 5_000n });
    await watch().read();
    assert.equal(watch().failed().get('a.b-c')?.signal, 'SIGKILL');
    assert.equal(watch().failed().get('a.b-c')?.exitCode, undefined);
    assert.deepEqual(followed.at(-1), [
      "type='signal',sender='org.freedesktop.systemd1',interface='org.freedesktop.DBus.Properties',member='PropertiesChanged',path='/org/freedesktop/systemd1/unit/systemd_2dnspawn_40a_2eb_2dc_2eservice'",
      "type='signal',sender='org.freedesktop.systemd1',interface='org.freedesktop.systemd1.Manager',member='UnitRemoved',arg0='systemd-nspawn@a.b-c.service'",
    ]);
    systemd.set('systemd-nspawn@a.b-c.service', { since: 9_000n });
    await watch().read();
    await watch().read();
    systemd.clear();
    await watch().read();
    assert.deepEqual(told, ['unitFailed a.b-c', 'unitFailed a.b-c', 'unitRecovered a.b-c']);
    assert.deepEqual(followed.at(-1), []);
  });

  test('are also services of their own that run a systemd-nspawn, and no others', async () => {
    systemd.set('blog.service', { argv: ['/usr/bin/systemd-nspawn', '-b', '-D', '/srv/tree/', '--machine=blog'] });
    systemd.set('disk.service', { argv: ['systemd-nspawn', '--image', '/srv/my_disk.raw'] });
    systemd.set('by-name.service', { argv: ['/usr/bin/systemd-nspawn', '-M', 'web'] });
    systemd.set('other.service', { argv: ['/bin/false', 'systemd-nspawn'] });
    systemd.set('template.service', { argv: ['/usr/bin/systemd-nspawn', '--machine=%i'] });
    await watch().read();
    const seen = [...watch().failed().values()].map(({ machine, unit, image }) => [machine, unit, image]);
    assert.deepEqual(seen, [
      ['blog', 'blog.service', '/srv/tree'],
      ['mydisk', 'disk.service', '/srv/my_disk.raw'],
      ['web', 'by-name.service', undefined],
    ]);
    assert.deepEqual(told, ['unitFailed blog /srv/tree', 'unitFailed mydisk /srv/my_disk.raw', 'unitFailed web']);
  });

  test('are asked for only where a machine may have ended, and of a service of another name once', async () => {
    running.set('cron.service', ['/bin/true']);
    running.set('blog.service', ['/usr/bin/systemd-nspawn', '--machine=blog']);
    watch().start();
    await watch().read();
    const asked = async (unit: string, act: (unit: string) => Promise<void>): Promise<readonly string[]> => {
      const before = questions.length;
      await act(unit);
      await aMoment();
      return questions.slice(before);
    };
    assert.deepEqual(await asked('systemd-nspawn@web.service', runs), [], 'what begins has not failed');
    assert.deepEqual(await asked('cron.service', runs), []);
    assert.deepEqual(await asked('cron.service', ends), ['Get'], 'whether it runs a machine');
    assert.deepEqual(await asked('cron.service', runs), []);
    assert.deepEqual(await asked('cron.service', ends), [], 'it runs none');
    await runs('blog.service');
    assert.deepEqual(await asked('blog.service', ends), ['Get', 'ListUnitsByPatterns']);
    await runs('blog.service');
    assert.deepEqual(await asked('blog.service', ends), ['ListUnitsByPatterns']);
    assert.deepEqual(await asked('systemd-nspawn@web.service', ends), ['ListUnitsByPatterns']);
  });

  test('stay as they were where the bus does not answer, and are not followed when nobody looks any more', async () => {
    systemd.set('systemd-nspawn@web.service', {});
    watch().start();
    await watch().read();
    bus.down = true;
    await watch().read();
    assert.equal(watch().failed().size, 1);
    bus.down = false;
    systemd.clear();
    const late = watch().read();
    watch().stop();
    await late;
    assert.equal(watch().failed().size, 1, 'an answer from before the stop is dropped');
    const before = questions.length;
    await runs('systemd-nspawn@web.service');
    await aMoment();
    assert.equal(questions.length, before);
  });
});
