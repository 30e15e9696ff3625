import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultContext } from '../../../../src/language/context.ts';
import { effectivePage } from '../../../../src/language/lxc/effective.ts';
import { parseLxc } from '../../../../src/language/lxc/parse.ts';
import { includesOf } from './includesOf.ts';

const path = '/var/lib/lxc/web/config';
const pageOf = (text: string, at: Parameters<typeof includesOf>[0]) => {
  const { lines, origins } = effectivePage(parseLxc(text), text, path, { ...defaultContext, includes: includesOf(at) });
  return { text: lines.join('\n'), lines, origins };
};

test('the page has what counts with its places, then what does not and why', () => {
  const common = '# of all\nlxc.cap.drop = kill\nlxc.tty.max = 2\nlxc.net.0.link = br0\nlxc.environment = " a"\n';
  const own = 'lxc.include = /a\nlxc.cap.drop = chown\nlxc.tty.max = 4\nlxc.environment =\nlxc.net.0.type = veth\n';
  const { text, lines, origins } = pageOf(own, { '/a': common });
  assert.equal(
    text.slice(text.indexOf('\n\n') + 2),
    `# /a:2
lxc.cap.drop = kill

# ${path}:2
lxc.cap.drop = chown

# ${path}:3
lxc.tty.max = 4

# ${path}:5
lxc.net.0.type = veth

# What does not count:
#
# /a:3
#   lxc.tty.max = 2
#   Line 3 of ${path} sets it anew
#
# /a:4
#   lxc.net.0.link = br0
#   Line 5 of ${path} clears it
#
# /a:5
#   lxc.environment = " a"
#   Line 4 of ${path} clears it
`,
  );
  const places = [...origins].map(([index, { path: file, line }]) => `${lines[index] ?? ''} -> ${file} ${line}`);
  assert.ok(places.includes('# /a:2 -> /a 2'));
  assert.ok(places.includes(`#   Line 3 of ${path} sets it anew -> ${path} 3`));
});

test('each way in which a line takes another one back is known', () => {
  const takenBack: Readonly<Record<string, string>> = {
    'lxc.cap.drop = kill\nlxc.cap.keep =\n': '2',
    'lxc.hook.start = /a\nlxc.hook =\n': '2',
    'lxc.prlimit.nofile = 1\nlxc.prlimit =\n': '2',
    'lxc.prlimit.nofile = 1\nlxc.prlimit.nofile =\n': '2',
    'lxc.net.0.type = veth\nlxc.net.0 =\n': '2',
    'lxc.net.0.type = veth\nlxc.net =\n': '2',
    'lxc.net.0.type = veth\nlxc.net.0.type =\n': '2',
    'lxc.net.0.link = a\nlxc.net.0.link =\n': '2',
    'lxc.net.0.type = veth\nlxc.net.0.type = none\n': '2',
  };
  for (const [text, line] of Object.entries(takenBack))
    assert.match(pageOf(text, {}).text, new RegExp(`#   Line ${line} of ${path} clears it\n`, 'u'), text);
});

test('what is not known and what refuses all of it is said first', () => {
  const { text } = pageOf('lxc.net.0.type = veth\nlxc.include = a\nlxc.tty.max = four\n', {});
  assert.match(text, /^# Not read, so it may change any of this: a$/mu);
  assert.match(text, /^# LXC takes none of this\. Line 3: LXC takes a whole number/mu);
  assert.match(text, /^lxc\.net\.0\.type = veth$/mu, 'which may still count');
});
