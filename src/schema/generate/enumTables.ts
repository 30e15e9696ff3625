/** Enumerations: a parser made by DEFINE_CONFIG_PARSE_ENUM, and the table of words that it looks into. */
import { functionBody, indexedStrings, SourceProblem, stringsIn, tableBody } from './cText.ts';
import type { SystemdSource } from './systemdSource.ts';

export interface EnumTable {
  /** Such as `timezone_mode`. */
  readonly name: string;
  readonly words: readonly string[];
  readonly booleans?: { readonly true: string; readonly false: string };
}

const settingsFile = 'src/nspawn/nspawn-settings.c';

/** Where the table of an enumeration stands. A new enumeration needs a row here. */
const files: Readonly<Record<string, string>> = {
  resolv_conf_mode: settingsFile,
  timezone_mode: settingsFile,
  user_namespace_ownership: settingsFile,
  volatile_mode: 'src/shared/volatile-util.c',
};

/** `text` without comments. */
export const parseEnumTable = (text: string, name: string): EnumTable => {
  const rows = indexedStrings(tableBody(text, `${name}_table`));
  const words = [...rows.values()];
  const [first] = words;
  if (first === undefined) throw new SourceProblem(`the table of ${name} has no words`);
  const yes = new RegExp(`^DEFINE_STRING_TABLE_LOOKUP_WITH_BOOLEAN\\(${name},\\s*\\w+,\\s*(\\w+)\\)`, 'mu').exec(
    text,
  )?.[1];
  if (yes === undefined) return { name, words };
  const word = rows.get(yes);
  if (word === undefined) throw new SourceProblem(`yes of ${name} is ${yes}, which its table does not have`);
  // The macro takes false for the number 0, which is the first row.
  return { name, words, booleans: { true: word, false: first } };
};

/** LinkJournal= has no table: its words are compared one by one. Since 247 a boolean is tried when none of them fits. */
export const parseLinkJournal = (text: string): EnumTable => {
  const body = functionBody(text, 'parse_link_journal');
  if (body === undefined) throw new SourceProblem('there is no parse_link_journal() any more');
  const words = [...body.matchAll(/streq\(s, ("[^"]+")\)/gu)].flatMap(([, word = '']) => stringsIn(word));
  const booleans = body.includes('parse_boolean(')
    ? /\?\s*LINK_AUTO\s*:\s*LINK_NO\b/u.test(body)
      ? ({ true: 'auto', false: 'no' } as const)
      : undefined
    : undefined;
  return {
    name: 'link_journal',
    words: [...new Set(['no', ...words])],
    ...(booleans === undefined ? {} : { booleans }),
  };
};

/** The enumeration that a parser function reads, or undefined where it reads none. */
export const enumTableOf = (source: SystemdSource, parser: string): EnumTable | undefined => {
  if (parser === 'config_parse_link_journal') return parseLinkJournal(source.readC(settingsFile));
  const settings = source.readC(settingsFile, 'src/nspawn/nspawn.c');
  const others = source.readC('src/shared/conf-parser.c');
  const made = new RegExp(`\\bDEFINE_CONFIG_PARSE_ENUM\\(\\s*${parser},\\s*(\\w+)`, 'u');
  const name = (made.exec(settings) ?? made.exec(others))?.[1];
  if (name === undefined) return undefined;
  const file = files[name];
  if (file === undefined)
    throw new SourceProblem(`${parser} reads the enumeration ${name}: say in enumTables.ts where its table is`);
  return parseEnumTable(source.readC(file), name);
};
