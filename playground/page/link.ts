import type { ExampleGroup } from "../session/index.ts";
import { completeState, decodeState, encodeState, type PlaygroundState } from "../state/index.ts";

/** The state that the address says; undefined if it says none, or one that cannot be read. */
export async function stateOfAddress(examples: readonly ExampleGroup[]): Promise<PlaygroundState | undefined> {
  const fragment = location.hash.slice(1);
  if (fragment.startsWith("s=")) return decodeState(fragment.slice(2));
  const code = exampleOfAddress();
  return code === undefined ? undefined : exampleState(examples, code);
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

/** Puts the state into the address, without a step in the browser's history. @returns the address */
export async function showInAddress(state: PlaygroundState): Promise<string> {
  const address = new URL(location.href);
  address.hash = `s=${await encodeState(state)}`;
  try {
    history.replaceState(undefined, "", address);
  } catch {
    // A page that was opened as a file may not change its address in some browsers; the link is right all the same.
  }
  return address.href;
}
