import assert from 'node:assert/strict';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { migrateToSystemd, migrateToV2 } from '../../../src/language/cgconfig/migrate/migrate.ts';
import { groupFileOf } from '../../../src/language/cgroups/groupFile.ts';
import { defaultContext } from '../../../src/language/context.ts';
import type { Context } from '../../../src/language/context.ts';
import type { SourceFile } from '../../../src/language/fileType.ts';
import { openFile } from '../../../src/language/languageService.ts';
import type { TextForV2, MigratedFiles } from '../../../src/protocol/migration.ts';
import type { Suite } from '../boot/debootstrap.ts';
import type { CommandHost } from '../host.ts';

/** The systemd of each suite. */
export const versions: Readonly<Record<Suite, number>> = { bookworm: 252, trixie: 257, forky: 262 };

export const writeFiles = async (
  host: CommandHost,
  files: readonly { readonly path: string; readonly text: string }[],
): Promise<void> => {
  for (const { path, text } of files) {
    const written = await host.run('sh', ['-c', 'mkdir -p "$(dirname "$1")" && cat > "$1"', 'sh', path], {
      input: text,
    });
    assert.equal(written.exitCode, 0, written.stderr);
  }
};

/** Groups of v1 with limits that need rounding, that lie within each other, and that lift limits. */
export const v1Sample = (prefix: string): string => `# Groups of a test.
group ${prefix}-web {
	perm {
		task { uid = root; gid = root; }
		admin { uid = root; gid = root; }
	}
	cpu {
		cpu.shares = 100; cpu.cfs_period_us = 200000;
		cpu.cfs_quota_us = 50000;
	}
	cpuacct { }
	memory {
		# No multiple of a page.
		memory.limit_in_bytes = 40000000;
		memory.memsw.limit_in_bytes = "62000000";
		memory.soft_limit_in_bytes = 30M;
	}
	pids {
		pids.max = 23;
	}
}
group ${prefix}-web/inner-one {
	cpu { cpu.shares = 4096; cpu.cfs_quota_us = 1500; cpu.cfs_period_us = 10000; }
	memory { memory.limit_in_bytes = 4k; memory.soft_limit_in_bytes = -1; }
	pids { pids.max = max; }
}
group ${prefix}-idle {
	cpu { cpu.shares = 2; cpu.cfs_quota_us = -1; }
	memory { memory.limit_in_bytes = -1; }
	pids { }
}
`;

export const groupsOf = (prefix: string): readonly string[] => [
  `${prefix}-web`,
  `${prefix}-web/inner-one`,
  `${prefix}-idle`,
];

const opened = (languageId: 'cgconfig' | 'cgrules', text: string): SourceFile => {
  const file = openFile(TextDocument.create(`file:///etc/${languageId}.conf`, languageId, 0, text), languageId);
  if (file === undefined) throw new Error('no such file type');
  return file;
};

export const v2Of = (text: string): TextForV2 => {
  const result = migrateToV2(opened('cgconfig', text), defaultContext);
  if (result?.kind !== 'v2') throw new Error(result?.text);
  return result;
};

const units = (text: string, context: Context): MigratedFiles => {
  const result = migrateToSystemd(opened('cgconfig', text), context);
  if (result?.kind !== 'systemd') throw new Error(result?.text);
  return result;
};

export const unitsOf = (text: string, systemdVersion: number): MigratedFiles =>
  units(text, { ...defaultContext, systemdVersion });

/** Nobody knows the numbers of the users. */
export const unitsWithRules = (text: string, rules: string, systemdVersion: number): MigratedFiles => {
  const others = groupFileOf(opened('cgrules', rules), 'cgrules.conf', defaultContext.libcgroupVersion);
  if (others === undefined) throw new Error('no rules');
  const groups = { name: 'cgconfig.conf', others: [others], isComplete: true };
  return units(text, { ...defaultContext, systemdVersion, groups });
};
