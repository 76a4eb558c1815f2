import { Broken } from "../target.ts";

/** A reply as received. */
export interface RawReply {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

const STATUS_LINE = /^HTTP\/1\.1 ([1-5]\d\d) [\x20-\x7e]*$/;
const FIELD = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+): ?([\t\x20-\x7e\x80-\xff]*)$/;

/** A chunked body without chunks. */
const NO_CHUNKS = "0\r\n\r\n";

/**
 * Parses the replies in what a server sent, strictly by RFC 9112. An incomplete reply is returned as `rest`.
 * @param ended whether the server has closed the connection
 * @throws Broken for an invalid reply
 */
export function readReplies(
  text: string,
  ended: boolean,
): { readonly replies: readonly RawReply[]; readonly rest: string } {
  const replies: RawReply[] = [];
  let at = 0;
  for (;;) {
    const end = text.indexOf("\r\n\r\n", at);
    if (end === -1) break;
    const head = readHead(text.slice(at, end));
    const start = end + 4;
    const length = lengthOf(head, text.startsWith(NO_CHUNKS, start), ended ? text.length - start : 0);
    if (start + length > text.length) break;
    at = start + length;
    // An interim response (1xx) is not an answer.
    if (head.status >= 200) replies.push({ ...head, body: text.slice(start, at) });
  }
  return { replies, rest: text.slice(at) };
}

function readHead(head: string): Omit<RawReply, "body"> {
  const [first = "", ...fields] = head.split("\r\n");
  const [, status] = STATUS_LINE.exec(first) ?? [];
  if (status === undefined)
    throw new Broken("well-formed HTTP", `no status line: ${JSON.stringify(first.slice(0, 200))}`);
  const headers = new Map<string, string>();
  for (const field of fields) {
    const [, name, value = ""] = FIELD.exec(field) ?? [];
    if (name === undefined) throw new Broken("well-formed HTTP", `no header: ${JSON.stringify(field.slice(0, 200))}`);
    const key = name.toLowerCase();
    if (headers.has(key)) throw new Broken("well-formed HTTP", `the header ${key} twice`);
    headers.set(key, value);
  }
  return { status: Number(status), headers };
}

function lengthOf({ status, headers }: Omit<RawReply, "body">, isEmpty: boolean, left: number): number {
  // This is how Node refuses a request without a Host header.
  if (headers.has("transfer-encoding") && status === 400 && isEmpty) return NO_CHUNKS.length;
  if (headers.has("transfer-encoding"))
    throw new Broken("well-formed HTTP", "an answer in chunks, where its length is known");
  const length = headers.get("content-length");
  if (length === undefined) return status < 200 || status === 204 || status === 304 ? 0 : left;
  if (!/^\d+$/.test(length)) throw new Broken("well-formed HTTP", `a length of ${JSON.stringify(length)}`);
  return Number(length);
}
