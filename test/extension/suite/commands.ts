import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Cases } from './cases.ts';
import { contributedCommands, ourExtension } from './ourExtension.ts';

/** VS Code itself makes some for every view: `nspawn.machines.focus` and the like. */
const madeForViews = /^nspawn\.(?:machines|cgroups)\.(?:focus|open|removeView|resetViewLocation|toggleVisibility)$/u;

const registeredByUs = async (): Promise<readonly string[]> => {
  await ourExtension().activate();
  const all = await vscode.commands.getCommands(true);
  return all.filter((command) => command.startsWith('nspawn.') && !madeForViews.test(command));
};

export const commandCases: Cases = {
  'every command of package.json is registered': async () => {
    const registered = new Set(await registeredByUs());
    assert.deepEqual(
      contributedCommands().filter((command) => !registered.has(command)),
      [],
    );
  },
  'every registered command is in package.json': async () => {
    const contributed = new Set(contributedCommands());
    const registered = await registeredByUs();
    assert.ok(registered.length > 0);
    assert.deepEqual(
      registered.filter((command) => !contributed.has(command)),
      [],
    );
  },
};
