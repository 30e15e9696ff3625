import * as l10n from '@vscode/l10n';
import type { Span } from '../../document.ts';
import type { RuleInfo } from '../../finding.ts';
import { didYouMean } from './didYouMean.ts';
import { fieldIndexAt, rawFields, withSeparator } from './rawFields.ts';
import { replaceFix, ruleProblem, type ValueFix } from './ruleProblem.ts';
import { shown } from '../../shown.ts';
import type { ValueProblem } from './valueKind.ts';
import type { Suggestion } from '../../vocabulary.ts';

const refused = { severity: 'error', effect: 'start-refused' } as const;
export const unknownTmpfsOption: RuleInfo = {
  id: 'unknown-tmpfs-option',
  ...refused,
  title: l10n.t('An option of a tmpfs is one that the kernel knows, or a mount flag'),
};
export const invalidTmpfsOption: RuleInfo = {
  id: 'invalid-tmpfs-option',
  ...refused,
  title: l10n.t('An option of a tmpfs has a value that the kernel takes'),
};
export const openTmpfs: RuleInfo = {
  id: 'tmpfs-open-to-all',
  severity: 'info',
  effect: 'none',
  title: l10n.t('A tmpfs with options but without mode= can be written to by everybody'),
};

interface Valued {
  readonly form: RegExp;
  /** Whether the kernel has room for a value of that form; it takes any when left out. */
  readonly fits?: (value: string) => boolean;
  readonly allowed: string;
  readonly detail: string;
}

/** A number as the kernel reads it, with 0x or 0 for other bases; one of more digits than anybody writes is too large. */
const readNumber = (digits: string): bigint => {
  const plain = digits.replace(/^\+/u, '');
  if (plain.length > 64) return 1n << 64n;
  return BigInt(/^0[0-7]/u.test(plain) ? `0o${plain}` : plain);
};

/** memparse() of the kernel, which goes round at 64 bits. */
const readAmount = (text: string): bigint => {
  const [, digits = '', unit = ''] = /^(0[xX][\da-fA-F]+|\d*)([kmgtpeKMGTPE]?)$/u.exec(text) ?? [];
  const power = unit === '' ? 0 : 'kmgtpe'.indexOf(unit.toLowerCase()) + 1;
  return BigInt.asUintN(64, BigInt.asUintN(64, readNumber(digits)) << BigInt(10 * power));
};

const largest32 = 0xffff_ffffn;
/** An inode counts as a kilobyte, and the sum has to fit into 64 bits. */
const mostInodes = (1n << 64n) / 1024n - 1n;
const mostBlocks = (1n << 63n) - 1n;

const count: Valued = {
  form: /^(?:0[xX][\da-fA-F]+|0[0-7]*|[1-9]\d*)?[kmgtpeKMGTPE]?$/u,
  allowed: l10n.t('a number, with K, M, G, T, P or E behind it'),
  detail: l10n.t('a number, such as 10k'),
};
const id: Valued = {
  form: /^\+?(?:0[xX][\da-fA-F]+|0[0-7]*|[1-9]\d*)$/u,
  // The last one means that there is no user.
  fits: (value) => readNumber(value) < largest32,
  allowed: l10n.t('a number up to 4294967294, and no name'),
  detail: l10n.t('a number'),
};

/** Parameters of the kernel's tmpfs with a value (mm/shmem.c). */
const valued: Readonly<Record<string, Valued>> = {
  size: {
    form: /^(?:0[xX][\da-fA-F]+|0[0-7]*|[1-9]\d*)?[kmgtpeKMGTPE]?%?$/u,
    allowed: l10n.t('a number of bytes, with K, M, G, T, P or E behind it, or a percentage of the memory'),
    detail: l10n.t('how much it may hold, such as 1G or 10%'),
  },
  mode: {
    form: /^\+?[0-7]+$/u,
    fits: (value) => readNumber(`0${value.replace(/^\+/u, '')}`) <= largest32,
    allowed: l10n.t('an octal number such as 0755'),
    detail: l10n.t('of its root directory, such as 0755'),
  },
  nr_inodes: {
    ...count,
    fits: (value) => readAmount(value) <= mostInodes,
    detail: l10n.t('how many files it may hold'),
  },
  nr_blocks: {
    ...count,
    fits: (value) => readAmount(value) <= mostBlocks,
    detail: l10n.t('how many pages it may hold'),
  },
  uid: { ...id, detail: l10n.t('the owner of its root directory, a number') },
  gid: { ...id, detail: l10n.t('the group of its root directory, a number') },
  huge: {
    form: /^(?:never|always|within_size|advise)$/u,
    allowed: l10n.t('never, always, within_size or advise'),
    detail: l10n.t('whether it uses huge pages'),
  },
};

/** What depends on how the kernel is built, or on its security module; the value is not judged. */
const others: readonly string[] = [
  ...['mpol', 'inode32', 'inode64', 'noswap', 'quota', 'usrquota', 'grpquota', 'casefold', 'strict_encoding'],
  ...['usrquota_block_hardlimit', 'usrquota_inode_hardlimit', 'grpquota_block_hardlimit', 'grpquota_inode_hardlimit'],
  ...['context', 'fscontext', 'defcontext', 'rootcontext', 'seclabel', 'smackfsdef', 'smackfsroot', 'smackfsfloor'],
  ...['smackfshat', 'smackfstransmute'],
];

/** Flags of a mount that make sense here (libmount's MNT_LINUX_MAP). */
const flags: readonly string[] = [
  ...['ro', 'rw', 'exec', 'noexec', 'suid', 'nosuid', 'dev', 'nodev', 'sync', 'async', 'dirsync', 'silent', 'loud'],
  ...['mand', 'nomand', 'atime', 'noatime', 'iversion', 'noiversion', 'diratime', 'nodiratime', 'relatime'],
  ...['norelatime', 'strictatime', 'nostrictatime', 'lazytime', 'nolazytime', 'symfollow', 'nosymfollow'],
];

const commonFlags: readonly string[] = ['ro', 'noexec', 'nosuid'];
const rareOptions = [...others, ...flags].filter((name) => !commonFlags.includes(name));

const known: ReadonlySet<string> = new Set([...Object.keys(valued), ...others, ...flags]);

const nameOf = (option: string): string => /^[^=]*/u.exec(option)?.[0] ?? '';

const fixesOf = (name: string, option: Span, value: string, from: number): readonly ValueFix[] =>
  name === 'defaults'
    ? [replaceFix(l10n.t('Remove defaults'), withSeparator(option, value, ',', from), '', true)]
    : didYouMean(name, [...Object.keys(valued), ...flags], { start: option.start, end: option.start + name.length });

const optionProblems = (option: Span, value: string, from: number): readonly ValueProblem[] => {
  const text = value.slice(option.start, option.end);
  // The kernel never sees what begins so, and empty options do no harm.
  if (text === '' || /^[xX]-/u.test(text)) return [];
  const name = nameOf(text);
  if (!known.has(name)) {
    const message =
      name === 'defaults'
        ? l10n.t`${shown(name)} is a word of fstab and no option of a tmpfs, and the machine does not start.`
        : l10n.t`${shown(name)} is no option of a tmpfs, and the machine does not start.`;
    return [ruleProblem(unknownTmpfsOption, option, message, fixesOf(name, option, value, from))];
  }
  const wanted = valued[name];
  const given = text.slice(name.length + 1);
  if (wanted === undefined || (given !== '' && wanted.form.test(given) && wanted.fits?.(given) !== false)) return [];
  const plain = name === 'size' && /^\d+[kmgtp]i?b$/iu.test(given) ? `size=${given.replace(/i?b$/iu, '')}` : undefined;
  const fixes = plain === undefined ? [] : [replaceFix(l10n.t`Write ${plain}`, option, plain, true)];
  return [
    ruleProblem(
      invalidTmpfsOption,
      option,
      l10n.t`${name}= takes ${wanted.allowed}; with this one the machine does not start.`,
      fixes,
    ),
  ];
};

/** What the kernel makes of the options behind `from`, when the machine starts. */
export const tmpfsOptionProblems = (value: string, from: number, path: string): readonly ValueProblem[] => {
  // Which quotes and backslashes count depends on the version.
  if (/["'\\]/u.test(value.slice(from))) return [];
  const options = rawFields(value, ',', from);
  const problems = options.flatMap((option) => optionProblems(option, value, from));
  const hasMode = options.some(({ start }) => value.startsWith('mode=', start));
  if (problems.length > 0 || hasMode || /^\/+(?:var\/+)?tmp\/*$/u.test(path)) return problems;
  const message = l10n.t(
    'Everybody may write to this tmpfs: with options, and none of them mode=, its mode is 1777 and not 0755.',
  );
  return [
    ruleProblem(openTmpfs, { start: from, end: value.length }, message, [
      replaceFix(l10n.t('Add mode=0755'), { start: value.length, end: value.length }, ',mode=0755'),
    ]),
  ];
};

export const tmpfsOptionSuggestions = (value: string, from: number, offset: number): readonly Suggestion[] => {
  const fields = rawFields(value, ',', from);
  const index = fieldIndexAt(fields, offset);
  const field = fields[index] ?? { start: offset, end: offset };
  if (value.slice(field.start, offset).includes('=')) return [];
  const used = new Set(fields.filter((_, at) => at !== index).map(({ start, end }) => nameOf(value.slice(start, end))));
  const end = field.start + nameOf(value.slice(field.start, field.end)).length;
  const assigned = value.charAt(end) === '=';
  const offered: readonly (readonly [name: string, detail: string])[] = [
    ...Object.entries(valued).map(([name, { detail }]) => [name, detail] as const),
    ...[...commonFlags, ...rareOptions].map((name) => [name, l10n.t('an option of the mount')] as const),
  ];
  return offered.flatMap(([name, detail]) => {
    if (used.has(name)) return [];
    const text = name in valued && !assigned ? `${name}=` : name;
    const usual = name in valued || commonFlags.includes(name);
    return [{ start: field.start, end, text, detail, ...(usual ? {} : { rare: true as const }) }];
  });
};
