import * as l10n from '@vscode/l10n';
import type { ValueType } from '../../../schema/types.ts';
import { valueSets } from '../../../schema/valueSets.ts';
import type { RuleInfo } from '../../finding.ts';
import { once } from '../../once.ts';
import { asciiUpperCase, extractFirstWord, type Word, wordAt } from './extractWord.ts';
import { commentAfterValue, withCommonMistakes } from './commonMistakes.ts';
import { didYouMean } from './didYouMean.ts';
import { replaceFix, ruleProblem, type ValueFix } from './ruleProblem.ts';
import { shown } from '../../shown.ts';
import { trailingBackslash, unbalancedQuote, wordFailureProblem } from './wordRules.ts';
import type { ValueKind, ValueProblem } from './valueKind.ts';

type Type = Extract<ValueType, { readonly kind: 'addressFamilies' }>;

const unknownFamily: RuleInfo = {
  id: 'unknown-address-family',
  severity: 'warning',
  effect: 'ignored',
  title: l10n.t('Address families are names such as AF_INET with blanks between them, or none'),
};

/** One of them has small letters. */
const known = once(
  (): ReadonlyMap<string, string> => new Map(valueSets.addressFamilies.map((name) => [asciiUpperCase(name), name])),
);
const common: Readonly<Record<string, string>> = {
  AF_INET: 'IPv4',
  AF_INET6: 'IPv6',
  AF_UNIX: l10n.t('sockets in the file system'),
  AF_NETLINK: l10n.t('talks to the kernel about the network'),
  AF_PACKET: l10n.t('raw frames of an interface'),
  AF_VSOCK: l10n.t('between virtual machines and their host'),
};
const aliases: ReadonlyMap<string, string> = new Map([
  ['AF_IPV4', 'AF_INET'],
  ['AF_IPV6', 'AF_INET6'],
  ['AF_IP', 'AF_INET'],
]);

const fixesFor = (word: Word): readonly ValueFix[] => {
  const { text } = word;
  if (/[,;|]/u.test(text))
    return [
      replaceFix(
        l10n.t('Write blanks between the families'),
        word,
        text
          .split(/[,;|]+/u)
          .join(' ')
          .trim(),
        true,
      ),
    ];
  const upper = asciiUpperCase(text.replaceAll(/["']/gu, ''));
  const prefixed = upper.startsWith('AF_') ? upper : `AF_${upper}`;
  const name = known().get(aliases.get(prefixed) ?? prefixed);
  if (name !== undefined) return [replaceFix(l10n.t`Write ${name}`, word, name, true)];
  return didYouMean(prefixed, known().values(), word);
};

/** parse_address_families() of systemd (shared/parse-helpers.c): the first word that it does not know ends the line. */
const check = (value: string): readonly ValueProblem[] => {
  if (value === 'none') return [];
  let from: number | undefined = value.startsWith('~') ? 1 : 0;
  while (from !== undefined) {
    const { word, failure, next }: ReturnType<typeof extractFirstWord> = extractFirstWord(value, from, {
      unquote: true,
    });
    if (failure !== undefined)
      return [wordFailureProblem(value, failure, l10n.t('What stands from here on is ignored.'))];
    if (word !== undefined && !known().has(asciiUpperCase(word.text)))
      return [
        ruleProblem(
          unknownFamily,
          { start: word.start, end: value.length },
          word.text.startsWith('~')
            ? l10n.t('Only the first character of the value can turn it round; what stands from here on is ignored.')
            : l10n.t`${shown(word.text)} is no address family, and what stands from here on is ignored: they are named like \`AF_INET\`, with blanks between them; \`none\` stands alone.`,
          fixesFor(word),
        ),
      ];
    from = next;
  }
  return [];
};

/** config_parse_restrict_address_families() of systemd; an empty value resets. */
export const addressFamiliesKind: ValueKind<Type> = {
  rules: [unknownFamily, unbalancedQuote, trailingBackslash, commentAfterValue],
  problems: (value) => withCommonMistakes(value, check),
  suggestions: (value, offset) => {
    const word = wordAt(value, offset);
    const span = value.startsWith('~') && word.start === 0 && offset > 0 ? { ...word, start: 1 } : word;
    return [
      ...Object.entries(common).map(([text, detail]) => ({ text, detail, ...span })),
      ...valueSets.addressFamilies
        .filter((text) => !(text in common))
        .map((text) => ({ text, ...span, rare: true as const })),
      ...(span.start === 0 ? [{ text: 'none', detail: l10n.t('no address family at all'), ...span }] : []),
    ];
  },
  form: () => l10n.t('`[~]AF_NAME AF_NAME …` or `none`'),
  snippet: () => '${1:AF_INET AF_INET6 AF_UNIX}',
};
