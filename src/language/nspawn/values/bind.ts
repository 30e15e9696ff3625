import * as l10n from '@vscode/l10n';
import type { ValueType } from '../../../schema/types.ts';
import type { Span } from '../../document.ts';
import type { RuleInfo } from '../../finding.ts';
import { isBelowProc, mountBelowProc, sourceBelowProc } from './belowProc.ts';
import { emptyOverNeeded, hidesNeededPath, mountOverNeeded } from './neededPaths.ts';
import { bindOptionProblems, bindOptionSuggestions, overriddenBindOption, unknownBindOption } from './bindOptions.ts';
import { commentAfterValue, withCommonMistakes } from './commonMistakes.ts';
import { destinationProblems, mountOnRoot, rootProblems } from './destinationPath.ts';
import { emptyValue, emptyValueProblem } from './emptyValue.ts';
import { extractWords, type Word } from './extractWord.ts';
import type { PathField } from './pathField.ts';
import { pathRules } from './pathRules.ts';
import { fieldIndexAt, rawFields, visible } from './rawFields.ts';
import { replaceFix, ruleProblem, type ValueFix } from './ruleProblem.ts';
import { optionalSource, relativeSource, sourceProblems, sourceWish, takesRelativeSources } from './sourcePath.ts';
import { trailingBackslash, wordFailureProblem } from './wordRules.ts';
import type { ValueKind, ValueProblem } from './valueKind.ts';

type Type = Extract<ValueType, { readonly kind: 'bind' }>;

const withoutPlus = (source: string): string => source.replace(/^\+/u, '');

/** What a second field that is no path may have been meant for. */
const meantFixes = (source: Span, second: Span, value: string): readonly ValueFix[] => {
  const behindColon = { start: second.start, end: second.start };
  const path = withoutPlus(value.slice(source.start, source.end));
  const words = value.slice(second.start, second.end);
  const third = value.slice(second.end + 1);
  return [
    ...(/^(?:no)?rbind$|idmap$/u.test(words)
      ? [replaceFix(l10n.t`Put ${path} in front of the options`, behindColon, `${path}:`)]
      : []),
    ...(words === '' && path !== '' ? [replaceFix(l10n.t`Put ${path} between the colons`, behindColon, path)] : []),
    // What stands behind the next colon becomes the destination then.
    ...(third === '' || third.startsWith('/')
      ? [replaceFix(l10n.t('Make the colon a part of the path'), { start: second.start - 1, end: second.start }, '\\:')]
      : []),
  ];
};

const equalsForColon: RuleInfo = {
  id: 'equals-for-colon',
  severity: 'info',
  effect: 'none',
  title: l10n.t('A colon separates a source from its destination, not an equals sign'),
};

const semicolonForColon: RuleInfo = {
  id: 'semicolon-for-colon',
  severity: 'warning',
  effect: 'start-refused',
  title: l10n.t('A colon separates a source from its destination, not a semicolon'),
};

const signBeforePath = (path: Word, pattern: RegExp): Span | undefined => {
  const at = path.text.length === path.end - path.start ? path.text.search(pattern) : -1;
  return at < 0 ? undefined : { start: path.start + at, end: path.start + at + 1 };
};

/** Where a semicolon stands between two paths, as no path is likely to have one. */
export const semicolonAt = (path: Word): Span | undefined => signBeforePath(path, /;\//u);

/** Docker and others write two paths with other signs between them. */
const signProblems = (path: Word): readonly ValueProblem[] => {
  const semicolon = semicolonAt(path);
  if (semicolon !== undefined)
    return [
      ruleProblem(
        semicolonForColon,
        semicolon,
        l10n.t(
          'This is one path with a semicolon in it, and the machine does not start where the host has no such path: a colon stands between the source and the destination.',
        ),
        [replaceFix(l10n.t('Write a colon'), semicolon, ':')],
      ),
    ];
  const span = signBeforePath(path, /=\//u);
  if (span === undefined) return [];
  return [
    ruleProblem(
      equalsForColon,
      span,
      l10n.t('This is one path with an equals sign in it: a colon stands between the source and the destination.'),
      [replaceFix(l10n.t('Write a colon'), span, ':')],
    ),
  ];
};

const deviceNeedsAllow: RuleInfo = {
  id: 'device-needs-allow',
  severity: 'info',
  effect: 'none',
  title: l10n.t('A device of the host can be used only where the unit of the machine allows it'),
};

/** What systemd-nspawn@.service allows, what every machine may open, and what is no device. */
const openDevices =
  /^(?:null|zero|full|random|urandom|tty|ptmx|console|pts|shm|mqueue|hugepages|log|char|fd|stdin|stdout|stderr|net(?:\/tun)?|loop.*|mapper(?:\/.*)?|dm-.*)$/u;

/** Names in /proc/devices, for directories that hold many devices of one kind. */
const deviceClasses: Readonly<Record<string, string>> = {
  dri: 'char-drm',
  snd: 'char-alsa',
  input: 'char-input',
  'bus/usb': 'char-usb_device',
};

const deviceProblems = (source: Word, systemdVersion: number): readonly ValueProblem[] => {
  const name = /^\/+dev\/+(.*?)\/*$/u.exec(source.text)?.[1];
  if (name === undefined || name === '' || openDevices.test(name)) return [];
  // The unit of 257 and later has it.
  if (name === 'fuse' && systemdVersion >= 257) return [];
  const known = Object.entries(deviceClasses).find(([folder]) => name === folder || name.startsWith(`${folder}/`));
  const allowed = known?.[1] ?? `/dev/${name}`;
  return [
    ruleProblem(
      deviceNeedsAllow,
      source,
      l10n.t`The unit systemd-nspawn@.service, which machinectl start uses, lets a machine open only the devices that it names: for this one add DeviceAllow=${allowed} rwm to [Service] with systemctl edit systemd-nspawn@NAME.service.`,
    ),
  ];
};

/** A source that is its own destination, and so may not be relative. */
const onePathProblems = (source: PathField, systemdVersion: number): readonly ValueProblem[] => [
  ...sourceProblems(source, false),
  ...rootProblems(withoutPlus(source.text), source, systemdVersion),
];

const twoPathsProblems = (
  first: Word,
  second: Word,
  value: string,
  systemdVersion: number,
): readonly ValueProblem[] => {
  const source: PathField = { ...first, value, name: l10n.t('the source'), escaped: true };
  const destination: PathField = { ...second, value, name: l10n.t('the destination'), escaped: true };
  return [
    // Without a source there is an empty directory for as long as the machine runs.
    ...(source.text === '' ? [] : sourceProblems(source, takesRelativeSources(systemdVersion))),
    ...destinationProblems(destination, systemdVersion, meantFixes(first, second, value)),
    ...(isBelowProc(destination.text) ? sourceBelowProc(source.text, visible(first)) : []),
    ...(source.text === ''
      ? emptyOverNeeded(destination.text, visible(second), systemdVersion)
      : mountOverNeeded([source.text], destination.text, visible(second))),
  ];
};

const check = (value: string, systemdVersion: number): readonly ValueProblem[] => {
  const { words, failure, rest } = extractWords(value, { separators: ':', emptyWords: true }, 2);
  if (failure !== undefined) return [wordFailureProblem(value, failure, l10n.t('The line is ignored.'))];
  const [source, destination] = words;
  if (source === undefined) return [];
  if (destination === undefined)
    return [
      ...onePathProblems({ ...source, value, name: l10n.t('the path'), escaped: true }, systemdVersion),
      ...mountOverNeeded([source.text], withoutPlus(source.text), visible(source)),
      ...signProblems(source),
      ...deviceProblems(source, systemdVersion),
    ];
  const problems = [
    ...twoPathsProblems(source, destination, value, systemdVersion),
    ...deviceProblems(source, systemdVersion),
  ];
  const withOptions = rest !== undefined && rest < value.length;
  return withOptions && !problems.some(({ effect }) => effect === 'ignored')
    ? [...problems, ...bindOptionProblems(value, rest, systemdVersion)]
    : problems;
};

/** bind_mount_parse() of systemd (nspawn/nspawn-mount.c). */
export const bindKind: ValueKind<Type> = {
  rules: [
    ...[emptyValue, trailingBackslash, commentAfterValue, ...pathRules],
    ...[relativeSource, optionalSource, mountOnRoot, unknownBindOption, overriddenBindOption],
    ...[mountBelowProc, hidesNeededPath, equalsForColon, semicolonForColon, deviceNeedsAllow],
  ],
  problems: (value, _type, at) =>
    value === ''
      ? [emptyValueProblem(at, l10n.t('a source, and a destination behind a colon'))]
      : withCommonMistakes(value, (paths) => check(paths, at.context.systemdVersion)),
  suggestions: (value, offset, _type, at) => {
    const fields = rawFields(value, ':');
    const index = fieldIndexAt(fields, offset);
    const [source, second] = fields;
    if (source === undefined || second === undefined || index === 0) return [];
    if (index > 1) return bindOptionSuggestions(value, second.end + 1, offset, at.context.systemdVersion);
    const text = withoutPlus(value.slice(source.start, source.end));
    return text.startsWith('/') ? [{ ...second, text, detail: l10n.t('the same path as outside') }] : [];
  },
  wishes: (value, offset) => {
    const fields = rawFields(value, ':');
    const [source, destination] = fields;
    const index = fieldIndexAt(fields, offset);
    if (index === 0 && source !== undefined) return [sourceWish(source, value, 'path')];
    return index === 1 && destination !== undefined ? [{ object: 'imagePath', ...destination }] : [];
  },
  form: () => '`[+]SOURCE[:DESTINATION[:OPTION,…]]`',
  snippet: () => '${1:/path/outside}:${2:/path/inside}',
};
