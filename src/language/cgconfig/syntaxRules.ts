import type { LibcgroupVersion } from '../context.ts';
import type { ConfigDocument, Mistake } from '../document.ts';
import type { Finding, Fix, RuleInfo } from '../finding.ts';

interface SyntaxRule {
  readonly title: string;
  readonly message: (detail: string) => string;
  readonly fix?: (mistake: Mistake, text: string) => Fix | undefined;
}

/** Words of the text in a message: not longer than a glance. */
const shown = (text: string): string => (text.length > 40 ? `${text.slice(0, 40)}…` : text);

const insert = (title: string, text: string): ((mistake: Mistake) => Fix) => {
  return ({ end }) => ({ title, changes: [{ start: end, end, text }], preferred: true });
};

/** In double quotes in place of single ones, unless one is in it already, for which there is no escape. */
const quote = ({ start, end }: Mistake, text: string): Fix | undefined => {
  const words = text.slice(start, end).replace(/^'([^']*)'$/u, '$1');
  if (words.includes('"')) return undefined;
  return { title: 'Put it into quotes', changes: [{ start, end, text: `"${words}"` }], preferred: true };
};

const remove = (title: string): ((mistake: Mistake) => Fix) => {
  return ({ start, end }) => ({ title, changes: [{ start, end, text: '' }], preferred: true });
};

const plainLineEnds = (_mistake: Mistake, text: string): Fix => ({
  title: 'Change all line ends to those of Unix',
  changes: [...text.matchAll(/\r\n?/gu)].map(({ index, 0: { length } }) => ({
    start: index,
    end: index + length,
    text: '\n',
  })),
  preferred: true,
});

/** The lines of a comment as other languages have it, as libcgroup knows comments. */
const plainComment = (comment: string): readonly string[] =>
  comment
    .replace(/^\/[/*]+|\*+\/$/gu, '')
    .split('\n')
    .map((line) => line.replace(/^\s*\*?\s*/u, '').trimEnd())
    .filter((line) => line !== '')
    .map((line) => `# ${line}`);

/** The comment goes onto a line of its own above, in front of what it stands behind. */
const moveComment = ({ start, end }: Mistake, text: string): Fix => {
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const indent = /^[ \t]*/u.exec(text.slice(lineStart, start))?.[0] ?? '';
  const from = text.slice(lineStart, start).trimEnd().length + lineStart;
  const comment = text.slice(start, end).trimEnd();
  const lines = comment.startsWith('#') ? [comment] : plainComment(comment);
  // One that stands alone needs no line of its own, and nothing may stand behind it in its last one.
  if (from === lineStart && /^[ \t]*(?:\n|$)/u.test(text.slice(end)))
    return { title: 'Write it with #', changes: [{ start, end, text: lines.join(`\n${indent}`) }], preferred: true };
  return {
    title: 'Move the comment above',
    changes: [
      { start: lineStart, end: lineStart, text: lines.map((line) => `${indent}${line}\n`).join('') },
      { start: from, end, text: '' },
    ],
    preferred: true,
  };
};

const plainQuotes: ReadonlyMap<string, string> = new Map([
  ['“', '"'],
  ['”', '"'],
  ['„', '"'],
  ['«', '"'],
  ['»', '"'],
  ['\u00a0', ' '],
  ['\u3000', ' '],
  ['；', ';'],
  ['＝', '='],
]);

/** What word processors and input methods put where ASCII was meant; other letters go into quotes. */
const plainCharacters = (mistake: Mistake, text: string): Fix | undefined => {
  const { start, end } = mistake;
  const words = text.slice(start, end);
  const plain = words.replace(/[^\0-\x7f]/gu, (character) => plainQuotes.get(character) ?? character);
  if (/[^\0-\x7f]/u.test(plain)) return quote(mistake, text);
  return { title: 'Write it in ASCII', changes: [{ start, end, text: plain }] };
};

const rules = {
  'missing-semicolon': {
    title: 'Every setting ends in a semicolon',
    message: (key) => `A “;” is missing behind the value of ${shown(key)}.`,
    fix: insert('Add the semicolon', ';'),
  },
  'missing-equals-sign': {
    title: 'A setting is a name, “=”, a value and “;”',
    message: (key) => `A “=” is missing behind ${shown(key)}: a setting is written NAME = VALUE;`,
  },
  'missing-value': {
    title: 'A setting has a value, and an empty one is written in quotes',
    message: (key) => `${shown(key)} has no value; an empty one is written "".`,
  },
  'missing-opening-brace': {
    title: 'A block is opened by a brace',
    message: (word) => `A “{” is missing behind ${shown(word)}.`,
    fix: insert('Add the brace', ' {'),
  },
  'missing-closing-brace': {
    title: 'Every block is closed by a brace',
    message: (word) => `The block of ${shown(word)} is not closed: a “}” is missing here.`,
    fix: insert('Close the block', '\n}'),
  },
  'unexpected-closing-brace': {
    title: 'A closing brace closes a block',
    message: () => 'There is no open block that this “}” could close.',
    fix: remove('Remove the brace'),
  },
  'missing-name': {
    title: 'A group and a template have a name',
    message: (word) => `A ${shown(word)} needs a name.`,
  },
  'name-needs-quotes': {
    title: 'A name with blanks or special characters stands in quotes',
    message: (name) => `The name ${shown(name)} needs quotes: only letters, digits and _ - / . , % @ \\ do without.`,
    fix: quote,
  },
  'value-needs-quotes': {
    title: 'A value with blanks or special characters stands in quotes',
    message: (value) => `The value ${shown(value)} needs quotes: only letters, digits and _ - / . , % @ \\ do without.`,
    fix: quote,
  },
  'keyword-unquoted': {
    title: 'A keyword stands in quotes where a name or a value is meant',
    message: (word) => `${shown(word)} is a keyword; as a name or a value it needs quotes.`,
    fix: quote,
  },
  'comment-after-text': {
    title: 'A comment begins its line',
    message: (comment) =>
      comment.startsWith('#')
        ? 'A comment must begin its line: here the “#” is an error.'
        : 'Comments of libcgroup begin with “#” at the beginning of a line.',
    fix: moveComment,
  },
  'carriage-return': {
    title: 'Lines end as on Unix',
    message: () => 'This file has the line ends of Windows; libcgroup takes a carriage return for an error.',
    fix: plainLineEnds,
  },
  'not-ascii': {
    title: 'Only comments and quotes may hold more than ASCII',
    message: (text) => `${shown(text)} has characters beyond ASCII; they may stand in quotes and in comments only.`,
    fix: plainCharacters,
  },
  'quote-not-closed': {
    title: 'A quote that opens must close',
    message: () => 'This quote is not closed.',
    fix: insert('Close the quote', '"'),
  },
  'unexpected-character': {
    title: 'Special characters stand in quotes',
    message: (character) => `“${shown(character)}” is not allowed here; in names and values it needs quotes.`,
  },
  'unexpected-text': {
    title: 'A file is made of blocks, and blocks of settings',
    message: (text) => `“${shown(text)}” is not expected here.`,
  },
  'semicolon-after-block': {
    title: 'No semicolon stands behind a block',
    message: () => 'There is no “;” behind a block, only behind a setting.',
    fix: remove('Remove the semicolon'),
  },
  'empty-setting': {
    title: 'A semicolon ends a setting',
    message: () => 'This “;” ends no setting.',
    fix: remove('Remove the semicolon'),
  },
  'setting-outside-block': {
    title: 'A setting stands in the block of a controller',
    message: (key) =>
      `${shown(key)} stands in no block that takes settings: in a group they stand inside of a controller.`,
  },
  'unknown-block': {
    title: 'Blocks are group, mount, default, namespace, template and systemd',
    message: (word) =>
      `There is no block “${shown(word)}”, only group, mount, default, namespace, template and, since libcgroup 3.1, systemd.`,
  },
  'block-not-allowed-here': {
    title: 'A block stands where it belongs',
    message: (word) => `A block “${shown(word)}” cannot stand here.`,
  },
  'perm-not-first': {
    title: 'perm is the first block of a group',
    message: () => 'The block perm must be the first one of a group, and the only one of its kind.',
  },
  'block-incomplete': {
    title: 'A block holds what belongs to it',
    message: (keyword) => incomplete[keyword] ?? 'This block needs something in it.',
  },
} satisfies Readonly<Record<string, SyntaxRule>>;

const incomplete: Readonly<Record<string, string>> = {
  group: 'A group needs at least one controller, or a block perm.',
  template: 'A template needs at least one controller, or a block perm.',
  mount: 'A mount needs at least one line CONTROLLER = PATH;',
  namespace: 'A namespace needs at least one line CONTROLLER = PATH;',
  systemd: 'A block systemd needs slice and scope.',
  default: 'A block default needs one block perm, and nothing else.',
  perm: 'A block perm needs one block task and one block admin.',
  task: 'A block task needs at least one setting.',
  admin: 'A block admin needs at least one setting.',
};

const endsFile: RuleInfo = {
  id: 'not-ascii-ends-file',
  severity: 'warning',
  effect: 'ignored',
  title: 'A byte beyond ASCII between two blocks ends the file',
};

const systemdTooNew: RuleInfo = {
  id: 'systemd-block-too-new',
  severity: 'error',
  effect: 'file-refused',
  title: 'The block systemd is known since libcgroup 3.1',
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

const endsFileFinding = ({ start, end, line }: Mistake, text: string): Finding => {
  const isByteOrderMark = start === 0 && text.startsWith('\uFEFF');
  return {
    rule: endsFile.id,
    severity: endsFile.severity,
    effect: endsFile.effect,
    start,
    end,
    line,
    message: isByteOrderMark
      ? 'The file begins with a byte order mark: libcgroup takes it for the end of the file, and nothing of it counts.'
      : 'libcgroup takes a byte beyond ASCII for the end of the file: nothing from here on counts.',
    ...(isByteOrderMark
      ? { fixes: [{ title: 'Remove the byte order mark', changes: [{ start: 0, end: 1, text: '' }], preferred: true }] }
      : {}),
  };
};

const ruleOf = (id: string): SyntaxRule | undefined => new Map<string, SyntaxRule>(Object.entries(rules)).get(id);

/**
 * What the grammar of that version does not take, each once: the line ends of Windows in one finding. What stands behind a
 * byte that ends the file is not looked at.
 */
export const checkCgconfigSyntax = (
  { mistakes }: ConfigDocument,
  text: string,
  version: LibcgroupVersion,
): readonly Finding[] => {
  const findings: Finding[] = [];
  const said = new Set<string>();
  for (const mistake of mistakes) {
    const { rule, start, end, line, detail = '' } = mistake;
    if (rule === 'not-ascii-ends-file') {
      findings.push(endsFileFinding(mistake, text));
      return findings;
    }
    if (rule === 'systemd-block') {
      if (version !== '2.0.2') continue;
      const message = 'There is no block systemd before libcgroup 3.1.';
      const { id, severity, effect } = systemdTooNew;
      findings.push({ rule: id, severity, effect, start, end, line, message });
      continue;
    }
    // As an ordinary word `systemd` needs no quotes before it became a keyword.
    if (rule === 'keyword-unquoted' && detail === 'systemd' && version === '2.0.2') continue;
    if (rule === 'carriage-return' && said.has(rule)) continue;
    said.add(rule);
    const known = ruleOf(rule);
    if (known === undefined) continue;
    const fix = known.fix?.(mistake, text);
    findings.push({
      rule,
      severity: 'error',
      effect: 'file-refused',
      start,
      end,
      line,
      message: `${known.message(detail)} The whole file is refused.`,
      ...(fix === undefined ? {} : { fixes: [fix] }),
    });
  }
  return findings;
};
