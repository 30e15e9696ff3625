/** The name of a group without what makes no difference: slashes around it or twice, and dots for the directory itself. */
export const groupPath = (name: string): string =>
  name
    .split('/')
    .filter((part) => part !== '' && part !== '.')
    .join('/');
