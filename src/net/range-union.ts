import { type CIDR, cidrFamily, firstAddress, lastAddress } from "./cidr.ts";
import { type Family, formatIP, type IP } from "./ip.ts";

/** A contiguous block of addresses, formed by one or more ranges. */
export interface AddressBlock {
  readonly first: IP;
  readonly last: IP;
  /** The number of addresses. */
  readonly size: bigint;
  /** The ranges that form it, by their position in the list. */
  readonly rangeIndexes: readonly number[];
}

/** The union of ranges: each address counts once. */
export interface RangeUnion {
  readonly blocks: readonly AddressBlock[];
  readonly size: bigint;
}

interface Span {
  readonly cidr: CIDR;
  readonly index: number;
  readonly from: bigint;
  readonly to: bigint;
}

/** The union of the ranges of one family: ranges that overlap or are adjacent form one block. */
export function unionOf(ranges: readonly CIDR[], family: Family): RangeUnion {
  const spans = ranges.flatMap((cidr, index) => (cidrFamily(cidr) === family ? [spanOf(cidr, index)] : []));
  const blocks: AddressBlock[] = [];
  let open: Span[] = [];
  let end = -1n;
  const close = (): void => {
    const [start] = open;
    if (start !== undefined) blocks.push(blockOf(start, open, end));
  };
  for (const span of spans.sort(byStart)) {
    if (open.length > 0 && span.from > end + 1n) {
      close();
      open = [];
    }
    end = open.length === 0 || span.to > end ? span.to : end;
    open.push(span);
  }
  close();
  return { blocks, size: blocks.reduce((sum, { size }) => sum + size, 0n) };
}

/** The block as text: `10.0.0.0 to 10.0.0.255`. */
export function blockText({ first, last }: AddressBlock): string {
  return `${formatIP(first)} to ${formatIP(last)}`;
}

function byStart(one: Span, other: Span): number {
  if (one.from === other.from) return one.index - other.index;
  return one.from < other.from ? -1 : 1;
}

function blockOf(start: Span, spans: readonly Span[], end: bigint): AddressBlock {
  const last = spans.find(({ to }) => to === end) ?? start;
  return {
    first: firstAddress(start.cidr),
    last: lastAddress(last.cidr),
    size: end - start.from + 1n,
    rangeIndexes: spans.map(({ index }) => index),
  };
}

function spanOf(cidr: CIDR, index: number): Span {
  return { cidr, index, from: numberOf(firstAddress(cidr)), to: numberOf(lastAddress(cidr)) };
}

function numberOf({ bytes }: IP): bigint {
  return BigInt(`0x${bytes.map((byte) => byte.toString(16).padStart(2, "0")).join("")}`);
}
