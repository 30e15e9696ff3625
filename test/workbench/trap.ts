import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import type { Host } from '../host/host.ts';

/** A command that hostile texts try to run. Nothing but such a text calls it. */
const command = 'rig.trap';

const sign = '/run/trap-was-sprung';

/** A link that runs it, an element of HTML and an icon that the workbench draws nowhere by itself. No slash, so that it can be a name. */
export const bait = `[x](command:${command}) <b>b<b> $(squirrel)`;

/** After which VS Code itself shows a notification with the bait: what it draws then must be seen by `springs`. */
export const showTrapCommand = 'Rig: Show Trap';

const manifest = {
  name: 'trap',
  publisher: 'rig',
  version: '0.0.1',
  engines: { vscode: '^1.100.0' },
  main: './main.js',
  activationEvents: ['onStartupFinished'],
  contributes: { commands: [{ command: 'rig.showTrap', title: 'Show Trap', category: 'Rig' }] },
};

const program = `
const { writeFileSync } = require('node:fs');
const vscode = require('vscode');
exports.activate = ({ subscriptions }) => {
  subscriptions.push(
    vscode.commands.registerCommand('${command}', () => writeFileSync('${sign}', '')),
    vscode.commands.registerCommand('rig.showTrap', () => vscode.window.showInformationMessage(${JSON.stringify(bait)})),
  );
};
`;

/** Writes an extension whose one command leaves a mark on the host. */
export const trap = async (directory: string): Promise<void> => {
  await writeFile(join(directory, 'package.json'), JSON.stringify(manifest));
  await writeFile(join(directory, 'main.js'), program);
};

export const trapWasSprung = async (host: Host): Promise<boolean> =>
  (await host.run('test', ['-e', sign])).exitCode === 0;

export const setTrap = async (host: Host): Promise<void> => {
  await host.run('rm', ['-f', sign]);
};

/** What on the page has been made of a bait: links to the command, the icon, elements of HTML. */
export const springs = (page: Page): Promise<readonly string[]> =>
  page
    .locator(
      `a[href*="${command}"], a[data-href*="${command}"], .codicon-squirrel, b, .rendered-markdown :is(img, script, iframe)`,
    )
    .evaluateAll((elements: readonly { readonly outerHTML: string }[]) => elements.map(({ outerHTML }) => outerHTML));
