/** The table that systemd itself looks a directive up in: src/nspawn/nspawn-gperf.gperf. */
import { SourceProblem } from './cText.ts';

export interface DirectiveRow {
  readonly section: string;
  readonly name: string;
  /** Such as `config_parse_tristate`. */
  readonly parser: string;
  /** What the parser is told, such as `RLIMIT_CPU`; mostly 0. */
  readonly argument: string;
  /** The member of its Settings that is written, where the table says it. */
  readonly field?: string;
}

const row =
  /^(?<section>\w+)\.(?<name>\w+),\s*(?<parser>\w+),\s*(?<argument>\w+),\s*(?:offsetof\(\w+,\s*(?<field>\w+)\)|0),?$/u;

/** @throws SourceProblem on a line that is no row */
export const parseDirectiveTable = (text: string): readonly DirectiveRow[] => {
  const lines = (text.split(/^%%$/mu)[1] ?? '').split('\n').map((line) => line.trim());
  const rows = lines
    .filter((line) => line !== '')
    .map((line) => {
      const { section, name, parser, argument, field } = row.exec(line)?.groups ?? {};
      if (section === undefined || name === undefined || parser === undefined || argument === undefined)
        throw new SourceProblem(`the table of directives has a line of an unknown form: ${line}`);
      return { section, name, parser, argument, ...(field === undefined ? {} : { field }) };
    });
  if (rows.length === 0) throw new SourceProblem('the table of directives has no rows');
  return rows;
};

/** `Section.Name` */
export const idOf = ({ section, name }: { readonly section: string; readonly name: string }): string =>
  `${section}.${name}`;
