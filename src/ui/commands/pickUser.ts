import * as vscode from 'vscode';
import { askLine, pickOne } from '../questions.ts';
import { offered } from '../../machines/backend.ts';
import { type MachineUser, usersToOffer } from '../../machines/host/passwd.ts';
import { plainText, shownName } from '../plainText.ts';
import type { Services } from '../services.ts';
import { answered } from './answers.ts';

const item = (user: MachineUser): vscode.QuickPickItem => ({
  label: user.name,
  description: plainText(user.shell, 80),
  detail: user.canLogIn
    ? vscode.l10n.t('UID {0}, home {1}', user.uid, plainText(user.home, 80))
    : vscode.l10n.t('UID {0}, home {1}; no login shell, so /bin/sh is opened', user.uid, plainText(user.home, 80)),
});

/** One of the users in the machine's own passwd; typed where this user may not read that. @throws MachineError */
export const pickUser = async (services: Services, name: string): Promise<string> => {
  const title = vscode.l10n.t('Shell in {0} as user', shownName(name, 60));
  const { ref, offer: readUsers } = offered(services.backends, name, (backend) => backend.users);
  const users = await readUsers(services, ref);
  if (users === undefined) {
    const prompt = vscode.l10n.t('Name of a user of the machine (its list of users cannot be read from here)');
    const validateInput = (value: string): string | undefined =>
      /^[A-Za-z0-9_][A-Za-z0-9_.-]*\$?$/u.test(value) ? undefined : vscode.l10n.t('This cannot be a user name.');
    return answered(await askLine({ title, prompt, value: 'root', validateInput }));
  }
  return answered(await pickOne(usersToOffer(users).map(item), { title, matchOnDescription: true })).label;
};
