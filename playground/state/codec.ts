import { CHOICES, FIRST_STATE, type PlaygroundState } from "./state.ts";

/** The longest text of a case: more is no case that somebody shares, but an attempt to fill the memory. */
const LONGEST = 2_000_000;
/** The longest value of a fragment: Chromium has no addresses of more than two million characters. */
const LONGEST_VALUE = 1_900_000;

/** What stands for a case where no part is given: nothing of the page's first case but the settings. */
const EMPTY: PlaygroundState = { ...FIRST_STATE, manifest: "", policySet: "none", profile: "unknown" };

/**
 * The state as the value of a link's fragment: base64url of the JSON, deflated. Parts that are as in an empty case are left
 * out, so that links stay short.
 * @returns undefined for what is too long for a link
 */
export async function encodeState(state: Partial<PlaygroundState>): Promise<string | undefined> {
  const whole = completeState(state);
  const said = Object.entries(whole).filter(([name, value]) => partsOf(EMPTY).get(name) !== value);
  const text = new TextEncoder().encode(JSON.stringify(Object.fromEntries(said)));
  if (text.length > LONGEST) return undefined;
  const value = base64url(await throughStream(text, new CompressionStream("deflate-raw")));
  return value.length > LONGEST_VALUE ? undefined : value;
}

/** The whole state: who gives a policy or an object before wants it to be used. */
export function completeState(state: Partial<PlaygroundState>): PlaygroundState {
  const { policy = "", before = "" } = state;
  const policySet = policy === "" ? "none" : "own";
  return { ...EMPTY, policySet, operation: before === "" ? "create" : "update", ...state };
}

/** The state of a link's fragment; undefined if it is none, or a damaged one. */
export async function decodeState(text: string): Promise<PlaygroundState | undefined> {
  try {
    const bytes = await throughStream(bytesOf(text), new DecompressionStream("deflate-raw"));
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return typeof value === "object" && value !== null ? stateOf(new Map(Object.entries(value))) : undefined;
  } catch {
    return undefined;
  }
}

function partsOf(state: PlaygroundState): ReadonlyMap<string, unknown> {
  return new Map(Object.entries(state));
}

/** A part of the wrong type counts as absent: a link may come from a newer or older playground. */
function stateOf(parts: ReadonlyMap<string, unknown>): PlaygroundState {
  const text = (name: keyof PlaygroundState): string => {
    const value = parts.get(name) ?? EMPTY[name];
    return typeof value === "string" ? value : String(EMPTY[name]);
  };
  const choice = <T extends string>(name: keyof PlaygroundState, choices: readonly T[], otherwise: T): T =>
    choices.find((one) => one === parts.get(name)) ?? otherwise;
  return {
    manifest: text("manifest"),
    before: text("before"),
    policy: text("policy"),
    policySet: text("policySet"),
    version: text("version"),
    profile: text("profile"),
    serviceCIDR: text("serviceCIDR"),
    nodePortRange: text("nodePortRange"),
    externalIPs: text("externalIPs"),
    namespace: text("namespace"),
    isComplete: parts.get("isComplete") === true,
    operation: choice("operation", CHOICES.operation, EMPTY.operation),
    apply: choice("apply", CHOICES.apply, EMPTY.apply),
    fieldValidation: choice("fieldValidation", CHOICES.fieldValidation, EMPTY.fieldValidation),
    dryRun: parts.get("dryRun") === true,
  };
}

/** @throws {RangeError} if what comes out is longer than any case */
async function throughStream(
  bytes: Uint8Array<ArrayBuffer>,
  stream: CompressionStream | DecompressionStream,
): Promise<Uint8Array> {
  const writer = stream.writable.getWriter();
  // What goes wrong here is seen by the reader, too.
  void writer.write(bytes).catch(() => undefined);
  void writer.close().catch(() => undefined);
  const reader = stream.readable.getReader();
  const parts: Uint8Array[] = [];
  let length = 0;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    parts.push(part.value);
    length += part.value.length;
    if (length > LONGEST) throw new RangeError("too long for a case");
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function base64url(bytes: Uint8Array): string {
  const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

/** @throws {DOMException} if the text is not base64url */
function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}
