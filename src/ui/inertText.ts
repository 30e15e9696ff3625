// VS Code turns `[text](command:…)` into a link and `$(name)` into an icon in many places where an extension hands it a text,
// with no way to say that the text is plain. Names of images, groups and processes hold whatever their maker liked. A blank
// takes the meaning away; a backslash would not, because hovers read markdown, where the text may bring a second one.

/** For a notification: nothing in it becomes a link. */
export const withoutLinks = (text: string): string => text.replaceAll('](', '] (');

/** For a question, the status bar and the name of a terminal: nothing in it becomes a link or an icon. */
export const inertText = (text: string): string => withoutLinks(text).replaceAll('$(', '$ (');
