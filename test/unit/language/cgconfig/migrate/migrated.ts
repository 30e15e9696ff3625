import { parseCgconfig } from '../../../../../src/language/cgconfig/parse.ts';
import type { TextForV2, UnitsForSystemd } from '../../../../../src/language/cgconfig/migrate/migrate.ts';
import { migrateToSystemd, migrateToV2 } from '../../../../../src/language/cgconfig/migrate/migrate.ts';
import { parseCgrules } from '../../../../../src/language/cgrules/parse.ts';
import { defaultContext } from '../../../../../src/language/context.ts';
import type { Context } from '../../../../../src/language/context.ts';

const readConfig = (text: string) => ({ languageId: 'cgconfig', document: parseCgconfig(text), text }) as const;
const readRules = (text: string) => ({ languageId: 'cgrules', document: parseCgrules(text), text }) as const;

/** A cgconfig.conf, and the rules that go with it, for cgroup v2. */
export const forV2 = (text: string, rules?: string): TextForV2 => {
  const result = migrateToV2(readConfig(text), defaultContext, rules === undefined ? undefined : readRules(rules));
  if (result.kind !== 'v2') throw new Error(result.text);
  return result;
};

export const rulesForV2 = (text: string): TextForV2 => {
  const result = migrateToV2(readRules(text), defaultContext);
  if (result.kind !== 'v2') throw new Error(result.text);
  return result;
};

/** The settings alone that the blocks of one group become, without layout and comments. */
export const settingsForV2 = (settings: string): string => {
  const { text } = forV2(`group web {\n${settings}\n}\n`);
  return text
    .split('\n')
    .slice(1, -2)
    .filter((line) => !/^\s*#/u.test(line))
    .map((line) => line.trim())
    .join('\n')
    .trim();
};

export const forSystemd = (
  text: string,
  rules?: string,
  context: Partial<Context> = {},
  uidOf?: (user: string) => number | undefined,
): UnitsForSystemd => {
  const result = migrateToSystemd(
    readConfig(text),
    { ...defaultContext, ...context },
    { ...(rules === undefined ? {} : { rules: readRules(rules) }), ...(uidOf === undefined ? {} : { uidOf }) },
  );
  if (result.kind !== 'systemd') throw new Error(result.text);
  return result;
};

/** The lines of a unit for the blocks of a group, without sections and comments. */
export const unitLines = (settings: string, context: Partial<Context> = {}): readonly string[] =>
  forSystemd(`group web { ${settings} }`, undefined, context)
    .files.flatMap(({ text }) => text.split('\n'))
    .filter((line) => /^[A-Z].*=/u.test(line) && !line.startsWith('Description='));
