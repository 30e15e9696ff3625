import * as l10n from '@vscode/l10n';
import { cgroupSchema } from '../../schema/cgroupSchema.ts';
import type { CgroupParameter } from '../../schema/cgroupTypes.ts';
import type { Context } from '../context.ts';
import type { BlockName, BlockWord, HostWish, KeyWord, Suggestion, Vocabulary } from '../vocabulary.ts';
import { cgconfigPlaceAt } from './cursorPlace.ts';
import { foreignVersion, knownHost, mountedAs } from './onHost.ts';
import { parametersNamed, parametersOf, writtenName } from './parameters.ts';
import { parameterText } from './parameterText.ts';
import { valueHint } from './valueHint.ts';
import { otherKeys } from './otherKeys.ts';
import { inSeries } from '../shown.ts';

const block = (keyword: string, documentation: string, snippet: string): BlockWord => ({
  keyword,
  name: '',
  written: keyword,
  documentation,
  snippet,
});

const permBody =
  'perm {\n\ttask {\n\t\tuid = ${1:root};\n\t\tgid = ${2:root};\n\t\tfperm = ${3:770};\n\t}\n\tadmin {\n\t\tuid = ${4:root};\n\t\tgid = ${5:root};\n\t\tdperm = ${6:775};\n\t\tfperm = ${7:744};\n\t}\n}';
const perm = block(
  'perm',
  l10n.t('Who owns the files of the group. It stands first in a group, and needs task and admin.'),
  permBody,
);
const task = block(
  'task',
  l10n.t('Who may put tasks into the group: uid, gid and fperm of its file `tasks`.'),
  'task {\n\tuid = ${1:root};\n}',
);
const admin = block(
  'admin',
  l10n.t('Who may change the group: uid, gid, fperm and dperm of all its other files.'),
  'admin {\n\tuid = ${1:root};\n}',
);

const topBlocks: readonly BlockWord[] = [
  block(
    'group',
    l10n.t('A control group, with a block for each controller that it is made in.'),
    'group ${1:name} {\n\t${2:cpu} {\n\t\t$0\n\t}\n}',
  ),
  block(
    'template',
    l10n.t('A group that cgrulesengd makes when a rule of cgrules.conf needs it.'),
    'template ${1:name} {\n\t${2:cpu} {\n\t\t$0\n\t}\n}',
  ),
  block(
    'mount',
    l10n.t('Where controllers of cgroup v1 are mounted.'),
    'mount {\n\t${1:cpu} = ${2:/sys/fs/cgroup/cpu};\n}',
  ),
  block(
    'default',
    l10n.t('Who owns the files of groups that do not say so.'),
    `default {\n\t${permBody.replaceAll('\n', '\n\t')}\n}`,
  ),
  block(
    'namespace',
    l10n.t('The group that names of groups are below, for each controller.'),
    'namespace {\n\t${1:cpu} = ${2:group};\n}',
  ),
];
/** Only libcgroup 3.1 and later. */
const systemdBlock = block(
  'systemd',
  l10n.t('The scope of systemd that all groups are made in, so that systemd leaves them alone.'),
  'systemd {\n\tslice = ${1:name}.slice;\n\tscope = ${2:name}.scope;\n}',
);

const controllers: readonly BlockWord[] = cgroupSchema.controllers.map(({ name, versions, successor }) => ({
  keyword: 'controller',
  name,
  written: name,
  documentation: [
    l10n.t`The controller **${name}** of cgroup ${inSeries(versions.map((version) => `v${version}`))}.`,
    ...(successor === undefined || successor === null ? [] : [l10n.t`In cgroup v2 \`${successor}\` does its work.`]),
    ...(successor === null ? [l10n.t('cgroup v2 has no such controller.')] : []),
  ].join(' '),
  snippet: `${name} {\n\t$0\n}`,
  ...(name === 'cgroup' ? { note: l10n.t('libcgroup cannot set it up'), minor: true } : {}),
}));

/** Those that the host has mounted, and behind them the others. */
const controllersFor = (context: Context): readonly BlockWord[] => {
  if (knownHost(context) === undefined) return controllers;
  return controllers.map((word) => {
    const mounted = mountedAs(context, word.name);
    if (mounted !== undefined) return { ...word, note: l10n.t`cgroup v${mounted.version} here` };
    return word.name === 'cgroup' ? word : { ...word, note: l10n.t('not mounted here'), minor: true };
  });
};

const blocksIn = (path: readonly BlockName[], context: Context): readonly BlockWord[] => {
  switch (path.at(-1)?.keyword) {
    case undefined:
      return context.libcgroupVersion === '2.0.2' ? topBlocks : [...topBlocks, systemdBlock];
    case 'group':
    case 'template':
      return [...controllersFor(context), perm];
    case 'default':
      return [perm];
    case 'perm':
      return [task, admin];
    default:
      return [];
  }
};

/** Kinds that have one word, and so need no quotes. */
const oneWord: ReadonlySet<string> = new Set([
  'integer',
  'percent',
  'bytes',
  'boolean',
  'words',
  'taskIds',
  'numberList',
]);

const wordsOf = (parameter: CgroupParameter): readonly (readonly [text: string, detail: string])[] => {
  const { value } = parameter;
  const words: (readonly [string, string])[] = [];
  if (value.kind === 'boolean')
    words.push(...(value.only === undefined ? ['0', '1'] : [value.only]).map((one) => [one, ''] as const));
  if (value.kind === 'words') words.push(...value.words.map((one) => [one, ''] as const));
  if ('unlimited' in value && oneWord.has(value.kind)) words.push([value.unlimited, l10n.t('no limit')]);
  // A default that is a sentence of several words would need quotes.
  if (
    parameter.default !== undefined &&
    /^[\w.-]+$/u.test(parameter.default) &&
    !words.some(([one]) => one === parameter.default)
  )
    words.push([parameter.default, 'default']);
  return words;
};

const suggestionsOf = (parameters: readonly CgroupParameter[], value: string): readonly Suggestion[] => {
  const words = new Map(parameters.flatMap(wordsOf));
  return [...words].map(([text, detail]) => ({
    text,
    start: 0,
    end: value.length,
    ...(detail === '' ? {} : { detail }),
  }));
};

/** Of a list of CPUs, the number at the cursor. */
const cpuWish = (value: string, at: number): HostWish => {
  const before = /\d*$/u.exec(value.slice(0, at))?.[0].length ?? 0;
  const behind = /^\d*/u.exec(value.slice(at))?.[0].length ?? 0;
  return { object: 'cpu', start: at - before, end: at + behind };
};

/** The first word of a value that begins with a device. */
const deviceWish = (value: string, at: number): readonly HostWish[] => {
  const end = /^\S*/u.exec(value)?.[0].length ?? 0;
  return at > end ? [] : [{ object: 'blockDevice', start: 0, end }];
};

const wishesOf = ({ value: type }: CgroupParameter, value: string, at: number): readonly HostWish[] => {
  switch (type.kind) {
    case 'numberList':
      return type.of === 'cpus' ? [cpuWish(value, at)] : [];
    case 'weights':
    case 'deviceValue':
      return deviceWish(value, at);
    case 'deviceKeys':
      return type.of === 'block' ? deviceWish(value, at) : [];
    case 'interfacePriority':
      return deviceWish(value, at).map((wish) => ({ ...wish, object: 'interface' }));
    default:
      return [];
  }
};

const keyWord = (
  name: string,
  parameters: readonly CgroupParameter[],
  controller: string,
  context: Context,
): KeyWord | undefined => {
  const [first] = parameters;
  if (first === undefined) return undefined;
  const foreign = foreignVersion(name, parameters, controller, context);
  return {
    name,
    documentation: () => parameterText(parameters),
    snippet: oneWord.has(first.value.kind) ? ' = $1;' : ' = "$1";',
    single: true,
    deprecated: parameters.every((parameter) => parameter.deprecated === true),
    suggestions: (value) => suggestionsOf(parameters, value),
    ...(foreign === undefined ? {} : { withoutEffect: l10n.t`of cgroup v${foreign}, not here` }),
    wishes: (value, at) => wishesOf(first, value, at),
    describe: (value) => {
      const hint = valueHint({ key: name, value }, first, [], context);
      return hint === undefined ? undefined : { start: 0, end: value.length, markdown: hint.tooltip };
    },
  };
};

/** What may be written in a cgconfig.conf. */
export const cgconfigVocabulary: Vocabulary = {
  placeAt: cgconfigPlaceAt,
  blocks: blocksIn,
  keys: (path, context) => {
    const { keyword, name } = path.at(-1) ?? { keyword: '', name: '' };
    if (keyword !== 'controller') return otherKeys(keyword);
    // The files that every group of v2 has are there beside those of any controller.
    const ofGroup = mountedAs(context, name)?.version === 2 ? parametersOf('cgroup') : [];
    const settable = [...parametersOf(name), ...ofGroup.filter(({ version }) => version === 2)].filter(
      ({ access }) => access !== 'read',
    );
    return [...new Set(settable.map(writtenName))].flatMap(
      (one) => keyWord(one, parametersNamed(one), name, context) ?? [],
    );
  },
  key: (path, name, context) => {
    const { keyword, name: block } = path.at(-1) ?? { keyword: '', name: '' };
    return keyword === 'controller'
      ? keyWord(name, parametersNamed(name), block, context)
      : otherKeys(keyword).find((one) => one.name === name);
  },
};
