import * as vscode from 'vscode';
import { backends } from './machines/backends.ts';
import { createBackendsInventory } from './machines/backendsInventory.ts';
import { createReplaceableInventory } from './machines/replaceableInventory.ts';
import { createRun } from './machines/host/runWithExeca.ts';
import { createBusyRows } from './ui/busyRows.ts';
import { createCgroupsView } from './ui/cgroups/cgroupsView.ts';
import { registerCommands } from './ui/commands/commands.ts';
import { createFocusedRows } from './ui/focusedRows.ts';
import { createLanguageFeatures } from './ui/languageFeatures.ts';
import { createRowMoves } from './ui/rowMoves.ts';
import { runFromSettings } from './ui/toolsFromSettings.ts';
import type { Services } from './ui/services.ts';
import { onDidChangeSettings, readSettings } from './ui/settings.ts';
import { createMachinesView } from './ui/tree/machinesView.ts';
import { createViewRequests } from './ui/viewRequests.ts';

export const activate = (context: vscode.ExtensionContext): void => {
  const log = vscode.window.createOutputChannel('systemd-nspawn', { log: true });
  const inventory = createReplaceableInventory(() => {
    const { imageDirectories, containerUsers } = readSettings();
    return createBackendsInventory(backends, { imageDirectories, users: containerUsers });
  });
  const language = createLanguageFeatures({ context, log });
  const services: Services = {
    context,
    log,
    run: runFromSettings(createRun({ log: (line, acts) => (acts ? log.info(line) : log.debug(line)) })),
    backends,
    inventory,
    busy: createBusyRows(),
    view: createViewRequests(),
    moves: createRowMoves(),
    focusedRows: createFocusedRows(),
    language,
  };

  context.subscriptions.push(
    log,
    inventory,
    registerCommands(services),
    createMachinesView(services),
    createCgroupsView(services),
    language,
    onDidChangeSettings((touches) => {
      if (touches('imageDirectories') || touches('containerUsers')) void inventory.replace();
    }),
  );
};
