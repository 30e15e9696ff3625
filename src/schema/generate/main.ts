/**
 * `npm run generate`: reads sources of systemd and libcgroup and writes the JSON files of src/schema.
 * `--check` writes nothing and fails when they would change; `--from DIR` (several times) reads unpacked sources instead of
 * fetching them; what only the other project says is then left as it is. docs/updating.md says what to do when it stops.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { buildCgroupSchema, type LibcgroupSource, openLibcgroup } from './cgroups/cgroups.ts';
import { fetchSources } from './fetchSources.ts';
import { buildNspawnSchema } from './nspawn.ts';
import { SourceProblem } from './cText.ts';
import { openSource } from './systemdSource.ts';
import { buildValueSets } from './valueSets.ts';

const schemaFolder = resolve(import.meta.dirname, '..');
const root = resolve(schemaFolder, '../..');

const say = (text: string): void => console.log(`[${(performance.now() / 1000).toFixed(1).padStart(6)} s] ${text}`);

/** Sorted as the builders sort, two blanks a level: what prettier would leave alone. */
const render = (content: unknown): string => `${JSON.stringify(content, undefined, 2)}\n`;

const byVersion = (one: LibcgroupSource, other: LibcgroupSource): number =>
  one.version.localeCompare(other.version, 'en', { numeric: true });

const generate = (check: boolean, from: readonly string[]): void => {
  const cache = resolve(process.env['NSPAWN_CACHE'] ?? join(root, '.cache'));
  const folders = from.length > 0 ? from : fetchSources(cache, say);
  const groups = folders.flatMap((folder) => openLibcgroup(folder) ?? []).sort(byVersion);
  const systemd = folders.filter((folder) => openLibcgroup(folder) === undefined).map(openSource);
  const files: Record<string, unknown> = {};
  if (systemd.length > 0) {
    say(`reading systemd ${systemd.map(({ version }) => version).join(', ')}`);
    files['nspawn.json'] = buildNspawnSchema(systemd);
    files['valueSets.json'] = buildValueSets(systemd);
  }
  if (groups.length > 0) {
    say(`reading libcgroup ${groups.map(({ version }) => version).join(', ')}`);
    files['cgroupParameters.json'] = buildCgroupSchema(groups);
  }
  for (const [name, content] of Object.entries(files)) {
    const path = join(schemaFolder, name);
    const [before, after] = [readFileSync(path, 'utf8'), render(content)];
    if (before === after) say(`${name} is up to date`);
    else if (check)
      throw new SourceProblem(`${name} is not what the sources say: run npm run generate and look at the difference`);
    else {
      writeFileSync(path, after);
      say(`${name} is written: look at the difference before you commit it`);
    }
  }
};

try {
  const { values } = parseArgs({
    options: { check: { type: 'boolean', default: false }, from: { type: 'string', multiple: true, default: [] } },
  });
  generate(values.check, values.from);
} catch (error) {
  if (!(error instanceof SourceProblem)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
