/** The object without what is undefined: with exact optional properties an absent value is no undefined one. */
export function optional<Values extends object>(
  values: Values,
): { [Key in keyof Values]?: Exclude<Values[Key], undefined> };
export function optional(values: object): object {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
