import assert from 'node:assert/strict';
import test from 'node:test';
import { commentAt, entryAt, lastBeginning, lastEntryBefore, sectionAt } from '../../../src/language/locate.ts';
import { parseNspawn } from '../../../src/language/nspawn/parse.ts';

const at = (marked: string) => {
  const offset = marked.indexOf('|');
  return { offset, document: parseNspawn(marked.replace('|', '')) };
};

test('finds the section around a place, from its header to the next one', () => {
  const name = (marked: string) => sectionAt(at(marked).document, at(marked).offset)?.name;
  assert.equal(name('|a=b\n[Exec]\n'), undefined);
  assert.equal(name('[Ex|ec]\nBoot=yes\n[Files]\n'), 'Exec');
  assert.equal(name('[Exec]\nBoot=yes\n|[Files]\n'), 'Files');
  assert.equal(name('[Exec]\nBoot=yes\n\n|\n[Files]\n'), 'Exec');
  assert.equal(name('[Exec]\n[Files]\n|'), 'Files');
});

test('finds the assignment that a place touches, over all of its lines', () => {
  const key = (marked: string) => entryAt(at(marked).document, at(marked).offset)?.key;
  assert.equal(key('[Exec]\n|Boot=yes\nUser=x\n'), 'Boot');
  assert.equal(key('[Exec]\nBoot=yes|\nUser=x\n'), 'Boot');
  assert.equal(key('[Exec]\nBoot=yes\n|\nUser=x\n'), undefined);
  assert.equal(key('[Exec]\nParameters=a \\\n  b|c\nUser=x\n'), 'Parameters');
  assert.equal(key('lo|ose=1\n[Exec]\n'), 'loose');
});

test('finds the assignment before a place, however far', () => {
  const { document, offset } = at('[Exec]\nBoot=yes\n\n# c\n|\n[Files]\nBind=/x\n');
  assert.equal(lastEntryBefore(document, offset)?.key, 'Boot');
  assert.equal(lastEntryBefore(document, 2), undefined);
});

test('finds the comment that a place touches', () => {
  const { document, offset } = at('[Exec]\n# one\n  ; tw|o\n');
  assert.equal(commentAt(document, offset)?.start, 15);
  assert.equal(commentAt(document, 3), undefined);
});

test('looks at few of many spans', () => {
  const spans = Array.from({ length: 100_000 }, (_, at) => ({ start: at * 10, end: at * 10 + 5 }));
  let looks = 0;
  const counted = new Proxy(spans, {
    get: (target, property) => {
      if (typeof property === 'string' && /^\d+$/u.test(property)) looks++;
      return Reflect.get(target, property) as unknown;
    },
  });
  assert.equal(lastBeginning(counted, 777_777)?.start, 777_770);
  assert.ok(looks < 25, `${looks} looks`);
});
