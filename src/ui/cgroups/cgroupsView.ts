import * as vscode from 'vscode';
import type { ControlGroup } from '../../machines/cgroups/controlGroup.ts';
import type { ContextKey } from '../contextKeys.ts';
import { plainText } from '../plainText.ts';
import type { Services } from '../services.ts';
import { onDidChangeSettings, readSettings } from '../settings.ts';
import type { CgroupsTree } from './cgroupsTree.ts';
import type { GroupSource } from './groupSource.ts';
import type { CgroupArrangement } from './groupTree.ts';
import type { CgroupNode } from './node.ts';

const viewId = 'nspawn.cgroups';
/** A row is looked for again where VS Code did not find it. */
const mostAttempts = 3;

interface Loaded {
  readonly source: GroupSource;
  readonly tree: CgroupsTree;
}

const setContext = (key: ContextKey, value: string | boolean): void => {
  void vscode.commands.executeCommand('setContext', key, value);
};

/** The view of control groups in the side bar: the words around the rows, and reading only while it is visible. */
export const createCgroupsView = (services: Services): vscode.Disposable => {
  const { log } = services;
  const state: { filter: string; loaded: Loaded | undefined; loading: Promise<Loaded> | undefined } = {
    filter: '',
    loaded: undefined,
    loading: undefined,
  };
  const arrangementNow = (): CgroupArrangement => {
    const settings = readSettings();
    return { sortBy: settings['cgroups.sortBy'], showEmpty: settings['cgroups.showEmpty'], filter: state.filter };
  };
  const fail = (failure: unknown): void => log.warn(`control groups: ${plainText(String(failure), 300)}`);
  const changed = new vscode.EventEmitter<CgroupNode | CgroupNode[] | undefined>();
  const load = async (): Promise<Loaded> => {
    const [{ createCgroupsTree }, { createGroupSource }] = await Promise.all([
      import('./cgroupsTree.ts'),
      import('./groupSource.ts'),
    ]);
    const source = createGroupSource();
    const tree = createCgroupsTree({
      source,
      arrangement: arrangementNow(),
      intervalMs: () => readSettings()['cgroups.interval'] * 1000,
      severalSelected: () => view.selection.length > 1 && !services.focusedRows.isLooking(),
      onFailure: fail,
    });
    tree.onDidChangeTreeData((nodes) => changed.fire(nodes));
    state.loaded = { source, tree };
    return state.loaded;
  };
  /** Read when the view is first looked at: most who have machines never do. */
  const loaded = (): Promise<Loaded> => (state.loading ??= load());
  const treeOf = (node: CgroupNode): CgroupsTree => {
    if (state.loaded === undefined) throw new Error(`the row ${node.kind} is of no tree`);
    return state.loaded.tree;
  };
  const view = vscode.window.createTreeView<CgroupNode>(viewId, {
    treeDataProvider: {
      onDidChangeTreeData: changed.event,
      getChildren: async (node) => (await loaded()).tree.getChildren(node),
      getParent: (node) => treeOf(node).getParent(node),
      getTreeItem: (node) => treeOf(node).getTreeItem(node),
      resolveTreeItem: (item, node) => treeOf(node).resolveTreeItem(item, node),
    },
    showCollapseAll: true,
    canSelectMany: true,
  });

  services.focusedRows.add(viewId, view);

  const availabilityOf = ({ source }: Loaded): string => {
    if (process.platform !== 'linux') return 'unsupportedPlatform';
    return source.hierarchies().length === 0 ? 'notMounted' : 'ready';
  };
  const drawFrame = (): void => {
    const words = plainText(state.filter, 40);
    // VS Code tells "no message" from an empty one.
    (view as { message: string | undefined }).message =
      words === '' ? undefined : vscode.l10n.t('Only groups with "{0}" are shown.', words);
    if (state.loaded !== undefined) setContext('nspawn.cgroups.availability', availabilityOf(state.loaded));
    setContext('nspawn.cgroups.filtered', words !== '');
    setContext('nspawn.cgroups.showEmpty', arrangementNow().showEmpty);
  };
  const arrange = (): void => {
    drawFrame();
    state.loaded?.tree.arrange(arrangementNow()).catch(fail);
  };

  const reveal = async (group: ControlGroup, pid: number | undefined): Promise<void> => {
    const { tree } = await loaded();
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

  const show = async (): Promise<void> => {
    const { tree } = await loaded();
    if (!view.visible) return;
    tree.show();
    drawFrame();
  };
  /** Behind what VS Code has asked for meanwhile, which shows the rows. */
  const hide = async (): Promise<void> => {
    const { tree } = await loaded();
    if (!view.visible) tree.hide();
  };
  const seen = (): void => {
    if (view.visible) show().catch(fail);
    else if (state.loading !== undefined) hide().catch(fail);
  };
  seen();

  return vscode.Disposable.from(
    view,
    changed,
    { dispose: () => void state.loading?.then(({ tree }) => tree.dispose(), fail) },
    view.onDidChangeVisibility(seen),
    view.onDidExpandElement(({ element }) => state.loaded?.tree.setExpanded(element, true)),
    view.onDidCollapseElement(({ element }) => state.loaded?.tree.setExpanded(element, false)),
    onDidChangeSettings((touches) => {
      if (touches('cgroups.sortBy') || touches('cgroups.showEmpty')) arrange();
      if (touches('cgroups.interval')) state.loaded?.tree.setInterval();
    }),
    {
      dispose: services.view.onRequest((request) => {
        switch (request.kind) {
          case 'groupsTouched':
            state.loaded?.tree.askAnew().then(drawFrame, fail);
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
