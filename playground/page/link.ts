import type { ExampleGroup } from "../session/index.ts";
import { completeState, decodeState, encodeState, type PlaygroundState } from "../state/index.ts";

/** What an address leads to: a state, or why there is none; undefined if it says nothing. */
export type Destination = { readonly state: PlaygroundState } | { readonly notice: string } | undefined;

/** Where the address leads. */
export async function destinationOf(examples: readonly ExampleGroup[]): Promise<Destination> {
  const fragment = location.hash.slice(1);
  if (fragment.startsWith("s=")) {
    const state = await decodeState(fragment.slice(2));
    return state === undefined ? { notice: "This link is damaged, or only a part of it." } : { state };
  }
  if (!fragment.startsWith("example=")) return undefined;
  const code = exampleOfAddress();
  const state = code === undefined ? undefined : exampleState(examples, code);
  return state === undefined ? { notice: `There is no example ${code ?? fragment.slice(8)}.` } : { state };
}

/** The example that the address names. */
export function exampleOfAddress(): string | undefined {
  const [, code] = /^#example=(.*)/.exec(location.hash) ?? [];
  try {
    return code && decodeURIComponent(code);
  } catch {
    return undefined;
  }
}

/** The case of an example: what it does not say is as on an empty page. */
export function exampleState(examples: readonly ExampleGroup[], code: string): PlaygroundState | undefined {
  const example = examples.flatMap((group) => group.examples).find((one) => one.code === code);
  return example && completeState(example.state);
}

/** Puts the state into the address, without a step in the browser's history. @returns the address; undefined if the state is too long for one */
export async function showInAddress(state: PlaygroundState): Promise<string | undefined> {
  const address = new URL(location.href);
  const text = await encodeState(state);
  // An address that leads to what was there before is worse than none.
  address.hash = text === undefined ? "" : `s=${text}`;
  try {
    history.replaceState(undefined, "", address);
  } catch {
    // A page that was opened as a file may not change its address in some browsers; the link is right all the same.
  }
  return text === undefined ? undefined : address.href;
}
