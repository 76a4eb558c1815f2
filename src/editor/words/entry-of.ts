/** The entry of a table under a name that somebody has written, such as `constructor`: every object inherits one of that name. */
export function entryOf<T>(table: Readonly<Record<string, T>> | undefined, name: string): T | undefined {
  return table !== undefined && Object.hasOwn(table, name) ? table[name] : undefined;
}
