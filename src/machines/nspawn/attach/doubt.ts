/**
 * Why nobody can tell for certain what a machine may do, so that a shell may be allowed more than the machine is. `ui` has a
 * sentence for every one.
 */
export type Doubt =
  /** An option of its command line is shortened, or not known here. */
  | { readonly kind: 'unreadOption' }
  | { readonly kind: 'selinuxLabel' }
  | { readonly kind: 'ociBundle' }
  /** As far as can be seen, systemd-nspawn is not the parent of its init. */
  | { readonly kind: 'otherParent' }
  | { readonly kind: 'unitFilters' }
  | { readonly kind: 'fileChanged' | 'fileSilent' | 'filesCameOrWent'; readonly path: string }
  /** A shell has to keep what lets it use the host's audit log. */
  | { readonly kind: 'auditLog' }
  | { readonly kind: 'appArmorProfile'; readonly profile: string };
