/** The JSON text of a value, truncated after `length` characters. */
export function truncatedJson(value: unknown, length: number): string {
  return truncatedText(startOfJson(value, length), length);
}

/** The text, truncated after `length` characters. */
export function truncatedText(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length)}...` : text;
}

/**
 * The JSON text, or a prefix of it that is slightly longer than `length` characters. Visits no more of the value than
 * the prefix needs, however long or deep the value is.
 */
function startOfJson(value: unknown, length: number): string {
  if (length < 0) return "";
  if (typeof value === "string") return JSON.stringify(value.slice(0, length + 1));
  if (typeof value !== "object" || value === null) return JSON.stringify(value ?? null);
  return Array.isArray(value) ? startOfList(value, length) : startOfObject(value, length);
}

function startOfList(list: readonly unknown[], length: number): string {
  let text = "[";
  for (const item of list) {
    if (text.length > length) return text;
    if (text !== "[") text += ",";
    text += startOfJson(item, length - text.length);
  }
  return `${text}]`;
}

function startOfObject(object: object, length: number): string {
  let text = "{";
  for (const name of Object.keys(object)) {
    if (text.length > length) return text;
    const member: unknown = Reflect.get(object, name);
    if (member === undefined) continue;
    if (text !== "{") text += ",";
    text += `${startOfJson(name, length - text.length)}:`;
    text += startOfJson(member, length - text.length);
  }
  return `${text}}`;
}
