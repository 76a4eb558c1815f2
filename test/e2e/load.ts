import { eventually } from "./process.ts";
import { must } from "./proof.ts";
import type { Release } from "./release.ts";
import { Traffic } from "./traffic.ts";

/** As many as write Services at the same time. */
export const CALLERS = 4;
/** Writes before and after whatever happens under load. */
const AROUND = 60;

/** The writes while something happened. */
export interface Load {
  readonly calls: number;
  /** Each refused write: its time, and what the API server said. */
  readonly failures: readonly { readonly at: number; readonly message: string }[];
}

/** Does something while several clients write Services through the API server, without pause from before to after it. */
export async function underLoad(release: Release, action: () => Promise<unknown>): Promise<Load> {
  const traffic = new Traffic(release, CALLERS);
  await traffic.start();
  try {
    await eventually("writes before", () => (traffic.calls >= AROUND ? true : undefined));
    await action();
    const { calls } = traffic;
    await eventually("writes after", () => (traffic.calls >= calls + AROUND ? true : undefined));
  } finally {
    await traffic.end();
  }
  const { calls, failures } = await traffic.end();
  const parsed = failures.map((text) => {
    const [at = "", ...words] = text.split(" ");
    return { at: Date.parse(at), message: words.join(" ") };
  });
  return { calls, failures: parsed };
}

/** @throws unless no write was refused. */
export function noneFailed({ calls, failures }: Load): string {
  must(failures.length === 0, `${failures.length} of ${calls} writes failed, the first: ${failures[0]?.message ?? ""}`);
  return `${calls} writes by ${CALLERS} clients meanwhile, 0 failed`;
}
