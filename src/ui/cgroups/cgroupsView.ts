import * as vscode from 'vscode';
import type { ControlGroup } from '../../machines/cgroups/controlGroup.ts';
import type { ContextKey } from '../contextKeys.ts';
import { plainText } from '../plainText.ts';
import type { Services } from '../services.ts';
import { onDidChangeSettings, readSettings } from '../settings.ts';
import { createCgroupsTree } from './cgroupsTree.ts';
import { createGroupSource } from './groupSource.ts';
import type { CgroupArrangement } from './groupTree.ts';
import type { CgroupNode } from './node.ts';

const viewId = 'nspawn.cgroups';
/** A row is looked for again where VS Code did not find it. */
const mostAttempts = 3;

const setContext = (key: ContextKey, value: string | boolean): void => {
  void vscode.commands.executeCommand('setContext', key, value);
};

/** The view of control groups in the side bar: the words around the rows, and reading only while it is visible. */
export const createCgroupsView = (services: Services): vscode.Disposable => {
  const { log } = services;
  const source = createGroupSource();
  const state = { filter: '' };
  const arrangementNow = (): CgroupArrangement => {
    const settings = readSettings();
    return { sortBy: settings['cgroups.sortBy'], showEmpty: settings['cgroups.showEmpty'], filter: state.filter };
  };
  const fail = (failure: unknown): void => log.warn(`control groups: ${plainText(String(failure), 300)}`);
  const tree = createCgroupsTree({
    source,
    arrangement: arrangementNow(),
    intervalMs: () => readSettings()['cgroups.interval'] * 1000,
    severalSelected: () => view.selection.length > 1 && !services.focusedRows.isLooking(),
    onFailure: fail,
  });
  const view = vscode.window.createTreeView<CgroupNode>(viewId, {
    treeDataProvider: tree,
    showCollapseAll: true,
    canSelectMany: true,
  });

  services.focusedRows.add(viewId, view);

  const availability = (): string => {
    if (process.platform !== 'linux') return 'unsupportedPlatform';
    return source.hierarchies().length === 0 ? 'notMounted' : 'ready';
  };
  const drawFrame = (): void => {
    const words = plainText(state.filter, 40);
    // VS Code tells "no message" from an empty one.
    (view as { message: string | undefined }).message =
      words === '' ? undefined : vscode.l10n.t('Only groups with "{0}" are shown.', words);
    setContext('nspawn.cgroups.availability', availability());
    setContext('nspawn.cgroups.filtered', words !== '');
    setContext('nspawn.cgroups.showEmpty', arrangementNow().showEmpty);
  };
  const arrange = (): void => {
    drawFrame();
    tree.arrange(arrangementNow()).catch(fail);
  };

  const reveal = async (group: ControlGroup, pid: number | undefined): Promise<void> => {
    if (state.filter !== '') {
      state.filter = '';
      drawFrame();
      await tree.arrange(arrangementNow());
    }
    await vscode.commands.executeCommand(`${viewId}.focus`);
    for (let attempt = 0; attempt < mostAttempts; attempt++) {
      // What was made a moment ago is not among the rows yet.
      await tree.askAnew();
      const node = tree.nodeOf(group, pid);
      await tree.quietly(async () => {
        await view.reveal(node, { select: true, focus: true, expand: node.kind === 'controlGroup' });
      });
      // VS Code says nothing where it gives up, as it does for a row that was not in its list yet.
      if (view.selection.includes(node)) return;
    }
    log.warn(`control groups: ${plainText(group.path, 300)} could not be shown`);
  };

  const show = (): void => {
    tree.show();
    drawFrame();
  };
  if (view.visible) show();

  return vscode.Disposable.from(
    view,
    tree,
    view.onDidChangeVisibility(({ visible }) => (visible ? show() : tree.hide())),
    view.onDidExpandElement(({ element }) => tree.setExpanded(element, true)),
    view.onDidCollapseElement(({ element }) => tree.setExpanded(element, false)),
    onDidChangeSettings((touches) => {
      if (touches('cgroups.sortBy') || touches('cgroups.showEmpty')) arrange();
      if (touches('cgroups.interval')) tree.setInterval();
    }),
    {
      dispose: services.view.onRequest((request) => {
        switch (request.kind) {
          case 'groupsTouched':
            tree.askAnew().then(drawFrame, fail);
            return;
          case 'filterGroups':
            state.filter = request.filter;
            arrange();
            return;
          case 'revealGroup':
            reveal(request.group, request.pid).catch(fail);
            return;
          case 'previewFilter':
          case 'askAnew':
          case 'rowsLeave':
          case 'trustHoleRead':
          case 'nspawnFileMade':
            // The other view's.
            return;
        }
      }),
    },
  );
};
