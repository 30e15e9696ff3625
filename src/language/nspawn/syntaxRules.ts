import * as l10n from '@vscode/l10n';
import type { ConfigDocument, Mistake, Section } from '../document.ts';
import type { Finding, RuleInfo } from '../finding.ts';
import { found } from '../found.ts';

const refused = { severity: 'error', effect: 'file-refused' } as const;
const ignored = { severity: 'warning', effect: 'ignored' } as const;

const headerNotClosed: RuleInfo = {
  id: 'section-header-not-closed',
  ...refused,
  title: l10n.t('A section header ends in “]”, and nothing stands behind it'),
};
const headerCharacters: RuleInfo = {
  id: 'section-header-characters',
  ...refused,
  title: l10n.t('A section header has no quotes, backslashes, control characters or wildcards'),
};
const invalidUtf8: RuleInfo = {
  id: 'invalid-utf8',
  ...refused,
  title: l10n.t('Only comments may hold what is no valid UTF-8'),
};
const lineTooLong: RuleInfo = { id: 'line-too-long', ...refused, title: l10n.t('A line has at most one mebibyte') };
const missingEquals: RuleInfo = {
  id: 'missing-equals',
  ...ignored,
  variants: [refused],
  title: l10n.t('A line is a header, an assignment or a comment'),
};
const missingKey: RuleInfo = { id: 'missing-key', ...ignored, title: l10n.t('An assignment begins with a key') };
const outsideSection: RuleInfo = {
  id: 'outside-section',
  ...ignored,
  title: l10n.t('An assignment stands below a section header'),
};

export const syntaxRules: readonly RuleInfo[] = [
  headerNotClosed,
  headerCharacters,
  invalidUtf8,
  lineTooLong,
  missingEquals,
  missingKey,
  outsideSection,
];

/** Where a comment begins behind a header, such as `[Exec] # note`; -1 when there is none. */
const noteBehind = (line: string): number => {
  const closed = line.indexOf(']');
  return closed < 0 ? -1 : closed + 1;
};

const notClosed = (mistake: Mistake, text: string): Finding => {
  const line = text.slice(mistake.start, mistake.end);
  const note = noteBehind(line);
  const fix =
    note < 0
      ? { title: l10n.t('Close the header with “]”'), changes: [{ start: mistake.end, end: mistake.end, text: ']' }] }
      : {
          title: l10n.t('Move what stands behind the header to a comment above it'),
          changes: [
            { start: mistake.start, end: mistake.start, text: `# ${line.slice(note).replace(/^[\s#;]+/u, '')}\n` },
            { start: mistake.start + note, end: mistake.end, text: '' },
          ],
        };
  return found(
    headerNotClosed,
    note < 0 ? mistake : { start: mistake.start + note, end: mistake.end },
    mistake.line,
    note < 0
      ? l10n.t(
          'This section header is not closed with “]”: systemd refuses the whole file, and the machine does not start.',
        )
      : l10n.t(
          'Nothing may stand behind a section header, not even a comment: systemd refuses the whole file, and the machine does not start.',
        ),
    { fixes: [fix] },
  );
};

const findingOf = (mistake: Mistake, text: string, systemdVersion: number): Finding | undefined => {
  switch (mistake.rule) {
    case 'section-header-not-closed':
      return notClosed(mistake, text);
    case 'invalid-utf8':
      return found(
        invalidUtf8,
        mistake,
        mistake.line,
        l10n.t('This line is no valid UTF-8: systemd refuses the whole file, and the machine does not start.'),
      );
    case 'line-too-long':
      return found(
        lineTooLong,
        mistake,
        mistake.line,
        l10n.t('This line is longer than a mebibyte: systemd refuses the whole file, and the machine does not start.'),
      );
    case 'missing-equals':
      return systemdVersion <= 242
        ? found(
            missingEquals,
            mistake,
            mistake.line,
            l10n.t('There is no “=” in this line: systemd up to 242 refuses the whole file.'),
            refused,
          )
        : found(missingEquals, mistake, mistake.line, l10n.t('There is no “=” in this line: systemd ignores it.'));
    case 'missing-key':
      return found(missingKey, mistake, mistake.line, l10n.t('There is no key before “=”: systemd ignores this line.'));
    case 'outside-section':
      return found(
        outsideSection,
        mistake,
        mistake.line,
        l10n.t('This line stands above every section header: systemd ignores it.'),
      );
    default:
      return undefined;
  }
};

/** string_is_safe() of the version, for the name in a header. */
const badCharacter = (name: string, systemdVersion: number): string | undefined => {
  if (systemdVersion < 251) return undefined;
  if (systemdVersion >= 261 && name === '') return '';
  for (const character of name) {
    const code = character.charCodeAt(0);
    if (code < 32 || code === 127) return l10n.t('a control character');
    if (code === 34 || code === 39 || code === 92) return `“${character}”`;
    if (systemdVersion >= 261 && (code === 42 || code === 63 || code === 91)) return `“${character}”`;
  }
  return undefined;
};

/** The finding for a header for which that version refuses the whole file. */
export const headerProblem = (section: Section, systemdVersion: number): Finding | undefined => {
  const bad = badCharacter(section.name, systemdVersion);
  if (bad === undefined) return undefined;
  const since = bad === '' || '“*?['.includes(bad[1] ?? '!') ? '261' : '251';
  const message =
    bad === ''
      ? l10n.t`This section header has no name: systemd since ${since} refuses the whole file, and the machine does not start.`
      : l10n.t`This section header has ${bad}: systemd since ${since} refuses the whole file, and the machine does not start.`;
  return found(headerCharacters, { start: section.start, end: section.headerEnd }, section.line, message);
};

/** What the grammar does not take, judged as that version does. */
export const checkSyntax = (document: ConfigDocument, text: string, systemdVersion: number): Finding[] =>
  document.mistakes.flatMap((mistake) => findingOf(mistake, text, systemdVersion) ?? []);
