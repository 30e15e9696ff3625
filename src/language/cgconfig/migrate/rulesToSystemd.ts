import * as l10n from '@vscode/l10n';
import { fieldsOf } from '../../cgrules/fields.ts';
import type { ConfigDocument, Section } from '../../document.ts';
import { quoteForShell } from '../../shellWords.ts';
import { groupPath } from '../../cgroups/groupPath.ts';
import { groupSettings } from './groupUnit.ts';
import { info, type Remark, warning } from './migrationNote.ts';
import { isTemplate, perUserSlice, unitOfGroup } from './sliceName.ts';
import { successorOf } from './successor.ts';
import type { Rules, SystemdOptions } from './toSystemd.ts';
import { unitDirectory, type UnitDraft, type UnitPart } from './unitDraft.ts';
import type { MigratedCommand, OtherNote } from '../../../protocol/migration.ts';

interface Rule {
  readonly file: string;
  readonly line: number;
  readonly user: string;
  readonly process: string;
  readonly controllers: string;
  readonly destination: string;
  readonly ignores: boolean;
}

/** A line that begins with % goes on for the user of the line above. */
const readRules = ({ name, document, text }: Rules, options: SystemdOptions): readonly Rule[] => {
  const rules: Rule[] = [];
  for (const entry of document.loose) {
    const fields = fieldsOf(text, entry, options.libcgroupVersion);
    if (fields.key === undefined || fields.controllers === undefined || fields.destination === undefined) continue;
    const [user = '', ...rest] = fields.key.text.split(':');
    const last = rules.at(-1);
    const goesOn = user === '%' && last !== undefined;
    rules.push({
      file: name,
      line: entry.line,
      user: goesOn ? last.user : user,
      process: goesOn ? last.process : rest.join(':'),
      controllers: fields.controllers.text,
      destination: fields.destination.text,
      ignores: /\bignore/u.test(fields.options?.text ?? ''),
    });
  }
  return rules;
};

/** Whether a rule is for a controller, under the name that it has in cgroup v2. */
const countsFor = ({ controllers }: Rule): ((controller: string) => boolean) => {
  const names = controllers.split(',');
  const modern = new Set(
    names.flatMap((name) => {
      const successor = successorOf(name);
      return 'none' in successor ? [name] : [name, successor.controller];
    }),
  );
  return (controller) => names.includes('*') || modern.has(controller);
};

interface RuleResult {
  readonly drafts: readonly UnitDraft[];
  readonly commands: readonly MigratedCommand[];
  readonly remarks: readonly Remark[];
}

const noUnits = (...remarks: readonly Remark[]): RuleResult => ({ drafts: [], commands: [], remarks });

/** Programs that are services for the most part; others are started by people. */
const looksLikeService = (process: string): boolean =>
  /d$|^\/(?:usr\/)?(?:local\/)?(?:sbin|libexec)\//u.test(process) && /^[\w.+-]+$/u.test(process.replace(/^.*\//u, ''));

const forProcess = (rule: Rule, prefix: string): RuleResult => {
  const { user, process, destination, file, line } = rule;
  if (isTemplate(destination))
    return noUnits(warning(l10n.t`systemd makes no groups of the form ${destination} for a program.`));
  if (process.endsWith('*') && process.length > 0)
    return noUnits(warning(l10n.t`systemd knows no programs by the beginning of their names: ${process}`));
  const { unit } = unitOfGroup(`${prefix}/${destination}`);
  const name = process.replace(/^.*\//u, '');
  const isOfUser = user !== '*' && user !== 'root';
  const words = ['systemd-run', ...(isOfUser ? [`--uid=${user}`, '--pty'] : ['--scope']), `--slice=${unit}`, process];
  const command = {
    why: l10n.t`Instead of the rule for ${user}:${process}`,
    line: words.map(quoteForShell).join(' '),
  };
  if (isOfUser || !looksLikeService(process))
    return {
      drafts: [],
      commands: [command],
      remarks: [
        info(
          l10n.t`systemd moves nothing that runs already: ${process} has to be started in ${unit}, with systemd-run or by a service with Slice=.`,
        ),
      ],
    };
  const draft: UnitDraft = {
    path: `${unitDirectory}/${name}.service.d/50-cgrules.conf`,
    section: 'Service',
    parts: [
      {
        comments: [l10n.t`Line ${line} of ${file}: ${user}:${process}. The service may have another name.`],
        settings: [{ key: 'Slice', value: unit }],
      },
    ],
  };
  return {
    drafts: [draft],
    commands: [command],
    remarks: [
      info(
        l10n.t`systemd moves nothing that runs already: ${process} has to be started in ${unit}, which the drop-in of ${name}.service does if the service is called so.`,
      ),
    ],
  };
};

/** What sets the limits of one user's slice from the shell, which knows the number. */
const setProperty = (user: string, parts: readonly UnitPart[]): MigratedCommand => {
  const settings = parts.flatMap((part) => part.settings.map(({ key, value }) => `${key}=${value}`));
  return {
    why: l10n.t`Instead of the rule for ${user}`,
    line: `systemctl set-property "user-$(id -u ${quoteForShell(user)}).slice" ${settings.map(quoteForShell).join(' ')}`,
  };
};

const loginsOnly = l10n.t(
  'A slice of a user has what the user starts after a login; services and jobs of cron that run as that user are not in it.',
);

const forUser = (rule: Rule, parts: readonly UnitPart[], options: SystemdOptions): RuleResult => {
  const { user, destination, file, line, controllers } = rule;
  const origin: UnitPart = {
    comments: [l10n.t`Line ${line} of ${file}: ${user} ${controllers} ${destination}`],
    settings: [],
  };
  const draft = (slice: string): UnitDraft => ({
    path: `${unitDirectory}/${slice}.d/50-cgrules.conf`,
    section: 'Slice',
    parts: [origin, ...parts],
  });
  if (user.startsWith('@'))
    return noUnits(
      warning(
        l10n.t`systemd has no slice for the members of a group of users (${user}); set the limits of each user's slice.`,
      ),
    );
  if (isTemplate(destination) && !perUserSlice(destination))
    return noUnits(warning(l10n.t`systemd has a slice for each user, and none of the form ${destination}.`));
  if (user === '*')
    return perUserSlice(destination)
      ? { drafts: [draft('user-.slice')], commands: [], remarks: [info(loginsOnly)] }
      : {
          drafts: [draft('user.slice')],
          commands: [],
          remarks: [warning(l10n.t(`user.slice has all users together, but no services, which are in system.slice.`))],
        };
  const uid = user === 'root' ? 0 : options.uidOf?.(user);
  if (uid !== undefined) return { drafts: [draft(`user-${uid}.slice`)], commands: [], remarks: [info(loginsOnly)] };
  return { drafts: [], commands: [setProperty(user, parts)], remarks: [info(loginsOnly)] };
};

/** The groups and templates of each path. */
const groupsByPath = ({ sections }: ConfigDocument): ReadonlyMap<string, readonly Section[]> => {
  const groups = new Map<string, Section[]>();
  for (const section of sections) {
    if (section.keyword !== 'group' && section.keyword !== 'template') continue;
    const path = groupPath(section.name);
    const others = groups.get(path);
    if (others === undefined) groups.set(path, [section]);
    else others.push(section);
  }
  return groups;
};

const migrateRule = (
  rule: Rule,
  groups: readonly Section[],
  isShared: boolean,
  prefix: string,
  options: SystemdOptions,
): RuleResult => {
  if (rule.ignores) return noUnits(info(l10n.t('systemd moves nothing, so there is nothing to be left alone.')));
  if (rule.process !== '') return forProcess(rule, prefix);
  const parts = groups.flatMap((group) => groupSettings(group, options.systemdVersion, countsFor(rule)).parts);
  if (groups.length === 0)
    return noUnits(warning(l10n.t`cgconfig.conf has no group ${rule.destination}, so there are no limits to be set.`));
  if (!parts.some(({ settings }) => settings.length > 0))
    return noUnits(info(l10n.t`${rule.destination} has no limits for these controllers.`));
  const result = forUser(rule, parts, options);
  if (!isShared || result.drafts.length + result.commands.length === 0) return result;
  const text = l10n.t`Several rules put processes into ${rule.destination}, which shared its limits; in slices each user has them alone.`;
  return { ...result, remarks: [...result.remarks, warning(text)] };
};

/** What takes the place of the rules that cgrulesengd sorted processes by. */
export const migrateRules = (
  document: ConfigDocument,
  prefix: string,
  options: SystemdOptions,
): {
  readonly drafts: readonly UnitDraft[];
  readonly commands: readonly MigratedCommand[];
  readonly notes: readonly OtherNote[];
} => {
  const read = (options.rules ?? [])
    .flatMap((rules) => readRules(rules, options))
    .filter(({ destination }) => options.isElsewhere?.(destination) !== true);
  const users = new Map<string, Set<string>>();
  for (const { destination, user, process } of read)
    if (process === '' && !isTemplate(destination))
      users.set(destination, (users.get(destination) ?? new Set()).add(user));
  const groups = groupsByPath(document);
  const results = read.map((rule) => {
    const isShared = (users.get(rule.destination)?.size ?? 0) > 1;
    const ofRule = groups.get(groupPath(rule.destination)) ?? [];
    return { rule, result: migrateRule(rule, ofRule, isShared, prefix, options) };
  });
  return {
    drafts: results.flatMap(({ result }) => result.drafts),
    commands: results.flatMap(({ result }) => result.commands),
    notes: results.flatMap(({ rule: { file, line }, result }) =>
      result.remarks.map((remark) => ({ file, line, ...remark })),
    ),
  };
};
