/** Units of time spans and sizes. */
import { functionBody, SourceProblem, stringsIn } from './cText.ts';

/** What one unit is called in valueSets.json, by the constant that systemd multiplies with. */
const timeUnits: Readonly<Record<string, string>> = {
  '1ULL': 'us',
  USEC_PER_MSEC: 'ms',
  USEC_PER_SEC: 's',
  USEC_PER_MINUTE: 'min',
  USEC_PER_HOUR: 'h',
  USEC_PER_DAY: 'd',
  USEC_PER_WEEK: 'week',
  USEC_PER_MONTH: 'month',
  USEC_PER_YEAR: 'year',
};

/** `text` is time-util.c without comments. */
export const parseTimeUnits = (text: string): Readonly<Record<string, readonly string[]>> => {
  const body = functionBody(text, 'extract_multiplier') ?? '';
  const rows = [...body.matchAll(/\{\s*"([^"]+)",\s*(\w+)\s*\}/gu)].map(([, name = '', factor = '']) => {
    const unit = timeUnits[factor];
    if (unit === undefined)
      throw new SourceProblem(`time-util.c has the unit ${name} of ${factor}, which units.ts does not know`);
    return [unit, name] as const;
  });
  if (rows.length === 0) throw new SourceProblem('time-util.c no longer has its units in extract_multiplier()');
  return Object.fromEntries(
    Object.values(timeUnits).map((unit) => [unit, rows.filter(([of]) => of === unit).map(([, name]) => name)]),
  );
};

/** The suffixes of parse_size(), smallest first; `text` is parse-util.c without comments. */
export const parseSizeUnits = (text: string): readonly string[] => {
  const body = functionBody(text, 'parse_size') ?? '';
  const table = /\biec\[\] = \{([\s\S]*?)\};/u.exec(body)?.[1] ?? '';
  const units = stringsIn(table).filter((unit) => unit !== '');
  if (units.length === 0) throw new SourceProblem('parse-util.c no longer has its suffixes in parse_size()');
  return [...units].reverse();
};
