import { readFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import * as vscode from 'vscode';
import { offeredByAny } from '../../machines/backend.ts';
import { usersToOffer } from '../../machines/host/passwd.ts';
import type { HostUser, MappedAccounts } from '../../machines/unprivilegedSetup.ts';
import { askModal, showInformation } from '../notifications.ts';
import { plainText } from '../plainText.ts';
import { askLine, pickOne } from '../questions.ts';
import { answered, cancelled } from './answers.ts';
import { mend, usersOfHost } from './checkUnprivileged.ts';
import { documentMeant } from './documentMeant.ts';
import type { CommandServices, Handler } from './handler.ts';
import { pickName } from './pickNames.ts';
import { machineClicked } from './targets.ts';
import { documentOf } from './texts.ts';

const { l10n } = vscode;

const textOf = (path: string): Promise<string> => readFile(path, 'utf8').catch(() => '');

const askId = async (title: string, prompt: string, value: number): Promise<number> => {
  const isId = (text: string): boolean => /^\d{1,10}$/u.test(text) && Number(text) < 2 ** 32 - 1;
  const validateInput = (text: string): string | undefined =>
    isId(text) ? undefined : l10n.t('This is a number from 0 to 4294967294.');
  return Number(answered(await askLine({ title, prompt, value: String(value), validateInput })));
};

/** Who starts the container: the user in whose home its configuration lies, else root. */
const starterOf = ({ uri }: vscode.TextDocument): HostUser => {
  const { username, uid, gid, homedir } = userInfo();
  return uri.scheme === 'file' && uri.path.startsWith(`${homedir}/`)
    ? { name: username, uid, gid, home: homedir }
    : { name: 'root', uid: 0, gid: 0, home: '/root' };
};

const span = (first: number, count: number): string => (count === 1 ? `${first}` : `${first}-${first + count - 1}`);

const width = 24;

/** The map as a table, and what has to be done besides. */
const pageOf = ({ ranges, moved, missing }: MappedAccounts): string => {
  const table = (of: 'u' | 'g', inside: string, outside: string): readonly string[] => [
    `${inside.padEnd(width)}  ${outside}`,
    ...ranges
      .filter((range) => range.of === of)
      .map((range) => `${span(range.inside, range.count).padEnd(width)}  ${span(range.outside, range.count)}`),
    '',
  ];
  return [
    ...table('u', l10n.t('User inside'), l10n.t('User of the host')),
    ...table('g', l10n.t('Group inside'), l10n.t('Group of the host')),
    ...moved.map(({ of, inside, from, to }) =>
      of === 'u'
        ? l10n.t(
            'Files below the root file system that belong to user {0} of the host were those of user {1} inside, and belong to nobody there now. Have them belong to user {2}.',
            from,
            inside,
            to,
          )
        : l10n.t(
            'Files below the root file system that belong to group {0} of the host were those of group {1} inside, and belong to nobody there now. Have them belong to group {2}.',
            from,
            inside,
            to,
          ),
    ),
    ...missing.map(({ path, line }) => l10n.t('{0} has to have the line {1}', path, line)),
    '',
  ].join('\n');
};

/** The configuration that the caller or the editor means, or that of the container on a row. */
const configurationMeant = async (
  services: CommandServices,
  args: readonly unknown[],
  title: string,
): Promise<vscode.TextDocument> => {
  const [given] = args;
  if (given === undefined || typeof given === 'string' || given instanceof vscode.Uri)
    return documentMeant(
      given,
      ({ languageId }) => languageId === 'lxc',
      l10n.t('Open the configuration of the container whose users are meant.'),
    );
  const name = await pickName(services, args, { fits: 'image', ability: 'idmap' }, title);
  return documentOf(services, machineClicked(services.inventory, args, name) ?? name);
};

/** What counts of the id map where included files have a part of it; undefined where all of it stands in the text. */
const countingOf = async (
  services: CommandServices,
  document: vscode.TextDocument,
): Promise<readonly string[] | undefined> => {
  if (!/^[ \t]*lxc\.include\b/mu.test(document.getText())) return undefined;
  const client = await services.language.running();
  const { idMap = [] } = (await client.effectiveConfiguration(document.uri, document.getText())) ?? {};
  return idMap.some(({ isIncluded }) => isIncluded) ? idMap.map(({ value }) => value) : undefined;
};

/** One user of this host as one of the container, with the group of that user; the editor shows the new lines, which are not saved. */
export const mapAccount: Handler = async (services, args) => {
  const title = l10n.t('Map User of This Host into Container');
  const document = await configurationMeant(services, args, title);
  const users = usersToOffer(await usersOfHost());
  const items = users.map((user) => ({ user, label: user.name, description: `${user.uid}:${user.gid}` }));
  const placeHolder = l10n.t('Which user of this host is to be one of the container?');
  const { user } = answered(await pickOne(items, { title, placeHolder }));
  const uid = await askId(title, l10n.t('The number of that user inside'), user.uid);
  const gid = await askId(title, l10n.t('The number of the group inside, which is {0} here', user.gid), user.gid);
  const { mapAccounts } = offeredByAny(services.backends, ({ lxcFiles }) => lxcFiles);
  const starter = starterOf(document);
  const counting = await countingOf(services, document);
  const mapped = await mapAccounts({
    text: document.getText(),
    ...(counting === undefined ? {} : { counting }),
    wanted: [
      { of: 'u', inside: uid, outside: user.uid },
      { of: 'g', inside: gid, outside: user.gid },
    ],
    user: starter,
    subuid: await textOf('/etc/subuid'),
    subgid: await textOf('/etc/subgid'),
  });
  if (typeof mapped === 'string') {
    void showInformation(
      mapped === 'none'
        ? l10n.t('This file has no lxc.idmap: without one users of the container are those of the host.')
        : counting === undefined
          ? l10n.t('A line lxc.idmap of this file has to be repaired first.')
          : l10n.t('A line lxc.idmap of this file or of one that it includes has to be repaired first.'),
    );
    throw cancelled();
  }
  const whole = new vscode.Range(0, 0, document.lineCount, 0);
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, document.validateRange(whole), mapped.text);
  await vscode.workspace.applyEdit(edit);
  const included = l10n.t(
    'Included files have a part of this map. The configuration now clears it at its end, and has the whole map itself.',
  );
  await services.documents.showText(title, `${counting === undefined ? '' : `${included}\n\n`}${pageOf(mapped)}`);
  if (mapped.missing.length === 0) return;
  const add = l10n.t('Add Them');
  const question = l10n.t('The files of ranges do not let {0} use all of this map.', plainText(starter.name, 60));
  const lines = mapped.missing.map(({ path, line }) => `• ${path}: ${plainText(line, 100)}`);
  const detail = `${l10n.t('These lines go into them as root.')}\n\n${lines.join('\n')}`;
  if ((await askModal('information', question, detail, add)) !== add) return;
  for (const { remedy } of mapped.missing) await mend(services, title, remedy, starter);
};
