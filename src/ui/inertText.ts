// VS Code turns `[text](command:…)` into a link in notifications and `$(name)` into an icon in labels, with no way to say
// that a text is plain. Names of images hold whatever their maker liked.

/** For a notification: nothing in it becomes a link. */
export const withoutLinks = (text: string): string => text.replaceAll('](', '] (');

/** For a label in a quick pick or the status bar: nothing in it becomes an icon. */
export const withoutIcons = (text: string): string => text.replaceAll('$(', '\\$(');
