/** Which function read a directive when, and what it took: from history.ts, held against every version that was read. */
import { functionBody, SourceProblem, tableBody } from './cText.ts';
import { datedWords } from './datedWords.ts';
import { type EnumTable, enumTableOf } from './enumTables.ts';
import { parsers as parserHistory, words as wordHistory } from './history.ts';
import { parserFacts, type Reading, valueOf } from './parserFacts.ts';
import type { DirectiveParser, EnumWord, RlimitUnit, ValueType } from '../types.ts';
import type { ReadVersion } from './nspawn.ts';
import type { SystemdSource } from './systemdSource.ts';

/** From a version on, up to where the next one begins. */
interface Span extends Reading {
  readonly from: number;
  readonly parser: string;
}

const rlimitUnits: Readonly<Record<string, RlimitUnit>> = {
  rlimit_parse_nice: 'nice',
  rlimit_parse_sec: 'seconds',
  rlimit_parse_size: 'bytes',
  rlimit_parse_u64: 'count',
  rlimit_parse_usec: 'microseconds',
};

const rlimitUnitOf = (source: SystemdSource, limit: string): RlimitUnit => {
  const table = tableBody(source.readC('src/basic/rlimit-util.c', 'src/shared/rlimit-util.c'), 'rlimit_parse_table');
  const parser = new RegExp(`\\[${limit}\\]\\s*=\\s*(\\w+)`, 'u').exec(table)?.[1] ?? '';
  const unit = rlimitUnits[parser];
  if (unit === undefined)
    throw new SourceProblem(`${limit} is read by ${parser || 'nothing'}, which parserTimeline.ts does not know`);
  return unit;
};

/** Whether a parser function of a version looks at the empty value, or undefined where its C is not found. */
const looksAtEmpty = (source: SystemdSource, parser: string): boolean | undefined => {
  for (const file of ['src/nspawn/nspawn-settings.c', 'src/shared/conf-parser.c']) {
    const body = functionBody(source.readC(file), parser);
    if (body !== undefined) return body.includes('isempty(rvalue)');
  }
  return undefined;
};

const spansOf = (id: string, since: number, versions: readonly ReadVersion[]): readonly Span[] => {
  const newest = versions.findLast(({ rows }) => rows.has(id))?.rows.get(id)?.parser ?? '';
  const history = parserHistory[id] ?? [{ from: since, parser: newest }];
  if (history[0]?.from !== since) throw new SourceProblem(`history.ts begins the parsers of ${id}= not with ${since}`);
  return history.flatMap(({ from, parser }, index): readonly Span[] => {
    const facts = parserFacts[parser];
    if (facts === undefined) throw new SourceProblem(`${parser}() reads ${id}=: give it a row in parserFacts.ts`);
    const end = history[index + 1]?.from ?? Infinity;
    const inForce = facts.readings.findLast((reading) => (reading.from ?? 0) <= from);
    const later = facts.readings.filter((reading) => (reading.from ?? 0) > from && (reading.from ?? 0) < end);
    return [
      ...(inForce === undefined ? [] : [{ ...inForce, from, parser }]),
      ...later.map((reading) => ({ ...reading, from: reading.from ?? from, parser })),
    ];
  });
};

type TableOf = (version: ReadVersion) => EnumTable;

const enumWords = (
  id: string,
  tableOf: TableOf,
  versions: readonly ReadVersion[],
  since: number,
): readonly EnumWord[] => {
  const [name = ''] = versions.map((version) => tableOf(version).name);
  const read = versions.map((version) => ({ version: version.version, words: tableOf(version).words }));
  return datedWords(`${id}=`, read, wordHistory[name] ?? {}).map(({ since: came = since, ...word }) =>
    came > since ? { ...word, since: came } : word,
  );
};

const sameBooleans = (id: string, tables: readonly EnumTable[], span: Span): EnumTable['booleans'] => {
  const [found, ...others] = [...new Set(tables.map(({ booleans }) => JSON.stringify(booleans ?? null)))];
  if (others.length > 0)
    throw new SourceProblem(`${id}= takes booleans in some versions from ${span.from} on and not in others`);
  if (found === undefined && span.booleans !== false)
    throw new SourceProblem(`no version is read that says how ${id}= was read from ${span.from} on`);
  return tables[0]?.booleans;
};

/** @throws SourceProblem when a version that was read says something else */
export const parserTimeline = (id: string, since: number, all: readonly ReadVersion[]): readonly DirectiveParser[] => {
  const versions = all.filter(({ rows }) => rows.has(id));
  const spans = spansOf(id, since, versions);
  const tableOf: TableOf = ({ source, version, rows }) => {
    const parser = rows.get(id)?.parser ?? '';
    const table = enumTableOf(source, parser);
    if (table === undefined) throw new SourceProblem(`${parser}() of ${version} reads no enumeration that is known`);
    return table;
  };
  return spans.map((span, index): DirectiveParser => {
    const { from, parser } = span;
    const end = spans[index + 1]?.from ?? Infinity;
    const during = versions.filter(({ version }) => version >= from && version < end);
    for (const { version, rows, source } of during) {
      const found = rows.get(id)?.parser;
      if (found !== parser)
        throw new SourceProblem(`${found ?? 'nothing'}() reads ${id}= in ${version}, but history.ts says ${parser}()`);
      if ('empty' in span.value && looksAtEmpty(source, parser) !== (span.value.empty === 'reset'))
        throw new SourceProblem(`${parser}() of ${version} treats an empty value not as parserFacts.ts says`);
    }
    const value = ((): ValueType => {
      if (span.value.kind === 'rlimit') {
        const newest = versions.at(-1);
        if (newest === undefined) throw new SourceProblem(`no version has ${id}=`);
        return { kind: 'rlimit', unit: rlimitUnitOf(newest.source, newest.rows.get(id)?.argument ?? '') };
      }
      if (span.value.kind !== 'enum') return valueOf[id] ?? span.value;
      const booleans = sameBooleans(id, during.map(tableOf), span);
      return {
        kind: 'enum',
        words: enumWords(id, tableOf, versions, since),
        ...(booleans === undefined ? {} : { booleans }),
      };
    })();
    return { from, parser, value };
  });
};
