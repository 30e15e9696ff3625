import assert from 'node:assert/strict';
import { problemGone, problemShows, write } from './editFile.ts';
import { image, machine, stopped } from './tree.ts';
import { until } from './wait.ts';
import { withWorkbench } from './withWorkbench.ts';
import type { Workbench } from './workbench.ts';

/** Types the beginning of a directive, takes what is offered, and types its value over the example in it. */
const typeLine = async (
  { page, editor }: Workbench,
  typed: string,
  directive: string,
  value: string,
): Promise<void> => {
  await page.keyboard.type(typed);
  const offered = page.locator('.suggest-widget.visible .monaco-list-row.focused .label-name');
  await until(page, `${directive} to be offered first`, async () =>
    (await offered.allInnerTexts()).some((text) => text === directive),
  );
  await page.keyboard.press('Enter');
  await editor.shows(`${directive}=`);
  // What the example says behind the first part is typed over, too.
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Home');
  await page.keyboard.press('Shift+End');
  await page.keyboard.insertText(`${directive}=${value}`);
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
};

const save = async ({ page }: Workbench): Promise<void> => {
  const dirty = page.locator('.part.editor .tab.active.dirty');
  await dirty.waitFor();
  await page.keyboard.press('Control+S');
  await dirty.waitFor({ state: 'detached' });
};

/** Opens the file of an image by the menu of its row, and makes one where there is none. */
const openSettings = async (workbench: Workbench, name: string): Promise<void> => {
  await workbench.tree.chooseInContextMenu(image(name), 'Open .nspawn File');
  await workbench.dialog.press('Create');
  await workbench.editor.opens(`${name}.nspawn`);
};

const start = async ({ tree }: Workbench, name: string): Promise<void> => {
  await tree.pressButton(stopped(name), 'Start');
  await tree.row((row) => machine(name)(row) && row.icon === 'codicon-vm-running');
};

const powerOff = async ({ tree, editor }: Workbench, name: string): Promise<void> => {
  await tree.pressButton(machine(name), 'Power Off');
  await tree.row(stopped(name));
  await editor.closeAll();
};

/** What a command says inside of a machine, by its menu. */
const inside = async (
  workbench: Workbench,
  name: string,
  command: string,
  ...said: readonly string[]
): Promise<void> => {
  const { tree, quickInput, terminal } = workbench;
  await tree.chooseInContextMenu(machine(name), 'Run Command…');
  await quickInput.headingWith(name);
  await quickInput.enter(command);
  for (const words of said) await terminal.shows(words);
  await workbench.screenshot(`inside: ${command}`.slice(0, 60));
  await terminal.closeAll();
};

await withWorkbench(
  'lines of a .nspawn file, written with completion, and seen inside',
  (click) => {
    click('show directories and files of the host, a tmpfs, an overlay, and users of their own', async (bench) => {
      const { workbench } = bench;
      const { page, sideBar } = workbench;
      await sideBar.open('systemd-nspawn');
      await openSettings(workbench, 'debian');
      await write(workbench, '[Exec]\n');
      await typeLine(workbench, 'PrivateUs', 'PrivateUsers', 'pick');
      await page.keyboard.insertText('\n[Files]\n');
      await typeLine(workbench, 'Bin', 'Bind', '/run/outside:/data');
      await typeLine(workbench, 'BindR', 'BindReadOnly', '/srv/note:/note');
      await typeLine(workbench, 'Tempo', 'TemporaryFileSystem', '/scratch:rw,size=2G,mode=0755');
      await typeLine(workbench, 'Overl', 'Overlay', '/run/lower:/run/upper:/merged');
      await save(workbench);
      await workbench.run('View: Focus Problems (Errors, Warnings, Infos)');
      for (const line of ['Ln 6', 'Ln 7']) await problemGone(page, line);
      // No mistake, and true: with users of its own the machine cannot change what is in the upper directory.
      await problemShows(page, 'The upper directory belongs to nobody', 'Ln 8');
      assert.equal(await page.locator('.part.editor .squiggly-error, .part.editor .squiggly-warning').count(), 0);
      await workbench.screenshot('lines without a mistake');
      await start(workbench, 'debian');
      const look =
        'cat /data/word /note /merged/below; echo x >/note; df --output=size /scratch; cut -c1-22 /proc/self/uid_map';
      await inside(workbench, 'debian', look, 'from outside', 'a note', 'below', 'Read-only file system', '2097152');
      await powerOff(workbench, 'debian');
    });

    click('take the network away, or give one interface of the host', async ({ workbench, host }) => {
      // Cloned along with its image.
      await workbench.tree.chooseInContextMenu(image('frozen-copy'), 'Open .nspawn File');
      await workbench.editor.opens('frozen-copy.nspawn');
      await write(workbench, '[Network]\n');
      await typeLine(workbench, 'Priv', 'Private', 'yes');
      await typeLine(workbench, 'VirtualEthernet', 'VirtualEthernet', 'no');
      await save(workbench);
      await start(workbench, 'frozen-copy');
      await inside(workbench, 'frozen-copy', 'echo interfaces: $(ls /sys/class/net)', 'interfaces: lo\n');
      await powerOff(workbench, 'frozen-copy');

      await host.run('ip', ['link', 'add', 'gift0', 'type', 'veth', 'peer', 'name', 'giver0']);
      await workbench.tree.chooseInContextMenu(image('frozen-copy'), 'Open .nspawn File');
      await workbench.editor.opens('frozen-copy.nspawn');
      await write(workbench, '[Network]\nVirtualEthernet=no\n');
      await typeLine(workbench, 'Interf', 'Interface', 'gift0');
      await save(workbench);
      await start(workbench, 'frozen-copy');
      await inside(workbench, 'frozen-copy', 'echo interfaces: $(ls /sys/class/net)', 'interfaces: gift0 lo');
      const { exitCode } = await host.run('ip', ['link', 'show', 'gift0']);
      assert.notEqual(exitCode, 0);
      await powerOff(workbench, 'frozen-copy');
    });

    click('throw away what was changed, by Volatile=', async ({ workbench, host }) => {
      await workbench.tree.chooseInContextMenu(image('debian'), 'Open .nspawn File');
      await workbench.editor.opens('debian.nspawn');
      await write(workbench, '[Files]\n');
      await typeLine(workbench, 'Vola', 'Volatile', 'overlay');
      await save(workbench);
      await start(workbench, 'debian');
      await inside(workbench, 'debian', 'echo lost >/srv/changed; cat /srv/changed', 'lost');
      await powerOff(workbench, 'debian');
      const { exitCode } = await host.run('test', ['-e', '/var/lib/machines/debian/srv/changed']);
      assert.notEqual(exitCode, 0);
    });
  },
  {
    // The text is what is written in it.
    settings: {
      'editor.autoClosingBrackets': 'never',
      'editor.autoSurround': 'never',
      'editor.inlayHints.enabled': 'off',
    },
    prepare: async (host) => {
      const script = `
        mkdir -p /run/outside /run/lower /run/upper /etc/systemd/nspawn
        echo from outside >/run/outside/word; echo a note >/srv/note; echo below >/run/lower/below
        machinectl clone busybox frozen-copy`;
      await host.run('sh', ['-c', script]);
    },
  },
);
