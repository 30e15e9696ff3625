import { lineOf, openFile, problemGone, problemShows, takeFix } from './editFile.ts';
import { withWorkbench } from './withWorkbench.ts';

const file = '/etc/cgconfig.conf';
const [before, after] = ['group web {\n\tmemory {\n\t\tmemory.limit_in_bytes = 40000', '\n\t}\n}\n'];

await withWorkbench(
  'a cgconfig.conf',
  (click) => {
    click('is judged while it is typed, and says what the kernel will make of a value', async ({ workbench }) => {
      const { page, editor } = workbench;
      await openFile(workbench, file);
      await page.locator('.part.editor .monaco-editor .view-lines').first().click();
      await page.keyboard.press('Control+A');
      await page.keyboard.type(before);
      await page.keyboard.insertText(after);
      await page.locator('.part.editor .squiggly-error').first().waitFor();
      await workbench.run('View: Focus Problems (Errors, Warnings, Infos)');
      await problemShows(page, 'missing-semicolon', 'nspawn-lint', '[Ln 3');
      await lineOf(page, 'limit_in_bytes').getByText('→ 36864 bytes').waitFor();
      await workbench.screenshot('missing semicolon');
      await editor.shows('40000');
    });

    click('is read by the installed cgconfigparser, which names a later line, and nothing is set up', async (bench) => {
      const { workbench, host } = bench;
      const { page, notifications } = workbench;
      await workbench.run('nspawn: Validate with cgconfigparser');
      await notifications.find('cgconfigparser refuses the whole file.');
      await problemShows(page, 'on line 4. The mistake is on line 3.', 'cgconfigparser', '[Ln 3');
      await workbench.screenshot('second opinion of cgconfigparser');
      await notifications.clear();
      await takeFix(workbench, 'limit_in_bytes', 'Add the semicolon');
      await problemGone(page, 'missing-semicolon');
      await workbench.run('nspawn: Validate with cgconfigparser');
      await notifications.find('cgconfigparser can read this file.');
      await problemGone(page, 'cgconfigparser');
      const { exitCode } = await host.run('test', ['-e', '/srv/cgroup-v1/memory/web']);
      if (exitCode === 0) throw new Error('the group was made');
    });
  },
  {
    images: false,
    v1: true,
    // What is typed stands there as it is.
    settings: {
      'editor.autoClosingBrackets': 'never',
      'editor.autoIndent': 'none',
      'editor.suggestOnTriggerCharacters': false,
      'editor.quickSuggestions': { other: 'off', comments: 'off', strings: 'off' },
    },
    prepare: async (host) => {
      await host.run('sh', ['-c', ': >"$1"', 'sh', file]);
    },
  },
);
