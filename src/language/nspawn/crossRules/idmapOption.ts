import type { Entry } from '../../document.ts';
import { rawFields } from '../values/rawFields.ts';
import type { StartUp } from './startUp.ts';

/** Whether the last option about users is the plain idmap, the only one that needs user namespaces. */
const mapsPlainly = (value: string): boolean => {
  const options = rawFields(value, ':')[2];
  if (options === undefined) return false;
  return (
    value
      .slice(options.start)
      .split(',')
      .findLast((option) => option.endsWith('idmap')) === 'idmap'
  );
};

/** The first line whose plain idmap counts. */
export const plainlyMapped = ({ settings }: StartUp): Entry | undefined =>
  [...settings.all('Bind'), ...settings.all('BindReadOnly')].find(
    ({ value }) => value.includes('idmap') && mapsPlainly(value),
  );

/** remount_idmap() of systemd adds root of the host to the users that it maps. */
export const mapsRootTwice = (start: StartUp): readonly (Entry | undefined)[] =>
  start.shift === 'identity' || start.shift === 'image'
    ? [plainlyMapped(start), start.settings.last('PrivateUsers')]
    : [];
