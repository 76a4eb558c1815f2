import { formatIP, parseIP } from "../../net/index.ts";

/** The canonical spelling: one IP address can be written in several ways. What is no address is kept as it is. */
export function canonicalAddress(text: string): string {
  const ip = parseIP(text);
  return ip === undefined ? text : formatIP(ip);
}
