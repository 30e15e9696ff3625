import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import './vscode/register.ts';
import { rowBeside } from '../../../src/ui/rowMoves.ts';

const { createFocusedRows } = await import('../../../src/ui/focusedRows.ts');
const { meantByKey } = await import('../../../src/ui/commands/keys.ts');

type Row = Readonly<Record<string, string>>;

/** VS Code's side: which row has the focus, and what toggling does to the selection. */
const viewOf = (focused: Row | undefined, selection: readonly Row[]) => {
  const view = { selection, visible: true };
  const rows = createFocusedRows((command) => {
    assert.equal(command, 'list.toggleSelection');
    assert.ok(rows.isLooking());
    if (focused !== undefined)
      view.selection = view.selection.includes(focused)
        ? view.selection.filter((row) => row !== focused)
        : [...view.selection, focused];
    return Promise.resolve();
  });
  rows.add('nspawn.machines', view);
  rows.add('nspawn.cgroups', view);
  return { view, rows };
};
const [a, b, c] = ['a', 'b', 'c'].map((name) => ({ kind: 'image', id: name }));
assert.ok(a !== undefined && b !== undefined && c !== undefined);

describe('the row that the keyboard is on', () => {
  test('is meant alone where others are selected, and the selection stays as it was', async () => {
    const { view, rows } = viewOf(c, [a, b]);
    assert.deepEqual(await rows.argumentsOf('nspawn.machines'), [c, [c]]);
    assert.deepEqual(view.selection, [a, b]);
    assert.ok(!rows.isLooking());
  });

  test('is meant with all others that are selected with it', async () => {
    const { view, rows } = viewOf(b, [a, b]);
    assert.deepEqual(await rows.argumentsOf('nspawn.machines'), [b, [a, b]]);
    assert.deepEqual(new Set(view.selection), new Set([a, b]));
  });

  test('is the one that was chosen last where the focus is in another list, and none in a view that is hidden', async () => {
    const { view, rows } = viewOf(undefined, [b]);
    assert.deepEqual(await rows.argumentsOf('nspawn.machines'), [b, [b]]);
    view.visible = false;
    assert.deepEqual(await rows.argumentsOf('nspawn.machines'), []);
  });

  test('is what a key acts on: never a heading, and a process instead of its group', async () => {
    const byKey = ['focusedRow'];
    const on = (row: Row, id: 'nspawn.remove' | 'nspawn.cgroups.delete') => meantByKey(viewOf(row, []).rows, id, byKey);
    assert.deepEqual(await on(a, 'nspawn.remove'), { id: 'nspawn.remove', args: [a, [a]] });
    assert.equal(await on({ kind: 'group' }, 'nspawn.remove'), undefined);
    assert.equal(await on({ kind: 'detail' }, 'nspawn.remove'), undefined);
    assert.equal(await on({ kind: 'hierarchy' }, 'nspawn.cgroups.delete'), undefined);
    assert.equal((await on({ kind: 'controlGroup' }, 'nspawn.cgroups.delete'))?.id, 'nspawn.cgroups.delete');
    assert.equal((await on({ kind: 'process' }, 'nspawn.cgroups.delete'))?.id, 'nspawn.cgroups.killProcess');
    const clicked = { id: 'nspawn.remove', args: [b] } as const;
    assert.deepEqual(await meantByKey(viewOf(a, []).rows, clicked.id, clicked.args), clicked, 'a menu says its row');
  });

  test('is that of the menu of several, also while VS Code draws all rows and does not know them', async () => {
    const { view, rows } = viewOf(undefined, []);
    const meant = meantByKey(rows, 'nspawn.start', [undefined, [undefined, undefined]]);
    const partly = meantByKey(rows, 'nspawn.cgroups.delete', [b, [undefined, b]]);
    setTimeout(() => (view.selection = [a, b]), 30);
    assert.deepEqual((await meant)?.args, [a, [a, b]]);
    assert.deepEqual((await partly)?.args, [b, [a, b]]);
    for (const args of [[], [b], [undefined, undefined], [b, [a, b]]])
      assert.equal((await meantByKey(rows, 'nspawn.start', args))?.args, args);
    for (const args of [[], [undefined], [b], [b, undefined]])
      assert.equal((await meantByKey(rows, 'nspawn.remove', args))?.args, args);
  });

  test('is that of the menu of one, also while VS Code draws its row and does not know it', async () => {
    const lost = [undefined, undefined];
    const { view, rows } = viewOf(c, [a]);
    assert.deepEqual((await meantByKey(rows, 'nspawn.remove', lost))?.args, [c, undefined]);
    assert.deepEqual(view.selection, [a]);
    // A button gives its row no focus: nobody can tell which it was.
    assert.equal((await meantByKey(rows, 'nspawn.start', lost))?.args, lost);
    assert.equal((await meantByKey(rows, 'nspawn.cgroups.parameters', lost, true))?.args, lost);
    assert.deepEqual((await meantByKey(rows, 'nspawn.cgroups.parameters', lost))?.args, [c, undefined]);
  });

  test('is not the selected one that VS Code comes to know between two looks', async () => {
    // Selected is a, which is not known at first; the focus is on c.
    const state = { known: [] as readonly Row[], selection: [a] as readonly Row[], toggled: 0 };
    const view = {
      visible: true,
      get selection() {
        return state.selection.filter((row) => state.known.includes(row));
      },
    };
    const rows = createFocusedRows(() => {
      state.toggled += 1;
      state.selection = state.selection.includes(c)
        ? state.selection.filter((row) => row !== c)
        : [...state.selection, c];
      if (state.toggled === 3) state.known = [a, b, c];
      return Promise.resolve();
    });
    rows.add('nspawn.cgroups', view);
    const meant = await meantByKey(rows, 'nspawn.cgroups.freeze', [undefined, undefined]);
    assert.deepEqual(meant?.args, [c, undefined]);
    assert.deepEqual(state.selection, [a]);
  });

  test('moves to the next one where it leaves, and to the one before at the end', () => {
    const rows = ['a', 'b', 'c', 'd'];
    const beside = (...leaving: readonly string[]) => rowBeside(rows, (row) => leaving.includes(row));
    assert.deepEqual(
      [beside('b'), beside('a', 'c'), beside('c', 'd'), beside('d'), beside('x')],
      ['c', 'd', 'b', 'c', undefined],
    );
    assert.equal(beside('a', 'b', 'c', 'd'), undefined);
  });
});
