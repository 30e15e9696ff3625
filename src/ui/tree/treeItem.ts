import * as vscode from 'vscode';
import type { Row } from './row.ts';

const collapsible = (state: Row['collapsible']): vscode.TreeItemCollapsibleState => {
  switch (state) {
    case 'none':
      return vscode.TreeItemCollapsibleState.None;
    case 'collapsed':
      return vscode.TreeItemCollapsibleState.Collapsed;
    case 'expanded':
      return vscode.TreeItemCollapsibleState.Expanded;
  }
};

/** A row in VS Code's own types. Without a tooltip VS Code asks for one when the mouse rests on the row. */
export const treeItem = (id: string, node: unknown, row: Row): vscode.TreeItem => {
  const item = new vscode.TreeItem(row.label, collapsible(row.collapsible));
  item.id = id;
  item.description = row.description;
  item.contextValue = row.contextValue;
  item.accessibilityInformation = { label: row.accessible };
  if (row.icon !== undefined) {
    const { id, color } = row.icon;
    item.iconPath =
      color === undefined ? new vscode.ThemeIcon(id) : new vscode.ThemeIcon(id, new vscode.ThemeColor(color));
  }
  if (row.command !== undefined) {
    item.command = { command: row.command.id, title: row.command.title, arguments: [node] };
  }
  if (row.tooltip !== undefined) item.tooltip = row.tooltip;
  return item;
};
