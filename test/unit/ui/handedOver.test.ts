import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import './vscode/register.ts';
import { messages, progressTexts, shownItems } from './vscode/standIn.ts';

const { ProgressLocation } = await import('vscode');
const { askModal, showDone, showError, showInformation, showProgress, showWarning } =
  await import('../../../src/ui/notifications.ts');
const { pickOne, pickSeveral } = await import('../../../src/ui/questions.ts');

// As a machine, a process or a group may be called.
const hostile = '[web](command:workbench.action.quit) $(trash)';

beforeEach(() => {
  messages.length = 0;
});

test('no notification, window, progress or status makes a link of a name', async () => {
  for (const show of [showInformation, showWarning, showError]) await show(hostile);
  await askModal('warning', hostile, undefined, 'OK');
  await askModal('information', hostile, hostile, 'OK');
  showDone(hostile);
  await showProgress({ location: ProgressLocation.Notification, title: hostile }, (progress) => {
    progress.report({ message: hostile });
    return Promise.resolve();
  });
  assert.deepEqual([messages.length, progressTexts.length], [6, 2]);
  for (const message of [...messages, ...progressTexts]) assert.ok(!message.includes(']('), message);
  // These are drawn with icons, too; the mark in the status bar is ours.
  for (const message of [...messages.slice(-1), ...progressTexts])
    assert.doesNotMatch(message.replace('$(check)', ''), /\$\(/u);
});

test('a list shows names without links and icons, and hands back the very item that it was given', async () => {
  const items = [{ label: hostile, description: hostile, detail: hostile, name: 'web' }];
  assert.equal(await pickOne(items, {}), items[0]);
  for (const text of Object.values(shownItems[0] ?? {}).slice(0, 3)) assert.doesNotMatch(String(text), /\]\(|\$\(/u);
  assert.equal((await pickSeveral(Promise.resolve(items), {}))?.[0], items[0]);
});
