/** Whether a text is nothing but the name of a D-Bus error, such as `org.freedesktop.DBus.Error.Disconnected`. */
export const isErrorName = (text: string): boolean => /^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*){2,}$/u.test(text.trim());
