import { type CIDR, cidrFamily, firstAddress, lastAddress } from "./cidr.ts";
import { type Family, formatIP, type IP } from "./ip.ts";

/** Addresses without a gap, made of one range or several. */
export interface Block {
  readonly first: IP;
  readonly last: IP;
  /** How many addresses it has. */
  readonly size: bigint;
  /** The ranges that it is made of, by their place among all. */
  readonly parts: readonly number[];
}

/** What ranges cover together, each address counted once. */
export interface Coverage {
  readonly blocks: readonly Block[];
  readonly size: bigint;
}

interface Span {
  readonly cidr: CIDR;
  readonly index: number;
  readonly from: bigint;
  readonly to: bigint;
}

/** What the ranges of a family cover together: those that overlap or touch are one block. */
export function coverageOf(ranges: readonly CIDR[], family: Family): Coverage {
  const spans = ranges.flatMap((cidr, index) => (cidrFamily(cidr) === family ? [spanOf(cidr, index)] : []));
  const blocks: Block[] = [];
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

/** The block in words. */
export function blockText({ first, last }: Block): string {
  return `${formatIP(first)} to ${formatIP(last)}`;
}

function byStart(one: Span, other: Span): number {
  if (one.from === other.from) return one.index - other.index;
  return one.from < other.from ? -1 : 1;
}

function blockOf(start: Span, spans: readonly Span[], end: bigint): Block {
  const last = spans.find(({ to }) => to === end) ?? start;
  return {
    first: firstAddress(start.cidr),
    last: lastAddress(last.cidr),
    size: end - start.from + 1n,
    parts: spans.map(({ index }) => index),
  };
}

function spanOf(cidr: CIDR, index: number): Span {
  return { cidr, index, from: numberOf(firstAddress(cidr)), to: numberOf(lastAddress(cidr)) };
}

function numberOf({ bytes }: IP): bigint {
  return BigInt(`0x${bytes.map((byte) => byte.toString(16).padStart(2, "0")).join("")}`);
}
