import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { LibcgroupVersion } from '../../src/language/context.ts';
import { languageFeatures } from '../../src/language/languageService.ts';
import { fileSet } from '../unit/language/cgroups/fileSet.ts';
import { hostObstacle } from './boot/obstacle.ts';
import { v1Obstacle } from './boot/v1Hierarchies.ts';
import type { Host } from './host.ts';
import { withHost } from './withHost.ts';

/** What is said of rules that lead nowhere is what libcgroup does with them: cgclassify moves a process by each. */

const cgconfig = `group web {
	memory {
		memory.limit_in_bytes = 64M;
	}
}
group parent/child {
	memory {
		memory.limit_in_bytes = 64M;
	}
}
template plain {
	memory {
		memory.limit_in_bytes = 32M;
	}
}
template users/%u {
	memory {
		memory.limit_in_bytes = 16M;
	}
}
template users/%u {
	memory {
		memory.limit_in_bytes = 8M;
	}
}
`;
const later = 'group web { memory { memory.limit_in_bytes = 48M; } }\n';

interface Case {
  readonly rule: string;
  /** What is said of it; a rule of which nothing is said moves the process. */
  readonly says?: string;
}

const cases: readonly Case[] = [
  { rule: 'root memory web' },
  { rule: 'root memory /web/' },
  { rule: 'root memory parent' },
  { rule: 'root memory nobody', says: 'rule-undefined-group' },
  { rule: 'root memory plain', says: 'rule-undefined-group' },
  { rule: 'root memory,freezer web', says: 'rule-controller-not-in-group' },
  { rule: 'root freezer,memory parent/child', says: 'rule-controller-not-in-group' },
  { rule: 'root memory users/%u' },
  { rule: 'root memory,freezer users/%u/%u' },
  { rule: 'root memory back\\slash' },
  { rule: 'root * users/%u', says: 'rule-variable-for-all-controllers' },
  { rule: 'root memory,* users/%u', says: 'rule-variable-for-all-controllers' },
];

const versions = { bookworm: '2.0.2', trixie: '3.1', forky: '3.2' } as const satisfies Record<string, LibcgroupVersion>;

const warnings = (rule: string, libcgroupVersion: LibcgroupVersion): readonly string[] => {
  const set = fileSet({ 'cgconfig.conf': cgconfig, 'cgrules.conf': `${rule}\n` }, { libcgroupVersion });
  const { file, context } = set.file('cgrules.conf');
  return languageFeatures
    .diagnose(file, context)
    .filter(({ severity }) => severity === 'warning' || severity === 'error')
    .map((finding) => finding.rule);
};

const write = (host: Host, path: string, text: string): Promise<unknown> =>
  host.run('sh', ['-c', 'printf %s "$2" >"$1"', 'sh', path, text]);

/** In MiB. */
const limitOf = async (host: Host, group: string): Promise<number> => {
  const { stdout } = await host.run('cat', [`/srv/cgroup-v1/memory/${group}/memory.limit_in_bytes`]);
  return Number(stdout) / 1024 / 1024;
};

const obstacle = (await hostObstacle()) ?? v1Obstacle();

await describe('rules that lead nowhere', obstacle === undefined ? {} : { skip: obstacle }, async () => {
  for (const suite of ['bookworm', 'trixie', 'forky'] as const)
    await withHost(
      suite,
      (host) => {
        test('move nothing, and all others do', async () => {
          await host().run('mkdir', ['-p', '/etc/cgconfig.d']);
          await write(host(), '/etc/cgconfig.conf', cgconfig);
          const loaded = await host().run('cgconfigparser', ['-l', '/etc/cgconfig.conf']);
          assert.equal(loaded.exitCode, 0, loaded.stderr);
          for (const { rule, says } of cases) {
            await write(host(), '/etc/cgrules.conf', `${rule}\n`);
            const moved = await host().run('sh', ['-c', 'sleep 60 & cgclassify $!; code=$?; kill $!; exit $code']);
            assert.equal(moved.exitCode === 0, says === undefined, `${rule}: ${moved.exitCode} ${moved.stderr}`);
            assert.deepEqual(warnings(rule, versions[suite]), says === undefined ? [] : [says], rule);
          }
          assert.equal(await limitOf(host(), 'users/root'), 16, 'the first template of a name counts');
        });

        test('a value of a later file replaces that of an earlier one', async () => {
          await write(host(), '/etc/cgconfig.d/later.conf', later);
          assert.equal(await limitOf(host(), 'web'), 64);
          const files = ['-l', '/etc/cgconfig.conf', '-L', '/etc/cgconfig.d'];
          const loaded = await host().run('cgconfigparser', files);
          assert.equal(loaded.exitCode, 0, loaded.stderr);
          assert.equal(await limitOf(host(), 'web'), 48);
          const set = fileSet({ 'cgconfig.conf': cgconfig, 'cgconfig.d/later.conf': later });
          const { file, context } = set.file('cgconfig.conf');
          const findings = languageFeatures.diagnose(file, context).map(({ rule }) => rule);
          assert.deepEqual(findings, ['group-set-elsewhere', 'duplicate-template']);
        });
      },
      { images: false, v1: true },
    );
});
