import * as l10n from '@vscode/l10n';
import { convertParameter } from '../cgconfig/migrate/convertParameter.ts';
import { parametersNamed } from '../cgconfig/parameters.ts';
import type { Entry } from '../document.ts';
import type { Fix } from '../finding.ts';

/** Another name for a key, its value as it is. */
export const writeKey = (entry: Entry, name: string): Fix => ({
  title: l10n.t`Write ${name}`,
  changes: [{ start: entry.keyStart, end: entry.keyEnd, text: name }],
  preferred: true,
});

/** What a setting of cgroup v1 is for cgroup v2, with its value, where one file of v2 takes its place. */
export const writeForV2 = (entry: Entry): readonly Fix[] => {
  const name = entry.key.replace(/^lxc\.cgroup\.?/u, '');
  if (name === '' || entry.value === '' || /^devices\.(?:allow|deny)$/u.test(name))
    return [writeKey(entry, name === '' ? 'lxc.cgroup2' : `lxc.cgroup2.${name}`)];
  const parameter = parametersNamed(name).find(({ version }) => version === 1);
  if (parameter === undefined) return [];
  const converted = convertParameter(parameter, name, entry.value);
  if (converted.kind === 'lost' || converted.value.includes('\n')) return [];
  const key = `lxc.cgroup2.${converted.key}`;
  return [
    {
      title: l10n.t`Write ${`${key} = ${converted.value}`}`,
      changes: [
        { start: entry.keyStart, end: entry.keyEnd, text: key },
        { start: entry.valueStart, end: entry.valueEnd, text: converted.value },
      ],
      preferred: true,
    },
  ];
};
