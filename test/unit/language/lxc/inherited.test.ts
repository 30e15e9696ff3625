import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { defaultContext } from '../../../../src/language/context.ts';
import { noHostObjects } from '../../../../src/language/hostObjects.ts';
import { languageFeatures, openFile } from '../../../../src/language/languageService.ts';
import { includesOf } from './includesOf.ts';

const at = {
  '/usr/share/lxc/config/common.conf': '#\nlxc.cap.drop = sys_time\nlxc.tty.max = 2\nlxc.include = /more.conf\n',
  '/more.conf': 'lxc.cap.drop = kill\nlxc.tty.max = 3\nlxc.uts.name = `a`<b>\nlxc.environment =\n',
};
const top =
  'lxc.include = /usr/share/lxc/config/common.conf\nlxc.cap.drop = chown\nlxc.tty.max = 4\nlxc.uts.name = b\nlxc.environment = A=b\nlxc.arch = amd64\n';

/** What hover of a key in that line says of other files. */
const saidOf = (line: number, text = top): string => {
  const file = openFile(TextDocument.create('file:///var/lib/lxc/web/config', 'lxc', 0, text), 'lxc');
  assert.ok(file !== undefined);
  const hover = languageFeatures.hover(file, { line, character: 5 }, { ...defaultContext, includes: includesOf(at) });
  const { value } = hover?.contents as { readonly value: string };
  return value.split('Included files say of this key:\n\n')[1] ?? '';
};

test('hover says what included files set of a key, where, and whether it counts', () => {
  assert.equal(
    saidOf(1),
    '- Line 2 of `/usr/share/lxc/config/common.conf`: `sys_time`\n- Line 1 of `/more.conf`: `kill`',
  );
  assert.equal(
    saidOf(2),
    '- Line 3 of `/usr/share/lxc/config/common.conf`, which does not count: `2`\n- Line 2 of `/more.conf`, which does not count: `3`',
  );
  assert.equal(saidOf(0, 'lxc.tty.max = 1\nlxc.include = /more.conf\n'), '- Line 2 of `/more.conf`: `3`');
  assert.equal(saidOf(4), '- Line 4 of `/more.conf` clears it');
  assert.equal(saidOf(5), '');
  assert.equal(saidOf(0), '', 'of include lines the files themselves tell');
});

test('what another file has is shown as code and not as markdown', () => {
  assert.equal(saidOf(3), '- Line 3 of `/more.conf`, which does not count: `` `a`<b> ``');
});

test('completion is without it', async () => {
  const file = openFile(TextDocument.create('file:///var/lib/lxc/web/config', 'lxc', 0, `${top}lxc.cap.d`), 'lxc');
  assert.ok(file !== undefined);
  const context = { ...defaultContext, includes: includesOf(at) };
  const { items } = await languageFeatures.complete(file, { line: 6, character: 9 }, context, noHostObjects, {
    snippets: false,
  });
  assert.ok(items.length > 0);
  assert.ok(!JSON.stringify(items).includes('Included files'));
});
