import type { FileGroup, PlannedGroup } from './plannedGroups.ts';

/** Words of the grammar of libcgroup, and what its lexer takes without quotes. */
const keywords = new Set([
  ...['group', 'mount', 'perm', 'task', 'admin', 'uid', 'gid', 'namespace', 'default', 'template'],
  ...['fperm', 'dperm', 'systemd'],
]);
const plainWord = /^[A-Za-z0-9_./-]+$/u;

/** Undefined for what cgconfig.conf has no way to say: a quote, or a line end. */
export const quoted = (text: string): string | undefined => {
  if (plainWord.test(text) && !keywords.has(text)) return text;
  return /["\n]/u.test(text) ? undefined : `"${text}"`;
};

/** Comments of such a text, in the language of the user. */
export interface TextWords {
  /** The value of that parameter has no form in the file. */
  readonly unwritable: (parameter: string) => string;
  /** libcgroup takes a parameter once, and that line is one more of its value. */
  readonly takenOnce: (line: string) => string;
  /** A group was left out, because its name has no form in the file. */
  readonly unnamed: string;
}

const block = (indent: number, head: string, lines: readonly string[]): readonly string[] => {
  const blank = '\t'.repeat(indent);
  return [`${blank}${head} {`, ...lines, `${blank}}`];
};

/**
 * One line a setting, with a note on a line of its own above. libcgroup refuses a file that sets a parameter twice, and skips a
 * value of several lines: of such a value the first line is set, and the others are told.
 */
const settingLines = (name: string, value: string, words: TextWords, note?: string): readonly string[] => {
  const lines = value.split('\n').map((line, index) => {
    const text = quoted(line);
    if (text === undefined || name.includes('"')) return `\t\t# ${words.unwritable(name)}`;
    return index === 0 ? `\t\t${name} = ${text};` : `\t\t# ${words.takenOnce(`${name} = ${text};`)}`;
  });
  return note === undefined ? lines : [`\t\t# ${note}`, ...lines];
};

/** Groups as a cgconfig.conf. What has no name in such a file is left out, and said. */
export const textOfGroups = (groups: readonly FileGroup[], words: TextWords): string =>
  groups
    .map(({ name, controllers }) => {
      const head = quoted(name);
      if (head === undefined) return `# ${words.unnamed}\n`;
      const blocks = controllers.flatMap((controller) =>
        block(
          1,
          quoted(controller.name) ?? controller.name,
          controller.settings.flatMap((setting) => settingLines(setting.name, setting.value, words)),
        ),
      );
      return `${block(0, `group ${head}`, blocks).join('\n')}\n`;
    })
    .join('\n');

/** Notes of a preview. */
export interface PlanWords extends TextWords {
  readonly notMounted: string;
  readonly noSuchParameter: string;
}

const byName = (plan: readonly PlannedGroup[]): ReadonlyMap<string, readonly PlannedGroup[]> => {
  const groups = new Map<string, PlannedGroup[]>();
  for (const planned of plan) groups.set(planned.name, [...(groups.get(planned.name) ?? []), planned]);
  return groups;
};

/**
 * One side of a preview: what the kernel has now, or what it will have been told. Both sides have the same parts in the same
 * order, so that a comparison shows what changes and nothing else.
 */
export const textOfPlan = (plan: readonly PlannedGroup[], side: 'before' | 'after', words: PlanWords): string => {
  const parts: string[] = [];
  for (const [name, controllers] of byName(plan)) {
    const shown = controllers.filter(({ exists, group }) => side === 'after' || (exists && group !== undefined));
    if (shown.length === 0) continue;
    const blocks = shown.flatMap(({ controller, group, exists, settings }) => {
      const lines = settings.flatMap(({ name: parameter, before, after }) => {
        if (side === 'after')
          return settingLines(
            parameter,
            after,
            words,
            exists && before === undefined ? words.noSuchParameter : undefined,
          );
        return before === undefined ? [] : settingLines(parameter, before, words);
      });
      const note = group === undefined ? [`\t\t# ${words.notMounted}`] : [];
      return block(1, quoted(controller) ?? JSON.stringify(controller), [...note, ...lines]);
    });
    parts.push(`${block(0, `group ${quoted(name) ?? JSON.stringify(name)}`, blocks).join('\n')}\n`);
  }
  return parts.join('\n');
};
