import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import type { Host } from '../host/host.ts';
import { imageNames } from '../host/installImages.ts';
import { lineOf, openFile, problemShows } from './editFile.ts';
import { bait, setTrap, showTrapCommand, springs, trap, trapWasSprung } from './trap.ts';
import { image } from './tree.ts';
import { until } from './wait.ts';
import { withWorkbench } from './withWorkbench.ts';
import type { Workbench } from './workbench.ts';

const container = 'systemd-nspawn';
const command = 'rig.trap';

/** The two ways out of the hover of a link that VS Code leaves open. */
const cgconfig =
  `mount {\n\tmemory = "/srv/data\\\\](command:${command}) [cgroup";\n\tcpu = "/srv/plain";\n}\n` +
  `group "${bait}" {\n\tmemory {\n\t\tmemory.max = "${bait}";\n\t}\n}\n`;
const nspawn =
  `[Files]\nBind=/srv/data\\\\\\\\](command\\:${command})\nBind=/srv/${bait}:/mnt/${bait}\n` +
  `[Exec]\nEnvironment="${bait}=1"\nHostname=${bait}\nResolvConf=${bait}\nBoot=$(squirrel)\n`;
const cgrules = `${bait.replaceAll(' ', '')} memory "${bait}"\n@$(squirrel) memory,$(squirrel) web/$(squirrel)\n`;

/** A bait without blanks, as what the titles of fixes repeat stands in no quotes. */
const word = `$(squirrel)[x](command:${command})`;
const titled: Readonly<Record<string, string>> = {
  'cgconfig.conf': `group "${word}" {\n\tmemory {\n\t}\n}\n`,
  'cgrules.conf': `root memory ${word.replace('squirrel', 'squirrl')}\n`,
  'titles.nspawn': `# nspawn-lint: ignore ${word}, nothing\n[Files]\nBind=/srv:/mnt:${word.replaceAll(':', '.')}\n`,
};

const hover = '.monaco-hover:visible';
const toasts = '.notifications-toasts .notification-list-item-message';

/** Where a link of ours may lead: pages about a rule or an option, and the one plain path. */
const allowed = /^(?:https:\/\/|vscode-remote:\/\/[^/]+\/srv\/plain$)/u;

/** Nothing has been made of the bait, and a click on it runs nothing. */
const nothingSprung = async ({ page }: Workbench, host: Host): Promise<void> => {
  assert.deepEqual(await springs(page), []);
  for (const link of await page.locator(`:is(${hover} .rendered-markdown, ${toasts}) a`).all()) {
    const target = (await link.getAttribute('data-href')) ?? (await link.getAttribute('href')) ?? '';
    assert.match(target, allowed);
  }
  for (const text of await page.locator(`:is(${hover}, ${toasts})`).getByText(`command:${command}`).all())
    await text.click({ force: true, timeout: 1_000 }).catch(() => undefined);
  assert.equal(await trapWasSprung(host), false);
};

const hoverText = async (page: Page): Promise<string> => (await page.locator(hover).allInnerTexts()).join('\n');

/** Waits for one of the things that VS Code answers with, for a moment: it may have nothing to say there. */
const answered = async (page: Page, selector: string): Promise<void> => {
  await page
    .locator(selector)
    .first()
    .waitFor({ timeout: 1_500 })
    .catch(() => undefined);
};

/** Asks for the hover, the suggestions and the fixes at several places of every line, and looks at each. */
const askEverywhere = async (
  workbench: Workbench,
  host: Host,
  words: readonly string[],
  places: readonly number[],
): Promise<void> => {
  const { page, run } = workbench;
  for (const word of words)
    for (const x of places) {
      await page.keyboard.press('Escape');
      await lineOf(page, word).click({ position: { x, y: 8 }, force: true });
      await run('Show or Focus Hover');
      await answered(page, hover);
      await nothingSprung(workbench, host);
      await page.keyboard.press('Escape');
    }
  for (const word of words) {
    await page.keyboard.press('Escape');
    await lineOf(page, word).click({ position: { x: 190, y: 8 }, force: true });
    await run('Quick Fix...');
    await answered(page, '.action-widget:visible, .monaco-editor-overlaymessage:visible');
    await nothingSprung(workbench, host);
    await page.keyboard.press('Escape');
    await run('Trigger Suggest');
    await answered(page, '.suggest-widget:visible');
    await nothingSprung(workbench, host);
    await page.keyboard.press('Escape');
  }
};

await withWorkbench(
  'hostile texts',
  (click) => {
    click('would be seen: VS Code makes a link of what an extension shows as it is', async ({ workbench, host }) => {
      await setTrap(host);
      await workbench.sideBar.open(container);
      await workbench.run(showTrapCommand);
      await workbench.notifications.find('$(squirrel)');
      assert.equal((await springs(workbench.page)).length, 1);
      await workbench.page.locator('.notifications-toasts a[href*="rig.trap"]').click();
      await until(workbench.page, 'the trap to be sprung', () => trapWasSprung(host));
      await setTrap(host);
    });

    const files = [
      ['cgconfig.conf', ['memory =', 'group ', 'memory.max'], 160, 230],
      ['evil.nspawn', ['Bind=/srv/data', 'mnt', 'Environment', 'Hostname', 'ResolvConf', 'Boot'], 90, 160],
      ['cgrules.conf', ['memory'], 90, 460],
    ] as const;
    for (const [name, words, ...places] of files)
      click(`run nothing from the hovers, problems, fixes and outline of ${name}`, async ({ workbench, host }) => {
        const { page } = workbench;
        await setTrap(host);
        await openFile(workbench, `/srv/evil/${name}`);
        await workbench.run('View: Focus Problems (Errors, Warnings, Infos)');
        await page.locator('.markers-panel .monaco-list-row').first().waitFor();
        await nothingSprung(workbench, host);
        await askEverywhere(workbench, host, words, places);
        if (name === 'cgconfig.conf') {
          // A plain path is a link still, and the only one.
          await lineOf(page, 'cpu =').click({ position: { x: 140, y: 8 }, force: true });
          await workbench.run('Show or Focus Hover');
          await until(page, 'the hover of the plain path', async () =>
            (await hoverText(page)).includes('Open this path of the host'),
          );
          await nothingSprung(workbench, host);
        }
        await workbench.run('Go to Symbol in Editor...');
        await workbench.quickInput.items();
        await nothingSprung(workbench, host);
        await workbench.screenshot(`hostile ${name}`);
        await page.keyboard.press('Escape');
        await workbench.editor.closeAll();
      });

    const titles: readonly (readonly [file: string, line: string, title: string])[] = [
      ['cgrules.conf', 'root memory', `Write ${word}`],
      ['titles.nspawn', 'nspawn-lint', `Remove ${word} from this comment`],
      ['titles.nspawn', 'Bind=', `Remove ${word.replaceAll(':', '.')}`],
    ];
    for (const [name, line, title] of titles)
      click(`run nothing from the title of a fix: ${title}`, async ({ workbench, host }) => {
        const { page, editor } = workbench;
        await setTrap(host);
        await editor.closeAll();
        await openFile(workbench, `/srv/titles/${name}`);
        await workbench.run('View: Focus Problems (Errors, Warnings, Infos)');
        await problemShows(page, word.slice(0, 8));
        await nothingSprung(workbench, host);
        const fixes = page.locator('.action-widget:visible .monaco-list-row');
        const shown = await until(page, `the fix ${JSON.stringify(title)}`, async () => {
          await page.keyboard.press('Escape');
          await lineOf(page, line).click({ position: { x: 230, y: 8 } });
          await page.keyboard.press('Control+.');
          await answered(page, '.action-widget:visible');
          const texts = await fixes.allInnerTexts();
          return texts.some((text) => text.trim() === title) ? texts : undefined;
        });
        assert.ok(shown.length > 0);
        await nothingSprung(workbench, host);
        await fixes.filter({ hasText: title }).first().hover();
        await answered(page, hover);
        await nothingSprung(workbench, host);
        await workbench.screenshot(`hostile title ${name} ${line}`);
        await fixes.filter({ hasText: title }).first().click();
        await page.locator('.part.editor .tab.active.dirty').waitFor();
        await nothingSprung(workbench, host);
        await workbench.run('File: Revert File');
      });

    click('run nothing from names of images: rows, lists, terminals', async ({ workbench, host }) => {
      const { page, tree, quickInput, terminal } = workbench;
      await setTrap(host);
      await workbench.sideBar.open(container);
      await tree.row((row) => row.label === bait);
      assert.ok((await tree.tooltip((row) => row.label === bait)).includes('command:'));
      await nothingSprung(workbench, host);
      await workbench.run('nspawn: Open Shell Without Booting');
      await until(page, 'the image in the list', async () =>
        (await quickInput.items()).some(({ label }) => label.includes('] (command:')),
      );
      await nothingSprung(workbench, host);
      const [item] = (await quickInput.items()).filter(({ label }) => label.includes('] (command:'));
      await quickInput.choose(item?.label ?? '');
      await terminal.text();
      await page.locator('.single-terminal-tab, .terminal-tabs-entry').first().hover();
      await until(page, 'the hover of the terminal', async () => (await hoverText(page)).includes('PID'));
      await workbench.screenshot('hostile terminal');
      await nothingSprung(workbench, host);
      await terminal.closeAll();
    });

    click('run nothing from the journal of a machine that did not start', async ({ workbench, host }) => {
      const { tree, notifications } = workbench;
      await setTrap(host);
      await workbench.sideBar.open(container);
      await tree.pressButton(image('noinit'), 'Start');
      await notifications.find(`] (command:${command})`);
      await workbench.screenshot('hostile journal');
      await nothingSprung(workbench, host);
    });

    click('run nothing from names of groups and processes', async ({ workbench, host }) => {
      const { page, quickInput, notifications } = workbench;
      await setTrap(host);
      await workbench.run('nspawn: Kill All Processes of Control Group…');
      await quickInput.fill('squirrel');
      const [group] = await quickInput.items();
      await nothingSprung(workbench, host);
      await quickInput.choose(group?.label ?? '');
      await notifications.find('No process runs in');
      await nothingSprung(workbench, host);
      await notifications.clear();
      await workbench.run('nspawn: Find Process…');
      await quickInput.fill('squirrel');
      await quickInput.items();
      await page.locator('.quick-input-widget:visible .label-description').first().hover();
      await until(page, 'the hover of the command line', async () => (await hoverText(page)).includes('squirrel'));
      await workbench.screenshot('hostile process');
      await nothingSprung(workbench, host);
    });

    click('run nothing from the users of a machine', async ({ workbench, host }) => {
      const { page, quickInput } = workbench;
      await setTrap(host);
      await host.run('machinectl', ['start', imageNames.busybox]);
      await workbench.sideBar.open(container);
      await workbench.run('nspawn: Open Shell as User…');
      await quickInput.headingWith('Open Shell as User').catch(() => undefined);
      await until(page, 'the users or the machines', async () => (await quickInput.items()).length > 0);
      if ((await quickInput.items()).some(({ label }) => label === imageNames.busybox))
        await quickInput.choose(imageNames.busybox);
      await until(page, 'the users', async () =>
        (await quickInput.items()).some(({ description }) => description.includes('squirrel')),
      );
      await page.locator('.quick-input-widget:visible .label-description', { hasText: 'squirrel' }).first().hover();
      await until(page, 'the hover of the shell', async () => (await hoverText(page)).includes('squirrel'));
      await workbench.screenshot('hostile users');
      await nothingSprung(workbench, host);
    });
  },
  {
    companions: [trap],
    settings: {
      'workbench.hover.delay': 50,
      'editor.hover.delay': 50,
      // Its lines lie over those that are clicked.
      'editor.stickyScroll.enabled': false,
      'terminal.integrated.tabs.hideCondition': 'never',
    },
    prepare: async (host) => {
      const script = `
set -e
mkdir -p /srv/evil
printf %s "$1" >/srv/evil/cgconfig.conf
printf %s "$2" >/srv/evil/evil.nspawn
printf %s "$3" >/srv/evil/cgrules.conf
cp -a /var/lib/machines/noinit "/var/lib/machines/$4"
mkdir -p "/sys/fs/cgroup/$4"
printf 'eve:x:1001:1001::/home/%s:/bin/%s\\n' "$6" "$6" >>/var/lib/machines/busybox/etc/passwd
mkdir -p /etc/systemd/nspawn
printf '[Files]\\nBind=/none %s:/mnt\\n' "$5" >/etc/systemd/nspawn/noinit.nspawn
cp /bin/sleep "/tmp/squirrel"
`;
      // A colon would end the field of a user.
      const inUser = bait.replaceAll(':', ' ');
      const texts = [cgconfig, nspawn, cgrules, bait, bait.replaceAll(':', '\\:'), inUser];
      const { exitCode, stderr } = await host.run('sh', ['-c', script, 'sh', ...texts]);
      assert.equal(exitCode, 0, stderr);
      for (const [name, text] of Object.entries(titled))
        await host.run('sh', ['-c', 'mkdir -p /srv/titles; printf %s "$2" >"/srv/titles/$1"', 'sh', name, text]);
      await host.run('systemd-run', ['--quiet', '--', '/bin/bash', '-c', `exec -a "$0" /tmp/squirrel 1000`, bait]);
    },
  },
);
