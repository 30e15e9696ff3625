import * as l10n from '@vscode/l10n';
import type { LibcgroupVersion } from '../context.ts';
import type { ConfigDocument, Mistake } from '../document.ts';
import type { Finding, Fix, RuleInfo } from '../finding.ts';
import { insert, invisible, moveComment, plainCharacters, plainLineEnds, quote, remove } from './syntaxFixes.ts';

interface SyntaxRule {
  readonly title: string;
  readonly message: (detail: string) => string;
  readonly fix?: (mistake: Mistake, text: string) => Fix | undefined;
}

/** Words of the text in a message: not longer than a glance. */
const shown = (text: string): string => (text.length > 40 ? `${text.slice(0, 40)}…` : text);

const rules = {
  'missing-semicolon': {
    title: l10n.t('Every setting ends in a semicolon'),
    message: (key) => l10n.t`A “;” is missing behind the value of ${shown(key)}.`,
    fix: insert(l10n.t('Add the semicolon'), ';'),
  },
  'missing-equals-sign': {
    title: l10n.t('A setting is a name, “=”, a value and “;”'),
    message: (key) => l10n.t`A “=” is missing behind ${shown(key)}: a setting is written NAME = VALUE;`,
  },
  'missing-value': {
    title: l10n.t('A setting has a value, and an empty one is written in quotes'),
    message: (key) => l10n.t`${shown(key)} has no value; an empty one is written "".`,
  },
  'missing-opening-brace': {
    title: l10n.t('A block is opened by a brace'),
    message: (word) => l10n.t`A “${'{'}” is missing behind ${shown(word)}.`,
    fix: insert(l10n.t('Add the brace'), ' {'),
  },
  'missing-closing-brace': {
    title: l10n.t('Every block is closed by a brace'),
    message: (word) => l10n.t`The block of ${shown(word)} is not closed: a “}” is missing here.`,
    fix: insert(l10n.t('Close the block'), '\n}'),
  },
  'unexpected-closing-brace': {
    title: l10n.t('A closing brace closes a block'),
    message: () => l10n.t('There is no open block that this “}” could close.'),
    fix: remove(l10n.t('Remove the brace')),
  },
  'missing-name': {
    title: l10n.t('A group and a template have a name'),
    message: (word) => l10n.t`A ${shown(word)} needs a name.`,
  },
  'name-needs-quotes': {
    title: l10n.t('A name with blanks or special characters stands in quotes'),
    message: (name) =>
      l10n.t`The name ${shown(name)} needs quotes: only letters, digits and _ - / . , % @ \\ do without.`,
    fix: quote,
  },
  'value-needs-quotes': {
    title: l10n.t('A value with blanks or special characters stands in quotes'),
    message: (value) =>
      l10n.t`The value ${shown(value)} needs quotes: only letters, digits and _ - / . , % @ \\ do without.`,
    fix: quote,
  },
  'keyword-unquoted': {
    title: l10n.t('A keyword stands in quotes where a name or a value is meant'),
    message: (word) => l10n.t`${shown(word)} is a keyword; as a name or a value it needs quotes.`,
    fix: quote,
  },
  'comment-after-text': {
    title: l10n.t('A comment begins its line'),
    message: (comment) =>
      comment.startsWith('#')
        ? l10n.t('A comment must begin its line: here the “#” is an error.')
        : l10n.t('Comments of libcgroup begin with “#” at the beginning of a line.'),
    fix: moveComment,
  },
  'carriage-return': {
    title: l10n.t('Lines end as on Unix'),
    message: () => l10n.t('This file has the line ends of Windows; libcgroup takes a carriage return for an error.'),
    fix: plainLineEnds,
  },
  'not-ascii': {
    title: l10n.t('Only comments and quotes may hold more than ASCII'),
    message: (text) => {
      const name = invisible.get(text);
      return name === undefined
        ? l10n.t`${shown(text)} has characters beyond ASCII; they may stand in quotes and in comments only.`
        : l10n.t`${name} stands here, which is not seen; it may stand in quotes and in comments only.`;
    },
    fix: plainCharacters,
  },
  'quote-not-closed': {
    title: l10n.t('A quote that opens must close'),
    message: () => l10n.t('This quote is not closed.'),
    fix: insert(l10n.t('Close the quote'), '"'),
  },
  'unexpected-character': {
    title: l10n.t('Special characters stand in quotes'),
    message: (character) => l10n.t`“${shown(character)}” is not allowed here; in names and values it needs quotes.`,
  },
  'unexpected-text': {
    title: l10n.t('A file is made of blocks, and blocks of settings'),
    message: (text) => l10n.t`“${shown(text)}” is not expected here.`,
  },
  'semicolon-after-block': {
    title: l10n.t('No semicolon stands behind a block'),
    message: () => l10n.t('There is no “;” behind a block, only behind a setting.'),
    // Behind anything else than a block the word in front of it is wrong as well, and would swallow what follows.
    fix: (mistake, text) =>
      /[};]$/u.test(text.slice(Math.max(0, mistake.start - 200), mistake.start).trimEnd())
        ? remove(l10n.t('Remove the semicolon'))(mistake)
        : undefined,
  },
  'empty-setting': {
    title: l10n.t('A semicolon ends a setting'),
    message: () => l10n.t('This “;” ends no setting.'),
    fix: remove(l10n.t('Remove the semicolon')),
  },
  'setting-outside-block': {
    title: l10n.t('A setting stands in the block of a controller'),
    message: (key) =>
      l10n.t`${shown(key)} stands in no block that takes settings: in a group they stand inside of a controller.`,
  },
  'unknown-block': {
    title: l10n.t('Blocks are group, mount, default, namespace, template and systemd'),
    message: (word) =>
      l10n.t`There is no block “${shown(word)}”, only group, mount, default, namespace, template and, since libcgroup 3.1, systemd.`,
  },
  'block-not-allowed-here': {
    title: l10n.t('A block stands where it belongs'),
    message: (word) => l10n.t`A block “${shown(word)}” cannot stand here.`,
  },
  'perm-not-first': {
    title: l10n.t('perm is the first block of a group'),
    message: () => l10n.t('The block perm must be the first one of a group, and the only one of its kind.'),
  },
  'block-incomplete': {
    title: l10n.t('A block holds what belongs to it'),
    message: (keyword) => incomplete[keyword] ?? l10n.t('This block needs something in it.'),
  },
} satisfies Readonly<Record<string, SyntaxRule>>;

const incomplete: Readonly<Record<string, string>> = {
  group: l10n.t('A group needs at least one controller, or a block perm.'),
  template: l10n.t('A template needs at least one controller, or a block perm.'),
  mount: l10n.t('A mount needs at least one line CONTROLLER = PATH;'),
  namespace: l10n.t('A namespace needs at least one line CONTROLLER = PATH;'),
  systemd: l10n.t('A block systemd needs slice and scope.'),
  default: l10n.t('A block default needs one block perm, and nothing else.'),
  perm: l10n.t('A block perm needs one block task and one block admin.'),
  task: l10n.t('A block task needs at least one setting.'),
  admin: l10n.t('A block admin needs at least one setting.'),
};

const endsFile: RuleInfo = {
  id: 'not-ascii-ends-file',
  severity: 'warning',
  effect: 'ignored',
  title: l10n.t('A byte beyond ASCII between two blocks ends the file'),
};

const systemdTooNew: RuleInfo = {
  id: 'systemd-block-too-new',
  severity: 'error',
  effect: 'file-refused',
  title: l10n.t('The block systemd is known since libcgroup 3.1'),
};

export const cgconfigSyntaxRules: readonly RuleInfo[] = [
  endsFile,
  systemdTooNew,
  ...Object.entries<SyntaxRule>(rules).map(([id, { title }]): RuleInfo => ({
    id,
    severity: 'error',
    effect: 'file-refused',
    title,
  })),
];

/** @param isWhole whether nothing behind it would be refused, if it were read */
const endsFileFinding = ({ start, end, line }: Mistake, text: string, isWhole: boolean): Finding => {
  const isByteOrderMark = start === 0 && text.startsWith('\uFEFF');
  return {
    rule: endsFile.id,
    severity: endsFile.severity,
    effect: endsFile.effect,
    start,
    end,
    line,
    message: isByteOrderMark
      ? l10n.t(
          'The file begins with a byte order mark: libcgroup takes it for the end of the file, and nothing of it counts.',
        )
      : l10n.t('libcgroup takes a byte beyond ASCII for the end of the file: nothing from here on counts.'),
    ...(isByteOrderMark
      ? {
          fixes: [
            {
              title: l10n.t('Remove the byte order mark'),
              changes: [{ start: 0, end: 1, text: '' }],
              ...(isWhole ? { preferred: true as const } : {}),
            },
          ],
        }
      : {}),
  };
};

const rulesById: ReadonlyMap<string, SyntaxRule> = new Map(Object.entries<SyntaxRule>(rules));

/** One after the other, because who wants to know only whether there is one need not wait for a million. */
function* syntaxFindings(
  { mistakes }: ConfigDocument,
  text: string,
  version: LibcgroupVersion,
): Generator<Finding, void> {
  const said = new Set<string>();
  for (const mistake of mistakes) {
    const { rule, start, end, line, detail = '' } = mistake;
    if (rule === 'not-ascii-ends-file') {
      yield endsFileFinding(mistake, text, mistakes.length === 1);
      return;
    }
    if (rule === 'systemd-block') {
      if (version !== '2.0.2') continue;
      const message = l10n.t('There is no block systemd before libcgroup 3.1.');
      const { id, severity, effect } = systemdTooNew;
      yield { rule: id, severity, effect, start, end, line, message };
      continue;
    }
    // As an ordinary word `systemd` needs no quotes before it became a keyword.
    if (rule === 'keyword-unquoted' && detail === 'systemd' && version === '2.0.2') continue;
    if (rule === 'carriage-return' && said.has(rule)) continue;
    said.add(rule);
    const known = rulesById.get(rule);
    if (known === undefined) continue;
    const fix = known.fix?.(mistake, text);
    yield {
      rule,
      severity: 'error',
      effect: 'file-refused',
      start,
      end,
      line,
      message: `${known.message(detail)} ${l10n.t('The whole file is refused.')}`,
      ...(fix === undefined ? {} : { fixes: [fix] }),
    };
  }
}

/**
 * What the grammar of that version does not take, each once: the line ends of Windows in one finding. What stands behind a
 * byte that ends the file is not looked at.
 */
export const checkCgconfigSyntax = (
  document: ConfigDocument,
  text: string,
  version: LibcgroupVersion,
): readonly Finding[] => [...syntaxFindings(document, text, version)];

/** The first mistake for which that version takes nothing of the file. */
export const firstRefusal = (
  document: ConfigDocument,
  text: string,
  version: LibcgroupVersion,
): Finding | undefined => {
  for (const finding of syntaxFindings(document, text, version)) if (finding.effect === 'file-refused') return finding;
  return undefined;
};
