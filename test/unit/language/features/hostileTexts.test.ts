import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { HostObjects } from '../../../../src/language/hostObjects.ts';
import { defaultContext } from '../../../../src/language/context.ts';
import { complete } from '../../../../src/language/features/complete.ts';
import { hover } from '../../../../src/language/features/hover.ts';
import { links } from '../../../../src/language/features/links.ts';
import { symbols } from '../../../../src/language/features/symbols.ts';
import type { LanguageId } from '../../../../src/language/fileType.ts';
import { opened } from './opened.ts';

const attack = '[x](command:rig.trap)<b>$(squirrel)\\](command:rig.trap)`*_!';

const files: readonly (readonly [LanguageId, string])[] = [
  [
    'nspawn',
    `[Exec]\nHostname=${attack}\nEnvironment=${attack}=1\nParameters="${attack}"\nUser=${attack}\nSystemCallFilter=${attack}\n` +
      `[Files]\nBind=/srv/${attack}:/mnt/${attack}:${attack}\nOverlay=/a${attack}:/b${attack}\nTemporaryFileSystem=/t${attack}\n` +
      `[Network]\nZone=${attack}\nPort=${attack}\nVirtualEthernetExtra=${attack}:${attack}\n[${attack}]\n${attack}=${attack}\n`,
  ],
  [
    'cgconfig',
    `mount {\n\tmemory = "/srv/${attack}";\n}\ngroup "${attack}" {\n\tmemory {\n\t\tmemory.max = "${attack}";\n\t}\n}\n` +
      `template "${attack}/%u" {\n\tcpu {\n\t\tcpu.shares = "${attack}";\n\t}\n}\n`,
  ],
  [
    'lxc',
    `lxc.uts.name = ${attack}\nlxc.cgroup2.${attack} = ${attack}\nlxc.limit.${attack} = 1\nlxc.idmap = u ${attack} 1\n` +
      `lxc.include = /srv/${attack}\nlxc.rootfs.path = dir:/${attack}\nlxc.hook.start = ${attack}\n` +
      `lxc.mount.entry = /a${attack} ${attack} none bind,${attack} 0 0\nlxc.net.0.type = ${attack}\nlxc.cap.drop = ${attack}\n` +
      `lxc.sysctl.${attack} = 1\nlxc.mount.auto = ${attack}\nlxc.${attack} = 1\n${attack}\n`,
  ],
  ['cgrules', `${attack}:${attack} memory,${attack} ${attack}/%u ${attack}\n@${attack} * ${attack}\n`],
];

/** What is left of markdown when code and escaped characters are taken out: in that, nothing of a text may be. */
const bare = (markdown: string): string => markdown.replaceAll(/\\[!-/:-@[-`{-~]/gu, '').replaceAll(/(`+).+?\1/gu, '');

const host: HostObjects = {
  networkInterfaces: () => Promise.resolve([{ name: '$(squirrel)', kind: 'bridge' }]),
  directory: () => Promise.resolve([{ name: `$(squirrel)](x)`, isDirectory: true }]),
  users: () => Promise.resolve(['$(squirrel)']),
  groups: () => Promise.resolve(['$(squirrel)']),
  blockDevices: () => Promise.resolve([{ name: '$(squirrel)', number: '8:0' }]),
  imageUsers: () => Promise.resolve(['$(squirrel)']),
  imageDirectory: () => Promise.resolve([{ name: '$(squirrel)', isDirectory: true }]),
  machineNames: () => Promise.resolve(['$(squirrel)']),
  cpuCount: () => Promise.resolve(2),
  appArmorProfiles: () => Promise.resolve(['$(squirrel)']),
  subordinateRanges: () => Promise.resolve([{ of: 'u', user: '$(squirrel)', first: 1, count: 1 }]),
};

for (const [languageId, text] of files) {
  test(`no hover over a hostile ${languageId} file holds a link, an icon or an element of it`, () => {
    const file = opened(text, languageId);
    const shown = new Set<string>();
    for (let offset = 0; offset <= text.length; offset += 1) {
      const found = hover(file, file.textDocument.positionAt(offset), defaultContext)?.contents;
      if (found !== undefined && typeof found === 'object' && 'value' in found) shown.add(found.value);
    }
    assert.ok(shown.size > 0);
    for (const markdown of shown) assert.doesNotMatch(bare(markdown), /command:|<|\$\(|squirrel/u, markdown);
  });

  test(`no link, no offer and no symbol of a hostile ${languageId} file brings an icon or a command`, async () => {
    const file = opened(text, languageId);
    assert.deepEqual(links(file, defaultContext), []);
    assert.doesNotMatch(
      JSON.stringify(symbols(file).map(({ name, children }) => [name, children])),
      /"name":"[^"]*\$\(/u,
    );
    for (let offset = 0; offset <= text.length; offset += 3) {
      const { items } = await complete(file, file.textDocument.positionAt(offset), defaultContext, host);
      for (const { label, detail = '', documentation = '' } of items) {
        assert.doesNotMatch(`${label}${detail}`, /\$\(/u);
        const markdown = typeof documentation === 'string' ? documentation : documentation.value;
        assert.doesNotMatch(bare(markdown), /command:|<b>|\$\(|squirrel/u, markdown);
      }
    }
  });
}

test('a name with an icon is offered without it and written with it', async () => {
  const file = opened('[Files]\nBind=/srv/\n');
  const { items } = await complete(file, { line: 1, character: 10 }, defaultContext, host);
  const [item] = items.filter(({ label }) => label.includes('squirrel'));
  assert.equal(item?.label, '$ (squirrel)](x)');
  assert.equal(item.filterText, '$(squirrel)](x)');
  assert.equal(item.textEdit?.newText, '$(squirrel)](x)');
});
