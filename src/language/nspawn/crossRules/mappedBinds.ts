import * as l10n from '@vscode/l10n';
import type { Entry } from '../../document.ts';
import type { Finding, RuleInfo } from '../../finding.ts';
import { found } from '../../found.ts';
import { rawFields } from '../values/rawFields.ts';
import { ownershipEntry } from './startUp.ts';
import type { StartUp } from './startUp.ts';

const ownedByNobody: RuleInfo = {
  id: 'bind-owned-by-nobody',
  severity: 'info',
  effect: 'none',
  variants: [{ severity: 'hint', effect: 'none' }],
  title: l10n.t('With user namespaces files of the host belong to nobody in the machine'),
};
const managedBindUser: RuleInfo = {
  id: 'managed-bind-user',
  severity: 'info',
  effect: 'none',
  title: l10n.t('BindUser= does not work with PrivateUsers=managed up to systemd 262'),
};

export const mappedBindRules: readonly RuleInfo[] = [ownedByNobody, managedBindUser];

/** A source of the host whose owners nothing maps; devices and sockets mostly are for all users anyway. */
const isUnmapped = (value: string): boolean => {
  const [source, destination, options] = rawFields(value, ':');
  const path = value.slice(source?.start, source?.end);
  if (!path.startsWith('/') || /^\/+(?:dev|proc|sys|run|tmp\/\.X11-unix)(?:\/|$)/u.test(path)) return false;
  // What is mounted over / is the image itself.
  if (/^\/+$/u.test(value.slice(destination?.start, destination?.end))) return false;
  return options === undefined || !value.slice(options.start).includes('idmap');
};

/** The upper directory takes the changes, and one that is left out is made by root of the host; one with `+` lies in the image. */
const hasUpperOfHost = (value: string): boolean => {
  const fields = rawFields(value, ':');
  const upper = fields.length > 2 ? fields.at(-2) : fields.at(-1);
  return !value.slice(upper?.start, upper?.end).startsWith('+');
};

const unmapped = (
  [first, ...others]: readonly Entry[],
  message: string,
  severity: 'hint' | 'info',
): readonly Finding[] => {
  if (first === undefined) return [];
  const related = others.slice(0, 20).map(({ start, end }) => ({ start, end, message: l10n.t('So do these.') }));
  return [found(ownedByNobody, first, first.line, message, { severity, ...(related.length === 0 ? {} : { related }) })];
};

/** Mounts whose owners nothing maps: what belongs to users of the host belongs to nobody inside, and root cannot change it. */
const ownersOf = ({ settings, shift }: StartUp): readonly Finding[] => {
  const byUnit = settings.last('PrivateUsers') === undefined && ownershipEntry(settings) === undefined;
  if (!byUnit && shift !== 'known' && shift !== 'picked') return [];
  const severity = byUnit ? 'hint' : 'info';
  return [
    ...unmapped(
      settings.all('Bind').filter(({ value }) => isUnmapped(value)),
      byUnit
        ? l10n.t(
            'Under machinectl start, which passes -U, these files belong to nobody in the machine and root there cannot change them, unless an option maps their owners: idmap, rootidmap or owneridmap.',
          )
        : l10n.t(
            'These files belong to nobody in the machine and root there cannot change them, unless an option maps their owners: idmap, rootidmap or owneridmap.',
          ),
      severity,
    ),
    ...unmapped(
      settings.all('Overlay').filter(({ value }) => hasUpperOfHost(value)),
      byUnit
        ? l10n.t(
            'Under machinectl start, which passes -U, the upper directory belongs to nobody in the machine and root there cannot change what is in it: Overlay= has no option that maps owners, as Bind= has idmap, rootidmap and owneridmap.',
          )
        : l10n.t(
            'The upper directory belongs to nobody in the machine and root there cannot change what is in it: Overlay= has no option that maps owners, as Bind= has idmap, rootidmap and owneridmap.',
          ),
      severity,
    ),
  ];
};

const usersOf = ({ settings, users }: StartUp): readonly Finding[] => {
  const bound = settings.last('BindUser');
  if (users !== 'managed' || bound === undefined) return [];
  const message = l10n.t(
    'With PrivateUsers=managed systemd up to 262 cannot bind the home directory of a user (systemd#41544): PrivateUsers=pick works.',
  );
  return [found(managedBindUser, bound, bound.line, message)];
};

/** What of the host does not look in the machine as it should, because its users have other numbers there. */
export const mappedBindFindings = (start: StartUp): readonly Finding[] => [...ownersOf(start), ...usersOf(start)];
