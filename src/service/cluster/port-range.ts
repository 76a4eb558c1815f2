/** A range of ports, both ends included. */
export interface PortRange {
  readonly first: number;
  readonly last: number;
}

/** Reads `30000-32767`; undefined for a text that is not a range of ports within 1-65535. */
export function parsePortRange(text: string): PortRange | undefined {
  const [, from = "", to = ""] = /^(\d{1,5})-(\d{1,5})$/.exec(text) ?? [];
  const [first, last] = [Number(from), Number(to)];
  return first < 1 || last > 65535 || first > last ? undefined : { first, last };
}

/** A range of ports as people write it: `30000-32767`. */
export function portRangeText({ first, last }: PortRange): string {
  return `${first}-${last}`;
}
