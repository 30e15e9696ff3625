/** How many bytes a text has in UTF-8, which is what systemd counts. Half a surrogate pair counts as three, like its stand-in. */
export const utf8Length = (text: string): number => {
  let bytes = text.length;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < 0x80) continue;
    bytes++;
    if (code < 0x800) continue;
    bytes++;
    const next = text.charCodeAt(at + 1);
    // A whole pair has four bytes for its two units, so the second adds nothing.
    if (code >= 0xd800 && code < 0xdc00 && next >= 0xdc00 && next < 0xe000) at++;
  }
  return bytes;
};
