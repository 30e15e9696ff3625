import assert from 'node:assert/strict';
import test from 'node:test';
import { complete } from '../../../../src/language/features/complete.ts';
import { hover } from '../../../../src/language/features/hover.ts';
import { noHostObjects, type HostObjects } from '../../../../src/language/hostObjects.ts';
import { contextOf, marked } from './marked.ts';

const host: HostObjects = {
  ...noHostObjects,
  networkInterfaces: () => Promise.resolve([{ name: 'eth0', kind: 'other' }]),
  directory: () =>
    Promise.resolve(
      ['plain', 'a:b', 'a"b', 'new\nline', ' blank', '\u202Eturned', ''].map((name) => ({ name, isDirectory: true })),
    ),
  cpuCount: () => Promise.resolve(2),
};

const texts: readonly string[] = [
  '\uFEFF[Exec]\r\nBoot=yes\r\nCapability=CAP_CHOWN \\\r\n# between\r\n  CAP_KILL\r\n\r\n[Files]\r\nBind=/srv/a\\:b:/x:idmap,rb\r\n',
  '[Exec]\nParameters="a b" \\\n\\\n  c\nLimitAS=1.5G:inf\nSystemCallFilter=~@clock pt\nKillSignal=\nPrivateUsers=1\nTimezone',
  '[Network]\nPort=tcp:80:\nInterface=a:b c\nVirtualEthernetExtra=a:\nZone=\n[Unknown]\nKey=x\n[Files',
  '[Files]\nBind=/new \\\n  line/x\nOverlay=/a:\\\n/b:/c\nTemporaryFileSystem=/v:mode=1,\n=\n = x\nBind\\\n=/x\n',
  '# nspawn-lint: ignore unknown-key, x\n; [Exec\n[Exec]\\\nBoot=\0Boot=yes\0\n\rUser=root\r\r',
];

const lxcTexts: readonly string[] = [
  '\uFEFFlxc.net.0.type = veth\r\n  lxc.net.0.link =  br0  \r\n\r\nlxc.mount.entry = /srv/a srv none bind,ro 0 0\rlxc',
  'lxc.rootfs.path = dir:/srv/x\nlxc.uts.name = "a b" \nlxc.cap.drop = sys_time  kill\nlxc.idmap = u 0 1\nlxc.net.7.',
  '# nspawn-lint: ignore unknown-key, x\n#\n =\nlxc. = x\nlxc =\nlxc.hook.start = /a b\nlxc.uts.name = \0 lxc.arch = x\n',
];

const everyText = [
  ...texts.map((text) => ({ text, languageId: 'nspawn' as const })),
  ...lxcTexts.map((text) => ({ text, languageId: 'lxc' as const })),
];

test('every answer replaces part of one line around the cursor, and no shown text hides anything', async () => {
  let answers = 0;
  for (const { text, languageId } of everyText)
    for (let offset = 0; offset <= text.length; offset++) {
      const { file, position } = marked(`${text.slice(0, offset)}|${text.slice(offset)}`, languageId);
      const where = `${text.slice(Math.max(0, offset - 20), offset)}|`;
      const { items } = await complete(file, position, contextOf(), host);
      for (const { label, textEdit } of items) {
        answers++;
        assert.ok(textEdit !== undefined && 'range' in textEdit);
        const { start, end } = textEdit.range;
        assert.equal(start.line, position.line, `${label} at ${where}`);
        assert.equal(end.line, position.line, `${label} at ${where}`);
        assert.ok(start.character <= position.character && position.character <= end.character, `${label} at ${where}`);
        assert.doesNotMatch(label, /[\p{Cc}\p{Cf}]|^\s|^$/u);
      }
      assert.equal(
        new Set(items.map(({ label, textEdit }) => `${label}\n${textEdit?.newText ?? ''}`)).size,
        items.length,
        where,
      );
      const shown = hover(file, position, contextOf());
      if (shown?.range !== undefined) {
        const { start, end } = shown.range;
        // No position lies between CR and LF.
        const at = file.textDocument.offsetAt(position);
        assert.ok(file.textDocument.offsetAt(start) <= at && at <= file.textDocument.offsetAt(end), where);
      }
    }
  assert.ok(answers > 1_000);
});
