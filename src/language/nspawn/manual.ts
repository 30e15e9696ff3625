const page = 'https://www.freedesktop.org/software/systemd/man/latest/systemd.nspawn.html';

/** Settings that the page describes together stand below the first of them. */
const describedWith: Readonly<Record<string, string>> = {
  DropCapability: 'Capability',
  BindReadOnly: 'Bind',
  OverlayReadOnly: 'Overlay',
  IPVLAN: 'MACVLAN',
  PrivateUsersChown: 'PrivateUsersOwnership',
};

/** Where systemd's own manual speaks of a directive. */
export const manualOfDirective = (name: string): string => {
  const first = describedWith[name] ?? (name.startsWith('Limit') ? 'LimitCPU' : name);
  return `${page}#${first}=`;
};

/** Where it speaks of a section. */
export const manualOfSection = (name: string): string => `${page}#${encodeURIComponent(`[${name}] Section Options`)}`;
