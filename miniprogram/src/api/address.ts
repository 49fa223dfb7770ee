/** `POST /cases/:id/actions` with { id } -> ['POST', '/cases/C1/actions']. Values are encoded. */
export function addressOf(
  route: string,
  params: Record<string, unknown> = {},
  query: Record<string, unknown> = {},
): [method: string, path: string] {
  const [method = 'GET', pattern = '/'] = route.split(' ');
  const path = pattern.replace(/:(\w+)/g, (_, name: string) =>
    encodeURIComponent(textOf(params[name])),
  );
  const search = Object.entries(query)
    .filter(([, value]) => value !== undefined && value !== '')
    .map(([key, value]) => `${key}=${encodeURIComponent(textOf(value))}`)
    .join('&');
  return [method, search ? `${path}?${search}` : path];
}

/** Only plain values go into an address. */
const textOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : '';
