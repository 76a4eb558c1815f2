/** The query of a request for a collection: parameters without a value are left out. */
export function queryOf(parameters: Readonly<Record<string, string | undefined>>): string {
  return Object.entries(parameters)
    .flatMap(([name, value = ""]) => (value === "" ? [] : `${name}=${encodeURIComponent(value)}`))
    .join("&");
}

/** The timeout of a page of a list, in milliseconds. */
export const PAGE_TIMEOUT = 30_000;
