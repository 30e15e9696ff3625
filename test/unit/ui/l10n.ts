/** What vscode.l10n.t does without a bundle. */
export const l10n = {
  t: (message: unknown, ...args: unknown[]): string =>
    String(message).replace(/\{(\d+)\}/gu, (_, index: string) => String(args[Number(index)])),
};
