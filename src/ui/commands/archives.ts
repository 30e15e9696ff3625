import { homedir } from 'node:os';
import { basename, join } from 'node:path';
import * as vscode from 'vscode';
import { backendOf, notOffered, offered } from '../../machines/backend.ts';
import { nameOf, readRef, writeRef } from '../../machines/reference.ts';
import { showInformation } from '../notifications.ts';
import { describeNameProblem } from '../problemWords.ts';
import { plainText, shownName } from '../plainText.ts';
import { askLine } from '../questions.ts';
import { answered, confirm, localFile } from './answers.ts';
import { creatorOf, offerStart } from './create/create.ts';
import type { Handler } from './handler.ts';
import { operate } from './operate.ts';
import { pickName } from './pickNames.ts';
import { cancellable } from './runAsRoot.ts';

const { l10n } = vscode;

/** Today, as a clock on the wall has it. */
const today = (): string => {
  const now = new Date();
  const two = (count: number): string => String(count).padStart(2, '0');
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
};

export const backUp: Handler = async (services, args) => {
  const id = await pickName(services, args, { fits: 'renamable', ability: 'backup' }, l10n.t('Back Up as Archive'));
  const { ref, offer: archives } = offered(services.backends, id, (backend) => backend.archives);
  const shown = shownName(id, 60);
  const title = l10n.t('Back up {0} as an archive', shown);
  await archives.requirePackable(services, ref);
  const proposed = join(homedir(), `${nameOf(id)}-${today()}.tar.gz`);
  const file = localFile(
    await vscode.window.showSaveDialog({
      title,
      defaultUri: vscode.Uri.file(proposed),
      filters: { [l10n.t('Archives')]: ['tgz', 'gz'] },
    }),
  );
  const done = await operate(services, {
    title: l10n.t('Backing up {0}', shown),
    what: l10n.t('packing…'),
    names: [id],
    operation: () => archives.backUp(services, ref, file),
  });
  if (done.length === 0) return;
  const where = plainText(file, 160);
  const snapshots = await backendOf(services.backends, id)?.snapshots?.list(ref);
  void showInformation(
    // Undefined: this user may not look whether there are some.
    snapshots?.length === 0
      ? l10n.t('{0} is packed in {1}.', shown, where)
      : l10n.t('{0} is packed in {1}, without its snapshots.', shown, where),
  );
};

/** What a container may be called whose archive tells no name. */
const nameOfFile = (file: string): string => basename(file).replace(/(?:\.(?:tar|tgz|gz|xz|zst|bz2))+$/u, '');

export const bringBack: Handler = async (services) => {
  const { backend, creation } = creatorOf(services);
  const { archives } = backend;
  if (archives === undefined) throw notOffered([backend], backend.id);
  const title = l10n.t('Bring a container back from an archive');
  const [uri] = answered(
    await vscode.window.showOpenDialog({
      title,
      defaultUri: vscode.Uri.file(homedir()),
      filters: { [l10n.t('Archives')]: ['gz', 'tgz', 'xz', 'zst', 'bz2', 'tar'] },
    }),
  );
  const file = localFile(uri);
  const packed = await cancellable(l10n.t('Looking into {0}', plainText(file, 80)), async (signal) =>
    services.run(await archives.look(file), { signal }),
  );
  const idOf = (name: string): string => writeRef({ backend: backend.id, scope: archives.scope(), name });
  const isTaken = (name: string): boolean => creation.isTaken(readRef(idOf(name)));
  const name =
    packed === '' || isTaken(packed)
      ? answered(
          await askLine({
            title,
            prompt:
              packed === ''
                ? l10n.t('Name of the container; the archive tells none')
                : l10n.t('There is already a container {0}. Name of this one', plainText(packed, 60)),
            value: packed === '' ? nameOfFile(file) : `${packed}-back`,
            ignoreFocusOut: true,
            validateInput: (text) => {
              const problem = backend.checkName(text);
              if (problem !== undefined) return describeNameProblem(problem, l10n);
              return isTaken(text) ? l10n.t('There is already a container of this name.') : undefined;
            },
          }),
        )
      : packed;
  await confirm(
    l10n.t('Bring {0} back from {1}?', plainText(name, 60), plainText(file, 120)),
    l10n.t(
      'Its configuration is taken as it stands in there. Whoever has written it can have programs run on this host, as root, when the container starts: bring back only what you know.',
    ),
    l10n.t('Bring Back'),
  );
  const id = idOf(name);
  const done = await operate(services, {
    title: l10n.t('Bringing {0} back', shownName(id, 60)),
    what: l10n.t('unpacking…'),
    names: [id],
    operation: () => archives.bringBack(services, readRef(id), file, packed),
  });
  if (done.length > 0) void offerStart(id, []);
};
