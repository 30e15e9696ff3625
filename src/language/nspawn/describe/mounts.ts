import * as l10n from '@vscode/l10n';
import { bindOptionTexts } from '../../../schema/nspawnTexts.ts';
import type { ValueType } from '../../../schema/types.ts';
import type { Span } from '../../document.ts';
import { codeSpan } from '../../markdown.ts';
import { type OwnerOption, ownersExample } from '../owners.ts';
import { fieldIndexAt, rawFields } from '../values/rawFields.ts';
import type { ValueContext } from '../values/valueKind.ts';
import type { Description } from '../describeValue.ts';

interface Field extends Span {
  readonly text: string;
}

/** The fields between colons, with what systemd takes them for, and which of them a place is in. */
const fieldsOf = (value: string, offset: number): { readonly fields: readonly Field[]; readonly index: number } => {
  const spans = rawFields(value, ':');
  const fields = spans.map(({ start, end }) => ({
    start,
    end,
    text: value.slice(start, end).replaceAll(/\\(.)/gsu, '$1'),
  }));
  return { fields, index: fieldIndexAt(spans, offset) };
};

const shown = ({ start, end }: Span, markdown: string | undefined): Description | undefined =>
  markdown === undefined || start === end ? undefined : { start, end, markdown };

/** Where a source is, which a `+` puts into the image. */
const place = (text: string): string =>
  text.startsWith('+') ? l10n.t`${codeSpan(text.slice(1))} of the image` : l10n.t`${codeSpan(text)} of the host`;

/** The option of a list with commas that a place is in. */
const optionAt = (value: string, field: Span, offset: number): Field => {
  const before = value.lastIndexOf(',', offset - 1);
  const start = before < field.start ? field.start : before + 1;
  const behind = value.indexOf(',', offset);
  const end = behind < 0 || behind > field.end ? field.end : behind;
  return { start, end, text: value.slice(start, end) };
};

const ownerOptions: readonly OwnerOption[] = ['noidmap', 'idmap', 'rootidmap', 'owneridmap'];

/** `[SOURCE][:DESTINATION[:OPTIONS]]` */
export const describeBind = (
  value: string,
  offset: number,
  _type: Extract<ValueType, { readonly kind: 'bind' }>,
  { users }: ValueContext,
): Description | undefined => {
  const { fields, index } = fieldsOf(value, offset);
  const [source, destination] = fields;
  if (source === undefined) return undefined;
  if (index >= 2) {
    const from = fields[2];
    if (from === undefined) return undefined;
    const option = optionAt(value, { start: from.start, end: value.length }, offset);
    const text = bindOptionTexts[option.text];
    const owners = ownerOptions.find((one) => one === option.text);
    const example = owners === undefined ? '' : `\n\n${ownersExample(owners, users?.())}`;
    return shown(option, text === undefined ? undefined : `**${option.text}**: ${text}${example}`);
  }
  const from = source.text === '' ? l10n.t('An empty temporary directory') : place(source.text);
  const to = destination === undefined || destination.text === '' ? source.text.replace(/^\+/u, '') : destination.text;
  const appears = l10n.t`${from} appears in the machine as ${codeSpan(to)}.`;
  const own = users?.();
  // What lies in the image belongs to its users anyway.
  const isOfHost = source.text.startsWith('/') && own !== undefined;
  const options = fields[2] === undefined ? [] : value.slice(fields[2].start).split(',');
  const option = options.flatMap((text) => ownerOptions.find((one) => one === text) ?? []).at(-1) ?? 'noidmap';
  return shown(fields[index] ?? source, isOfHost ? `${appears}\n\n${ownersExample(option, own)}` : appears);
};

const tmpfsOptions: readonly (readonly [RegExp, string])[] = [
  [/^mode=/u, l10n.t('the rights of its root directory, in octal digits.')],
  [/^size=/u, l10n.t('how much it may hold: bytes with K, M or G, or a share of the RAM with %.')],
  [/^nr_inodes=/u, l10n.t('how many files it may hold.')],
  [
    /^uid=/u,
    l10n.t(
      'the owner of its root directory, as a number of the host’s users; with user namespaces it is root of the machine instead.',
    ),
  ],
  [
    /^gid=/u,
    l10n.t(
      'the group of its root directory, as a number of the host’s groups; with user namespaces it is that of root of the machine instead.',
    ),
  ],
  [/^ro$/u, l10n.t('nothing can be written.')],
  [/^noexec$/u, l10n.t('no program in it can be run.')],
  [/^nosuid$/u, l10n.t('set-user-ID bits in it do not count.')],
  [/^nodev$/u, l10n.t('device nodes in it cannot be opened.')],
];

/** `PATH[:OPTIONS]` */
export const describeTmpfs = (value: string, offset: number): Description | undefined => {
  const { fields, index } = fieldsOf(value, offset);
  const [path, options] = fields;
  if (path === undefined) return undefined;
  if (index === 0 || options === undefined)
    return shown(path, l10n.t`An empty file system in memory at ${codeSpan(path.text)} of the machine.`);
  const option = optionAt(value, { start: options.start, end: value.length }, offset);
  const text = tmpfsOptions.find(([form]) => form.test(option.text))?.[1];
  return shown(option, text === undefined ? undefined : `${codeSpan(option.text)}: ${text}`);
};

/** `LOWER[:LOWER…]:UPPER:DESTINATION`; of two, the second is both. */
export const describeOverlay = (
  value: string,
  offset: number,
  _type: Extract<ValueType, { readonly kind: 'overlay' }>,
  { directive: { name } }: ValueContext,
): Description | undefined => {
  const { fields, index } = fieldsOf(value, offset);
  const field = fields[index];
  if (field === undefined || fields.length < 2) return undefined;
  const upper = fields.length === 2 ? 1 : fields.length - 2;
  if (index > upper) return shown(field, l10n.t`Where the machine sees the result: ${codeSpan(field.text)}.`);
  if (index < upper) return shown(field, l10n.t`A lower layer, only read: ${place(field.text)}.`);
  const both = fields.length === 2 ? ` ${l10n.t('The machine sees the result at the same path.')}` : '';
  const top =
    name === 'OverlayReadOnly'
      ? l10n.t`The top layer, only read: ${place(field.text)}.`
      : l10n.t`The upper layer, which takes what the machine writes: ${place(field.text)}.`;
  return shown(field, `${top}${both}`);
};

/** `NEW-ROOT[:OLD-ROOT]` */
export const describePivotRoot = (value: string, offset: number): Description | undefined => {
  const { fields, index } = fieldsOf(value, offset);
  const field = fields[index];
  if (field === undefined) return undefined;
  return shown(
    field,
    index === 0
      ? l10n.t`${codeSpan(field.text)} of the image becomes the root of the machine.`
      : l10n.t`The former root appears as ${codeSpan(field.text)} in the machine.`,
  );
};
