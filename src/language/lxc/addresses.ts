import { readUnsigned } from './numbers.ts';

/** As inet_pton() takes it: four numbers without leading zeros. */
const isIpv4 = (text: string): boolean =>
  /^(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?:25[0-5]|2[0-4]\d|1?\d?\d)){3}$/u.test(text) && !/(?:^|\.)0\d/u.test(text);

const isIpv6 = (text: string): boolean => {
  if (text.length > 45 || !text.includes(':')) return false;
  const halves = text.split('::');
  if (halves.length > 2) return false;
  const groups: string[] = halves.flatMap((half) => (half === '' ? [] : half.split(':')));
  const last = groups.at(-1) ?? '';
  const endsInIpv4 = last.includes('.') && !text.endsWith('::');
  const hexadecimal = endsInIpv4 ? groups.slice(0, -1) : groups;
  if ((endsInIpv4 && !isIpv4(last)) || !hexadecimal.every((group) => /^[0-9a-f]{1,4}$/iu.test(group))) return false;
  const count = hexadecimal.length + (endsInIpv4 ? 2 : 0);
  return halves.length === 2 ? count < 8 : count === 8;
};

/** Whether LXC takes a text as an address, a gateway or a route. */
export const isAddress = (text: string, family: 4 | 6, form: 'address' | 'gateway' | 'route'): boolean => {
  const isOfFamily = family === 4 ? isIpv4 : isIpv6;
  if (form === 'gateway') return text === 'auto' || text === 'dev' || isOfFamily(text);
  const [address = '', broadcast, ...more] = family === 4 && form === 'address' ? text.split(' ') : [text];
  if (more.length > 0 || (broadcast !== undefined && !isIpv4(broadcast))) return false;
  const slash = address.indexOf('/');
  if (slash < 0) return form === 'address' && isOfFamily(address);
  const most = family === 4 ? 32 : form === 'route' ? 128 : 4_294_967_295;
  return isOfFamily(address.slice(0, slash)) && readUnsigned(address.slice(slash + 1), most) !== undefined;
};
