import assert from 'node:assert/strict';
import { imageNames } from '../host/installImages.ts';
import type { PageElement } from './pageElement.ts';
import { image, machine } from './tree.ts';
import { until } from './wait.ts';
import { withWorkbench } from './withWorkbench.ts';
import type { Workbench } from './workbench.ts';

const names = ['key-a', 'key-b', 'key-c', 'key-d'];
const rows = '.part.sidebar .pane-body .monaco-list-row[role="treeitem"]';

/** The row that the keyboard is on, and whether keys go to it at all. */
const focusedRow = ({ page }: Workbench): Promise<string> =>
  page
    .locator('.part.sidebar .pane-body .monaco-list:focus .monaco-list-row.focused')
    .evaluateAll((elements: readonly PageElement[]) =>
      elements.map((element) => element.querySelector('.label-name')?.textContent ?? '').join(', '),
    );
const focusIsOn = async (workbench: Workbench, name: string): Promise<void> => {
  await until(workbench.page, `the keyboard to be on ${name}`, async () => (await focusedRow(workbench)) === name);
};
/** From the first row down to one, as a person without a mouse goes. */
const goTo = async (workbench: Workbench, name: string): Promise<void> => {
  const { page } = workbench;
  await page.keyboard.press('Home');
  for (let step = 0; step < 40 && (await focusedRow(workbench)) !== name; step++)
    await page.keyboard.press('ArrowDown');
  await focusIsOn(workbench, name);
};

await withWorkbench(
  'keys',
  (click) => {
    click('act on the row that they are on, and Enter in a question destroys nothing', async ({ workbench, host }) => {
      const { tree, sideBar, page, dialog, quickInput } = workbench;
      await sideBar.open('systemd-nspawn');
      // Another row is selected than the one that the keyboard is on.
      await tree.click(image('key-d'));
      await tree.row('Path');
      await goTo(workbench, 'key-b');
      await page.keyboard.press('F2');
      await quickInput.headingWith('Rename key-b');
      await workbench.screenshot('key F2');
      await quickInput.cancel();
      await focusIsOn(workbench, 'key-b');
      await page.keyboard.press('Delete');
      const { message, buttons } = await dialog.read();
      assert.equal(message, 'Remove key-b for good?');
      assert.deepEqual([...buttons].sort(), ['Cancel', 'Do Nothing', 'Remove']);
      await workbench.screenshot('key Delete');
      await page.keyboard.press('Enter');
      await page.locator('.monaco-dialog-box').waitFor({ state: 'detached' });
      await page.waitForTimeout(1_500);
      assert.equal((await host.run('machinectl', ['show-image', 'key-b'])).exitCode, 0, 'Enter removed it');
      await focusIsOn(workbench, 'key-b');
      await page.keyboard.press('Delete');
      await dialog.press('Remove');
      await tree.gone(image('key-b'));
      await focusIsOn(workbench, 'key-c');
      await workbench.screenshot('key after Remove');
      const selected = (await tree.rows()).filter((row) => row.selected).map(({ label }) => label);
      assert.deepEqual(selected, ['key-d'], 'what was selected still is');
      // A line below an image is none of its own to remove.
      await goTo(workbench, 'Path');
      await page.keyboard.press('Delete');
      await page.waitForTimeout(1_000);
      assert.equal(await dialog.isOpen(), false);
    });

    click('open a row, and the palette begins with the row that they are on', async ({ workbench }) => {
      const { page, quickInput, tree } = workbench;
      await page.locator(rows).first().click();
      await goTo(workbench, 'key-c');
      await page.keyboard.press('Enter');
      await tree.row((row) => image('key-c')(row) && row.expanded === true);
      await page.keyboard.press('ArrowUp');
      await focusIsOn(workbench, 'key-a');
      await workbench.run('nspawn: Clone…');
      await quickInput.headingWith('Clone');
      assert.equal((await quickInput.items())[0]?.label, 'key-a');
      await workbench.screenshot('key palette');
      await quickInput.accept();
      await quickInput.headingWith('Clone key-a');
      await quickInput.cancel();
      await workbench.run('nspawn: Make Read-Only');
      await quickInput.headingWith('Make Read-Only');
      await quickInput.acceptTicked();
      await tree.row((row) => image('key-a')(row) && row.description.includes('read-only'));
      assert.ok(!(await tree.row(image('key-c'))).description.includes('read-only'));
    });

    click('stay on the row of a machine that is rebooted', async ({ workbench, host }) => {
      const { page, tree, quickInput } = workbench;
      await host.run('machinectl', ['start', imageNames.debian]);
      await tree.row((row) => machine(imageNames.debian)(row) && row.icon === 'codicon-vm-running');
      await page.locator(rows).first().click();
      await goTo(workbench, imageNames.debian);
      const leader = async (): Promise<string> =>
        (await host.run('machinectl', ['show', imageNames.debian, '--property=Leader', '--value'])).stdout.trim();
      const before = await leader();
      await workbench.run('nspawn: Reboot');
      await quickInput.headingWith('Reboot');
      await quickInput.acceptTicked();
      await until(page, 'the reboot', async () => !['', before].includes(await leader()), 60_000);
      await tree.row((row) => machine(imageNames.debian)(row) && row.icon === 'codicon-vm-running');
      await page.waitForTimeout(1_000);
      await focusIsOn(workbench, imageNames.debian);
      await workbench.screenshot('key after Reboot');
    });

    click('act on a control group, too', async ({ workbench, host }) => {
      const { page, tree, dialog, sideBar } = workbench;
      await host.run('mkdir', ['-p', '/sys/fs/cgroup/keys/below']);
      await sideBar.open('systemd-nspawn');
      await sideBar.setPane('Machines', false);
      await sideBar.setPane('Control Groups', true);
      await tree.row((row) => row.label === 'keys' && row.icon !== '');
      await page.locator(rows).first().click();
      await tree.expand((row) => row.level === 1);
      await page
        .locator(`${rows} .label-name`)
        .first()
        .focus()
        .catch(() => undefined);
      await goTo(workbench, 'keys');
      await page.keyboard.press('Delete');
      assert.equal((await dialog.read()).message, 'Delete /keys?');
      await workbench.screenshot('key Delete group');
      await page.keyboard.press('Enter');
      await page.waitForTimeout(1_000);
      assert.equal((await host.run('test', ['-d', '/sys/fs/cgroup/keys/below'])).exitCode, 0);
      await page.keyboard.press('Delete');
      await dialog.press('Delete');
      await tree.gone('keys');
    });
  },
  {
    prepare: async (host) => {
      for (const name of names) await host.run('machinectl', ['clone', imageNames.busybox, name]);
    },
  },
);
