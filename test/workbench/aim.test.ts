import assert from 'node:assert/strict';
import type { Host } from '../host/host.ts';
import { image, machine, type RowMatch } from './tree.ts';
import type { Bench } from './withWorkbench.ts';
import { withWorkbench } from './withWorkbench.ts';

/** The middle of a button of a row, on the screen. */
const placeOf = async ({ workbench: { page, tree } }: Bench, match: RowMatch, button: string) => {
  const { index } = await tree.row(match);
  const row = page.locator(`.part.sidebar .pane-body .monaco-list-row[role="treeitem"][data-index="${index}"]`).first();
  await row.hover();
  const box = await row.locator(`.actions .action-label[aria-label=${JSON.stringify(button)}]`).boundingBox();
  if (box === null) throw new Error(`${button} has no place`);
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
};

const leader = async (host: Host, name: string): Promise<string> =>
  (await host.run('machinectl', ['show', name, '--property=Leader', '--value'])).stdout.trim();

/** What runs stays as it is for as long as a power off by a wrong click would take. */
const staysUp = async ({ host, workbench }: Bench, name: string, before: string): Promise<void> => {
  for (let look = 0; look < 8; look++) {
    await workbench.page.waitForTimeout(500);
    assert.equal(await leader(host, name), before, `${name} was stopped by a click that was aimed at another machine`);
  }
};

const dismiss = async ({ workbench: { page, terminal } }: Bench): Promise<string> => {
  const dialog = page.locator('.monaco-dialog-box:visible');
  const text = (await dialog.allInnerTexts()).join('\n');
  if (text !== '') await page.keyboard.press('Escape');
  await terminal.closeAll();
  return text;
};

await withWorkbench('a second click', (click) => {
  for (const groupBy of ['none', 'state'] as const) {
    for (const pause of ['a double click', 'a click as soon as the rows have changed'] as const) {
      click(`stops no other machine (${groupBy}, ${pause})`, async (bench) => {
        const { workbench, host } = bench;
        const { tree, page, sideBar } = workbench;
        await sideBar.open('systemd-nspawn');
        await workbench.changeSettings({ 'nspawn.groupBy': groupBy });
        await host.run('machinectl', ['clone', 'debian', 'later']);
        await host.run('machinectl', ['poweroff', 'later']);
        await host.run('machinectl', ['start', 'debian']);
        await tree.row((row) => machine('debian')(row) && row.icon === 'codicon-vm-running');
        await tree.row((row) => row.ariaLabel.startsWith('image later,'));
        const before = await leader(host, 'debian');
        const place = await placeOf(bench, image('later'), 'Start');
        if (pause === 'a double click') await page.mouse.dblclick(place.x, place.y);
        else {
          await page.mouse.click(place.x, place.y);
          await tree.row(machine('later'));
          await page.mouse.click(place.x, place.y);
        }
        await workbench.screenshot(`aim ${groupBy} ${pause}`);
        await staysUp(bench, 'debian', before);
        await dismiss(bench);
        await tree.row((row) => machine('later')(row) && row.icon === 'codicon-vm-running');
        await workbench.changeSettings({});
      });
    }
  }

  click('starts and stops nothing where Power Off was', async (bench) => {
    const { workbench, host } = bench;
    const { tree, page } = workbench;
    await host.run('machinectl', ['start', 'debian', 'later']);
    await tree.row((row) => machine('later')(row) && row.icon === 'codicon-vm-running');
    const before = await leader(host, 'later');
    // The test before has just moved the rows, and would have this click asked about: a person aims now.
    await page.waitForTimeout(2000);
    const place = await placeOf(bench, machine('debian'), 'Power Off');
    await page.mouse.click(place.x, place.y);
    await tree.row((row) => row.ariaLabel.startsWith('image debian,') && row.icon === 'codicon-package');
    await page.mouse.click(place.x, place.y);
    await staysUp(bench, 'later', before);
    assert.equal(await leader(host, 'debian'), '', 'a second click must not start it again');
    const { buttons } = await tree.row(image('debian'));
    assert.deepEqual(buttons, ['Start']);
    assert.deepEqual((await tree.row(machine('later'))).buttons, ['Power Off', 'Follow Journal', 'Open Shell']);
  });

  click('is asked for where rows have just moved, and the question names the machine', async (bench) => {
    const { workbench, host } = bench;
    const { tree, dialog } = workbench;
    await workbench.changeSettings({ 'nspawn.groupBy': 'state' });
    await tree.row('Stopped');
    await host.run('machinectl', ['start', 'debian']);
    await tree.row((row) => machine('debian')(row) && row.icon === 'codicon-vm-running');
    await tree.pressButton(machine('later'), 'Power Off');
    const question = await dialog.read();
    assert.match(question.message, /Power off .*later.*\?/);
    assert.match(question.detail, /just moved/);
    await workbench.screenshot('aim question');
    await dialog.press('Cancel');
    assert.notEqual(await leader(host, 'later'), '');
    await workbench.changeSettings({});
  });
});
