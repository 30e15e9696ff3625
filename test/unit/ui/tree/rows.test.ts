import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nspawn } from '../../../../src/machines/nspawn/backend.ts';
import { readRef } from '../../../../src/machines/reference.ts';
import { bootDetail, machineDetails } from '../../../../src/ui/tree/details.ts';
import { detailRow } from '../../../../src/ui/tree/detailRow.ts';
import { rowGroupRow } from '../../../../src/ui/tree/groupRow.ts';
import { imageRow, imageTooltip } from '../../../../src/ui/tree/imageRow.ts';
import { type MachineFacts, machineRow, machineTooltip } from '../../../../src/ui/tree/machineRow.ts';
import type { Row } from '../../../../src/ui/tree/row.ts';
import { l10n } from '../l10n.ts';
import { details, image, machine } from './samples.ts';

const now = 1_700_000_000_000;
const threeHours = 3 * 3_600_000;

const facts = (more: Partial<MachineFacts> = {}): MachineFacts => ({
  machine: machine('web', { since: now - threeHours }),
  details: details(),
  busy: undefined,
  failed: undefined,
  now,
  ...more,
});

test('a machine says its system, its first address and how long it runs', () => {
  const row = machineRow(facts(), l10n);
  assert.equal(row.label, 'web');
  assert.equal(row.description, 'Debian 13 · 10.0.0.2 · 3 h');
  assert.deepEqual(row.icon, { id: 'vm-running', color: 'testing.iconPassed' });
  assert.equal(row.accessible, 'machine web, running, Debian 13, address 10.0.0.2, running for 3 hours');
  assert.equal(row.contextValue, 'machine;running;container');
});

test('a machine whose details nobody has asked for still says how long it runs', () => {
  assert.equal(machineRow(facts({ details: undefined }), l10n).description, '3 h');
});

test('what is being done to a machine comes first, with a spinning icon', () => {
  const row = machineRow(facts({ busy: 'stopping…' }), l10n);
  assert.equal(row.description, 'stopping… · Debian 13 · 10.0.0.2 · 3 h');
  assert.equal(row.icon?.id, 'loading~spin');
  assert.equal(row.contextValue, 'machine;busy;container');
  assert.match(row.accessible, /^machine web, stopping…,/u);
});

test('a machine that opens or closes is neither running nor busy', () => {
  const row = machineRow(facts({ details: details({ state: 'closing' }) }), l10n);
  assert.match(row.description, /^stopping · /u);
  assert.equal(row.contextValue, 'machine;changing;container');
});

test('a failure is red and says so until something else is done', () => {
  const row = machineRow(facts({ failed: 'did not stop' }), l10n);
  assert.deepEqual(row.icon, { id: 'error', color: 'testing.iconFailed' });
  assert.match(row.description, /^did not stop · /u);
});

test('virtual machines and the host are told apart for the menus', () => {
  assert.equal(
    machineRow(facts({ machine: machine('v', { className: 'vm' }) }), l10n).contextValue,
    'machine;running;vm',
  );
  const host = machine('.host', { className: 'host' });
  assert.equal(machineRow(facts({ machine: host }), l10n).contextValue, 'machine;running;host');
});

test('a tooltip is plain lines, and nothing in them can make a line of its own', () => {
  const lying = details({
    os: {
      id: undefined,
      name: undefined,
      versionId: undefined,
      prettyName: 'x\nUnit: fake.service\u202e[link](command:evil)',
    },
  });
  const lines = machineTooltip(facts({ details: lying }), 'en', l10n).split('\n');
  assert.deepEqual(
    lines.filter((line) => line.startsWith('Unit:')),
    ['Unit: systemd-nspawn@web.service'],
  );
  assert.ok(lines.includes('Addresses: 10.0.0.2, fe80::1'));
  assert.ok(lines.includes('Leader: 4711'));
});

test('a machine that is shown to administrators only says so below its row and in its tooltip, and a click reads the rest', () => {
  const hidden = details({ os: undefined, withheld: true });
  assert.equal(machineRow(facts({ details: hidden }), l10n).description, '10.0.0.2 · 3 h');
  const why = /^This systemd shows operating system and addresses of a running machine to administrators only\./mu;
  const below = (of: typeof hidden): readonly Row[] =>
    machineDetails(machine('web'), of, undefined, l10n).map((one) => detailRow(one, l10n));
  const [line, ...others] = below(hidden).filter(({ command }) => command?.id === 'nspawn.readDetails');
  assert.deepEqual([line?.label, others], ['Operating system', []]);
  assert.match(line?.tooltip ?? '', why);
  assert.match(machineTooltip(facts({ details: hidden }), 'en', l10n), why);
  assert.ok(!below(details()).some(({ label }) => label === 'Operating system'));
  assert.doesNotMatch(machineTooltip(facts(), 'en', l10n), why);
});

test('an image says its type, its size and that it is read-only', () => {
  const readOnly = image('base', { type: 'raw', usage: 1.5 * 1024 ** 3, readOnly: true });
  const row = imageRow(
    { image: readOnly, machine: undefined, busy: undefined, failed: undefined, enabled: false },
    l10n,
  );
  assert.equal(row.description, 'raw disk image · 1.5 GiB · read-only');
  assert.equal(row.icon?.color, 'disabledForeground');
  assert.equal(row.accessible, 'image base, not running, raw disk image, 1.5 GiB, read-only');
  assert.equal(row.contextValue, 'image;readonly;managed;file');
});

test('an image that runs shows its machine on the same row, and the menus know both', () => {
  const running = { busy: undefined, failed: undefined, enabled: false };
  const same = imageRow({ image: image('web', { readOnly: true }), machine: facts(), ...running }, l10n);
  assert.equal(same.label, 'web');
  assert.equal(same.description, 'Debian 13 · 10.0.0.2 · 3 h');
  assert.deepEqual(same.icon, { id: 'vm-running', color: 'testing.iconPassed' });
  assert.equal(same.contextValue, 'image;running;container;readonly;managed;tree');
  assert.equal(same.accessible, 'machine web, running, Debian 13, address 10.0.0.2, running for 3 hours');
  const blog = facts({ machine: machine('blog'), details: undefined });
  const other = imageRow({ image: image('web'), machine: blog, ...running }, l10n);
  assert.deepEqual([other.label, other.description], ['web', 'running as blog']);
  const busy = imageRow(
    {
      image: image('web'),
      machine: facts({ busy: 'stopping…' }),
      busy: 'stopping…',
      failed: undefined,
      enabled: false,
    },
    l10n,
  );
  assert.equal(busy.contextValue, 'image;busy;container;managed;tree');
  const tooltip = imageTooltip({ image: image('web'), machine: facts(), ...running }, undefined, 'en', l10n);
  assert.match(tooltip, /^web\nrunning\n/u);
  assert.match(tooltip, /Unit: systemd-nspawn@web\.service\n(?:.*\n)*Type: directory/u);
});

test('an image that machinectl does not know says where it lies', () => {
  const own = image('own', { path: '/home/me/conteneurs/own', managed: false });
  const row = imageRow({ image: own, machine: undefined, busy: undefined, failed: undefined, enabled: false }, l10n);
  assert.equal(row.description, 'directory · /home/me/conteneurs');
  assert.equal(row.contextValue, 'image;tree');
  assert.match(
    imageTooltip(
      { image: own, machine: undefined, busy: undefined, failed: undefined, enabled: false },
      undefined,
      'en',
      l10n,
    ),
    /Path: \/home\/me\/conteneurs\/own/u,
  );
});

test('what starts at boot says so on its row and in its tooltip, running or not, and the menus know it', () => {
  const still = { image: image('web'), machine: undefined, busy: undefined, failed: undefined, enabled: true };
  const row = imageRow(still, l10n);
  assert.equal(row.description, 'directory · starts at boot');
  assert.equal(row.accessible, 'image web, not running, directory, starts at boot');
  assert.equal(row.contextValue, 'image;managed;tree;enabled');
  assert.match(imageTooltip(still, undefined, 'en', l10n), /^starts at boot$/mu);
  const runs = imageRow({ ...still, machine: facts({ details: undefined }) }, l10n);
  assert.equal(runs.description, '3 h · starts at boot');
  assert.equal(runs.accessible, 'machine web, running, running for 3 hours, starts at boot');
  assert.equal(runs.contextValue, 'image;running;container;managed;tree;enabled');
  assert.match(imageTooltip({ ...still, machine: facts() }, undefined, 'en', l10n), /^starts at boot$/mu);
});

test('where the link lies that starts a machine at boot stands in the tooltips of the image and of the line below it', () => {
  const link = 'Link: /etc/systemd/system/machines.target.wants/systemd-nspawn@web.service';
  const bootLink = nspawn.bootLink?.(readRef('web'));
  const still = {
    image: image('web'),
    machine: undefined,
    busy: undefined,
    failed: undefined,
    enabled: true,
    bootLink,
  };
  const tooltip = (enabled: boolean): string => imageTooltip({ ...still, enabled }, undefined, 'en', l10n);
  assert.ok(tooltip(true).includes(`starts at boot\n${link}\n`), tooltip(true));
  assert.ok(!tooltip(false).includes('Link:'));
  const below = (enabled: boolean): readonly string[] =>
    bootDetail({ enabled, link: bootLink }, l10n).map((one) => detailRow(one, l10n).tooltip ?? '');
  assert.deepEqual(below(true), [`At boot: starts when this system boots\n${link}`]);
  assert.deepEqual(below(false), ['At boot: does not start when this system boots']);
});

test('hidden images are marked as such for the menus', () => {
  const row = imageRow(
    { image: image('.base'), machine: undefined, busy: undefined, failed: undefined, enabled: false },
    l10n,
  );
  assert.equal(row.contextValue, 'image;managed;tree;hidden');
});

test('a group tells its count beside its name, and is open, even when empty', () => {
  const running = rowGroupRow('running', 3, l10n);
  assert.deepEqual([running.label, running.description, running.collapsible], ['Running', '3', 'expanded']);
  assert.equal(running.accessible, 'Running, 3 machines');
  assert.equal(rowGroupRow('stopped', 0, l10n).collapsible, 'expanded');
  assert.equal(rowGroupRow('os/Debian', 2, l10n).label, 'Debian');
  assert.equal(rowGroupRow('slice/', 2, l10n).label, 'Not known');
  const kind = rowGroupRow('kind/lxc', 2, l10n, 'LXC');
  assert.deepEqual([kind.label, kind.contextValue], ['LXC', 'group']);
});
