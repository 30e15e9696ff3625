import * as l10n from '@vscode/l10n';
import type { ValueType } from '../../../schema/types.ts';
import type { RuleInfo } from '../../finding.ts';
import { hidesNeededPath, mountOverNeeded } from './neededPaths.ts';
import { isBelowProc, mountBelowProc, neverBelowProc, sourceBelowProc } from './belowProc.ts';
import { commentAfterValue, withCommonMistakes } from './commonMistakes.ts';
import { destinationProblems, mountOnRoot, rootProblems } from './destinationPath.ts';
import { emptyValue, emptyValueProblem } from './emptyValue.ts';
import { extractWords, type Word } from './extractWord.ts';
import type { PathField } from './pathField.ts';
import { pathRules } from './pathRules.ts';
import { fieldIndexAt, rawFields, visible } from './rawFields.ts';
import { replaceFix, ruleProblem } from './ruleProblem.ts';
import { shown } from '../../shown.ts';
import { optionalSource, relativeSource, sourceProblems, sourceWish, takesRelativeSources } from './sourcePath.ts';
import { trailingBackslash, wordFailureProblem } from './wordRules.ts';
import type { ValueKind, ValueProblem } from './valueKind.ts';
import type { HostWish } from '../../vocabulary.ts';

type Type = Extract<ValueType, { readonly kind: 'overlay' }>;

const invalidOverlay: RuleInfo = {
  id: 'invalid-overlay',
  severity: 'warning',
  effect: 'ignored',
  title: l10n.t('An overlay has two paths at least, and only the upper one may be left out'),
};

const showsHost: RuleInfo = {
  id: 'overlay-shows-host',
  severity: 'info',
  effect: 'none',
  title: l10n.t('The directories of an overlay are those of the host, unless a + stands in front'),
};

/**
 * An upper directory in the image is taken by 252 and 257; 262 mounts the image elsewhere and does not find the work directory beside it.
 * What the versions between do nobody has tried.
 */
const upperOfImage: RuleInfo = {
  id: 'overlay-upper-in-image',
  severity: 'error',
  effect: 'start-refused',
  title: l10n.t('systemd 262 mounts no overlay whose upper directory lies in the image'),
};
const takesUpperOfImage = (systemdVersion: number): boolean => systemdVersion < 262;

const upperOfImageProblems = (upper: Word, systemdVersion: number, readOnly: boolean): readonly ValueProblem[] =>
  readOnly || takesUpperOfImage(systemdVersion) || !upper.text.startsWith('+')
    ? []
    : [
        ruleProblem(
          upperOfImage,
          visible(upper),
          l10n.t(
            'The machine does not start: systemd 262 does not find the work directory of an upper directory that lies in the image. Leave the upper directory out, or name one of the host.',
          ),
        ),
      ];

/** What every image has of its own. */
const isInImages = (path: string): boolean =>
  /^\/+(?:etc|usr|var|root|home|opt|bin|sbin|lib|lib64|boot)(?:\/|$)/u.test(path);

const plain = (path: string): string => path.replace(/(?<=.)\/+$/u, '');

/** A directory of the host at the very place where the machine has its own was mostly meant to be that of the image. */
const hostProblems = (layers: readonly Word[], destination: string, mayBeOfImage: boolean): readonly ValueProblem[] =>
  layers
    .filter(({ text }) => plain(text) === plain(destination) && isInImages(text))
    .map((layer) =>
      ruleProblem(
        showsHost,
        layer,
        l10n.t`${shown(layer.text)} is the directory of the host, and the machine sees what is in it; with a + in front it is that of the image.`,
        mayBeOfImage || layer !== layers.at(-1)
          ? [replaceFix(l10n.t('Take it from the image'), { start: layer.start, end: layer.start }, '+')]
          : [],
      ),
    );

/** Layers are looked up, and the work directory is made, when the machine has its own root already. */
const procProblems = (
  layers: readonly Word[],
  last: Word,
  destination: string,
  readOnly: boolean,
): readonly ValueProblem[] => {
  if (!isBelowProc(destination)) return [];
  if (!readOnly)
    return [
      neverBelowProc(
        last,
        l10n.t('No overlay that takes changes can be mounted below /proc: the machine does not start.'),
      ),
    ];
  return layers.flatMap((layer) => sourceBelowProc(layer.text, visible(layer)));
};

const layerProblems = (
  word: Word,
  layer: 'lower' | 'upper',
  value: string,
  systemdVersion: number,
): readonly ValueProblem[] =>
  word.text === ''
    ? [
        ruleProblem(
          invalidOverlay,
          visible(word),
          layer === 'lower' ? l10n.t('The lower directory is missing.') : l10n.t('The upper directory is missing.'),
        ),
      ]
    : sourceProblems(
        {
          ...word,
          value,
          name: layer === 'lower' ? l10n.t('the lower directory') : l10n.t('the upper directory'),
          escaped: true,
        },
        takesRelativeSources(systemdVersion),
      );

const check = (value: string, systemdVersion: number, readOnly: boolean): readonly ValueProblem[] => {
  const { words, failure } = extractWords(value, { separators: ':', emptyWords: true });
  if (failure !== undefined) return [wordFailureProblem(value, failure, l10n.t('The line is ignored.'))];
  const [lower, upper] = words;
  const mayBeOfImage = readOnly || takesUpperOfImage(systemdVersion);
  if (lower === undefined || upper === undefined) {
    const message = l10n.t('An overlay takes a lower and an upper directory at least, with a colon between them.');
    return [ruleProblem(invalidOverlay, { start: 0, end: value.length }, message)];
  }
  if (words.length === 2)
    return [
      ...hostProblems([upper], upper.text, mayBeOfImage),
      ...upperOfImageProblems(upper, systemdVersion, readOnly),
      ...procProblems([lower, upper], upper, upper.text, readOnly),
      ...mountOverNeeded([], upper.text.replace(/^\+/u, ''), visible(upper)),
      ...layerProblems(lower, 'lower', value, systemdVersion),
      ...layerProblems(upper, 'upper', value, systemdVersion),
      ...rootProblems(upper.text.replace(/^\+/u, ''), upper, systemdVersion),
    ];
  const problems = words.slice(0, -2).flatMap((word) => layerProblems(word, 'lower', value, systemdVersion));
  const [top, last] = words.slice(-2);
  // Without an upper directory there is an empty one for as long as the machine runs.
  if (top !== undefined && top.text !== '') problems.push(...layerProblems(top, 'upper', value, systemdVersion));
  const destination: PathField | undefined = last && { ...last, value, name: l10n.t('the destination'), escaped: true };
  if (last === undefined || destination === undefined) return problems;
  const layers = words.slice(0, -1);
  return [
    ...problems,
    ...hostProblems(layers, last.text, mayBeOfImage),
    ...(top === undefined ? [] : upperOfImageProblems(top, systemdVersion, readOnly)),
    ...procProblems(layers, last, last.text, readOnly),
    ...mountOverNeeded([], last.text, visible(last)),
    ...destinationProblems(destination, systemdVersion),
  ];
};

/** overlay_mount_parse() of systemd (nspawn/nspawn-mount.c). */
export const overlayKind: ValueKind<Type> = {
  rules: [
    ...[emptyValue, invalidOverlay, trailingBackslash, commentAfterValue, ...pathRules],
    ...[relativeSource, optionalSource, mountOnRoot, showsHost, upperOfImage, mountBelowProc, hidesNeededPath],
  ],
  problems: (value, _type, at) =>
    value === ''
      ? [emptyValueProblem(at, l10n.t('directories with colons between them'))]
      : withCommonMistakes(value, (paths) =>
          check(paths, at.context.systemdVersion, at.directive.name === 'OverlayReadOnly'),
        ),
  suggestions: () => [],
  wishes: (value, offset) => {
    const fields = rawFields(value, ':');
    const index = fieldIndexAt(fields, offset);
    const field = fields[index];
    if (field === undefined) return [];
    const inMachine: readonly HostWish[] =
      index > 1 && index === fields.length - 1 ? [{ object: 'imagePath', ...field }] : [];
    return [...inMachine, sourceWish(field, value, 'directory')];
  },
  form: () => '`[+]LOWER[:…]:[+]UPPER[:DESTINATION]`',
  snippet: () => '${1:/lower}:${2:/upper}:${3:/destination}',
};
