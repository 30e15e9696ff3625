import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Host } from '../host/host.ts';
import { imageNames } from '../host/installImages.ts';
import { machine, stopped } from './tree.ts';
import { until } from './wait.ts';
import type { Click } from './withWorkbench.ts';

const { debian, linked, noInit } = imageNames;
const unitOf = (name: string): string => `systemd-nspawn@${name}.service`;

const must = async (host: Host, file: string, ...args: string[]): Promise<string> => {
  const { exitCode, stdout, stderr } = await host.run(file, args);
  assert.equal(exitCode, 0, `${file} ${args.join(' ')}: ${stderr}`);
  return stdout;
};

export const testFailedUnit = (click: Click): void => {
  click('says so on its row, why and since when, and shows its journal', async ({ workbench, host }) => {
    const { tree, sideBar, terminal } = workbench;
    await sideBar.open('systemd-nspawn');
    await tree.row(stopped(noInit));
    await must(host, 'systemctl', 'start', unitOf(noInit));
    const { description } = await tree.row(
      (row) =>
        stopped(noInit)(row) && row.icon === 'codicon-error' && row.description.startsWith('failed with exit code '),
    );
    await tree.row((row) => stopped(linked)(row) && row.icon !== 'codicon-error');
    const tooltip = await tree.tooltip(stopped(noInit));
    const said = (await must(host, 'systemctl', 'show', unitOf(noInit), '--value', '-p', 'ExecMainStatus')).trim();
    assert.match(description, new RegExp(`^failed with exit code ${said} · `, 'u'));
    assert.match(tooltip, /^systemd-nspawn@noinit\.service failed on .+\.$/mu);
    assert.match(tooltip, /^Follow Journal shows what it said last\.\nStart tries it again\.$/mu);
    await workbench.screenshot('failed without us');
    await tree.expand(stopped(noInit));
    await tree.row((row) => row.label === 'Last run' && row.description.startsWith(`failed with exit code ${said} · `));
    await workbench.screenshot('failed without us opened');
    await tree.pressButton(stopped(noInit), 'Follow Journal');
    await terminal.shows('systemd-nspawn@noinit.service: Failed with result');
    await workbench.screenshot('journal of what failed without us');
    await terminal.closeAll();
  });

  click('says so no longer when it was reset', async ({ workbench: { tree, screenshot }, host }) => {
    await tree.row((row) => stopped(noInit)(row) && row.icon === 'codicon-error');
    await must(host, 'systemctl', 'reset-failed', unitOf(noInit));
    await tree.row(
      (row) => stopped(noInit)(row) && row.icon === 'codicon-package' && !row.description.includes('failed'),
    );
    await tree.gone((row) => row.label === 'Last run');
    await screenshot('failed no longer');
    await tree.collapse(stopped(noInit));
  });

  click('says what ended it when it crashed, and nothing of it when it runs again', async ({ workbench, host }) => {
    const { tree } = workbench;
    await must(host, 'machinectl', 'start', debian);
    await tree.row((row) => machine(debian)(row) && row.icon === 'codicon-vm-running');
    await must(host, 'systemctl', 'kill', '--kill-whom=main', '--signal=SIGKILL', unitOf(debian));
    await tree.row((row) => stopped(debian)(row) && row.description.startsWith('failed, ended by SIGKILL · '));
    await workbench.screenshot('crashed');
    await tree.pressButton(stopped(debian), 'Start');
    await tree.row((row) => machine(debian)(row) && row.icon === 'codicon-vm-running');
    assert.doesNotMatch((await tree.row(machine(debian))).description, /failed/u);
  });

  click('tells at once how long it has been running where the view was hidden', async ({ workbench, host }) => {
    const { tree, sideBar } = workbench;
    const minutesShown = ({ description }: { readonly description: string }): number =>
      Number(/(\d+) min$/u.exec(description.replace('< 1 min', '0 min'))?.[1]);
    const before = minutesShown(await tree.row(machine(debian)));
    await sideBar.open('Explorer');
    const secondsUp = 'expr $(date +%s) - $(date +%s -d "$(machinectl show debian --value -p Timestamp)")';
    const up = Number(await must(host, 'sh', '-c', secondsUp));
    await sleep(Math.max(0, (before + 1) * 60 + 1 - up) * 1000);
    await sideBar.open('systemd-nspawn');
    await tree.row((row) => machine(debian)(row) && minutesShown(row) > before);
  });

  click(
    'says so where a service of its own has failed, also while the view was hidden',
    async ({ workbench, host }) => {
      const { tree, sideBar, terminal } = workbench;
      const directory = `/var/lib/machines/${linked}`;
      const own = `[Service]\nExecStart=/usr/bin/systemd-nspawn -q -M own-one -D ${directory} /no-such-program\n`;
      await sideBar.open('Explorer');
      await host.run('sh', ['-c', 'cat >/run/systemd/system/own.service && systemctl daemon-reload'], { input: own });
      await must(host, 'systemctl', 'start', 'own.service');
      await until(workbench.page, 'the service to fail', async () =>
        (await host.run('systemctl', ['is-failed', 'own.service'])).stdout.startsWith('failed'),
      );
      await sideBar.open('systemd-nspawn');
      await tree.row((row) => stopped(linked)(row) && row.description.startsWith('failed with exit code '));
      assert.match(await tree.tooltip(stopped(linked)), /^own\.service failed on .+\.$/mu);
      await workbench.screenshot('own service failed');
      await tree.chooseInContextMenu(stopped(linked), 'Follow Journal');
      await terminal.shows('own.service: Failed with result');
      await terminal.closeAll();
      await must(host, 'systemctl', 'reset-failed', 'own.service');
      await tree.row((row) => stopped(linked)(row) && row.icon === 'codicon-package');
    },
  );

  click('has a row of its own where it has no image, until it is reset', async ({ workbench, host }) => {
    const { tree, terminal } = workbench;
    const lost = (row: { readonly label: string }): boolean => row.label === 'lost-one';
    const own = '[Service]\nExecStart=/usr/bin/systemd-nspawn -q -M lost-one -D /srv/lost-one\n';
    await host.run('sh', ['-c', 'cat >/run/systemd/system/lost.service && systemctl daemon-reload'], { input: own });
    await host.run('systemctl', ['start', 'lost.service']);
    await tree.row(
      (row) => lost(row) && row.icon === 'codicon-error' && row.description === 'failed with exit code 1 · no image',
    );
    assert.match(await tree.tooltip(lost), /^lost\.service failed on .+\.$/mu);
    await tree.expand(lost);
    await tree.row((row) => row.label === 'Unit' && row.description === 'lost.service');
    await workbench.screenshot('failed without an image');
    await tree.pressButton(lost, 'Follow Journal');
    await terminal.shows('lost.service: Failed with result');
    await workbench.screenshot('journal of what failed without an image');
    await terminal.closeAll();
    await must(host, 'systemctl', 'reset-failed', 'lost.service');
    await tree.gone(lost);
  });
};
