import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, test } from 'node:test';
import {
  libcgroupVersions,
  lxcVersions,
  newestSystemdVersion,
  oldestSystemdVersion,
} from '../../src/language/context.ts';
import { serverSettingDefaults } from '../../src/server/serverSettings.ts';
import { commandIds, commandsOnTexts, buttons } from '../../src/ui/commands/commandIds.ts';
import { calledByButtons } from '../../src/ui/commands/keys.ts';
import { contextKeys } from '../../src/ui/contextKeys.ts';
import {
  cgroupSortings,
  executables,
  groupings,
  privileges,
  secondOpinions,
  settingDefaults,
  sortings,
} from '../../src/ui/settingDefaults.ts';
import { viewItemFlags } from '../../src/ui/tree/contextValue.ts';
import { detailRow } from '../../src/ui/tree/detailRow.ts';
import type { DetailKind } from '../../src/ui/tree/node.ts';
import { parseSources, readText, root } from '../../scripts/parseSources.ts';
import { readJson, stringsIn, unionKinds } from './manifest/sources.ts';
import { viewItems } from './manifest/viewItems.ts';
import { holds, leaves, parseWhen } from './manifest/whenClause.ts';
import { l10n } from './ui/l10n.ts';

interface Setting {
  readonly type: string | readonly string[];
  readonly default: unknown;
  readonly enum?: readonly (string | number)[];
  readonly enumDescriptions?: readonly string[];
  readonly anyOf?: readonly Pick<Setting, 'enum' | 'enumDescriptions'>[];
  readonly scope?: string;
  readonly properties?: Readonly<Record<string, unknown>>;
}

interface MenuItem {
  readonly command: string;
  readonly group?: string;
  readonly when?: string;
}

interface Manifest {
  readonly capabilities: {
    readonly untrustedWorkspaces: { readonly restrictedConfigurations: readonly string[] };
  };
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly enablement?: string }[];
    readonly menus: Readonly<Record<string, readonly MenuItem[]>>;
    readonly keybindings?: readonly MenuItem[];
    readonly views: Readonly<Record<string, readonly { readonly id: string; readonly when?: string }[]>>;
    readonly viewsContainers: { readonly activitybar: readonly { readonly id: string }[] };
    readonly viewsWelcome: readonly { readonly view: string; readonly contents: string; readonly when: string }[];
    readonly configurationDefaults: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
    readonly configuration: { readonly properties: Readonly<Record<string, Setting>> };
    readonly languages: readonly { readonly id: string }[];
    readonly grammars: readonly { readonly language: string; readonly scopeName: string; readonly path: string }[];
    readonly terminal: { readonly profiles: readonly { readonly id: string }[] };
  };
}

const manifest = readJson('package.json') as Manifest;
const { contributes } = manifest;
const english = readJson('package.nls.json') as Readonly<Record<string, string>>;
const sources = parseSources('src');
const strings = new Set(sources.flatMap(stringsIn));
const ids: readonly string[] = [...commandIds, ...Object.keys(buttons)];
const sorted = (words: Iterable<string>): readonly string[] => [...new Set(words)].sort();

describe('commands', () => {
  test('are those of commandIds, each of which the type of the handlers demands a handler for', () => {
    assert.deepEqual(sorted(contributes.commands.map(({ command }) => command)), sorted(ids));
    assert.equal(contributes.commands.length, ids.length, 'each is there once');
    assert.match(readText('src/ui/commands/handlers.ts'), /Record<CommandId, Handler>/u);
  });

  test('of buttons are told from those of menus, which alone give their row the focus', () => {
    const rows = contributes.menus['view/item/context'] ?? [];
    const isButton = ({ group }: MenuItem): boolean => group?.startsWith('inline') === true;
    const inMenus = new Set(rows.filter((item) => !isButton(item)).map(({ command }) => command));
    const own = Object.keys(buttons);
    for (const button of own) assert.ok(!inMenus.has(button), button);
    const onRows = rows.filter(isButton).map(({ command }) => command);
    const above = (contributes.menus['view/title'] ?? []).map(({ command }) => command);
    const others = [...onRows, ...above].filter((one) => !own.includes(one));
    assert.deepEqual(sorted(calledByButtons), sorted(others));
    const hidden = (contributes.menus['commandPalette'] ?? []).filter(({ when }) => when === 'false');
    for (const button of own) assert.ok(hidden.some(({ command }) => command === button));
    for (const [button, id] of Object.entries(buttons)) {
      const [one, other] = [button, id].map((name) => contributes.commands.find(({ command }) => command === name));
      assert.deepEqual({ ...one, command: id }, other);
    }
  });

  test('that act on a text of the workspace as root are those that ask whether its folder is trusted', () => {
    // Whoever writes one more that takes a text and reaches for more rights, or runs a tool on it, comes by here.
    const acting = sources
      .filter(({ fileName }) => fileName.includes('src/ui/commands/'))
      .filter(({ text }) => /groupFileOf\(|(?:await|return) documentMeant\(|writeFilesAsRoot\(services/u.test(text))
      .map(({ fileName }) => basename(fileName));
    assert.deepEqual(sorted(acting), [
      'applyGroups.ts',
      'clearGroups.ts',
      'mapAccount.ts',
      'moveNspawnFile.ts',
      'validateWithCgconfigparser.ts',
      'validateWithLxc.ts',
      'validateWithSystemd.ts',
      'writeMigratedUnits.ts',
    ]);
    assert.deepEqual(sorted(commandsOnTexts), [
      'nspawn.cgroups.apply',
      'nspawn.cgroups.clear',
      'nspawn.mapAccount',
      'nspawn.moveNspawnFile',
      'nspawn.validateWithCgconfigparser',
      'nspawn.validateWithLxc',
      'nspawn.validateWithSystemd',
      'nspawn.writeMigratedUnits',
    ]);
    assert.match(
      readText('src/ui/commands/commands.ts'),
      /requireTrust\(id\);\s+await handlers\[id\]\(services, args\);/u,
    );
  });

  test('of menus and keys are ours', () => {
    const items = [...Object.values(contributes.menus).flat(), ...(contributes.keybindings ?? [])];
    for (const { command } of items) assert.ok(ids.includes(command), command);
  });

  test('that a click on a line of the tree runs are ours', () => {
    const kinds: readonly DetailKind[] = [
      'address',
      'withheld',
      'unit',
      'leader',
      'cgroup',
      'rootDirectory',
      'nspawnFile',
      'journal',
      'path',
      'limit',
      'created',
      'modified',
      'boot',
      'groups',
      'backing',
      'snapshots',
      'unprivileged',
      'configuration',
      'log',
      'failure',
    ];
    const run = kinds.flatMap((kind) => detailRow({ kind, index: 0, value: 'x' }, l10n).command?.id ?? []);
    for (const id of run) assert.ok((commandIds as readonly string[]).includes(id), id);
    const flags = kinds.map((kind) => detailRow({ kind, index: 0, value: 'x' }, l10n).contextValue.split(';')[1]);
    assert.deepEqual(sorted(flags.map(String)), sorted(viewItemFlags.detail));
  });

  test('that welcome texts link to are ours or those of VS Code', () => {
    const links = Object.values(english).flatMap((text) => [...text.matchAll(/\(command:([\w.]+)/gu)]);
    assert.ok(links.length > 0);
    for (const [, id = ''] of links) {
      assert.ok((commandIds as readonly string[]).includes(id) || id.startsWith('workbench.action.'), id);
    }
    const settings = Object.values(english).flatMap((text) => [...text.matchAll(/openSettings\?([^)]*)\)/gu)]);
    for (const [, argument = ''] of settings) {
      const [key] = JSON.parse(decodeURIComponent(argument)) as readonly string[];
      assert.ok(key !== undefined && key in contributes.configuration.properties, argument);
    }
  });
});

describe('when-clauses', () => {
  const clauses = [
    ...Object.values(contributes.menus).flatMap((items) => items.map(({ when }) => when)),
    ...(contributes.keybindings ?? []).map(({ when }) => when),
    ...contributes.commands.map(({ enablement }) => enablement),
    ...contributes.viewsWelcome.map(({ when }) => when),
    ...Object.values(contributes.views).flatMap((views) => views.map(({ when }) => when)),
  ].filter((when) => when !== undefined);
  const views = Object.values(contributes.views).flatMap((list) => list.map(({ id }) => id));
  const languages = [...contributes.languages.map(({ id }) => id), 'shellscript'];
  const availabilities = unionKinds('src/machines/inventory.ts', 'Availability');

  test('read only keys that VS Code or we set, and compare them with values that there are', () => {
    for (const clause of clauses) {
      for (const leaf of leaves(parseWhen(clause))) {
        switch (leaf.key) {
          case 'view':
            assert.ok(leaf.kind === 'equals' && views.includes(leaf.value), clause);
            break;
          case 'viewItem':
            assert.ok(leaf.kind === 'matches', clause);
            assert.ok(
              viewItems.some((item) => leaf.pattern.test(item)),
              `no row has a value like ${leaf.pattern}`,
            );
            break;
          case 'nspawn.availability':
            assert.ok(leaf.kind === 'equals' && availabilities.includes(leaf.value), clause);
            break;
          case 'nspawn.cgroups.availability':
            assert.ok(leaf.kind === 'equals' && strings.has(leaf.value), clause);
            break;
          case 'focusedView':
            assert.ok(
              leaf.kind === 'equals' &&
                Object.values(contributes.views)
                  .flat()
                  .some(({ id }) => id === leaf.value),
              clause,
            );
            break;
          case 'resourceScheme':
            assert.ok(leaf.kind === 'equals' && strings.has(leaf.value), clause);
            break;
          case 'resourceLangId':
          case 'editorLangId':
            assert.ok(leaf.kind === 'equals' && languages.includes(leaf.value), clause);
            break;
          case 'editorHasSelection':
          case 'isInDiffEditor':
          case 'listMultiSelection':
          case 'listFocus':
          case 'inputFocus':
          case 'false': // Holds never: hidden from the palette.
            assert.equal(leaf.kind, 'key', clause);
            break;
          default:
            assert.ok((contextKeys as readonly string[]).includes(leaf.key), `unknown key ${leaf.key} in ${clause}`);
        }
      }
    }
  });

  test('read every key that we set', () => {
    const read = new Set(clauses.flatMap((clause) => leaves(parseWhen(clause)).map(({ key }) => key)));
    for (const key of contextKeys) assert.ok(read.has(key), key);
  });

  test('of the menus of rows hold for some row', () => {
    for (const { command, when } of contributes.menus['view/item/context'] ?? []) {
      assert.ok(when !== undefined, command);
      const clause = parseWhen(when);
      assert.ok(
        viewItems.some((viewItem) => views.some((view) => holds(clause, { view, viewItem }))),
        `${command} is offered nowhere: ${when}`,
      );
    }
  });

  test('offer one way to change what starts at boot, the one that fits the row', () => {
    const items = contributes.menus['view/item/context'] ?? [];
    const offered = (viewItem: string): readonly string[] =>
      items
        .filter(({ when }) => when !== undefined && holds(parseWhen(when), { view: 'nspawn.machines', viewItem }))
        .map(({ command }) => command)
        .filter((command) => command === 'nspawn.enable' || command === 'nspawn.disable');
    const managed = viewItems.filter((item) => /^image\b.*;managed\b/u.test(item) && !item.includes(';hidden'));
    assert.ok(managed.length > 0);
    for (const item of managed)
      assert.deepEqual(offered(item), [item.includes(';enabled') ? 'nspawn.disable' : 'nspawn.enable'], item);
  });

  test('offer to freeze what is not frozen, and to unfreeze what is, where its kind can', () => {
    const items = contributes.menus['view/item/context'] ?? [];
    const offered = (viewItem: string): readonly string[] =>
      items
        .filter(({ when }) => when !== undefined && holds(parseWhen(when), { view: 'nspawn.machines', viewItem }))
        .map(({ command }) => command)
        .filter((command) => command === 'nspawn.freeze' || command === 'nspawn.unfreeze');
    const running = viewItems.filter((item) => /^(?:image|machine)\b.*;container\b/u.test(item));
    const able = running.filter((item) => item.includes(';unfreeze'));
    assert.ok(able.length > 0 && able.length < running.length);
    for (const item of able)
      assert.deepEqual(offered(item), [item.includes(';frozen') ? 'nspawn.unfreeze' : 'nspawn.freeze'], item);
    for (const item of running) if (!able.includes(item)) assert.deepEqual(offered(item), [], item);
  });

  test('give each state of the host one welcome content, remote or not', () => {
    for (const kind of availabilities) {
      for (const remote of [true, false]) {
        const context = { 'nspawn.availability': kind, 'nspawn.remote': remote };
        const shown = contributes.viewsWelcome.filter(
          ({ view, when }) => view === 'nspawn.machines' && holds(parseWhen(when), context),
        );
        assert.equal(shown.length, 1, `${kind}, ${remote ? 'remote' : 'local'}`);
        const text = english[shown[0]?.contents.slice(1, -1) ?? ''] ?? '';
        assert.match(text, /\]\(/u, `${kind} has a button`);
      }
    }
    const unknown = contributes.viewsWelcome.filter(({ when }) => holds(parseWhen(when), {}));
    assert.deepEqual(unknown, [], 'nothing flashes before the host has been asked');
  });
});

describe('settings', () => {
  const { properties } = contributes.configuration;

  test('are those of the code, with the same defaults', () => {
    const declared = Object.fromEntries(
      Object.entries(properties).map(([key, setting]) => [key.replace(/^nspawn\./u, ''), setting.default]),
    );
    const { systemdVersion, libcgroupVersion, lxcVersion, lint } = serverSettingDefaults;
    assert.deepEqual(declared, {
      ...settingDefaults,
      systemdVersion,
      libcgroupVersion,
      lxcVersion,
      'lint.enable': lint.enable,
      'lint.rules': lint.rules,
    });
  });

  test('with a choice offer the words that the code knows', () => {
    const count = newestSystemdVersion - oldestSystemdVersion + 1;
    const versions = Array.from({ length: count }, (_, index) => newestSystemdVersion - index);
    const words: Readonly<Record<string, readonly (string | number)[]>> = {
      groupBy: groupings,
      sortBy: sortings,
      'cgroups.sortBy': cgroupSortings,
      privilege: privileges,
      'lint.secondOpinion': secondOpinions,
      systemdVersion: ['auto', ...versions],
      libcgroupVersion: ['auto', ...libcgroupVersions],
      lxcVersion: ['auto', ...lxcVersions],
    };
    for (const [key, setting] of Object.entries(properties)) {
      // One that takes more than its words has them as the first of several forms.
      const choice = setting.anyOf?.[0] ?? setting;
      assert.deepEqual(choice.enum, words[key.replace(/^nspawn\./u, '')], key);
      const described = choice.enum?.filter((word) => typeof word === 'string');
      assert.equal(choice.enumDescriptions?.length, described?.length, key);
    }
    assert.deepEqual(Object.keys(properties['nspawn.executables']?.properties ?? {}), [...executables]);
  });

  test('that decide what is run belong to the machine and are ignored in folders that are not trusted', () => {
    const { restrictedConfigurations } = manifest.capabilities.untrustedWorkspaces;
    const ofMachine = Object.entries(properties).filter(([, { scope }]) => scope?.startsWith('machine') === true);
    assert.deepEqual(sorted(restrictedConfigurations), sorted(ofMachine.map(([key]) => key)));
    // What is acted on as root: a workspace must not be able to say it, not even one that is trusted.
    const asRoot = [
      ...['nspawn.containerUsers', 'nspawn.executables', 'nspawn.imageDirectories'],
      ...['nspawn.lint.secondOpinion', 'nspawn.privilege'],
    ];
    for (const key of asRoot) assert.equal(properties[key]?.scope, 'machine', key);
    for (const [key, { scope }] of Object.entries(properties)) assert.notEqual(scope, 'machine-overridable', key);
  });
});

describe('views, languages and files', () => {
  test('have the ids that the code uses', () => {
    const views = Object.entries(contributes.views);
    for (const [container, list] of views) {
      assert.ok(
        contributes.viewsContainers.activitybar.some(({ id }) => id === container),
        container,
      );
      for (const { id } of list) assert.ok(strings.has(id), id);
    }
    for (const { view } of contributes.viewsWelcome) {
      assert.ok(
        views.some(([, list]) => list.some(({ id }) => id === view)),
        view,
      );
    }
    for (const { id } of contributes.languages) assert.ok(strings.has(id), id);
    for (const { id } of contributes.terminal.profiles) assert.ok(strings.has(id), id);
  });

  test('begin a new line by Enter behind what is written in full, though it is still offered', () => {
    for (const { id } of contributes.languages)
      assert.equal(contributes.configurationDefaults[`[${id}]`]?.['editor.acceptSuggestionOnEnter'], 'smart', id);
  });

  test('name files that there are', () => {
    const files = JSON.stringify(manifest).matchAll(/"((?:\.\/)?(?:media|syntaxes|l10n)[^"]*)"/gu);
    for (const [, path = ''] of files) assert.ok(existsSync(join(root, path)), path);
    for (const { language, scopeName, path } of contributes.grammars) {
      assert.ok(
        contributes.languages.some(({ id }) => id === language),
        language,
      );
      assert.equal((readJson(path) as { readonly scopeName: string }).scopeName, scopeName);
    }
  });
});

describe('texts', () => {
  test('of the manifest are all defined, and all that are defined are used', () => {
    const used = [...readText('package.json').matchAll(/"%([\w.]+)%"/gu)].map(([, key = '']) => key);
    assert.deepEqual(sorted(used), sorted(Object.keys(english)));
  });
});
