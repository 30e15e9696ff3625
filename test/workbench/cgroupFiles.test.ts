import assert from 'node:assert/strict';
import type { Host } from '../host/host.ts';
import { lineOf, openFile, problemGone, problemShows, takeFix, write } from './editFile.ts';
import { until } from './wait.ts';
import { withWorkbench } from './withWorkbench.ts';
import type { Workbench } from './workbench.ts';

const cgconfig = '/etc/cgconfig.conf';
const cgrules = '/etc/cgrules.conf';
const more = '/etc/cgconfig.d/more.conf';

const texts: Readonly<Record<string, string>> = {
  [cgconfig]: 'group web {\n\tcpu {\n\t}\n}\n\ngroup web/php {\n\tcpu {\n\t}\n}\n',
  [cgrules]: 'root cpu web/php\n* cpu web\n',
  [more]: 'template users/%u {\n\tcpu {\n\t}\n}\n',
};

const writeAll = (host: Host): Promise<unknown> =>
  Promise.all(
    Object.entries(texts).map(([path, text]) =>
      host.run('sh', ['-c', 'mkdir -p "${1%/*}"; printf %s "$2" >"$1"', 'sh', path, text]),
    ),
  );

const textOnHost = async (host: Host, path: string): Promise<string> => (await host.run('cat', [path])).stdout;

/** Opens a file anew: where it is open already, the question for its path may be gone before it is answered. */
const open = async (workbench: Workbench, file: string): Promise<void> => {
  await workbench.editor.closeAll();
  await openFile(workbench, file);
};

const save = async ({ page }: Workbench): Promise<void> => {
  await page.keyboard.press('Control+S');
  await page.locator('.part.editor .tab.active.dirty').waitFor({ state: 'detached' });
};

/** Puts the cursor into the word of a line. */
const clickWord = async ({ page }: Workbench, line: string, word: string): Promise<void> => {
  await lineOf(page, line).getByText(word).first().click();
};

await withWorkbench(
  'the files of libcgroup',
  (click) => {
    click('tells of a rule that leads to no group, and repairs it', async ({ workbench }) => {
      const { page, editor } = workbench;
      await open(workbench, cgrules);
      await write(workbench, 'root cpu wbe/php\n* cpu web\n@users cpu users/%u\n');
      await workbench.run('View: Focus Problems (Errors, Warnings, Infos)');
      await problemShows(page, 'wbe/php', 'rule-undefined-group');
      await workbench.screenshot('rule that leads to no group');
      await takeFix(workbench, 'wbe/php', 'Write web/php');
      await editor.shows('root cpu web/php');
      await problemGone(page, 'rule-undefined-group');
      await save(workbench);
    });

    click('leads from a rule to its group', async ({ workbench }) => {
      const { page, editor } = workbench;
      await open(workbench, cgrules);
      await clickWord(workbench, 'root cpu web/php', 'web/php');
      await page.keyboard.press('End');
      await workbench.run('Go to Definition');
      await editor.opens('cgconfig.conf');
      await page.locator('.statusbar', { hasText: /Ln 6, Col 7/u }).waitFor();
    });

    click('renames a group in every file, also in those that are not open', async ({ workbench, host }) => {
      const { page, editor } = workbench;
      await open(workbench, cgconfig);
      await clickWord(workbench, 'group web {', 'web');
      await workbench.run('Rename Symbol');
      const box = page.locator('.rename-box input');
      await box.waitFor();
      assert.equal(await box.inputValue(), 'web');
      await box.fill('my site');
      await workbench.screenshot('group renamed');
      await box.press('Enter');
      await editor.shows('group "my site" {');
      await editor.shows('group "my site/php" {');
      const renamed = 'root cpu "my site/php"\n* cpu "my site"\n@users cpu users/%u\n';
      await until(page, 'the rules to be changed', async () => (await textOnHost(host, cgrules)) === renamed);
      await save(workbench);
    });

    click('refuses a name that is taken, and says where', async ({ workbench }) => {
      const { page, notifications } = workbench;
      await open(workbench, cgconfig);
      await clickWord(workbench, 'group "my site" {', 'site');
      await workbench.run('Rename Symbol');
      const box = page.locator('.rename-box input');
      await box.fill('users');
      await box.press('Enter');
      await notifications.find('There is a template users/%u in cgconfig.d/more.conf already');
    });

    click('is judged anew when another file changes on the host', async ({ workbench, host }) => {
      const { page } = workbench;
      await writeAll(host);
      await open(workbench, cgrules);
      await workbench.run('View: Focus Problems (Errors, Warnings, Infos)');
      await write(workbench, '* cpu mail\n');
      await problemShows(page, 'mail', 'rule-undefined-group');
      await host.run('sh', ['-c', `echo 'group mail { cpu { } }' >>${more}`]);
      await problemGone(page, 'rule-undefined-group');
      await host.run('sh', ['-c', `echo 'group other { cpu { } }' >${more}`]);
      await problemShows(page, 'mail', 'rule-undefined-group');
      await save(workbench);
    });
  },
  {
    images: false,
    settings: { 'editor.autoClosingBrackets': 'never', 'editor.inlayHints.enabled': 'off' },
    prepare: async (host) => {
      await writeAll(host);
    },
  },
);
