/** A directory name that systemd lists as an image. A slash it cannot hold, and machined refuses control characters. */
export const nastyName = 'bad [x](command:nspawn.x) <b>$(id)`id`';

/** An os-release whose values try to break out of a terminal, of markdown, of HTML and of a row's width. */
export const nastyOsRelease: string = [
  'ID="evil"',
  'NAME="\x1b[31mred\x1b[0m \x07bell \x1b]0;title\x07 \u202Egnp.exe\u202C"',
  'PRETTY_NAME="[click](command:workbench.action.terminal.new) <img src=x onerror=alert(1)> $(error) **bold** \x1b[2J"',
  `VERSION="${'long '.repeat(2000)}"`,
  'VERSION_ID="1;rm -rf /"',
  'HOME_URL="javascript:alert(1)"',
  'SUPPORT_URL="command:workbench.action.closeWindow"',
  '__proto__="polluted"',
  'constructor="polluted"',
  'a line without an equals sign',
  '=no key',
  'UNCLOSED="never ends',
  '',
].join('\n');
