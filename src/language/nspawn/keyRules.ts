import * as l10n from '@vscode/l10n';
import type { DirectiveSchema } from '../../schema/types.ts';
import type { ConfigDocument, Entry, Section } from '../document.ts';
import type { Finding, Fix, RuleInfo } from '../finding.ts';
import { directiveNamed, isKnownIn } from './directives.ts';
import { foreignKey } from './foreignKeys.ts';
import { found } from '../found.ts';
import { addToSection, removeLines } from './lines.ts';
import { comparable, nearestAmong, orMeant } from '../nearestName.ts';
import { once, onItsOwn } from '../once.ts';

const ignored = { severity: 'warning', effect: 'ignored' } as const;

const unknownKey: RuleInfo = {
  id: 'unknown-key',
  ...ignored,
  title: l10n.t('A key is the name of a directive, spelt so'),
};
const wrongSection: RuleInfo = {
  id: 'key-in-wrong-section',
  ...ignored,
  title: l10n.t('A directive stands in the section that it belongs to'),
};
const tooNew: RuleInfo = {
  id: 'directive-too-new',
  ...ignored,
  title: l10n.t('A directive is known to the systemd that the machine will run on'),
};
const tooOld: RuleInfo = {
  id: 'directive-removed',
  ...ignored,
  title: l10n.t('A directive is still known to the systemd that the machine will run on'),
};

export const keyRules: readonly RuleInfo[] = [unknownKey, wrongSection, tooNew, tooOld];

/** Directives by their name in lower case, without hyphens and underscores. */
const byPlainName = once(
  () => new Map([...directiveNamed].map(([name, directive]) => [name.toLowerCase(), directive])),
);

const directiveNames = once(() => comparable(directiveNamed.keys()));

type Guess = { readonly directive: DirectiveSchema; readonly sure: boolean } | { readonly advice: string } | undefined;
const guesses = new Map<string, Guess>();
const mostGuesses = 16_384;

const guess = (key: string): Guess => {
  const plain = byPlainName().get(key.toLowerCase().replaceAll(/[-_ ]/gu, ''));
  if (plain !== undefined) return { directive: plain, sure: true };
  const foreign = foreignKey(key);
  const same = foreign?.directive === undefined ? undefined : directiveNamed.get(foreign.directive);
  if (same !== undefined) return { directive: same, sure: false };
  if (foreign?.advice !== undefined) return { advice: foreign.advice };
  const near = nearestAmong(key, directiveNames());
  const directive = near === undefined ? undefined : directiveNamed.get(near);
  return directive === undefined ? undefined : { directive, sure: false };
};

const remembered = (key: string): Guess => {
  if (guesses.has(key)) return guesses.get(key);
  if (guesses.size >= mostGuesses) guesses.clear();
  const one = guess(key);
  guesses.set(onItsOwn(key), one);
  return one;
};

const keySpan = (entry: Entry): { start: number; end: number } => ({ start: entry.keyStart, end: entry.keyEnd });

const move = (entry: Entry, directive: DirectiveSchema, document: ConfigDocument, text: string): Fix => {
  const line = directive.name + text.slice(entry.keyEnd, entry.end);
  return {
    title: l10n.t`Move to [${directive.section}]`,
    changes: [removeLines(text, entry), addToSection(text, document.sections, directive.section, line)],
    preferred: true,
  };
};

const fixOf = (
  entry: Entry,
  section: Section,
  { directive, sure }: { readonly directive: DirectiveSchema; readonly sure: boolean },
  document: ConfigDocument,
  text: string,
): Fix => {
  if (directive.section === section.name)
    return {
      title: l10n.t`Change to ${directive.name}=`,
      changes: [{ ...keySpan(entry), text: directive.name }],
      ...(sure ? { preferred: true } : {}),
    };
  const moved = move(entry, directive, document, text);
  return sure
    ? { ...moved, title: l10n.t`Change to ${directive.name}= in [${directive.section}]` }
    : { title: l10n.t`Change to ${directive.name}= in [${directive.section}]`, changes: moved.changes };
};

/** A key that its section does not have, in any version. */
export const checkUnknownKey = (
  entry: Entry,
  section: Section,
  document: ConfigDocument,
  text: string,
  systemdVersion: number,
): Finding => {
  const elsewhere = directiveNamed.get(entry.key);
  if (elsewhere !== undefined) {
    const known = isKnownIn(elsewhere, systemdVersion);
    return found(
      wrongSection,
      keySpan(entry),
      entry.line,
      known
        ? l10n.t`${entry.key}= belongs to [${elsewhere.section}]; in [${section.name}] systemd ignores it.`
        : l10n.t`${entry.key}= belongs to [${elsewhere.section}] and is known since systemd ${String(elsewhere.since)}; in [${section.name}] systemd ignores it.`,
      known ? { fixes: [move(entry, elsewhere, document, text)] } : undefined,
    );
  }
  const one = remembered(entry.key);
  const message = l10n.t`There is no ${entry.key}= in [${section.name}]: systemd ignores this line.`;
  if (one === undefined) return found(unknownKey, keySpan(entry), entry.line, message);
  if ('advice' in one) return found(unknownKey, keySpan(entry), entry.line, `${message} ${one.advice}`);
  const { directive } = one;
  const meant =
    directive.section === section.name ? `${directive.name}=` : l10n.t`${directive.name}= of [${directive.section}]`;
  return found(unknownKey, keySpan(entry), entry.line, orMeant(message, meant), {
    fixes: [fixOf(entry, section, one, document, text)],
  });
};

/** A directive that another version knows. */
export const checkVersion = (entry: Entry, directive: DirectiveSchema, systemdVersion: number): Finding =>
  systemdVersion < directive.since
    ? found(
        tooNew,
        keySpan(entry),
        entry.line,
        l10n.t`${directive.name}= is known since systemd ${String(directive.since)}; systemd ${String(systemdVersion)} ignores it.`,
      )
    : found(
        tooOld,
        keySpan(entry),
        entry.line,
        l10n.t`${directive.name}= was known until systemd ${String(directive.until)}; systemd ${String(systemdVersion)} ignores it.`,
        { tag: 'deprecated' },
      );
