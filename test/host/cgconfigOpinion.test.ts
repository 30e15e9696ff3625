import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CgconfigOpinion } from '../../src/machines/cgroups/judge/judgeCgconfigFile.ts';
import { act } from './act.ts';
import { v1Obstacle } from './boot/v1Hierarchies.ts';
import type { Host } from './host.ts';
import { allSuites, withHost } from './withHost.ts';

const obstacle = v1Obstacle();

/** At once, since every program that is started in there takes a while. */
const ask = async (host: Host, user: string, texts: readonly string[]): Promise<readonly CgconfigOpinion[]> => {
  const requests = texts.map((text) => ({ do: 'cgconfigOpinion', text }) as const);
  const results = await act(host, requests, user);
  return results.map(({ failure, value }) => {
    assert.equal(failure, undefined);
    return value as CgconfigOpinion;
  });
};

/** All that a cgconfig.conf can change: groups, mounts, and directories to mount on. */
const stateOf = async (host: Host): Promise<string> => {
  const script =
    'find /srv/cgroup-v1 /sys/fs/cgroup -type d -path "*judged*"; grep cgroup /proc/mounts; ls -A /tmp /run/libcgroup';
  return (await host.run('sh', ['-c', `${script} 2>&1 || true`])).stdout;
};

/** A group in the part of memory's hierarchy that this host has, as libcgroup names it. */
const groupOf = async (host: Host): Promise<string> => {
  const own = (await host.run('cat', ['/proc/1/cgroup'])).stdout;
  return `${/^\d+:memory:\/(.*)$/mu.exec(own)?.[1] ?? ''}/judged`;
};

const slip = 'group judged {\n  memory {\n    memory.limit_in_bytes = 1G\n  }\n}\n';

if (obstacle !== undefined) test('a second opinion by cgconfigparser', { skip: obstacle }, () => undefined);
else
  for (const suite of allSuites)
    await withHost(
      suite,
      (host) => {
        for (const user of ['root', 'tester'])
          test(`cgconfigparser reads a file for ${user}, and nothing is set up`, async () => {
            const group = await groupOf(host());
            const owner = user === 'root' ? '' : `perm { task { uid = ${user}; } admin { uid = ${user}; } }`;
            // The user owns a group, in which cgconfigparser could make another one.
            const parent = `group "${group}" { ${owner} memory { } }\n`;
            const prepared = await host().run('sh', ['-c', 'cat > /root/p.conf; cgconfigparser -l /root/p.conf'], {
              input: parent,
            });
            assert.equal(prepared.exitCode, 0, prepared.stderr);
            const before = await stateOf(host());
            const inner = `group "${group}/inner" { memory { } }\n`;
            const texts = [inner, `${inner}é\n`, `# é\n${inner}\0\n`, `mount { pids = /tmp/judged; }\n${inner}`];
            assert.deepEqual((await ask(host(), user, texts))[0], { taken: true });
            assert.equal(await stateOf(host()), before);

            // It would have been: the same text, given to it as it is.
            const applied = await host().run(
              'sh',
              ['-c', 'cat > /tmp/own.conf; cgconfigparser -l /tmp/own.conf; rm /tmp/own.conf'],
              {
                user,
                input: inner,
              },
            );
            assert.match(await stateOf(host()), /judged\/inner$/mu, applied.stderr);
            const path = (
              await host().run('find', ['/srv/cgroup-v1/memory', '-type', 'd', '-name', 'judged'])
            ).stdout.trim();
            await host().run('rmdir', [`${path}/inner`, path]);
          });

        test('a slip is refused at the next line, an open block at the end', async () => {
          const open = 'group judged {\n  memory {\n  }\n';
          const behind = 'group a {\n memory {\n }\n}\n;\n';
          assert.deepEqual(await ask(host(), 'tester', [slip, open, behind]), [
            { taken: false, line: 4, at: '}' },
            { taken: false, line: 5, at: 'mount' },
            { taken: false, line: 5, at: ';' },
          ]);
        });

        test('a controller that is not mounted is named since libcgroup 3', async () => {
          const [opinion] = await ask(host(), 'root', ['group a {\n  nosuch {\n  }\n}\n']);
          assert.deepEqual(
            opinion,
            suite === 'bookworm' ? { taken: true } : { taken: false, line: 3, unmounted: 'nosuch' },
          );
        });
      },
      { images: false, v1: true },
    );
