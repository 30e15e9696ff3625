import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { allMessages } from '../../scripts/l10nMessages.ts';
import { readText, root } from '../../scripts/parseSources.ts';

type Texts = Readonly<Record<string, string>>;

const read = (path: string): Texts => JSON.parse(readText(path)) as Texts;
const found = allMessages();
const manifestTexts = read('package.nls.json');

/** The languages of the wikis from which people learn systemd-nspawn, besides English. */
const languages: readonly string[] = ['fr', 'zh-cn'];

const placeholders = (text: string): readonly string[] => (text.match(/\{\d+\}/gu) ?? []).sort();
/** What a translation has to leave as it is: the targets of links, and what is between backquotes. */
const fixed = (text: string): readonly string[] =>
  [...text.matchAll(/\]\(([^)]*)\)|`([^`]*)`/gu)].map(([, target, code]) => target ?? code ?? '').sort();

/**
 * What begins with a verb, or says where or when, and yet is whole: it stands in a row of its own, beside the name that it is about, or in a
 * list of such. This list only gets shorter.
 */
const besideItsName: readonly string[] = [
  'and {0} more',
  'as installed here',
  'as set',
  'beside its other folders',
  'can be set',
  'can only be read',
  'can only be written',
  'did not start',
  'does not start when this system boots',
  'from {0}',
  'from {0} to {1}',
  'goes on with the user of the line above',
  'has CVE-2026-40226: a file beside an image can give its machine access to the host; update systemd',
  'has ended, and its parent has not taken notice',
  'in a new {0}',
  'in its newest release, or in one such as 257.13-1~deb13u1',
  'starts at boot',
  'starts when this system boots',
  'stops it until SIGCONT',
  'with all mounts below it (the default)',
  'with two decimals at most',
  'without a letter',
  'without the mounts below it',
];

/** The second half of a sentence: languages put words in other orders, so no half of one can be translated. */
const isSecondHalf = (text: string): boolean =>
  /^(?:[\s,;:)]|(?:above|after|and|are|as|at|because|before|behind|below|beside|by|for|from|in|on|so|then|there|to|until|when|where|with|without|but|can|cannot|could|did|do|does|gets?|gives?|goes|had|has|have|is|joins?|makes?|may|moves?|must|needs?|or|refuses?|runs?|starts?|stops?|takes?|that|was|were|which|will|would)\b)/u.test(
    text,
  );

/** A place for a second half: right behind another one, or behind the end of a sentence without a blank. */
const hasRoomForHalf = (text: string): boolean => /\}\{|[.?!]\{\d+\}/u.test(text);

/**
 * A clause without a beginning and an end, which could only stand in for a part of another sentence. The list is of those that stand on their own, as
 * the explanation beside a name. It only gets shorter.
 */
const clausesBesideAName: readonly string[] = [
  'it can be set at any time',
  'it is in use by now',
  'its directory is another one by now',
  'its init starts all services',
  'its name inside when none is given',
  'nothing can be written.',
  'nothing else is started',
  'the kernel kills these processes first when memory runs out',
  'the kernel never kills these processes when memory runs out',
  'the name of the group that the process runs as',
  'the name of the process, or its number where the name is not known',
  'the name of the user that the process runs as',
  'this one stays as it is',
];
const isClause = (text: string): boolean =>
  /^(?:it|its|they|this|these|there|names?|dots|specifiers|nothing|nobody|a label|the (?:name|kernel|line|machine|user|host))\b(?:.* )?(?:is|are|was|has|have|ends|reads?|runs?|takes?|means?|contains?|does|do|can|cannot|begins?|stands?|stays?|starts?)\b/u.test(
    text,
  );

/**
 * A place at the end of a sentence, behind a colon. What stands there has to be a name, a list of names, code or the words of a tool, and no
 * clause, which is another sentence of its own. Whoever adds a line to this list has looked what stands there.
 */
const namesBehindAColon: readonly string[] = [
  '"{0}" into {1}: {2}',
  '**{0}** is allowed, {1} system calls: {2}.',
  '**{0}** is taken away, {1} system calls: {2}.',
  '- Command line: {0}',
  '- Default: {0}',
  '- In a unit of systemd: {0}',
  '- In cgroup v{0}: {1}',
  '- Value: {0}',
  'A lower layer, only read: {0}.',
  'BusyBox powers off by SIGUSR2, which was sent to the init of each of these {0} machines: {1}. systemd itself does not know that: "systemctl stop" and a shutdown of this host wait up to two minutes for each, as long as its .nspawn file does not say KillSignal=SIGUSR2.',
  'By default: {0}',
  'Control groups deleted: {0}',
  'Copied: {0}',
  'Converted files: {0}. Nothing has been written yet.',
  'Converted files: {0}. What is not the same: {1}; the top of the text says what. Nothing has been written yet.',
  'Files for systemd: {0}. Nothing has been written yet.',
  'Files for systemd: {0}. What is not the same: {1}; the top of the text says what. Nothing has been written yet.',
  'Groups below that go too, with all of their settings: {0}',
  'Groups to make: {0}. Parameters to set: {1}.',
  'It also mounts: {0}',
  'Kernel: {0}',
  'LXC takes none of this. Line {0}: {1}',
  'Line {0} has to be repaired before this file can be converted: {1}',
  'Line {0} of {1}, which does not count: {2}',
  'Line {0} of {1}: {2}',
  'Link it there: {0}',
  'Not read, so it may change any of this: {0}',
  'Nothing was done: all of them have ended meanwhile: {0}.',
  'Nothing was killed: all of them have ended meanwhile: {0}.',
  'Or move it there: {0}',
  'Other containers share the files of {0}: {1}. Remove those first.',
  'Powered off: {0}',
  'Rebooted: {0}',
  'Severity: {0}. Effect: {1}.',
  'Something unexpected happened: {0}',
  'Started: {0}',
  'The system bus does not answer: {0}',
  'The top layer, only read: {0}.',
  'These options of the mount are left out: {0}',
  'The upper layer, which takes what the machine writes: {0}.',
  'They will not start at boot: {0}',
  'They will start at boot: {0}',
  'This is no rule for a device: {0}',
  'What was begun is still there and has to be removed: {0}',
  'Where the machine sees the result: {0}.',
  'libcgroup takes a parameter once, so this is left out: {0}',
  'line {0}: {1}',
  'systemd knows no programs by the beginning of their names: {0}',
  'LXC refuses the whole file because of this line: {0}',
  'systemd-nspawn leaves out some of this file ({0}), and would not start the machine: {1}',
  'systemd-nspawn takes every line of this file, but would not start the machine: {0}',
  'systemd-nspawn would not start a machine with this file: {0}',
  '{0} answered something that cannot be read: {1}',
  '{0} could not be made: {1}',
  '{0} did not start: {1}',
  '{0} failed: {1}',
  '{0} have not stopped within {1} seconds: {2}. You can go on waiting; Kill Now ends them at once, and what has not been saved in them is lost.',
  '{0} is applied. Groups made: {1}. Parameters that read otherwise than written, because the kernel rounds: {2}.',
  '{0} left-overs were not removed. The first is {1}: {2}',
  '{0} machines are running: {1}. Stop them first.',
  '{0} machines still run after {1} seconds: {2}. They may not react to a request to stop.',
  '{0} means **{1}**: {2}',
  '{0} was applied in part. Groups made: {1} of {2}. Parameters that still differ: {3}. Nothing was taken back.',
  '{0} was not removed: {1}',
  '{0}: {1}',
  '“{0}” is none of the words that LXC takes here: {1}.',
  'systemd-nspawn has no such options for a bind mount: {0}',
];
const hasRoomBehindAColon = (text: string): boolean => /: \{\d+\}(?:$|[.;])/u.test(text);

/** A place for a whole sentence, or for half of one, within another text: `{0} The file is refused.`, `Nothing stands there; {0}.` */
const hasRoomForSentence = (text: string): boolean =>
  /^\{\d+\} (?:[A-Z][a-z]+|libcgroup) [a-z]|^\{\d+\}, (?:so|with|and|but)\b|(?:;|[;,] (?:so|and|because)) \{\d+\}\.?$/u.test(
    text,
  );

describe('texts of the code', () => {
  test('are whole sentences with placeholders, not parts to be glued together', () => {
    assert.deepEqual(
      [...found.messages].filter(isSecondHalf).sort(),
      [...besideItsName].sort(),
      'say the whole sentence once for each case',
    );
    assert.deepEqual([...found.messages].filter(hasRoomForHalf), []);
    assert.deepEqual([...found.messages].filter(hasRoomForSentence), [], 'say both sentences, one behind the other');
    assert.deepEqual([...found.messages].filter(isClause).sort(), [...clausesBesideAName].sort());
    assert.deepEqual([...found.messages].filter(hasRoomBehindAColon).sort(), [...namesBehindAColon].sort());
  });

  test('stand in the calls themselves, where they can be found', () => {
    assert.deepEqual(found.unreadable, []);
  });

  test('are those of the bundle: `npm run l10n` writes it', () => {
    assert.deepEqual(Object.keys(read('l10n/bundle.l10n.json')).sort(), [...found.messages].sort());
  });

  test('are spoken in the languages that we have, and no others', () => {
    const files = readdirSync(join(root, 'l10n')).sort();
    assert.deepEqual(
      files,
      ['bundle.l10n.json', ...languages.map((language) => `bundle.l10n.${language}.json`)].sort(),
    );
  });
});

/** What French sets no ordinary blank before or behind, lest a line ends there; not where the text names the character itself. */
const hasWideBlank = (text: string): boolean =>
  /(?<=[\p{L}\p{N}»’).%}\x60*]) [;:?!](?=\s|$)(?! \/ %)|« | »/u.test(text);

test('French has no-break spaces before ; : ? ! and inside of «»', () => {
  for (const path of ['l10n/bundle.l10n.fr.json', 'package.nls.fr.json'])
    assert.deepEqual(Object.values(read(path)).filter(hasWideBlank), [], path);
});

for (const language of languages) {
  describe(`translations to ${language}`, () => {
    test('have every text of the code, with its placeholders', () => {
      const texts = read(`l10n/bundle.l10n.${language}.json`);
      assert.deepEqual(Object.keys(texts).sort(), [...found.messages].sort());
      for (const [message, text] of Object.entries(texts)) {
        assert.deepEqual(placeholders(text), placeholders(message), message);
        assert.notEqual(text.trim(), '', message);
      }
    });

    test('have every text of the manifest, with its links and commands', () => {
      const texts = read(`package.nls.${language}.json`);
      assert.deepEqual(Object.keys(texts).sort(), Object.keys(manifestTexts).sort());
      for (const [key, text] of Object.entries(texts)) {
        const original = manifestTexts[key] ?? '';
        assert.deepEqual(fixed(text), fixed(original), key);
        assert.equal(text.split('\n').length, original.split('\n').length, `${key}: VS Code makes a button of a line`);
      }
    });
  });
}
