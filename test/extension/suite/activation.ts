import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Cases } from './cases.ts';
import { ourExtension } from './ourExtension.ts';

export const activationCases: Cases = {
  // These tests run on whatever machine there is, most often one where systemd is not even running.
  'does not throw, with or without systemd-machined': async () => {
    await ourExtension().activate();
    assert.equal(ourExtension().isActive, true);
  },
  'asks nothing of the host that could fail a refresh': async () => {
    await ourExtension().activate();
    await vscode.commands.executeCommand('nspawn.refresh');
  },
  'can show its view': async () => {
    await vscode.commands.executeCommand('nspawn.machines.focus');
  },
};
