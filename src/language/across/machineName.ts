const nameForm = /^[A-Za-z0-9](?:[A-Za-z0-9.-]{0,62}[A-Za-z0-9])?$/u;

/** A name that is one of both kinds, and so never more than a name where it is written. */
const isNameOfBoth = (name: string): boolean => nameForm.test(name) && !name.includes('..');

/** The closest that systemd-nspawn takes; undefined where nothing is left. */
export const machineNameFrom = (name: string): string | undefined => {
  const close = name
    .slice(0, 200)
    .replaceAll(/[^A-Za-z0-9.-]+/gu, '-')
    .replaceAll(/\.{2,}/gu, '.')
    .replace(/^[.-]+/u, '')
    .slice(0, 63)
    .replace(/[.-]+$/u, '');
  return isNameOfBoth(close) ? close : undefined;
};
