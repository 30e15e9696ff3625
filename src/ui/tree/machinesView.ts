import { basename } from 'node:path';
import * as vscode from 'vscode';
import { type Backends, backendOf } from '../../machines/backend.ts';
import type { Availability } from '../../machines/inventory.ts';
import { readRef } from '../../machines/reference.ts';
import type { ContextKey } from '../contextKeys.ts';
import { plainText } from '../plainText.ts';
import type { Services } from '../services.ts';
import { onDidChangeSettings, readSettings } from '../settings.ts';
import { createGroupSource } from '../cgroups/groupSource.ts';
import type { NspawnFileSummary } from './details.ts';
import { createMachinesTree } from './machinesTree.ts';
import type { Arrangement } from './treeModel.ts';
import { createTrustHoleWord } from './trustHoleWord.ts';
import { viewMessage } from './viewMessage.ts';

const viewId = 'nspawn.machines';
const extension = '.nspawn';

const setContext = (key: ContextKey, value: string | boolean): void => {
  void vscode.commands.executeCommand('setContext', key, value);
};

/** The file in effect with the settings of a machine or image. */
const configFileOf = async (
  backends: Backends,
  name: string,
  imagePath: string | undefined,
): Promise<NspawnFileSummary | undefined> => {
  const files = backendOf(backends, name)?.configFiles;
  const file = await files?.find(readRef(name), imagePath);
  if (files === undefined || file === undefined || file === 'closed') return undefined;
  return { path: file.path, trusted: file.trusted, summary: await files.summarise(file.path) };
};

const findTrustHole = async ({ backends, run }: Services): Promise<string | undefined> => {
  const releases = await Promise.all(backends.flatMap((backend) => backend.findTrustHole?.(run) ?? []));
  return releases.find((release) => release !== undefined);
};

/** The view in the side bar: the rows, the words around them, and asking the host only while it is visible. */
export const createMachinesView = (services: Services): vscode.Disposable => {
  const { inventory, log } = services;
  const preview: { filter: string | undefined } = { filter: undefined };
  const arrangementNow = (): Arrangement => {
    const { groupBy, sortBy, filter, showHidden, showHost, showRunningOnly } = readSettings();
    return { groupBy, sortBy, filter: preview.filter ?? filter, showHidden, showHost, showRunningOnly };
  };
  const tree = createMachinesTree({
    services,
    arrangement: arrangementNow(),
    nspawnFile: (name, imagePath) => configFileOf(services.backends, name, imagePath),
    groups: createGroupSource(),
    useIntervalMs: () => {
      const settings = readSettings();
      return settings.showUse ? settings['cgroups.interval'] * 1000 : 0;
    },
    onDidDraw: () => drawFrame(),
  });
  const view = vscode.window.createTreeView(viewId, {
    treeDataProvider: tree,
    showCollapseAll: true,
    canSelectMany: true,
  });

  services.focusedRows.add(viewId, view);

  // The view says a sentence, and offers the output for the reason in full.
  const logged: { line: string } = { line: '' };
  const logReason = (availability: Availability): void => {
    const line = 'detail' in availability ? `${availability.kind}: ${plainText(availability.detail, 300)}` : '';
    if (line !== '' && line !== logged.line) log.warn(line);
    logged.line = line;
  };

  const trustHole = createTrustHoleWord(
    () => findTrustHole(services),
    services.context.globalState,
    (line) => log.warn(line),
  );
  const lookForHole = (): void =>
    void trustHole.look().then(drawFrame, (error: unknown) => log.error(plainText(String(error), 300)));

  const [first] = services.backends;
  const isOfFirst = (id: string): boolean => readRef(id).backend === first?.id;
  const drawFrame = (): void => {
    const { filter, showRunningOnly } = arrangementNow();
    const message = viewMessage(inventory.availability, filter, tree.hasRows(), vscode.l10n, {
      onlyOtherKinds: ![inventory.images, inventory.machines].some((known) => [...known.keys()].some(isOfFirst)),
      imagesShown: inventory.imagesCut ? inventory.images.size : undefined,
      trustHole: trustHole.release(),
    });
    // VS Code tells "no message" from an empty one: only without it is the welcome content shown.
    if (view.message !== message) (view as { message: string | undefined }).message = message;
    const { running, all } = tree.counts();
    const count = tree.hasRows() ? vscode.l10n.t('{0} of {1} running', running, all) : '';
    if (view.description !== count) view.description = count;
    logReason(inventory.availability);
    setContext('nspawn.showRunningOnly', showRunningOnly);
    setContext('nspawn.availability', inventory.availability.kind);
    setContext(
      'nspawn.cannotCreate',
      services.backends.every(({ creation }) => creation === undefined || creation.unavailable() !== undefined),
    );
    setContext('nspawn.filtered', filter.trim() !== '');
    setContext('nspawn.trustHole', trustHole.release() !== undefined);
  };
  const arrange = (): void => {
    tree.arrange(arrangementNow());
    drawFrame();
  };

  setContext('nspawn.remote', vscode.env.remoteName !== undefined);
  setContext('nspawn.filtered', readSettings().filter.trim() !== '');
  const show = (): void => {
    void tree.show();
    lookForHole();
  };
  if (view.visible) show();

  return vscode.Disposable.from(
    view,
    tree,
    view.onDidChangeVisibility(({ visible }) => (visible ? show() : tree.hide())),
    view.onDidExpandElement(({ element }) => {
      tree.expand(element);
      tree.lookAt(element);
    }),
    view.onDidCollapseElement(({ element }) => tree.collapse(element)),
    view.onDidChangeSelection(({ selection }) => {
      if (services.focusedRows.isLooking()) return;
      tree.select(selection);
      selection.forEach((node) => tree.lookAt(node));
    }),
    onDidChangeSettings((touches) => {
      const arrangement = ['groupBy', 'sortBy', 'filter', 'showHidden', 'showHost', 'showRunningOnly'] as const;
      if (arrangement.some(touches)) arrange();
      if (touches('showUse') || touches('cgroups.interval')) tree.setUse();
    }),
    {
      dispose: services.view.onRequest((request) => {
        switch (request.kind) {
          case 'previewFilter':
            preview.filter = request.filter;
            arrange();
            return;
          case 'rowsLeave': {
            const node = tree.rowBeside(request.names);
            if (node !== undefined && view.visible) void view.reveal(node, { select: false, focus: true });
            return;
          }
          case 'askAnew':
            tree.askAnew();
            return;
          case 'nspawnFileMade':
            tree.nspawnFileTouched(request.name);
            return;
          case 'trustHoleRead':
            void trustHole.putAway().then(drawFrame);
            return;
          case 'groupsTouched':
          case 'filterGroups':
          case 'revealGroup':
            // The other view's.
            return;
        }
      }),
    },
    vscode.workspace.onDidSaveTextDocument(({ uri }) => {
      if (uri.path.endsWith(extension)) tree.nspawnFileTouched(basename(uri.path, extension));
    }),
  );
};
