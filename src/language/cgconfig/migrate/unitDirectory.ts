/** Where units of the administrator are. */
export const unitDirectory = '/etc/systemd/system';
