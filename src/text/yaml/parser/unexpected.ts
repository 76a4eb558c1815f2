import type { TextError } from "../../document/index.ts";
import { syntaxError, type Token } from "../scanner/index.ts";
import type { Frame } from "./frames.ts";

const CLOSING = { "flow-list": "]", "flow-map": "}", pair: "]" } as const;

/**
 * The error for a token that cannot stand where it does.
 * @param last the token before it
 * @param frame the list or map that it stands in
 */
export function unexpected(token: Token, last: Token | undefined, frame: Frame | undefined): TextError {
  const at = { start: token.start, end: Math.max(token.end, token.start + 1) };
  if (frame !== undefined && isFlow(frame)) return inBrackets(token, last, frame);
  return syntaxError(at.start, at.end, inBlock(token, last, frame));
}

function isFlow(frame: Frame): frame is Frame & { type: "flow-list" | "flow-map" | "pair" } {
  return frame.type === "flow-list" || frame.type === "flow-map" || frame.type === "pair";
}

function inBrackets(
  token: Token,
  last: Token | undefined,
  { type, node }: Frame & { type: "flow-list" | "flow-map" | "pair" },
): TextError {
  const closing = CLOSING[type];
  if (["stream-end", "document-start", "document-end"].includes(token.type)) {
    const opening = closing === "]" ? "[" : "{";
    return syntaxError(
      node.start,
      node.start + 1,
      `this \`${opening}\` is never closed: its \`${closing}\` is missing`,
    );
  }
  const end = Math.max(token.end, token.start + 1);
  if (last?.type === "scalar" && last.style === "plain" && last.value.endsWith(":")) {
    return syntaxError(last.end - 1, last.end, `a blank is missing after the colon: \`${last.value} \``);
  }
  if (token.type === "flow-entry") {
    return syntaxError(token.start, end, "a value is missing before this comma");
  }
  if (token.type === "flow-list-end" || token.type === "flow-map-end") {
    return syntaxError(token.start, end, `this bracket closes nothing: \`${closing}\` is expected`);
  }
  if (token.type === "block-entry") {
    return syntaxError(token.start, end, "a list item (`- `) cannot stand between brackets; separate values by commas");
  }
  return syntaxError(token.start, end, `a comma or \`${closing}\` is expected here`);
}

function inBlock(token: Token, last: Token | undefined, frame: Frame | undefined): string {
  switch (token.type) {
    case "flow-list-end":
    case "flow-map-end":
    case "flow-entry":
      return "this bracket or comma belongs to no opening bracket; put the value in quotes";
    case "anchor":
      return "a value has two anchors; one is allowed";
    case "tag":
      return "a value has two tags; one is allowed";
    case "alias":
      return "an alias can have neither anchor nor tag of its own";
    case "scalar":
      if (last?.type === "flow-map-end" || last?.type === "flow-list-end") {
        const [opening, closing] = last.type === "flow-map-end" ? "{}" : "[]";
        return `text follows a closing \`${closing ?? ""}\`: a value that starts with \`${opening ?? ""}\` must be in quotes to be a string`;
      }
      if (last?.type === "scalar" && last.style !== "plain") {
        return "text follows a closing quote; put all of the value between the quotes, a quote within it as \\\" or ''";
      }
  }
  if (frame?.type === "block-list" && token.type === "block-end") return "a value is expected here";
  if (token.type === "stream-end" || token.type === "document-end") return "a value is expected here";
  return frame?.type === "block-list"
    ? "a list item (`- `) is expected here, indented like the others"
    : "this line is not indented like the keys of its object, nor like those around it";
}
