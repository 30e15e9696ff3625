import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { nothingNamed } from '../../../src/language/namedOnHost.ts';
import type { ReportedFinding } from '../../../src/lint/report.ts';
import type { FileType } from '../../../src/language/fileType.ts';
import { fileTypes } from '../../../src/language/fileTypes.ts';
import { createGroupsBeside } from '../../../src/lint/groupsBeside.ts';
import { applyFixes } from '../../../src/lint/applyFixes.ts';
import { migrateText } from '../../../src/lint/migrateText.ts';
import { runLint } from '../../../src/lint/runLint.ts';

const directoryWith = (context: TestContext, files: Readonly<Record<string, string>>): string => {
  const directory = mkdtempSync(join(tmpdir(), 'groups-beside-'));
  context.after(() => rmSync(directory, { recursive: true }));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(directory, name, '..'), { recursive: true });
    writeFileSync(join(directory, name), text);
  }
  return directory;
};

/** `FILE:LINE rule` of all findings. */
const lint = (
  directory: string,
  args: readonly string[],
  input = '',
  types: readonly FileType[] = fileTypes,
): readonly string[] => {
  const said = { out: '' };
  runLint(['--format', 'json', ...args], {
    out: (text) => void (said.out += text),
    error: (text) => assert.fail(text),
    readInput: () => Buffer.from(input),
    readHost: () => undefined,
    lookAtHost: () => nothingNamed,
    types,
    applyFixes,
    createGroupsBeside,
    migrateText,
    pages: '',
  });
  const findings = JSON.parse(said.out) as readonly ReportedFinding[];
  return findings.map(({ file, line, rule }) => `${file.replace(`${directory}/`, '')}:${line} ${rule}`);
};

const rules = '* cpu web\nroot cpu nobody\n';

test('a cgrules.conf is judged with the cgconfig files beside it, also when it is given alone', (context) => {
  const directory = directoryWith(context, {
    'etc/cgconfig.d/web.conf': 'group web { cpu { } }\ngroup mail { cpu { } }\n',
    'etc/cgrules.conf': rules,
    'other/cgrules.conf': rules,
  });
  const expected = ['etc/cgrules.conf:2 rule-undefined-group', 'etc/cgrules.conf:2 rule-unreachable'];
  assert.deepEqual(lint(directory, [join(directory, 'etc/cgrules.conf')]).toSorted(), expected);
  assert.deepEqual(lint(directory, [directory]).toSorted(), [
    'etc/cgconfig.d/web.conf:2 group-not-used',
    ...expected,
    // Nothing lies beside it.
    'other/cgrules.conf:2 rule-unreachable',
  ]);
});

test('standard input has the neighbours of the name that it is given', (context) => {
  const directory = directoryWith(context, { 'cgconfig.conf': 'group web { cpu { } }\n', 'cgrules.conf': rules });
  const name = ['--stdin-filename', join(directory, 'cgrules.conf'), '-'];
  assert.deepEqual(lint(directory, name, 'root cpu nobody\n'), ['cgrules.conf:1 rule-undefined-group']);
  assert.deepEqual(lint(directory, ['--language', 'cgrules', '-'], 'root cpu nobody\n'), []);
});

test('a file that leads elsewhere is not read, and then no group counts as undefined', (context) => {
  const elsewhere = directoryWith(context, { 'x.conf': 'group nobody { cpu { } }\n' });
  const directory = directoryWith(context, {
    'cgconfig.conf': 'group web { cpu { } }\n',
    'cgrules.conf': 'root cpu nobody\n',
  });
  mkdirSync(join(directory, 'cgconfig.d'));
  assert.deepEqual(lint(directory, [join(directory, 'cgrules.conf')]), ['cgrules.conf:1 rule-undefined-group']);
  symlinkSync(join(elsewhere, 'x.conf'), join(directory, 'cgconfig.d/x.conf'));
  assert.deepEqual(lint(directory, [join(directory, 'cgrules.conf')]), []);
});

test('each file is parsed once, the one that is judged too', (context) => {
  const directory = directoryWith(context, { 'cgconfig.conf': 'group web { cpu { } }\n', 'cgrules.conf': rules });
  const parsed: string[] = [];
  const counting = fileTypes.map((type) => ({
    ...type,
    parse: (text: string) => {
      parsed.push(type.languageId);
      return type.parse(text);
    },
  }));
  lint(directory, [join(directory, 'cgconfig.conf')], '', counting);
  assert.deepEqual(parsed.toSorted(), ['cgconfig', 'cgrules']);
});

test('where files are repaired, none is judged with what a repair made of another', (context) => {
  const directory = directoryWith(context, { 'cgconfig.conf': 'group web { cpu { } }\n', 'cgrules.conf': rules });
  const groupsSeen = (isRepairing: boolean): readonly string[] | undefined => {
    writeFileSync(join(directory, 'cgconfig.conf'), 'group web { cpu { } }\n');
    const groupsBeside = createGroupsBeside('3.2', fileTypes, isRepairing);
    groupsBeside(join(directory, 'cgconfig.conf'));
    writeFileSync(join(directory, 'cgconfig.conf'), 'group repaired { cpu { } }\n');
    return groupsBeside(join(directory, 'cgrules.conf'))?.others.flatMap(({ blocks }) =>
      blocks.map(({ name }) => name),
    );
  };
  assert.deepEqual(groupsSeen(true), ['web']);
  assert.deepEqual(groupsSeen(false), ['repaired']);
});
