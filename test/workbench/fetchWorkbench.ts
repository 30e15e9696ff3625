/** What a browser would get: the token is exchanged for a cookie, which opens the page. */
export const fetchWorkbench = async (url: string): Promise<Response> => {
  const exchange = await fetch(url, { redirect: 'manual' });
  const location = exchange.headers.get('location');
  if (location === null) return exchange;
  const cookie = exchange.headers
    .getSetCookie()
    .map((line) => line.split(';', 1)[0])
    .join('; ');
  return fetch(new URL(location, url), { headers: { cookie } });
};

/** The same address as somebody would know it who has not been told the token. */
export const withoutToken = (url: string): string => {
  const changed = new URL(url);
  changed.searchParams.delete('tkn');
  return changed.href;
};
