import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { DocumentSymbol } from 'vscode-languageserver-types';
import { MarkupContent } from 'vscode-languageserver-types';
import { languageFeatures } from '../../../../src/language/languageService.ts';
import { tokenLegend } from '../../../../src/language/features/semanticTokens.ts';
import { contextOf, marked } from '../features/marked.ts';
import { opened } from '../features/opened.ts';

const text = `# who
# and what
mount {
	cpu = /sys/fs/cgroup/cpu;
	"name=lab" = lab;
}
group web {
	perm {
		task { uid = root; dperm = 775; }
		admin { uid = root; }
	}
	cpu {
		cpu.shares = 512;
	}
	freezer {
		freezer.state = FROZEN;
	}
}
`;

test('the outline has groups, their controllers and the parameters of these', () => {
  const lines = (all: readonly DocumentSymbol[], depth = 0): readonly string[] =>
    all.flatMap(({ name, detail, children = [] }) => [
      `${' '.repeat(depth)}${name}${detail === undefined ? '' : ` | ${detail}`}`,
      ...lines(children, depth + 1),
    ]);
  assert.deepEqual(lines(languageFeatures.symbols(opened(text, 'cgconfig'))), [
    'mount',
    ' cpu | /sys/fs/cgroup/cpu',
    ' name=lab | lab',
    'group web | perm, cpu, freezer',
    ' perm | task, admin',
    '  task',
    '   uid | root',
    '   dperm | 775',
    '  admin',
    '   uid | root',
    ' cpu',
    '  cpu.shares | 512',
    ' freezer',
    '  freezer.state | FROZEN',
  ]);
});

test('blocks fold with their closing brace in sight, and comments fold', () => {
  const folds = languageFeatures.foldingRanges(opened(text, 'cgconfig'));
  assert.deepEqual(
    folds.map(({ startLine, endLine, kind }) => `${startLine}-${endLine}${kind ?? ''}`),
    ['0-1comment', '2-4', '6-16', '7-9', '11-12', '14-15'],
  );
});

test('a selection grows from the word over the setting, the controller and the group', () => {
  const { file, position } = marked(text.replace('512', '51|2'), 'cgconfig');
  const found: string[] = [];
  let [selected] = languageFeatures.selectionRanges(file, [position]);
  for (; selected !== undefined; selected = selected.parent)
    found.push(file.textDocument.getText(selected.range).replaceAll(/\s+/gu, ' '));
  assert.deepEqual(found.slice(0, 3), ['512', 'cpu.shares = 512;', 'cpu { cpu.shares = 512; }']);
  assert.match(found[3] ?? '', /^group web \{.*\}$/u);
});

test('mount points are links to the directories of the host', () => {
  const file = opened(text, 'cgconfig');
  assert.deepEqual(
    languageFeatures.links(file, contextOf()).map(({ range, target }) => [file.textDocument.getText(range), target]),
    [['/sys/fs/cgroup/cpu', 'file:///sys/fs/cgroup/cpu']],
  );
});

describe('colours', () => {
  const coloured = (source: string): readonly string[] => {
    const { data } = languageFeatures.semanticTokens(opened(source, 'cgconfig'), contextOf());
    const lines = source.split('\n');
    const found: string[] = [];
    let line = 0;
    let character = 0;
    for (let at = 0; at < data.length; at += 5) {
      const [down = 0, right = 0, length = 0, type = 0, modifiers = 0] = data.slice(at, at + 5);
      character = down === 0 ? character + right : right;
      line += down;
      const word = lines[line]?.slice(character, character + length) ?? '';
      found.push(`${word}|${tokenLegend.tokenTypes[type] ?? ''}${modifiers === 0 ? '' : ' deprecated'}`);
    }
    return found;
  };

  test('are for what the grammar cannot know: words of the kernel, and what does not count', () => {
    assert.deepEqual(coloured(text), ['dperm|comment', '775|comment', 'FROZEN|enumMember']);
    assert.deepEqual(coloured('group a { freezer { freezer.state = MELTED; } memory { memory.max = "max"; } }'), [
      'max|enumMember',
    ]);
    assert.deepEqual(coloured('group a { memory { memory.kmem.limit_in_bytes = 1M; } }'), [
      'memory.kmem.limit_in_bytes|property deprecated',
    ]);
  });

  test('fade all that stands behind the end of the file', () => {
    assert.deepEqual(coloured('group a { cpu { } }\né\ngroup b {\n\tcpu {\n\t\tcpu.shares = 2;\n\t}\n}\n'), [
      'group|comment',
      'b|comment',
      'cpu|comment',
      'cpu.shares|comment',
      '2|comment',
    ]);
  });
});

test('hover leads to the documentation of the kernel', () => {
  const said = (source: string): string => {
    const { file, position } = marked(source, 'cgconfig');
    const contents = languageFeatures.hover(file, position, contextOf())?.contents;
    assert.ok(MarkupContent.is(contents));
    return contents.value;
  };
  assert.match(
    said('group a { pids { pids.m|ax = 2; } }'),
    /cgroup-v1\/pids\.html.*cgroup-v2\.html#pid-interface-files/su,
  );
  assert.match(said('group a { cpu { cpu.s|hares = 2; } }'), /scheduler\/sched-bwc\.html/u);
  assert.match(said('group a { cgroup { cgroup.k|ill = 1; } }'), /#core-interface-files/u);
});
