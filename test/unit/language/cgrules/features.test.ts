import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { MarkupContent } from 'vscode-languageserver-types';
import type { Context } from '../../../../src/language/context.ts';
import { type HostObjects, noHostObjects } from '../../../../src/language/hostObjects.ts';
import { languageFeatures } from '../../../../src/language/languageService.ts';
import { tokenLegend } from '../../../../src/language/features/semanticTokens.ts';
import { groupFileOf } from '../../../../src/language/cgroups/groupFile.ts';
import { opened } from '../features/opened.ts';
import { contextOf, marked } from '../features/marked.ts';
import { hostOfV2 } from '../hostOfV2.ts';

const objects: HostObjects = {
  ...noHostObjects,
  users: () => Promise.resolve(['alice', 'root']),
  groups: () => Promise.resolve(['staff']),
};

const offers = async (text: string, context: Partial<Context> = {}) => {
  const { file, position } = marked(text, 'cgrules');
  return { file, items: (await languageFeatures.complete(file, position, contextOf(context), objects)).items };
};
const offered = async (text: string, context: Partial<Context> = {}): Promise<readonly string[]> =>
  (await offers(text, context)).items.map(({ label }) => label);
const taken = async (text: string, label: string, context: Partial<Context> = {}): Promise<string> => {
  const { file, items } = await offers(text, context);
  const edit = items.find((item) => item.label === label)?.textEdit;
  assert.ok(edit !== undefined && 'range' in edit, label);
  return TextDocument.applyEdits(file.textDocument, [edit]);
};

describe('completion offers', () => {
  test('users, and behind an @ groups', async () => {
    for (const text of ['|', 'bob cpu web\n  a|', '"al| ice" cpu web'])
      assert.deepEqual(await offered(text), ['alice', 'root', '*', '%', '@'], text);
    assert.deepEqual(await offered('@|'), ['staff', '*', '%']);
    assert.equal(await taken('@s|:ssh cpu web', 'staff'), '@staff:ssh cpu web');
    assert.equal(await taken('bo|b:ssh cpu web', 'alice'), 'alice:ssh cpu web');
    assert.deepEqual(await offered('bob:|ssh cpu web'), []);
  });

  test('controllers, those of the host first, each once', async () => {
    const all = await offered('bob |');
    assert.ok(all.includes('cpu') && all.includes('freezer') && all.includes('*') && !all.includes('cgroup'));
    const here = await offered('bob |', { host: hostOfV2 });
    assert.deepEqual(here.slice(0, 2), ['cpuset', 'cpu']);
    assert.ok(here.indexOf('freezer') > here.indexOf('misc'));
    const next = await offered('bob cpu,|,io web');
    assert.ok(!next.includes('cpu') && !next.includes('io') && !next.includes('*') && next.includes('memory'));
    assert.equal(await taken('bob cpu,me| web', 'memory'), 'bob cpu,memory web');
  });

  test('groups and templates that other files define, and what is replaced', async () => {
    const other = opened('group web/db { cpu { } }\ntemplate users/%u { cpu { } }\n', 'cgconfig');
    const file = groupFileOf(other, 'cgconfig.conf', '3.2');
    assert.ok(file !== undefined);
    const groups = { name: 'cgrules.conf', others: [file], isComplete: true };
    assert.deepEqual((await offered('bob cpu |', { groups })).slice(0, 3), ['web/db', 'users/%u', '%u']);
    assert.equal(await taken('bob cpu "w|eb"', 'web/db', { groups }), 'bob cpu "web/db"');
    assert.equal(await taken('bob cpu users/%|', '%p'), 'bob cpu users/%p');
  });

  test('options that the version takes, and nothing behind them or in a comment', async () => {
    assert.deepEqual(await offered('bob cpu web |'), ['ignore', 'ignore_rt']);
    assert.deepEqual(await offered('bob cpu web |', { libcgroupVersion: '3.1' }), ['ignore']);
    assert.deepEqual(await offered('bob cpu web ignore |'), []);
    assert.deepEqual(await offered('bob cpu # |'), []);
  });
});

describe('hover says', () => {
  const said = (text: string, context: Partial<Context> = {}): string | undefined => {
    const { file, position } = marked(text, 'cgrules');
    const found = languageFeatures.hover(file, position, contextOf(context));
    if (found === undefined) return undefined;
    assert.ok(MarkupContent.is(found.contents));
    assert.ok(found.range !== undefined);
    return `${file.textDocument.getText(found.range)}: ${found.contents.value}`;
  };

  test('whom a rule is for', () => {
    assert.match(said('al|ice cpu web', { host: hostOfV2 }) ?? '', /^alice: .*\*\*alice\*\* \(1000 on this host\)/u);
    assert.match(said('alice:ss| cpu web') ?? '', /the user \*\*alice\*\*.*\n\n.*the process `ss`/su);
    assert.match(said('bob:ss*| cpu web') ?? '', /begins with `ss`/u);
    assert.match(said('@st|aff cpu web') ?? '', /or who is a member of it/u);
    assert.match(said('*| cpu web') ?? '', /first rule that fits/u);
    assert.match(said('bob cpu web\n%| memory web') ?? '', /3\.2 skips all such lines/u);
    assert.match(said('bob cpu web\n%| memory web', { libcgroupVersion: '3.1' }) ?? '', /moved for both lines/u);
    assert.match(said('"bob:two wo|rds" cpu web') ?? '', /^words: .*the process `two words`/u);
  });

  test('what controllers, destination and options are', () => {
    assert.match(said('bob cpu,mem|ory web', { host: hostOfV2 }) ?? '', /^memory: .*\*\*memory\*\*.*as cgroup v2/u);
    assert.match(said('bob | * web') ?? 'nothing', /^nothing$/u);
    assert.match(said('bob *| web') ?? '', /^\*: All controllers/u);
    assert.match(said('bob  cpu   users/%|u') ?? '', /^%u: Becomes the name of the user/u);
    assert.match(said('bob cpu us|ers/%u') ?? '', /^users\/%u: The group .* made when/u);
    assert.match(said('bob cpu "a |b"') ?? '', /^a b: The group/u);
    assert.match(said('bob cpu web ign|ore') ?? '', /^ignore: .*left alone/u);
    assert.equal(said('bob nope| web'), undefined);
  });
});

describe('layout', () => {
  const formatted = (text: string): string => {
    const file = opened(text, 'cgrules');
    const edits = languageFeatures.format(file);
    const after = TextDocument.applyEdits(file.textDocument, edits);
    assert.deepEqual(languageFeatures.format(opened(after, 'cgrules')), [], 'laid out once');
    return after;
  };

  test('fields stand in columns, up to an empty line', () => {
    assert.equal(
      formatted('\n\n  root cpu,memory\tweb\n@users:bash   * "a  b" ignore\n# note\nbob io x\n\n\n\n% cpu x\n'),
      'root        cpu,memory web\n@users:bash *          "a  b" ignore\n# note\nbob         io         x\n\n% cpu x\n',
    );
    assert.equal(formatted('bob cpu web'), 'bob cpu web\n');
    assert.equal(
      formatted('bob cpu web ignore\nalice cpu website ignore\n'),
      'bob   cpu web     ignore\nalice cpu website ignore\n',
    );
    assert.equal(formatted(''), '');
  });

  test('a long word does not push the others', () => {
    const long = 'a'.repeat(60);
    assert.equal(
      formatted(`bob cpu web\n${long} cpu web\nalice cpu web\n`),
      `bob   cpu web\n${long} cpu web\nalice cpu web\n`,
    );
  });

  test('what decides whether the file is taken stays', () => {
    for (const text of ['bob  cpu web \n', 'bob  cpu web # mine\n'])
      assert.match(formatted(text), /^bob cpu web(?: | # mine)\n$/u);
    for (const text of ['bob  cpu web# mine\n', 'bob  cpu web#\n'])
      assert.equal(formatted(text), text.replace('  ', ' '));
    for (const text of ['bob  cpu  "web\n', 'bob  cpu  web\r\n', 'bob  cpu\n']) assert.equal(formatted(text), text);
  });
});

test('hints show where the processes of a user go to', () => {
  const shown = (text: string, context: Partial<Context> = {}): readonly string[] => {
    const file = opened(text, 'cgrules');
    const range = { start: { line: 0, character: 0 }, end: file.textDocument.positionAt(text.length) };
    return languageFeatures
      .inlayHints(file, range, contextOf(context))
      .map(({ label, position: { line, character } }) => {
        assert.ok(typeof label === 'string');
        return `${line}:${character} ${label}`;
      });
  };
  const text = 'alice cpu   users/%u/%U/%g\\\\%u\n@staff cpu %u\n* cpu %u\nalice cpu web\n';
  assert.deepEqual(shown(text), ['0:30 → users/alice/%U/%g\\alice']);
  assert.deepEqual(shown('alice cpu %U\n', { host: hostOfV2 }), ['0:12 → 1000']);
  assert.deepEqual(shown('alice cpu \\%u\n'), []);
});

test('colours show rules that do not count, and controllers that there are', () => {
  const colours = (text: string, context: Partial<Context> = {}): readonly string[] => {
    const { data } = languageFeatures.semanticTokens(opened(text, 'cgrules'), contextOf(context));
    const lines = text.split('\n');
    const found: string[] = [];
    let line = 0;
    let character = 0;
    for (let at = 0; at < data.length; at += 5) {
      const [down = 0, right = 0, length = 0, type = 0] = data.slice(at, at + 4);
      character = down === 0 ? character + right : right;
      line += down;
      found.push(`${lines[line]?.slice(character, character + length) ?? ''}|${tokenLegend.tokenTypes[type] ?? ''}`);
    }
    return found;
  };
  assert.deepEqual(colours('alice cpu,nope web\n'), ['cpu|enumMember']);
  assert.deepEqual(colours('1000 cpu web\n% io web\n', { libcgroupVersion: '3.1' }), [
    '1000|comment',
    'cpu web|comment',
    '%|comment',
    'io web|comment',
  ]);
  assert.deepEqual(colours('@nobody cpu web\n* io web\n', { host: hostOfV2 }), [
    '@nobody|comment',
    'cpu web|comment',
    'io|enumMember',
  ]);
});

test('the outline has a rule a line, and a rule is selected from its word outwards', () => {
  const file = opened('alice:ssh cpu,io  web # x\n', 'cgrules');
  assert.deepEqual(
    languageFeatures.symbols(file).map(({ name, detail }) => `${name} | ${detail ?? ''}`),
    ['alice:ssh | cpu,io web'],
  );
  const { file: at, position } = marked('alice:ssh cpu,i|o  web # x\n', 'cgrules');
  const texts: string[] = [];
  let [selected] = languageFeatures.selectionRanges(at, [position]);
  for (; selected !== undefined; selected = selected.parent) texts.push(at.textDocument.getText(selected.range));
  assert.deepEqual(texts.slice(0, 3), ['io', 'cpu,io', 'cpu,io  web']);
  assert.deepEqual(languageFeatures.foldingRanges(opened('# a\n# b\n* cpu web\n', 'cgrules')), [
    { startLine: 0, endLine: 1, kind: 'comment' },
  ]);
});

describe('quick fixes', () => {
  const fixed = (text: string, context: Partial<Context> = {}): string | undefined => {
    const file = opened(text, 'cgrules');
    const [fix] = languageFeatures.diagnose(file, contextOf(context)).flatMap(({ fixes = [] }) => fixes);
    if (fix === undefined) return undefined;
    const edits = fix.changes.map((change) => ({
      range: { start: file.textDocument.positionAt(change.start), end: file.textDocument.positionAt(change.end) },
      newText: change.text,
    }));
    return TextDocument.applyEdits(file.textDocument, edits);
  };

  test('repair what is clear', () => {
    assert.equal(fixed('bob cpu web ingore\n'), 'bob cpu web ignore\n');
    assert.equal(fixed('bob cpu web mine\n'), undefined);
    assert.equal(fixed('bob "cpu,io" web\n'), 'bob cpu,io web\n');
    assert.equal(fixed('bob:"two words" cpu web\n'), '"bob:two words" cpu web\n');
    assert.equal(fixed('1000 cpu web\n', { host: hostOfV2 }), 'alice cpu web\n');
    assert.equal(fixed('4711 cpu web\n', { host: hostOfV2 }), undefined);
  });

  test('join what goes on to the same group', () => {
    assert.equal(fixed('bob cpu web\n% cpu,io web\n* cpu x\n'), 'bob cpu,io web\n* cpu x\n');
    assert.equal(fixed('bob * web\n% io web'), 'bob * web\n');
    assert.equal(fixed('bob cpu web\n% io other\n'), undefined);
    assert.equal(fixed('1000 cpu web\n% io web\n'), undefined);
  });
});
