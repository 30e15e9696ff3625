/** Builds nspawn.json from the sources of several versions. */
import { parseAddedIn } from './addedIn.ts';
import { directiveFacts, knownDirectives, sections } from './directiveFacts.ts';
import { type DirectiveRow, idOf, parseDirectiveTable } from './directiveTable.ts';
import { ignoredSince, since as reviewedSince, until as reviewedUntil } from './history.ts';
import { maskOf, type MergeBlock, parseMergeSettings, trustIn } from './mergeSettings.ts';
import { parseOptions } from './options.ts';
import { parserFacts } from './parserFacts.ts';
import { parserTimeline } from './parserTimeline.ts';
import { SourceProblem } from './cText.ts';
import type { DirectiveSchema, NspawnSchema, Trust } from '../types.ts';
import type { SystemdSource } from './systemdSource.ts';

/** What is read of one version. */
export interface ReadVersion {
  readonly version: number;
  readonly source: SystemdSource;
  readonly rows: ReadonlyMap<string, DirectiveRow>;
  readonly blocks: readonly MergeBlock[];
}

const readVersion = (source: SystemdSource): ReadVersion => ({
  version: source.version,
  source,
  rows: new Map(parseDirectiveTable(source.read('src/nspawn/nspawn-gperf.gperf')).map((row) => [idOf(row), row])),
  blocks: parseMergeSettings(source.readC('src/nspawn/nspawn.c')),
});

/** @throws SourceProblem when manual, history and the versions read do not agree */
const sinceOf = (id: string, added: ReadonlyMap<string, number>, versions: readonly ReadVersion[]): number => {
  const since = reviewedSince[id] ?? added.get(id);
  const first = versions.find(({ rows }) => rows.has(id))?.version ?? 0;
  const before = versions.findLast(({ version }) => version < first)?.version ?? 0;
  if (since === undefined)
    throw new SourceProblem(`the manual does not say since when there is ${id}=: look it up for history.ts`);
  if (since > before && since <= first) return since;
  throw new SourceProblem(`${id}= came between ${before} and ${first}, not in ${since}: look it up for history.ts`);
};

const untilOf = (id: string, versions: readonly ReadVersion[]): number | undefined => {
  const last = versions.findLast(({ rows }) => rows.has(id))?.version ?? 0;
  const after = versions.find(({ version }) => version > last)?.version;
  const until = reviewedUntil[id];
  if (after === undefined ? until === undefined : until !== undefined && until >= last && until < after) return until;
  throw new SourceProblem(
    `${id}= is in ${last} and not in ${after ?? 'newer ones'}: say in history.ts until when there is one`,
  );
};

/** `denyOnly` and `ignored` as in the newest version; `ignoredSince` where an older one that was read honours it. */
const trustOf = (
  id: string,
  mask: string,
  versions: readonly ReadVersion[],
): Pick<DirectiveSchema, 'trust' | 'ignoredSince'> => {
  const [, name = ''] = id.split('.');
  const trusts = versions
    .filter(({ rows }) => rows.has(id))
    .map(({ version, blocks }): readonly [number, Trust] => [version, trustIn(blocks, mask, name)]);
  const trust = trusts.at(-1)?.[1] ?? 'honoured';
  const since = ignoredSince[id];
  const wrong = trusts.find(([version, found]) => found !== (version < (since ?? 0) ? 'honoured' : trust));
  if (wrong !== undefined)
    throw new SourceProblem(
      `in a file that is not trusted, ${id}= is ${wrong[1]} in ${wrong[0]}: that is not what history.ts says`,
    );
  return { trust, ...(since === undefined ? {} : { ignoredSince: since }) };
};

const checkFlags = (id: string, flags: readonly string[], options: ReadonlySet<string>): void => {
  for (const flag of flags) {
    const [option] = /^--?[A-Za-z][a-z0-9-]*/u.exec(flag) ?? [];
    if (option !== undefined && !options.has(option))
      throw new SourceProblem(
        `systemd-nspawn has no option ${option} any more, which directiveFacts.ts names for ${id}=`,
      );
  }
};

/** @throws SourceProblem on whatever it does not know */
export const buildNspawnSchema = (sources: readonly SystemdSource[]): NspawnSchema => {
  const versions = sources.map(readVersion).sort((one, other) => one.version - other.version);
  const newest = versions.at(-1);
  if (newest === undefined) throw new SourceProblem('no version was read');
  const added = parseAddedIn(newest.source.read('man/systemd.nspawn.xml'));
  const options = parseOptions(newest.source.readC('src/nspawn/nspawn.c'));

  const rows = new Map(versions.flatMap((version) => [...version.rows]));
  const gone = knownDirectives.find((id) => !rows.has(id));
  if (gone !== undefined)
    throw new SourceProblem(`no version that was read has ${gone}=, which directiveFacts.ts describes`);

  const directives = [...rows].map(([id, row]): DirectiveSchema => {
    if (!sections.includes(row.section)) throw new SourceProblem(`[${row.section}] is a new section`);
    const facts = directiveFacts(id);
    if (facts === undefined) throw new SourceProblem(`${id}= is a new directive: give it a row in directiveFacts.ts`);
    checkFlags(id, facts.flags, options);
    const parser = parserFacts[row.parser];
    if (parser === undefined) throw new SourceProblem(`${row.parser}() reads ${id}=: give it a row in parserFacts.ts`);
    const field = row.field ?? parser.field;
    if (field === undefined)
      throw new SourceProblem(`${row.parser}() needs the field that it writes, in parserFacts.ts`);
    const blocks = versions.findLast((version) => version.rows.has(id))?.blocks ?? [];
    const mask = maskOf(blocks, field);
    const since = sinceOf(id, added, versions);
    const until = untilOf(id, versions);
    return {
      section: row.section,
      name: row.name,
      since,
      ...(until === undefined ? {} : { until }),
      parsers: parserTimeline(id, since, versions),
      ...trustOf(id, mask, versions),
      repeat: parser.repeat,
      mask: mask === 'RLIMIT_FIRST' ? `${mask}<<${row.argument}` : mask,
      ...facts,
    };
  });
  return {
    project: 'systemd',
    versions: versions.map(({ version }) => version),
    sections,
    directives: directives.sort((one, other) => (idOf(one) < idOf(other) ? -1 : 1)),
  };
};
