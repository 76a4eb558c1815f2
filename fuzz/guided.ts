import { isObject } from "#src/field/json.ts";
import { Coverage } from "./coverage.ts";
import { Draws } from "./draws.ts";
import { mutate } from "./generators/json.ts";
import { mutateText } from "./generators/manifest-text.ts";
import type { Target } from "./target.ts";

/** Coverage is read after this many cases, because reading it takes as long as several cases. */
const CASES_PER_READING = 40;

/**
 * Draws the cases of a target guided by coverage: cases that run a block of code for the first time are kept, and every
 * second case is one of these with a change.
 */
export class Guide<C> {
  readonly #target: Target<C>;
  readonly #coverage = new Coverage();
  readonly #kept: string[] = [];
  #recent: C[] = [];

  constructor(target: Target<C>) {
    this.#target = target;
  }

  /** The number of blocks reached, and of kept cases. */
  get reached(): { readonly blocks: number; readonly kept: number } {
    return { blocks: this.#coverage.size, kept: this.#kept.length };
  }

  draw(draws: Draws): C {
    const changed = this.#kept.length > 0 && draws.oneIn(2) ? this.#changed(draws) : undefined;
    return this.#target.isCase(changed) ? changed : this.#target.draw(draws);
  }

  async check(input: C): Promise<void> {
    this.#recent.push(input);
    await this.#target.check(input);
    if (this.#recent.length < CASES_PER_READING) return;
    const recent = this.#recent;
    this.#recent = [];
    if (this.#coverage.newBlocks() === 0) return;
    // One of them reached new code: keeping a sample of them is cheaper than finding out which.
    const draws = new Draws(this.#coverage.size);
    for (const one of recent) if (draws.oneIn(8)) this.#kept.push(JSON.stringify(one));
  }

  close(): void {
    this.#coverage.close();
  }

  #changed(draws: Draws): unknown {
    const value: unknown = JSON.parse(draws.pick(this.#kept));
    mutate(draws, value, draws.between(1, 3));
    if (isObject(value) && typeof value["text"] === "string") {
      value["text"] = mutateText(draws, value["text"], draws.between(1, 3));
    }
    return value;
  }
}

/** The target, guided by coverage. @param log called at the end with a summary */
export function guided<C>(target: Target<C>, log: (line: string) => void): Target<C> {
  const guide = new Guide(target);
  return {
    ...target,
    draw: (draws) => guide.draw(draws),
    check: (input) => guide.check(input),
    close: async () => {
      const { blocks, kept } = guide.reached;
      log(`${target.name}: ${blocks} blocks of the source reached; ${kept} cases kept on the way`);
      guide.close();
      await target.close?.();
    },
  };
}
