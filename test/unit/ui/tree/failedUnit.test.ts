import assert from 'node:assert/strict';
import { test } from 'node:test';
import { backends } from '../../../../src/machines/backends.ts';
import type { Inventory } from '../../../../src/machines/inventory.ts';
import type { FailedUnit } from '../../../../src/machines/machine.ts';
import { imageDetails } from '../../../../src/ui/tree/details.ts';
import { failureOfImage, failureText, failureWords } from '../../../../src/ui/tree/failedUnit.ts';
import {
  failedMachineDetails,
  failedMachineRow,
  failedMachineTooltip,
} from '../../../../src/ui/tree/failedMachineRow.ts';
import { type ImageFacts, imageRow, imageTooltip } from '../../../../src/ui/tree/imageRow.ts';
import { startUnitOf, unitOfRow } from '../../../../src/ui/tree/failedUnit.ts';
import { l10n } from '../l10n.ts';
import { image, machine, named } from './samples.ts';

const failure = (more: Partial<FailedUnit> = {}): FailedUnit => ({
  machine: 'web',
  unit: 'systemd-nspawn@web.service',
  image: undefined,
  result: 'exit-code',
  exitCode: 1,
  signal: undefined,
  since: 1_700_000_000_000,
  ...more,
});
const facts = (more: Partial<ImageFacts> = {}): ImageFacts => ({
  image: image('web'),
  machine: undefined,
  busy: undefined,
  failed: undefined,
  failedUnit: failure(),
  enabled: false,
  startUnit: startUnitOf(backends, 'web'),
  ...more,
});
const failed = (...units: readonly FailedUnit[]): ReadonlyMap<string, FailedUnit> =>
  new Map(units.map((unit) => [unit.machine, unit]));

test('an image whose unit has failed by itself says so in red, and the menus know it', () => {
  const row = imageRow(facts(), l10n);
  assert.equal(row.description, 'failed with exit code 1 · directory');
  assert.deepEqual(row.icon, { id: 'error', color: 'testing.iconFailed' });
  assert.equal(row.contextValue, 'image;managed;tree;failed');
  assert.equal(row.accessible, 'image web, not running, failed with exit code 1, directory');
  assert.match(imageRow(facts({ failed: 'did not start' }), l10n).description, /^did not start · /u);
  assert.match(imageRow(facts({ busy: 'starting…' }), l10n).description, /^starting… · /u);
});

test('its tooltip says which unit, since when, and where the reason stands', () => {
  const lines = imageTooltip(facts(), undefined, 'en', l10n).split('\n');
  assert.equal(lines[1], 'failed with exit code 1');
  assert.match(lines[2] ?? '', /^systemd-nspawn@web\.service failed on Nov 1\d, 2023, .*\.$/u);
  assert.deepEqual(lines.slice(3, 5), ['Follow Journal shows what it said last.', 'Start tries it again.']);
  const own = imageTooltip(facts({ failedUnit: failure({ unit: 'own.service' }) }), undefined, 'en', l10n);
  assert.doesNotMatch(own, /Start tries/u);
});

test('the line below it says the same, and a running machine does not speak of an earlier failure', () => {
  const shown = imageDetails(image('web'), undefined, { boot: [], failed: failure() }, 'en', l10n);
  assert.equal(shown[0]?.kind, 'failure');
  assert.match(shown[0].value, /^failed with exit code 1 · Nov 1\d, 2023/u);
  assert.equal(failureText(failure({ since: undefined }), 'en', l10n), 'failed with exit code 1');
  const runs = { machine: machine('web'), details: undefined, busy: undefined, failed: undefined, now: 0 };
  const row = imageRow(facts({ machine: runs }), l10n);
  assert.equal(row.contextValue, 'image;running;container;managed;tree');
  assert.doesNotMatch(row.description, /failed/u);
});

test('each result of systemd has words, and one that nobody knows is shown as it is, cleaned', () => {
  const words = (more: Partial<FailedUnit>): string => failureWords(failure(more), l10n);
  assert.equal(words({ result: 'signal', exitCode: undefined, signal: 'SIGKILL' }), 'failed, ended by SIGKILL');
  assert.equal(words({ result: 'oom-kill' }), 'failed, out of memory');
  assert.equal(words({ result: 'timeout' }), 'failed, took too long');
  assert.equal(words({ result: 'new\u202eword' }), 'failed (new word)');
});

test('a failure belongs to the image whose path its unit names, else to the managed one of its name', () => {
  const web = image('web');
  assert.equal(failureOfImage(failed(failure()), web)?.unit, 'systemd-nspawn@web.service');
  assert.equal(failureOfImage(failed(failure()), image('db')), undefined);
  assert.equal(failureOfImage(failed(failure()), image('web', { managed: false })), undefined);
  const blog = failure({ machine: 'blog', unit: 'blog.service', image: web.path });
  assert.equal(failureOfImage(failed(blog), web)?.unit, 'blog.service');
  assert.equal(failureOfImage(failed(blog), image('blog')), undefined);
  const known = { machines: new Map(), images: named(web), failed: failed(blog) };
  const unitOn = (inventory: Pick<Inventory, 'machines' | 'images' | 'failed'>, running?: string): string | undefined =>
    unitOfRow({ inventory, backends }, 'web', running);
  assert.equal(unitOn(known), 'blog.service');
  assert.equal(unitOn({ ...known, failed: failed() }), 'systemd-nspawn@web.service');
  const running = { ...known, machines: named(machine('web', { unit: 'machine-web.scope' })) };
  assert.equal(unitOn(running, 'web'), 'machine-web.scope');
});

test('a machine that has failed and has no image says so on a row of its own, whose journal and unit can be opened', () => {
  const alone = { failure: failure(), busy: undefined };
  const row = failedMachineRow(alone, l10n);
  assert.equal(row.description, 'failed with exit code 1 · no image');
  assert.deepEqual(row.icon, { id: 'error', color: 'testing.iconFailed' });
  assert.equal(row.contextValue, 'machine;failed');
  assert.equal(row.accessible, 'machine web, not running, failed with exit code 1, no image');
  const lines = failedMachineTooltip(alone, 'en', l10n).split('\n');
  assert.match(lines[2] ?? '', /^systemd-nspawn@web\.service failed on Nov 1\d, 2023, .*\.$/u);
  assert.deepEqual(lines.slice(3), [
    'Follow Journal shows what it said last.',
    'This view knows no image that it runs from.',
  ]);
  assert.deepEqual(
    failedMachineDetails(failure(), 'en', l10n).map(({ kind }) => kind),
    ['failure', 'unit'],
  );
  const known = {
    backends: [],
    inventory: { machines: new Map(), images: new Map(), failed: failed(failure({ unit: 'own.service' })) },
  };
  assert.equal(unitOfRow(known, 'web', undefined), 'own.service');
});
